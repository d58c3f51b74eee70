"""Somebody new in the meeting."""

import pytest

from earnest.need import newcomers, openness
from earnest.need.openness import Kind


@pytest.mark.duty("S4.30", "S4.31")
def test_the_prompt_names_who_is_new_and_whom_to_ask_about() -> None:
    told = newcomers.prompt(person="Marc", expected=["Ines", "Jenny"], colleague="Ines")
    assert told.missing == ()
    assert told.text == (
        "Marc is new. Expected: Ines, Jenny. Ask first: what have you heard so far from Ines about where we are?"
    )


@pytest.mark.duty("S4.30")
def test_the_prompt_says_which_name_it_lacks() -> None:
    assert newcomers.prompt(person="Marc", expected=[], colleague="").missing == ("names", "colleague")


@pytest.mark.duty("S4.31")
def test_the_closed_form_is_shown_with_its_open_one() -> None:
    assert [each.text for each in newcomers.avoid("Jenny")] == [
        "Has Jenny brought you up to date?",
        "Have you seen the material we sent?",
        "Are you the decision maker?",
        "Is there anything you want to add?",
    ]
    assert {openness.judge(each.text).kind for each in newcomers.avoid("Jenny")} == {Kind.CLOSED}
    assert newcomers.instead("Jenny").text == "What have you heard so far from Jenny about where we are?"
    assert openness.judge(newcomers.instead("Jenny").text).kind is Kind.OPEN


@pytest.mark.duty("S4.30")
def test_all_that_is_asked_of_a_newcomer_opens() -> None:
    assert len(newcomers.ASK) == 8
    assert {openness.judge(each).kind for each in newcomers.ASK} == {Kind.OPEN}


@pytest.mark.duty("S4.32")
def test_five_things_are_written_down_within_a_day() -> None:
    assert newcomers.RECORD_WITHIN_HOURS == 24
    assert newcomers.RECORD == (
        "what they had been told",
        "what was wrong in it",
        "their own objective",
        "their version of the need and its date",
        "who else they named",
    )
