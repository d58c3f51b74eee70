"""Tables: a column is spoken by its name, and a name that nobody declared fails where it is written."""

import copy

import pytest

from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table
from earnest.rulebook.tree import Column as ColumnExpr

AGE, SIZE = Column("age", Kind.INTEGER, "the age", "days"), Column("size", Kind.NUMBER, "the size")
DEALS = Table("deals", "deal_id", (AGE, SIZE))
LIMIT = Threshold("limit_days", 30, "days", "Judgement.")


def test_an_attribute_is_the_expression_of_a_column() -> None:
    assert isinstance(DEALS.age, ColumnExpr)
    assert DEALS.age.name == "age"


def test_a_misspelt_column_fails_where_it_is_written() -> None:
    with pytest.raises(AttributeError, match=r"^The table deals has no column agee\.$"):
        _ = DEALS.agee


def test_pythons_own_attributes_are_no_columns() -> None:
    assert copy.copy(DEALS) == DEALS
    assert not hasattr(DEALS, "__array__")


def test_a_declaration_is_found_by_name() -> None:
    assert DEALS.column("size") is SIZE
    assert DEALS.names() == ["age", "size"]
    with pytest.raises(KeyError):
        DEALS.column("agee")


def test_a_threshold_is_a_column_of_its_own_name() -> None:
    assert LIMIT.column == Column("limit_days", Kind.NUMBER, "limit days", "days")


def test_a_frame_joins_tables_columns_and_thresholds() -> None:
    frame = frame_table("deal", DEALS, (Column("as_of", Kind.DAY, "today"),), (LIMIT,))
    assert frame.names() == ["age", "size", "as_of", "limit_days"]
    assert (frame.name, frame.key) == ("deal", "deal_id")
    assert frame.limit_days.name == "limit_days"


@pytest.mark.parametrize("again", [DEALS, (AGE,), (Threshold("age", 1, "days", "Judgement."),)])
def test_a_column_is_declared_once(again: object) -> None:
    with pytest.raises(ValueError, match=r"^The frame deal has the column age twice\.$"):
        frame_table("deal", DEALS, again)
