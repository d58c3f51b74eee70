"""Judging a frame: a nullable column per rule, and nothing else is touched."""

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from earnest.rulebook import engine
from earnest.rulebook.book import WrongColumnKind
from earnest.rulebook.judge import Frame, judge
from earnest.rulebook.rule import Rule
from earnest.rulebook.tables import Column, Kind
from earnest.rulebook.tree import Column as Read

VOCABULARY = {"age": Column("age", Kind.INTEGER, "the age"), "size": Column("size", Kind.INTEGER, "the size")}
OLD = Rule("old", "old", Read("age") > 3, "It is old.", "Wait.", "S1.9")
LARGE = Rule("large", "large", Read("size") > 3, "It is large.", "Wait.", "S1.9")


def test_each_rule_becomes_a_nullable_column() -> None:
    rows = engine.lazy(pl.DataFrame({"deal_id": [1, 2, 3], "age": [4, 3, None]}))
    judged = judge(Frame(rows, frozenset({"deal_id", "age"}), VOCABULARY), [OLD, LARGE])
    found = engine.collect(judged.rows)
    assert found.rows(named=True) == [
        {"deal_id": 1, "age": 4, "old": True, "large": None},
        {"deal_id": 2, "age": 3, "old": False, "large": None},
        {"deal_id": 3, "age": None, "old": None, "large": None},
    ]
    assert found.schema["large"] == nw.Boolean
    assert judged.present == {"deal_id", "age", "old", "large"}
    assert judged.vocabulary is VOCABULARY


def test_a_frame_without_rows_is_judged_all_the_same() -> None:
    rows = engine.lazy(pl.DataFrame(schema={"deal_id": pl.Int64, "age": pl.Int64}))
    judged = judge(Frame(rows, frozenset({"deal_id", "age"}), VOCABULARY), [OLD, LARGE])
    assert engine.collect(judged.rows).columns == ["deal_id", "age", "old", "large"]
    assert len(engine.collect(judged.rows)) == 0


def test_a_frame_whose_column_holds_something_else_is_refused() -> None:
    text_size = pl.DataFrame({"deal_id": [1], "size": ["71,000"]})
    frame = Frame(engine.lazy(text_size.lazy()), frozenset({"deal_id", "size"}), VOCABULARY)
    with pytest.raises(WrongColumnKind) as refusal:
        judge(frame, [LARGE])
    assert refusal.value.what == "The column size of the frame holds String, but it should hold integer."
