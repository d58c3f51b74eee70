"""How single figures are said: blank, too few, one and many, several currencies."""

import pytest

from earnest.measures.figures import Money
from earnest.surfaces.check.wording import phrases
from tests.surfaces.check.parts import rate


def test_days_are_dates_or_a_dash() -> None:
    assert [phrases.day(number) for number in (20_469, None, 10**12)] == ["16 Jan 2026", "—", "day 1,000,000,000,000"]


def test_lengths_of_time() -> None:
    assert [phrases.days(number) for number in (None, 0, 1, 1.5, 1_291)] == [
        "—",
        "0 days",
        "1 day",
        "1.5 days",
        "1,291 days",
    ]


@pytest.mark.parametrize(("number", "said"), [(122, "4 months"), (107, "3.5 months"), (45, "45 days"), (1, "1 day")])
def test_a_belief_is_said_in_months(number: int, said: str) -> None:
    assert phrases.months(number) == said


@pytest.mark.at("AT-06")
def test_a_share_stands_with_its_interval() -> None:
    assert (phrases.share_of(rate(21, 78)), phrases.interval(rate(21, 78))) == ("27 %", "18–37 %")


def test_under_five_is_too_few() -> None:
    assert (phrases.share_of(rate(2, 4)), phrases.interval(rate(2, 4))) == ("too few", "")
    assert (phrases.share_of(rate(2, 5)), phrases.interval(rate(2, 5))) == ("40 %", "9–79 %")


def test_nothing_has_no_share() -> None:
    assert (phrases.share_of(rate(0, 0)), phrases.interval(rate(0, 0))) == ("—", "")


def test_n_stands_beside_every_share() -> None:
    assert phrases.with_share(rate(1_291, 1_589)) == "1,291 of 1,589 (81 %)"
    assert phrases.with_share(rate(1, 3)) == "1 of 3"


def test_money_with_and_without_its_currency() -> None:
    assert phrases.money(Money(405_946_200, "USD")) == "USD 4,059 k"
    assert phrases.amount_only(Money(405_946_200, "USD")) == "4,059 k"
    assert phrases.amount_only(Money(5_000, "")) == "50"
    assert phrases.money(None) == phrases.amount_only(None) == "—"


def test_currencies_are_never_added_up() -> None:
    assert phrases.monies([Money(7_100_000, "EUR"), Money(71_000, "JPY")]) == "EUR 71 k and JPY 71 k"
    assert phrases.monies([]) == "—"


def test_a_tick_has_no_empty_digits() -> None:
    assert phrases.tick(Money(2_000_000_000, "EUR")) == "20 m"
    assert phrases.tick(Money(2_500_000_000, "EUR")) == "25 m"


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists(parts: list[str], said: str) -> None:
    assert phrases.listed(parts) == said


def test_sentences_begin_large_and_end() -> None:
    assert [phrases.sentence(text) for text in ("", "one", "Two.", "three?")] == ["", "One.", "Two.", "Three?"]
    assert phrases.joined("A.", "", "B.") == "A. B."


def test_long_names_are_cut_to_fit() -> None:
    assert phrases.short("x" * 24) == "x" * 24
    assert phrases.short("x" * 25) == "x" * 23 + "…"
