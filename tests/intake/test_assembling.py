"""What a child found becomes a table, and every row knows its line."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.intake import unreadable
from tests.intake import files


def test_a_row_of_blanks_and_lines_left_out_move_the_lines_below(tmp_path: Path) -> None:
    found = files.table(tmp_path, "a,b\n1,2\n,\nx\n\n3,4\n,\n5,6\n")
    assert found.rows.rows() == [("1", "2"), ("3", "4"), ("5", "6")]
    assert [found.line_of(row) for row in range(3)] == [2, 6, 8]


def test_a_header_without_rows_is_told(tmp_path: Path) -> None:
    with pytest.raises(unreadable.HeaderOnly) as caught:
        files.table(tmp_path, "Name,Amount\n , \n")
    assert caught.value.what == "export.csv has column names and no row below them."
    assert caught.value.data["columns"] == ["Name", "Amount"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["row", "blank", "commas", "short", "long", "two lines"]), min_size=1, max_size=25))
def test_the_line_of_a_row_is_where_it_stands_in_the_file(tmp_path: Path, kinds: list[str]) -> None:
    texts = {"blank": "\n", "commas": ",,\n", "short": "x\n", "long": "1,2,3,4\n"}
    lines, rows = ["a,b,c\n"], []
    for kind in [*kinds, *["row"] * 30]:
        number = "".join(lines).count("\n") + 1
        if kind in texts:
            lines.append(texts[kind])
        else:
            rows.append((f"row {number}", number))
            lines.append(f'row {number},"x\ny",z\n' if kind == "two lines" else f"row {number},x,z\n")
    found = files.table(tmp_path, "".join(lines))
    assert found.rows["a"].to_list() == [name for name, _ in rows]
    assert [found.line_of(row) for row in range(found.row_count)] == [number for _, number in rows]


def test_the_arrow_file_is_gone_afterwards(tmp_path: Path) -> None:
    files.table(tmp_path, "a,b\n1,2\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.in"]


def test_columns_are_text_whatever_they_hold(tmp_path: Path) -> None:
    found = files.table(tmp_path, "a,b,c\n1,,true\n2,,false\n")
    assert found.rows.schema == {"a": pl.String, "b": pl.String, "c": pl.String}
