"""Words for a fodder deal and for a no, with the names that they need."""

from datetime import date

import pytest

from earnest.need import openness
from earnest.need.openness import Kind
from earnest.pipeline import wording


@pytest.mark.duty("S4.51", "S4.52")
def test_eight_questions_change_the_path_and_each_opens() -> None:
    assert len(wording.CHANGE_THE_PATH) == 8
    assert {openness.judge(each).kind for each in wording.CHANGE_THE_PATH} == {Kind.OPEN}


@pytest.mark.duty("S4.51")
def test_the_condition_for_going_on_has_a_day() -> None:
    assert wording.going_on(date(2025, 12, 19)).text == (
        "We would like to answer well. To do that we need 40 minutes with the people who will use it, before "
        "19 Dec 2025. If that cannot be, we will step aside and wish you a good result."
    )
    assert wording.going_on(None).missing == ("date",)


@pytest.mark.duty("S3.10", "S1.11")
def test_ten_cases_of_a_no_and_the_names_they_need() -> None:
    assert {no.key: no.names for no in wording.NOES} == {
        "poor_fit": ("must-have", "other"),
        "weak_need": ("condition", "date"),
        "rigged": ("access", "date"),
        "their_date": ("month",),
        "unpaid_pilot": ("weeks",),
        "discount": (),
        "cannot_promise": ("date", "feasible", "colleague", "day"),
        "below_margin": (),
        "late": ("reason",),
        "hearing": (),
    }


@pytest.mark.duty("S3.10")
def test_a_no_is_said_with_its_names() -> None:
    said = wording.said("poor_fit", {"must-have": "second-by-second apron data", "other": "Apronline"})
    assert said.ready
    assert said.text == (
        "From what you told us, the part that matters most to you is second-by-second apron data, and we do not do "
        "that well. I would rather say so now. Apronline does; shall I introduce you?"
    )


@pytest.mark.duty("S3.10")
def test_a_no_says_which_name_is_missing() -> None:
    said = wording.said("weak_need", {"condition": "a second penalty"})
    assert said.missing == ("date",)
    assert said.text.endswith("If a second penalty happens, call me; I will ask again around {date}.")


@pytest.mark.duty("S4.70")
def test_hearing_a_no_ends_the_contact() -> None:
    assert wording.said("hearing", {}).text == (
        "Thank you for telling me. I will stop here. If you are willing: what should I learn from it?"
    )
    assert wording.BY_KEY["hearing"].afterwards == (
        "Record the no, end the contact, and set a revisit only on their condition."
    )


def test_a_case_that_is_not_there_is_refused() -> None:
    with pytest.raises(wording.UnknownCase) as refused:
        wording.said("maybe", {})
    assert refused.value.what == "There is no wording for «maybe»."
    assert refused.value.data == {"case": "maybe"}
