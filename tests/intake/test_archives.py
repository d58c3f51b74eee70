"""A ZIP of exports, and a file under gzip."""

import gzip
import zipfile
from pathlib import Path

import pytest

from earnest.intake import unreadable
from earnest.intake.limits import Limits
from tests.intake import files


def packed(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_every_table_in_an_archive_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    source = packed(
        tmp_path / "0.in",
        {
            "Opportunity.csv": "Id,Name\n1,A\n",
            "more/Account.csv": "Id;Name\n2;B\n",
            "readme.txt": "Hello there",
            "empty.csv": "",
            "inner.zip": packed(tmp_path / "inner.zip", {"x.csv": "a,b\n1,2\n"}).read_bytes(),
            "__MACOSX/._x": "x",
            "more/.DS_Store": "x",
        },
    )
    found = files.tables(source, "export.zip")
    assert [(table.name, table.rows.rows()) for table in found] == [
        ("export.zip/Opportunity.csv", [("1", "A")]),
        ("export.zip/more/Account.csv", [("2", "B")]),
    ]
    (dirt,) = found[0].dirt
    assert (dirt.code, dirt.count, dirt.examples[1:]) == (
        "files_left_out",
        3,
        ("export.zip/empty.csv is empty.", "export.zip/inner.zip is an archive within an archive, not a table."),
    )


def test_an_archive_without_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(unreadable.NotATable) as caught:
        files.tables(packed(tmp_path / "0.in", {"a.txt": "Hello", "b.txt": "there"}), "export.zip")
    assert caught.value.what == "export.zip holds no table that can be read: 2 files were looked at."


def test_nothing_is_written_outside_of_the_private_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    source = packed(inside / "0.in", {"../escaped.csv": "a,b\n1,2\n"})
    with pytest.raises(unreadable.UnsafeNames):
        files.tables(source, "export.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def test_a_file_under_gzip_is_read(tmp_path: Path) -> None:
    assert files.table(tmp_path, gzip.compress(b"a,b\n1,2\n"), "export.csv.gz").rows.rows() == [("1", "2")]


def test_a_file_under_gzip_that_breaks_off_or_explodes_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"a,b\n" + b"1,2\n" * 10_000_000, compresslevel=1)
    assert files.refusal(tmp_path, whole[:100]).code == "truncated_file"
    assert files.refusal(tmp_path, whole).code == "packed_bomb"
    assert files.refusal(tmp_path, whole, limits=Limits(unpacked_bytes=1 << 20)).code == "too_large"
