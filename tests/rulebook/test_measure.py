"""Each kind of measure, on a book and on one deal: no rows, one row, ties, blanks, absent columns and tables."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from earnest.rulebook import book as books
from earnest.rulebook import engine, measure
from earnest.rulebook.book import AS_OF_AT, SECONDS_A_DAY
from earnest.rulebook.measure import Measure
from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table
from tests.rulebook.books import POLARS, native

CALLS = Table(
    "calls",
    "call_id",
    (
        Column("call_id", Kind.INTEGER, "the call"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("at", Kind.MOMENT, "when"),
        Column("minutes", Kind.NUMBER, "how long"),
        Column("side", Kind.TEXT, "who called"),
    ),
)
SHORT = Threshold("short_minutes", 5, "minutes", "Judgement.")
CONTEXT = frame_table("context", (AS_OF_AT,), (SHORT,))
DAY = SECONDS_A_DAY
AS_OF = date(2025, 12, 15)
NOT_THERE = "not there"

THEIRS = CALLS.side == "in"
COUNT = measure.count("calls_count", CALLS, "calls")
THEIR_COUNT = measure.count("their_count", CALLS, "their calls", where=THEIRS)
TOTAL = measure.total("total_minutes", CALLS, "minutes", value=CALLS.minutes)
SHORTEST = measure.smallest(Column("shortest", Kind.NUMBER, "shortest"), CALLS, value=CALLS.minutes)
LATEST = measure.largest(Column("latest_at", Kind.MOMENT, "latest"), CALLS, value=CALLS.at, where=THEIRS)
GAP = measure.gap_median("gap_days", CALLS, "gap")
RECENT = measure.recent_total("recent_minutes", CALLS, "recent", value=CALLS.minutes, last=2)
EVERY = (COUNT, THEIR_COUNT, TOTAL, SHORTEST, LATEST, GAP, RECENT)


def call(number: int, at: int | None = 0, minutes: float | None = 1.0, side: str | None = "in", deal: int = 1) -> dict:
    return {"call_id": number, "deal_id": deal, "at": at, "minutes": minutes, "side": side}


def found(
    measure_: Measure, calls: Sequence[dict[str, Any]] | None, *, without: str = "", on: str = "polars"
) -> list[Any]:
    """The measure of deals 1 and 2, which a book and single deals must agree on; `calls` is None for no such table."""
    names = frozenset(CALLS.names()) - {without}
    tables = [] if calls is None else [(CALLS, native(on, _frame(calls, names)))]
    book = books.book(tables, as_of=AS_OF, thresholds=(SHORT,))
    deals = engine.lazy(native(on, pl.DataFrame({"deal_id": [1, 2]})))
    joined, there = measure.join_measures(deals, book, [measure_])
    rows = engine.collect(joined).sort("deal_id")
    said = rows[measure_.name].to_list() if measure_.name in there else [NOT_THERE] * 2
    assert said == [_of_one(measure_, calls, names, deal, book) for deal in (1, 2)]
    return said


def _frame(calls: Sequence[dict[str, Any]], names: frozenset[str]) -> pl.DataFrame:
    columns = [column for column in CALLS.columns if column.name in names]
    return pl.DataFrame(
        {column.name: [row[column.name] for row in calls] for column in columns},
        schema={column.name: POLARS[column.kind] for column in columns},
    )


def _of_one(
    measure_: Measure, calls: Sequence[dict[str, Any]] | None, names: frozenset[str], deal: int, book: books.Book
) -> Any:
    mine = [{name: row[name] for name in names} for row in calls or () if row["deal_id"] == deal]
    present = {} if calls is None else {"calls": names}
    values = measure.measured_row({"calls": mine}, [measure_], book.context(), present)
    return values.get(measure_.name, NOT_THERE)


# --- every kind ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure_", "nothing"),
    [(COUNT, 0), (THEIR_COUNT, 0), (TOTAL, 0), (SHORTEST, None), (LATEST, None), (GAP, None), (RECENT, None)],
)
@pytest.mark.parametrize("on", ["polars", "duckdb", "pandas"])
def test_a_deal_without_rows_has_none_or_a_blank(measure_: Measure, nothing: int | None, on: str) -> None:
    assert found(measure_, [call(1, deal=2)], on=on)[0] == nothing
    assert found(measure_, [], on=on) == [nothing, nothing]


@pytest.mark.parametrize("measure_", EVERY)
def test_a_book_without_the_table_does_not_have_the_measure(measure_: Measure) -> None:
    assert found(measure_, None) == [NOT_THERE, NOT_THERE]


@pytest.mark.parametrize(
    ("measure_", "column"),
    [(THEIR_COUNT, "side"), (TOTAL, "minutes"), (LATEST, "at"), (LATEST, "side"), (GAP, "at"), (RECENT, "minutes")],
)
def test_a_book_without_the_column_does_not_have_the_measure(measure_: Measure, column: str) -> None:
    assert found(measure_, [call(1)], without=column) == [NOT_THERE, NOT_THERE]


@pytest.mark.parametrize("measure_", [COUNT, TOTAL, SHORTEST, LATEST])
def test_without_an_order_no_key_is_needed(measure_: Measure) -> None:
    assert NOT_THERE not in found(measure_, [call(1)], without="call_id")


@pytest.mark.parametrize("measure_", [GAP, RECENT])
def test_an_order_needs_the_key_that_breaks_ties(measure_: Measure) -> None:
    assert found(measure_, [call(1)], without="call_id") == [NOT_THERE, NOT_THERE]


@pytest.mark.parametrize(("measure_", "one"), [(COUNT, 1), (TOTAL, 4.0), (SHORTEST, 4.0), (LATEST, 9), (RECENT, 4.0)])
def test_one_row(measure_: Measure, one: float) -> None:
    assert found(measure_, [call(1, at=9, minutes=4.0)])[0] == one


# --- count, total, smallest, largest ---------------------------------------------------------------------------


def test_a_count_passes_over_rows_whose_condition_is_unknown() -> None:
    calls = [call(1, side="in"), call(2, side="out"), call(3, side=None), call(4, side="in", deal=2)]
    assert found(THEIR_COUNT, calls) == [1, 1]
    assert found(COUNT, calls) == [3, 1]


def test_a_total_passes_over_blanks_and_unknown_conditions() -> None:
    theirs = measure.total("their_minutes", CALLS, "minutes", value=CALLS.minutes, where=THEIRS)
    calls = [call(1, minutes=2.0), call(2, minutes=None), call(3, minutes=8.0, side=None), call(4, minutes=0.5)]
    assert found(theirs, calls) == [2.5, 0]
    assert found(TOTAL, calls) == [10.5, 0]


def test_the_smallest_and_the_largest_pass_over_blanks() -> None:
    calls = [call(1, at=5, minutes=None), call(2, at=None, minutes=3.0), call(3, at=7, minutes=2.0, side="out")]
    assert found(SHORTEST, calls) == [2.0, None]
    assert found(LATEST, calls) == [5, None]


@pytest.mark.parametrize("on", ["polars", "lazy", "duckdb", "pandas"])
def test_a_condition_may_read_today_and_thresholds(on: str) -> None:
    today = (date(2025, 12, 16) - date(1970, 1, 1)).days * DAY - 1
    long = measure.count(
        "long_count",
        CALLS,
        "long calls",
        where=(CALLS.minutes >= CONTEXT.short_minutes) & (CALLS.at <= CONTEXT.as_of_at),
    )
    calls = [call(1, at=today, minutes=5.0), call(2, at=today + 1, minutes=9.0), call(3, at=today, minutes=4.75)]
    assert found(long, calls, on=on) == [1, 0]


# --- in order --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["polars", "duckdb", "pandas"])
def test_the_median_gap_is_in_days_and_in_order_of_time(on: str) -> None:
    calls = [call(1, at=10 * DAY), call(2, at=0), call(3, at=4 * DAY), call(4, at=5 * DAY)]
    assert found(GAP, calls, on=on) == [4.0, None]
    assert found(GAP, [*calls, call(5, at=13 * DAY)], on=on) == [3.5, None]


def test_one_row_has_no_gap_and_two_at_once_have_none_between_them() -> None:
    assert found(GAP, [call(1, at=DAY)]) == [None, None]
    assert found(GAP, [call(1, at=DAY), call(2, at=DAY)]) == [0.0, None]


def test_a_gap_passes_over_undated_rows_and_unknown_conditions() -> None:
    theirs = measure.gap_median("their_gap_days", CALLS, "gap", where=THEIRS)
    calls = [call(1, at=0), call(2, at=None), call(3, at=DAY, side=None), call(4, at=6 * DAY)]
    assert found(theirs, calls) == [6.0, None]


@pytest.mark.parametrize("on", ["polars", "duckdb", "pandas"])
def test_the_recent_total_is_over_the_last_rows_that_have_a_value(on: str) -> None:
    calls = [
        call(1, at=3, minutes=8.0),
        call(2, at=1, minutes=4.0),
        call(3, at=2, minutes=2.0),
        call(4, at=9, minutes=None),
    ]
    assert found(RECENT, calls, on=on) == [10.0, None]


@pytest.mark.parametrize("on", ["polars", "duckdb", "pandas"])
def test_of_two_at_the_same_moment_the_later_key_is_the_later_row(on: str) -> None:
    calls = [call(7, at=5, minutes=1.0), call(8, at=5, minutes=2.0), call(9, at=5, minutes=4.0)]
    assert found(RECENT, calls, on=on) == [6.0, None]
    assert found(RECENT, calls[::-1], on=on) == [6.0, None]


def test_the_recent_total_passes_over_undated_rows() -> None:
    assert found(RECENT, [call(1, at=None, minutes=8.0)]) == [None, None]


# --- rows of one deal ------------------------------------------------------------------------------------------


def test_a_row_that_does_not_name_a_column_of_its_table_is_blank_there() -> None:
    """The columns of the table are the truth: a service may leave out what it has no value for."""
    open_count = measure.count("open_count", CALLS, "open", where=CALLS.side.missing())
    present = {"calls": frozenset(CALLS.names())}
    said = measure.measured_row({"calls": [{"call_id": 1, "deal_id": 1}]}, [open_count], {}, present)
    assert said == {"open_count": 1}


def test_a_table_without_a_row_may_be_left_out() -> None:
    assert measure.measured_row({}, [COUNT, LATEST], {}, {"calls": frozenset(CALLS.names())}) == {
        "calls_count": 0,
        "latest_at": None,
    }


def test_a_measure_knows_what_it_reads() -> None:
    assert COUNT.reads() == frozenset()
    assert LATEST.reads() == {"at", "side"}
    assert GAP.reads() == {"at", "call_id"}
    assert RECENT.reads() == {"at", "minutes", "call_id"}


def test_only_rows_of_the_deals_asked_for_are_measured() -> None:
    book = books.book([(CALLS, _frame([call(1, deal=3)], frozenset(CALLS.names())))], as_of=AS_OF)
    joined, _ = measure.join_measures(engine.lazy(pl.DataFrame({"deal_id": [1]})), book, EVERY)
    assert engine.collect(joined).rows(named=True) == [
        {"deal_id": 1, "calls_count": 0, "their_count": 0, "total_minutes": 0.0, "shortest": None, "latest_at": None,
         "gap_days": None, "recent_minutes": None},
    ]  # fmt: skip


def test_a_value_is_needed_to_add_up() -> None:
    wrong = Measure(Column("wrong", Kind.NUMBER, "wrong"), CALLS, "total")
    with pytest.raises(TypeError, match="The measure wrong of kind total needs a value"):
        found(wrong, [call(1)])
