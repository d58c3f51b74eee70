"""The engine: frames of any kind become lazy, small tables join on their own engine, rows become typed columns."""

from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from earnest.rulebook import engine
from tests.rulebook.books import native

ROWS = pl.DataFrame({"deal_id": [1, 2], "segment": ["mid", "ent"]})


@pytest.mark.parametrize("name", ["polars", "lazy", "duckdb", "pandas"])
def test_every_frame_becomes_lazy_and_comes_back_in_polars(name: str) -> None:
    frame = engine.lazy(native(name, ROWS))
    assert isinstance(frame, nw.LazyFrame)
    found = engine.collect(frame)
    assert isinstance(found.to_native(), pl.DataFrame)
    assert found.rows() == [(1, "mid"), (2, "ent")]


@pytest.mark.parametrize("name", ["polars", "lazy", "duckdb", "pandas"])
def test_a_small_table_joins_frames_of_its_engine(name: str) -> None:
    frame = engine.lazy(native(name, ROWS))
    part = engine.table({"segment": ["ent"], "days": [310]}, like=frame)
    joined = engine.collect(frame.join(part, on="segment", how="left").sort("deal_id"))
    assert joined["days"].to_list() == [None, 310]


def test_a_small_table_is_in_polars_by_default() -> None:
    assert engine.table({"a": [1, None]}).to_native().collect().rows() == [(1,), (None,)]


def test_parquet_is_read_when_it_is_collected(tmp_path: Path) -> None:
    ROWS.write_parquet(tmp_path / "deals.parquet")
    frame = engine.scan_parquet(tmp_path / "deals.parquet").select("segment")
    assert isinstance(frame.to_native(), pl.LazyFrame)
    assert engine.collect(frame)["segment"].to_list() == ["mid", "ent"]


KINDS = {"deal_id": "integer", "title": "text", "amount": "money", "share": "number", "done": "flag", "due_on": "day"}
TYPES = [nw.Int64, nw.String, nw.Int64, nw.Float64, nw.Boolean, nw.Int32]


def test_rows_of_several_batches_become_typed_columns() -> None:
    first, second = (1, "a", 500, 0.5, True, 20_437), (2, None, None, None, None, None)
    found = engine.collect(engine.from_rows(KINDS, [[first], [], [second]]))
    assert found.rows() == [first, second]
    assert list(found.schema.values()) == TYPES


def test_no_rows_keep_their_types() -> None:
    found = engine.collect(engine.from_rows(KINDS, []))
    assert len(found) == 0
    assert list(found.schema.values()) == TYPES


def test_sixty_four_bits_of_money_stay_exact() -> None:
    found = engine.collect(engine.from_rows({"amount": "money"}, [[(2**62 + 1,)]]))
    assert found["amount"].to_list() == [2**62 + 1]
