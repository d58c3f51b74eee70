"""What won deals teach: cycles per segment, the usual size per currency, the usual stay per stage."""

from typing import Any

import pytest

from earnest.pipeline.benchmarks import Benchmarks, benchmarks
from earnest.rulebook.book import SECONDS_A_DAY, MissingTable, book
from tests.pipeline import made, story
from tests.pipeline.made import a_book
from tests.rulebook.books import AS_OF, TODAY

ENGINES = ("polars", "duckdb", "pandas")


def won(days: int, **more: Any) -> dict[str, Any]:
    return {"outcome": "won", "opened_on": TODAY - days, "closed_on": TODAY, **more}


def worth(*amounts: int | None, **more: Any) -> list[dict[str, Any]]:
    return [{"outcome": "won", "amount": amount, **more} for amount in amounts]


# --- cycles ----------------------------------------------------------------------------------------------------


@pytest.mark.duty("S4.76")
def test_the_story_has_a_cycle_for_every_deal_and_for_each_segment() -> None:
    found = benchmarks(story.book())
    assert found.overall == {
        "median_cycle_days": 196.0, "use_soon_days": 236, "good_through_days": 289, "longest_win_days": 341,
        "next_step_horizon_days": 49.0,
    }  # fmt: skip
    days = {name: (each["use_soon_days"], each["good_through_days"]) for name, each in found.by_segment.items()}
    assert days == {"ent": (257, 310), "mid": (212, 255)}
    medians = {name: round(each["median_cycle_days"] or 0, 1) for name, each in found.by_segment.items()}
    assert medians == {"ent": 211.6, "mid": 181.0}
    assert {each["longest_win_days"] for each in found.by_segment.values()} == {341}


def test_a_next_step_may_be_a_quarter_of_the_cycle_away_and_never_under_three_weeks() -> None:
    slow, quick = benchmarks(a_book([won(84)] * 5)), benchmarks(a_book([won(83)] * 5))
    assert slow.overall["next_step_horizon_days"] == 21.0
    assert quick.overall["next_step_horizon_days"] == 21
    assert benchmarks(a_book([won(88)] * 5)).overall["next_step_horizon_days"] == 22.0


def test_four_wins_teach_nothing_and_the_fifth_does() -> None:
    four, five = benchmarks(a_book([won(30)] * 4)), benchmarks(a_book([won(30)] * 5))
    assert set(four.overall.values()) == {None}
    assert four.columns({"segment", "currency", "stage_position"}) == frozenset()
    assert five.overall["good_through_days"] == five.overall["longest_win_days"] == 30


def test_a_segment_with_too_few_wins_takes_the_figures_of_all() -> None:
    found = benchmarks(a_book([won(30, segment="mid")] * 5 + [won(300, segment="ent")]))
    assert found.by_segment["ent"]["good_through_days"] == found.overall["good_through_days"]


def test_a_book_without_deals_is_refused() -> None:
    with pytest.raises(MissingTable, match="This book has no table of deals"):
        benchmarks(book([], as_of=AS_OF))


def test_a_book_without_dates_teaches_no_cycle() -> None:
    assert set(benchmarks(a_book(worth(1, 2, 3, 4, 5))).overall.values()) == {None}


# --- the usual size --------------------------------------------------------------------------------------------


def test_the_large_amount_is_told_for_each_currency_with_five_wins() -> None:
    euros, dollars = worth(1, 2, 3, 4, 100, currency="EUR"), worth(5, 6, 7, 8, currency="USD")
    assert benchmarks(a_book(euros + dollars)).large_amount == {"EUR": 100.0}
    assert benchmarks(a_book(euros + dollars + worth(9, currency="USD"))).large_amount == {"EUR": 100.0, "USD": 9.0}


def test_the_large_amount_lies_between_the_largest_wins() -> None:
    """Type 8: the 95th percentile of 1 to 40 is at place 40.33 × 0.95 + ⅓ = 38.65."""
    found = benchmarks(a_book(worth(*range(1, 41), currency="EUR"))).large_amount["EUR"]
    assert round(found, 6) == round((40 + 1 / 3) * 0.95 + 1 / 3, 6)


def test_only_wins_with_an_amount_tell_what_is_usual() -> None:
    wins = worth(1, 2, 3, 4, 5, None, 0, -9, currency="EUR")
    lost = [{**each, "outcome": "lost"} for each in worth(10**9, currency="EUR")]
    assert benchmarks(a_book(wins + lost)).large_amount == {"EUR": 5.0}


@pytest.mark.parametrize("on", ENGINES)
def test_a_book_without_currencies_has_one_large_amount(on: str) -> None:
    deals = [*worth(1, 2, 3, 4, 5), {"outcome": "open", "amount": 6}]
    found = benchmarks(a_book(deals, on=on))
    assert found.large_amount == {"": 5.0}
    assert found.columns({"amount"}) == {"large_amount"}
    assert found.of_deal({"amount": 6}) == {"large_amount": 5.0}


def test_wins_of_an_unknown_currency_are_apart() -> None:
    wins = worth(1, 2, 3, 4, 5, currency=None) + worth(7, 7, 7, 7, 7, currency="EUR")
    found = benchmarks(a_book(wins))
    assert found.large_amount == {"": 5.0, "EUR": 7.0}
    assert [found.of_deal({"currency": each})["large_amount"] for each in (None, "EUR", "USD")] == [5.0, 7.0, None]


# --- the usual stay --------------------------------------------------------------------------------------------


def moves(deal_id: int, *stays: float) -> list[dict[str, Any]]:
    """A deal that enters stage 1 and stays in each stage for so many days."""
    days = [sum(stays[:place]) for place in range(len(stays) + 1)]
    return [
        {"deal_id": deal_id, "field": "stage", "at": int(day * SECONDS_A_DAY), "to_position": place}
        for place, day in enumerate(days, start=1)
    ]


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize("on", ENGINES)
def test_the_usual_stay_is_the_median_of_won_deals_that_went_on(on: str) -> None:
    deals = [{"outcome": "won", "stage_position": 3}] * 5 + [{"outcome": "lost", "stage_position": 3}]
    stays = [(10, 2), (20, 4), (30.5, 8), (40, 16), (50, 32)]
    changes = [change for number, each in enumerate(stays, start=1) for change in moves(number, *each)]
    found = benchmarks(a_book(deals, on=on, changes=changes + moves(6, 900, 900)))
    assert found.stage_median_days == {1: 30.5, 2: 8.0}  # nobody was seen to leave stage 3


def test_four_stays_are_too_few() -> None:
    deals = [{"outcome": "won", "stage_position": 3}] * 4
    changes = [change for number in range(1, 5) for change in moves(number, 10)]
    assert benchmarks(a_book(deals, changes=changes)).stage_median_days == {}


@pytest.mark.parametrize("without", ["at", "field", "to_position"])
def test_a_history_that_lacks_a_column_teaches_no_stays(without: str) -> None:
    deals = [{"outcome": "won", "stage_position": 3}] * 5
    changes = [change for number in range(1, 6) for change in moves(number, 10)]
    less = [{name: value for name, value in change.items() if name != without} for change in changes]
    assert benchmarks(a_book(deals, changes=less)).stage_median_days == {}


# --- on one deal and on many -----------------------------------------------------------------------------------

MARKS = Benchmarks(
    made.NO_MARKS.cycle,
    {"good_through_days": 289, "use_soon_days": None},
    {"mid": {"good_through_days": 255, "use_soon_days": None}, "odd": {"good_through_days": None}},
    {"EUR": 500.0},
    {3: 12.5},
)


@pytest.mark.parametrize(
    ("deal", "told"),
    [
        ({"segment": "mid"}, {"good_through_days": 255}),
        ({"segment": "odd"}, {"good_through_days": 289}),
        ({"segment": "None"}, {"good_through_days": 289}),
        ({"segment": None}, {"good_through_days": 289}),
        ({"title": "x"}, {"good_through_days": 289}),
        ({"currency": "EUR"}, {"good_through_days": 289, "large_amount": 500.0}),
        ({"currency": "USD"}, {"good_through_days": 289, "large_amount": None}),
        ({"stage_position": 3}, {"good_through_days": 289, "stage_median_days": 12.5}),
        ({"stage_position": None}, {"good_through_days": 289, "stage_median_days": None}),
    ],
)
def test_the_benchmarks_of_one_deal(deal: dict[str, Any], told: dict[str, float | None]) -> None:
    assert MARKS.of_deal(deal) == told
    row = made.deal(deal, marks=MARKS)
    assert {name: row[name] for name in told} == told


def test_a_segment_that_is_called_none_is_not_a_deal_without_one() -> None:
    marks = Benchmarks(MARKS.cycle, MARKS.overall, {"None": {"good_through_days": 9}}, {}, {})
    assert marks.of_deal({"segment": None}) == {"good_through_days": 289}
    assert marks.of_deal({"segment": "None"}) == {"good_through_days": 9}


def test_the_same_is_learnt_on_every_engine() -> None:
    deals = [won(days, amount=days, currency="EUR", segment="mid") for days in (30, 40, 50, 60, 70, 80)]
    polars, *others = [benchmarks(a_book(deals, on=on)) for on in ENGINES]
    assert others == [polars, polars]
