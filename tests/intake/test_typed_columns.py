"""Parquet: typed columns become the texts that any other format would give."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl

from tests.intake import files


def test_typed_columns_become_plain_texts(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2024-03-01 10:30")
    pl.DataFrame(
        {
            "text": ["a", None],
            "whole": [5, None],
            "float": [2.0, 0.25],
            "large": [1e20, 2.5e-7],
            "flag": [True, False],
            "day": [date(2024, 3, 1), None],
            "moment": [moment, None],
            "there": pl.Series([moment, None]).dt.replace_time_zone("Europe/Berlin"),
            "exact": [Decimal("12.30"), None],
            "list": [["a", "b"], []],
            "struct": [{"x": 1}, {"x": 2}],
            "bytes": [b"\xff", b"a"],
            "for": [timedelta(minutes=2), None],
        }
    ).write_parquet(tmp_path / "0.in")
    (found,) = files.tables(tmp_path / "0.in", "deals.parquet")
    assert dict(zip(found.headers, found.rows.row(0), strict=True)) == {
        "text": "a",
        "whole": "5",
        "float": "2",
        "large": "100000000000000000000",
        "flag": "true",
        "day": "2024-03-01",
        "moment": "2024-03-01 10:30:00",
        "there": "2024-03-01 10:30:00+01:00",
        "exact": "12.30",
        "list": "a;b",
        "struct": '{"x":1}',
        "bytes": None,
        "for": "120",
    }
    assert found.rows.row(1)[:4] == (None, None, "0.25", "0.00000025")
    assert (found.encoding, found.first_line) == ("parquet", 1)
    assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("binary_columns", ("bytes",))]


def test_a_file_cut_short_is_told(tmp_path: Path) -> None:
    pl.DataFrame({"a": ["x"] * 100, "b": range(100)}).write_parquet(tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    error = files.refusal(tmp_path, whole[:-20], "deals.parquet")
    assert error.code == "truncated_file"
    assert error.what.startswith("deals.parquet starts like a Parquet file, but cannot be read: ")


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    pl.DataFrame({f"c{number}": [1] for number in range(5_001)}).write_parquet(tmp_path / "0.in")
    error = files.refusal(tmp_path, (tmp_path / "0.in").read_bytes(), "deals.parquet")
    assert (error.code, error.data["columns"]) == ("too_many_columns", 5_001)
