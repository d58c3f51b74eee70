"""The list of deals in words: the buyer first, unknown as a dash, each question once."""

import pytest

from earnest.surfaces.check.wording import deals
from tests.surfaces.check import parts
from tests.surfaces.check.parts import TODAY, deal


def test_the_finding_counts_what_is_listed() -> None:
    assert deals.finding(parts.deals()) == "There is no open deal to look at"
    assert deals.finding(parts.deals(deal())) == "1 open deal, each with what it lacks and what to ask next"
    assert (
        deals.finding(parts.deals(deal(), total=2_089)) == "The first 1 of 2,089 open deals, each with what to ask next"
    )
    assert (
        deals.finding(parts.deals(deal(ask_next=""))) == "1 open deal, and nothing to ask that this file could suggest"
    )


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (1, ""),
        (2, "1 more deal is not listed here; the totals count them all."),
        (2_090, "2,089 more deals are not listed here; the totals count them all."),
    ],
)
def test_what_the_list_leaves_out(total: int, said: str) -> None:
    assert deals.elsewhere(parts.deals(deal(), total=total)) == said


def test_each_question_is_asked_once() -> None:
    lines = [deal(account=name, ask_next="By when?") for name in ("A", "A", "B", "C", "D")]
    assert deals.questions(parts.deals(*lines, deal(account="E", ask_next="Who?"), deal(ask_next=""))) == (
        "Ask A, B and 2 others: By when?",
        "Ask E: Who?",
    )


@pytest.mark.parametrize(
    ("account", "title", "external", "buyer", "code"),
    [
        ("Isenholt", "Docks", "D-1", "Isenholt", "Docks"),
        ("Isenholt", "Isenholt – Docks", "D-1", "Isenholt", "Docks"),
        ("Isenholt", "Isenholt", "D-1", "Isenholt", "deal D-1"),
        ("Isenholt", "", "D-1", "Isenholt", "deal D-1"),
        ("", "Docks", "D-1", "Docks", "deal D-1"),
        ("", "", "D-1", "deal D-1", ""),
        ("", "", "", "deal 7", ""),
    ],
)
def test_the_buyer_is_the_heading(account: str, title: str, external: str, buyer: str, code: str) -> None:
    line = deal(7, account=account, title=title, external_id=external)
    assert (deals.buyer(line), deals.code(line)) == (buyer, code)


def test_age_against_the_good_through_date() -> None:
    assert deals.age(deal()) == "165 d"
    assert deals.against(deal()) == "Opened 19 Jul 2017, 165 days ago; good through 2 Nov 2017, 59 days past."
    assert deals.against(deal(days_past=0)) == "Opened 19 Jul 2017, 165 days ago; good through 2 Nov 2017."
    assert deals.against(deal(good_through_day=None)) == (
        "Opened 19 Jul 2017, 165 days ago; too few wins for a good-through date."
    )


def test_an_unknown_age_is_said() -> None:
    unknown = deal(age_days=None, opened_day=None)
    assert deals.age(unknown) == "—"
    assert deals.against(unknown) == "Its opening day is unknown, so it has no age."


@pytest.mark.parametrize(
    ("step", "day", "said"),
    [
        ("", None, "—"),
        ("", TODAY, "31 Dec 2017"),
        ("reply", None, "reply"),
        ("reply", TODAY, "reply, 31 Dec 2017"),
    ],
)
@pytest.mark.duty("S4.76")
def test_the_next_step_with_its_day(step: str, day: int | None, said: str) -> None:
    assert deals.step(deal(next_step=step, next_step_day=day)) == said


def test_pushes_without_history_are_unknown_and_not_none() -> None:
    assert [deals.pushes(deal(push_count=count)) for count in (None, 0, 3)] == ["—", "0", "3"]


def test_what_cannot_be_told_of_a_deal() -> None:
    assert deals.unknown(deal()) == "Cannot be told: no next step and buyer quiet."
    assert deals.unknown(deal(unknown_titles=())) == ""


def test_a_list_price_is_named() -> None:
    assert deals.amount_note(deal(amount_is_list_price=True)) == "list price"
    assert deals.amount_note(deal()) == deals.amount_note(deal(amount=None, amount_is_list_price=True)) == ""
