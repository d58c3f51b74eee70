"""The book: which columns it really has, what it refuses, and the numbers that every engine reckons alike."""

from datetime import date

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from earnest.records.tables import ACTIVITIES, DEALS
from earnest.rulebook import engine
from earnest.rulebook.book import Book, MissingTable, WrongColumnKind, book, checked
from earnest.rulebook.tables import Column, Kind, Table, Threshold
from tests.rulebook.books import native

AS_OF = date(2025, 12, 15)
EVERY = Table("every", "key", tuple(Column(f"a_{kind.value}", kind, kind.value) for kind in Kind))
LIMIT = Threshold("limit_days", 30, "days", "Judgement.")


def a_book(**columns: list) -> Book:
    return book([(DEALS, pl.DataFrame({"deal_id": [1], **columns}))], as_of=AS_OF, thresholds=(LIMIT,))


def test_a_table_keeps_its_declared_columns_alone() -> None:
    found = a_book(amount=[5], nobody_declared_this=["x"]).table("deals")
    assert found.present == {"deal_id", "amount"}
    assert found.rows.collect_schema().names() == ["deal_id", "amount"]
    assert found.declared is DEALS


def test_a_missing_table_is_named_with_what_to_do() -> None:
    with pytest.raises(MissingTable) as raised:
        a_book().table("activities")
    assert raised.value.as_dict() == {
        "code": "missing_table",
        "what": "This book has no table of activities.",
        "why": "The files it was made from held none.",
        "fix": "Add the file that holds the activities, or read the other figures.",
        "data": {"table": "activities", "present": ["deals"]},
    }


def test_a_book_says_what_it_has() -> None:
    found = a_book(amount=[5])
    assert found.has("deals")
    assert found.has("deals", "deal_id", "amount")
    assert not found.has("deals", "amount", "owner")
    assert not found.has("activities")


def test_the_context_is_today_its_last_second_and_the_thresholds() -> None:
    assert a_book().context() == {"as_of": 20_437, "as_of_at": 20_438 * 86_400 - 1, "limit_days": 30}


def test_a_changed_threshold_takes_the_place_of_its_default() -> None:
    changed = book([], as_of=AS_OF, thresholds=(LIMIT,), changed={"limit_days": 45.0})
    assert changed.context()["limit_days"] == 45.0


def test_a_table_is_added_to_a_copy() -> None:
    before = a_book()
    after = before.with_table(ACTIVITIES, pl.DataFrame({"activity_id": [1], "deal_id": [1]}))
    assert (sorted(before.tables), sorted(after.tables)) == (["deals"], ["activities", "deals"])
    assert after.as_of == before.as_of


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.TEXT, ["a"]),
        (Kind.INTEGER, [1]),
        (Kind.NUMBER, [1]),
        (Kind.NUMBER, [1.5]),
        (Kind.FLAG, [True]),
        (Kind.DAY, [20_437]),
        (Kind.MOMENT, [1_765_756_800]),
        (Kind.MONEY, [7_100_000]),
    ],
)
def test_a_column_of_its_kind_is_taken(kind: Kind, values: list) -> None:
    assert checked(EVERY, pl.DataFrame({f"a_{kind.value}": values})).present == {f"a_{kind.value}"}


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        (Kind.TEXT, [1], "Int64"),
        (Kind.INTEGER, [1.5], "Float64"),
        (Kind.NUMBER, ["1.5"], "String"),
        (Kind.NUMBER, [True], "Boolean"),
        (Kind.FLAG, [1], "Int64"),
        (Kind.DAY, [date(2025, 12, 15)], "Date"),
        (Kind.MOMENT, [1.5], "Float64"),
        (Kind.MONEY, [71_000.0], "Float64"),
    ],
)
def test_a_column_of_another_kind_is_refused(kind: Kind, values: list, found: str) -> None:
    name = f"a_{kind.value}"
    with pytest.raises(WrongColumnKind) as raised:
        checked(EVERY, pl.DataFrame({name: values}))
    assert raised.value.what == f"The column {name} of the table every holds {found}, but it should hold {kind.value}."
    assert raised.value.why == "A rule that read it would mean something else than it says."
    assert raised.value.fix == (
        "Convert the column first: days and moments are whole numbers since 1970, money is whole minor units."
    )
    assert raised.value.data == {"table": "every", "column": name, "found": found, "expected": kind.value}
    assert raised.value.code == "wrong_column_kind"


@pytest.mark.parametrize("name", ["polars", "duckdb", "pandas"])
def test_days_without_a_sign_can_be_subtracted(name: str) -> None:
    days = pl.DataFrame({"a_day": [7], "a_integer": [9]}, schema={"a_day": pl.UInt16, "a_integer": pl.UInt16})
    rows = checked(EVERY, native(name, days)).rows
    found = engine.collect(rows.with_columns(gap=nw.col("a_day") - nw.col("a_integer")))
    assert found["gap"].to_list() == [-2]


def test_keys_of_two_widths_join() -> None:
    narrow = checked(DEALS, pl.DataFrame({"deal_id": [1, 2]}, schema={"deal_id": pl.UInt32})).rows
    wide = checked(DEALS, pl.DataFrame({"deal_id": [2, 3]}, schema={"deal_id": pl.Int32})).rows
    assert engine.collect(narrow.join(wide, on="deal_id", how="semi"))["deal_id"].to_list() == [2]


@pytest.mark.parametrize("name", ["polars", "duckdb", "pandas"])
def test_what_is_not_a_number_is_blank(name: str) -> None:
    """Polars holds that NaN is more than three; every other engine has its own opinion."""
    frame = pl.DataFrame({"a_number": [4.0, float("nan"), None]})
    found = engine.collect(checked(EVERY, native(name, frame)).rows)
    assert found["a_number"].to_list() == [4.0, None, None]
