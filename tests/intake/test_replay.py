"""A book as it stood on an earlier day: nothing of what came later."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.intake import book, reading, replay
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import book as books
from earnest.rulebook import words
from earnest.rulebook.book import SECONDS_A_DAY, Book
from tests.intake import exports, made

JANUARY, MARCH, MAY = date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 15)
HEADERS = [
    "Id",
    "Name",
    "StageName",
    "Amount",
    "CloseDate",
    "CreatedDate",
    "IsClosed",
    "IsWon",
    "NextStep",
    "Loss Reason",
]
DEALS_FILE = exports.table(
    "opportunity.csv",
    HEADERS,
    [
        ["1", "Won later", "Closed Won", "500", "2026-04-20", "2026-01-05", "true", "true", "", ""],
        ["2", "Still open", "Negotiation/Review", "300", "2026-08-31", "2026-01-10", "false", "false", "Visit", ""],
        ["3", "Lost before", "Closed Lost", "80", "2026-02-10", "2026-01-02", "true", "false", "", "Price"],
        ["4", "Opened later", "Qualification", "70", "2026-09-30", "2026-04-02", "false", "false", "", ""],
        ["5", "Undated", "Qualification", "60", "2026-09-30", "", "false", "false", "", ""],
    ],
)
HISTORY = exports.table(
    "OpportunityHistory.csv",
    ["OpportunityId", "StageName", "Amount", "CloseDate", "CreatedDate"],
    [
        ["1", "Qualification", "400", "2026-03-31", "2026-01-05 10:00:00"],
        ["1", "Negotiation/Review", "450", "2026-04-30", "2026-03-20 10:00:00"],
        ["1", "Closed Won", "500", "2026-04-20", "2026-04-20 10:00:00"],
        ["2", "Qualification", "300", "2026-06-30", "2026-01-10 10:00:00"],
        ["2", "Negotiation/Review", "300", "2026-08-31", "2026-05-02 10:00:00"],
    ],
)


def test_deals_opened_later_are_gone_and_those_that_ended_later_are_open_again() -> None:
    stood = replay.as_it_stood(made.intake(DEALS_FILE).book, MARCH)
    assert made.column(stood, "title") == ["Won later", "Still open", "Lost before"]
    assert made.column(stood, "outcome") == ["open", "open", "lost"]
    assert made.days(stood, "closed_on") == [None, None, date(2026, 2, 10)]
    assert made.column(stood, "lost_reason") == [None, None, "Price"]
    assert stood.as_of == MARCH


def test_without_history_what_may_have_come_later_is_blank_and_named() -> None:
    told = replay.replayed(made.intake(DEALS_FILE).book, MARCH)
    assert told.from_history == ()
    assert told.blanked == ("stage", "stage_position", "amount", "seller_close_on", "next_step")
    assert made.column(told.book, "amount") == [None, None, 8_000]
    assert made.column(told.book, "stage") == [None, None, "Closed Lost"]
    assert made.column(told.book, "next_step") == [None, None, None]


def test_history_tells_what_held_on_the_day() -> None:
    told = replay.replayed(made.intake(DEALS_FILE, HISTORY).book, MARCH)
    assert made.column(told.book, "stage") == ["Negotiation/Review", "Qualification", "Closed Lost"]
    assert made.column(told.book, "stage_position") == [2, 1, None]
    assert made.column(told.book, "amount") == [45_000, 30_000, 8_000]
    assert made.days(told.book, "seller_close_on") == [date(2026, 4, 30), date(2026, 6, 30), None]
    assert made.days(told.book, "stage_changed_on") == [date(2026, 3, 20), date(2026, 1, 10), None]
    assert set(told.from_history) == {"stage", "stage_position", "amount", "seller_close_on"}
    assert told.blanked == ("next_step",)


def test_an_earlier_day_knows_an_earlier_value() -> None:
    stood = replay.as_it_stood(made.intake(DEALS_FILE, HISTORY).book, JANUARY)
    assert made.column(stood, "amount") == [40_000, 30_000, None]
    assert made.column(stood, "outcome") == ["open", "open", "open"]


def test_history_that_begins_later_tells_nothing_of_before() -> None:
    late = exports.table(
        "OpportunityHistory.csv",
        ["OpportunityId", "StageName", "Amount", "CloseDate", "CreatedDate"],
        [["2", "Negotiation/Review", "300", "2026-08-31", "2026-05-02 10:00:00"]],
    )
    stood = replay.as_it_stood(made.intake(DEALS_FILE, late).book, MARCH)
    assert made.column(stood, "amount") == [None, None, 8_000]


def test_a_deal_that_nobody_has_changed_since_keeps_what_it_says() -> None:
    table = exports.table(
        "opportunity.csv",
        ["Id", "Name", "StageName", "Amount", "CloseDate", "CreatedDate", "LastModifiedDate"],
        [
            ["1", "Untouched", "Qualification", "5", "2026-08-31", "2026-01-05", "2026-02-01 10:00:00"],
            ["2", "Touched", "Qualification", "5", "2026-08-31", "2026-01-05", "2026-04-01 10:00:00"],
        ],
    )
    stood = replay.as_it_stood(made.intake(table).book, MARCH)
    assert made.column(stood, "amount") == [500, None]
    assert made.days(stood, "seller_close_on") == [date(2026, 8, 31), None]


def test_changes_and_activities_of_later_days_are_gone() -> None:
    tasks = exports.table(
        "task.csv",
        ["Id", "Subject", "WhoId", "WhatId", "ActivityDate"],
        [["t1", "a", "c", "1", "2026-03-31"], ["t2", "b", "c", "1", "2026-04-01"]],
    )
    stood = replay.as_it_stood(made.intake(DEALS_FILE, HISTORY, tasks).book, MARCH)
    assert made.column(stood, "subject", "activities") == ["a"]
    assert max(made.column(stood, "at", "changes")) < (words.epoch_day(MARCH) + 1) * SECONDS_A_DAY


def test_asking_for_an_earlier_day_replays_and_keeps_the_whole_book() -> None:
    intake = made.intake(DEALS_FILE, as_of=MARCH)
    assert intake.replayed
    assert intake.as_of_reason == "You asked for 31 Mar 2026."
    assert made.frame(intake.book).height == 3
    assert made.frame(intake.whole).height == 5


def test_asking_for_the_newest_day_or_later_replays_nothing() -> None:
    intake = made.intake(DEALS_FILE, as_of=MAY)
    assert not intake.replayed
    assert intake.book is intake.whole


def test_a_list_price_stays_and_a_derived_segment_is_derived_from_what_was_known() -> None:
    rows = [
        [str(number), "B" if number % 2 else "A", "Won" if number < 40 else "Open", "2026-01-01", day, ""]
        for number, day in ((number, "2026-03-01" if number < 20 else "2026-05-01") for number in range(60))
    ]
    deals = exports.table("deals.csv", ["deal_id", "product", "stage", "created_date", "close_date", "amount"], rows)
    products = exports.table("products.csv", ["product", "sales_price"], [["A", "10"], ["B", "90"]])
    whole = made.intake(deals, products).book
    assert set(made.column(whole, "segment")) == {"up to 10", "over 10"}
    stood = replay.as_it_stood(whole, MARCH)
    assert made.column(stood, "list_amount") == made.column(whole, "list_amount")
    assert made.column(stood, "segment") == made.column(whole, "segment")
    assert "segment" not in replay.as_it_stood(whole, JANUARY).tables["deals"].present


# --- the property: what came later leaves no trace -------------------------------------------------------------

DAY = words.epoch_day(MARCH)
_days = st.integers(DAY - 60, DAY + 60)


@st.composite
def _futures(draw: st.DrawFn) -> tuple[Book, Book]:
    """Two books with the same past up to the day and different futures."""
    count = draw(st.integers(1, 6))
    past = [_past(draw, number) for number in range(1, count + 1)]
    return _with_future(draw, past), _with_future(draw, past)


def _past(draw: st.DrawFn, number: int) -> dict[str, object]:
    opened = draw(st.integers(DAY - 60, DAY))
    ended = draw(st.booleans())
    steps = draw(st.lists(st.tuples(st.integers(opened, DAY), st.integers(1, 3)), min_size=1, max_size=3))
    return {
        "number": number,
        "opened": opened,
        "ended": ended,
        "steps": sorted(steps),
        "closed": draw(st.integers(opened, DAY)),
    }


def _with_future(draw: st.DrawFn, past: list[dict[str, object]]) -> Book:
    deals, changes = [], []
    for each in past:
        steps = list(each["steps"])  # type: ignore[call-overload]
        later = (
            []
            if each["ended"]
            else draw(st.lists(st.tuples(st.integers(DAY + 1, DAY + 60), st.integers(1, 3)), max_size=3))
        )
        closed = each["closed"] if each["ended"] else draw(st.none() | st.integers(DAY + 1, DAY + 60))
        before = None
        for on, place in [*steps, *sorted(later)]:
            changes.append((each["number"], on * SECONDS_A_DAY, "stage", before, f"s{place}", before and 1, place))
            before = f"s{place}"
        deals.append(
            {
                "deal_id": each["number"],
                "title": f"deal {each['number']}",
                "stage": before,
                "outcome": "open" if closed is None else "won",
                "amount": 100 if each["ended"] else draw(st.none() | st.integers(1, 9)),
                "opened_on": each["opened"],
                "closed_on": closed,
                "seller_close_on": None if each["ended"] else draw(st.none() | _days),
                "next_step": None if each["ended"] else draw(st.none() | st.just("call")),
                "pushes_stated": None if each["ended"] else draw(st.integers(0, 5)),
                "updated_at": DAY * SECONDS_A_DAY if each["ended"] else (DAY + 61) * SECONDS_A_DAY,
            }
        )
    deals.append({**deals[0], "deal_id": 99, "opened_on": draw(st.integers(DAY + 1, DAY + 9)), "outcome": "open"})
    return _book(deals, changes)


def _book(deals: list[dict[str, object]], changes: list[tuple[object, ...]]) -> Book:
    kinds = {
        "closed_on": pl.Int32,
        "opened_on": pl.Int32,
        "seller_close_on": pl.Int32,
        "amount": pl.Int64,
        "next_step": pl.String,
        "pushes_stated": pl.Int64,
    }
    rows = pl.DataFrame(deals, schema_overrides=kinds, infer_schema_length=None)
    names = ["deal_id", "at", "field", "from_text", "to_text", "from_position", "to_position"]
    overrides = {"from_text": pl.String, "from_position": pl.Int64}
    history = pl.DataFrame(changes, schema=names, schema_overrides=overrides, orient="row").with_row_index("change_id")
    activities = pl.DataFrame(
        {"activity_id": [1, 2], "deal_id": [1, 1], "at": [DAY * SECONDS_A_DAY, (DAY + 1) * SECONDS_A_DAY]}
    )
    tables = [(DEALS, rows), (CHANGES, history), (ACTIVITIES, activities)]
    return books.book(tables, as_of=MARCH + timedelta(days=70))


@settings(max_examples=60)
@given(pair=_futures())
def test_two_futures_of_one_past_stand_alike_on_the_day(pair: tuple[Book, Book]) -> None:
    first, second = (replay.as_it_stood(book, MARCH) for book in pair)
    for name in ("deals", "changes", "activities"):
        assert (
            made.frame(first, name)
            .drop("change_id", strict=False)
            .equals(made.frame(second, name).drop("change_id", strict=False))
        )


@pytest.mark.real_data
def test_maven_replayed_knows_no_end_that_came_later(real_data: Path) -> None:
    tables = reading.read_files(sorted((real_data / "maven_crm").glob("*.csv")))
    stood = book.build(tables, today=exports.TODAY, as_of=date(2017, 6, 30)).book
    rows = made.frame(stood)
    assert rows.filter(pl.col("opened_on") > words.epoch_day(date(2017, 6, 30))).height == 0
    open_then = rows.filter(pl.col("outcome") == "open")
    assert (open_then["closed_on"].null_count(), open_then["amount"].null_count()) == (
        open_then.height,
        open_then.height,
    )
    assert open_then["list_amount"].null_count() == 0
    assert dict(rows.group_by("outcome").len().iter_rows()) == {"open": 1_686, "won": 1_785, "lost": 894}
