"""Claimed against real in sentences: none, one, many; one currency and several; what cannot be told."""

import msgspec
import pytest

from earnest.pipeline.figures import Claimed, OwnerLine
from earnest.surfaces.check.wording import claimed
from tests.surfaces.check import parts
from tests.surfaces.check.parts import claimed_value, reason


def figures(**changes) -> Claimed:
    base = Claimed(90, 30, 10, 50, (claimed_value("EUR", 346_500_000, 131_700_000),), (), ())
    return msgspec.structs.replace(base, **changes)


@pytest.mark.duty("S1.9")
def test_the_finding_gives_counts_and_the_share_of_the_value() -> None:
    assert claimed.finding(figures()) == "30 of 90 open deals do not stand up: 38 % of the value"


def test_one_deal_does_not() -> None:
    assert claimed.finding(figures(hard_count=1)) == "1 of 90 open deals does not stand up: 38 % of the value"


def test_each_currency_has_its_own_share() -> None:
    values = (claimed_value("EUR", 100, 50), claimed_value("JPY", 100, 10), claimed_value("", 100, 20))
    assert claimed.finding(figures(values=values)) == (
        "30 of 90 open deals do not stand up: 50 % of the EUR, 10 % of the JPY and 20 % of what names no currency"
    )


def test_without_amounts_deals_are_counted() -> None:
    assert claimed.finding(figures(values=(claimed_value("EUR", 0, 0),))) == (
        "30 of 90 open deals do not stand up; none has an amount"
    )


def test_nothing_open() -> None:
    assert claimed.finding(parts.no_claims()) == "No deal in this file is open"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "The one open deal fails no rule that this file can answer"),
        (12, "None of 12 open deals fails a rule that this file can answer"),
    ],
)
def test_no_deal_fails(count: int, said: str) -> None:
    assert claimed.finding(figures(open_count=count, hard_count=0)) == said


def test_the_two_ends_of_the_bar() -> None:
    assert claimed.split(claimed_value("EUR", 346_500_000, 131_700_000)) == (
        "EUR 2,148 k real",
        "EUR 1,317 k not real, 38 %",
    )
    assert claimed.split(claimed_value("EUR", 100_000, 0)) == ("EUR 1.0 k real", "")
    assert claimed.split(claimed_value("EUR", 0, 0)) == ("nothing has an amount", "")


def test_what_a_total_rests_on() -> None:
    value = claimed_value("", 100, 10, open_count=1, unvalued_count=3, list_priced_count=4)
    assert claimed.behind(value) == (
        "1 open deal; no currency is named; 3 without an amount, which count as nothing; "
        "4 at the list price of the product, as no amount is written down"
    )


@pytest.mark.parametrize(
    ("soft", "calm", "said"),
    [
        (10, 50, "Of the other 60 deals, 10 ask for care and 50 carry no flag at all."),
        (1, 1, "Of the other 60 deals, 1 asks for care and 1 carries no flag at all."),
        (10, 0, "Of the other 60 deals, 10 ask for care."),
        (0, 60, "No other deal carries a flag."),
        (0, 0, ""),
    ],
)
def test_the_deals_that_pass(soft: int, calm: int, said: str) -> None:
    assert claimed.others(figures(soft_count=soft, unflagged_count=calm)) == said


def test_all_fail_or_none_does() -> None:
    assert claimed.others(figures(hard_count=90)) == ""
    assert claimed.others(figures(hard_count=0, soft_count=0, unflagged_count=90)) == "No deal carries a flag."


def test_what_a_missing_column_hides() -> None:
    absent = reason("forced_date", unknown_count=90, absent=("a", "b"), absent_labels=("the buyer's date", "our date"))
    assert claimed.cannot_tell(absent, 90) == "needs the buyer's date and our date"
    assert claimed.cannot_tell(msgspec.structs.replace(absent, unknown_count=1), 90) == (
        "needs the buyer's date and our date, on 1 deal"
    )


def test_what_blank_cells_hide() -> None:
    assert claimed.cannot_tell(reason("forced_date", unknown_count=7), 90) == "blank on 7 of 90 deals"


@pytest.mark.parametrize(
    ("count", "begins"),
    [
        (0, "This file answers every question for every open deal."),
        (1, "1 of 16 questions is open, for some deals or for all. Unknown is not good and not bad"),
        (5, "5 of 16 questions are open, for some deals or for all. Unknown is not good and not bad"),
    ],
)
def test_how_much_the_file_leaves_open(count: int, begins: str) -> None:
    assert claimed.cannot_tell_lead(count, 16).startswith(begins)


def test_owners_stand_by_name() -> None:
    owners = tuple(OwnerLine(name, 9, hard, (), ()) for name, hard in (("bo", 9), ("Amara", 1), ("Chidi", 5)))
    assert [line.owner for line in claimed.by_name(owners)] == ["Amara", "bo", "Chidi"]
    assert claimed.owners_line(figures(owners=owners)) == (
        "Not real of open deals, by name, never by rank: Amara 1 of 9, bo 9 of 9, Chidi 5 of 9."
    )
    assert claimed.owners_line(figures()) == ""


def test_what_was_looked_for_and_not_found() -> None:
    assert claimed.quiet(["date passed", "very large"]) == "Looked for and not found: date passed and very large."
    assert claimed.quiet([]) == ""
