"""What a file is, is told by its content."""

from pathlib import Path

import pytest

from earnest.intake import kinds, unreadable
from earnest.intake.kinds import Kind
from tests.intake import files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def utf16(*names: str) -> bytes:
    return b"\0\0".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a,b\n1,2\n", Kind.TEXT),
        (b"PAR1....PAR1", Kind.PARQUET),
        (b"\x1f\x8b\x08", Kind.GZIP),
        (OLE + utf16("Root Entry", "Workbook"), Kind.XLS),
        (OLE + utf16("Root Entry", "Book"), Kind.XLS),
    ],
)
def test_an_ending_may_lie(tmp_path: Path, content: bytes, kind: Kind) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)
    assert kinds.kind_of(path, "report.xlsx") is kind


def test_a_workbook_is_known_by_its_parts(tmp_path: Path) -> None:
    assert kinds.kind_of(files.workbook(tmp_path / "a.csv", files.sheet("A1=1")), "a.csv") is Kind.XLSX


@pytest.mark.case("A54")
@pytest.mark.parametrize(
    ("content", "error", "what"),
    [
        (OLE + utf16("EncryptedPackage"), unreadable.Encrypted, "a.xlsx needs a password."),
        (OLE + utf16("Workbook", "_VBA_PROJECT_CUR"), unreadable.HoldsMacros, "a.xlsx carries a program (macros)."),
        (
            OLE + utf16("WordDocument"),
            unreadable.NotATable,
            "a.xlsx is an old office document or message, but no workbook, not a table.",
        ),
        (b"<html><table>", unreadable.NotATable, "a.xlsx is a web page, not a table."),
        (b"\n <!doctype HTML>", unreadable.NotATable, "a.xlsx is a web page, not a table."),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            unreadable.NotATable,
            "a.xlsx is an XML spreadsheet of 2003, not a table.",
        ),
        (b"SQLite format 3\0", unreadable.NotATable, "a.xlsx is an SQLite database, not a table."),
        (b"\x89PNG\r\n", unreadable.NotATable, "a.xlsx is a picture, not a table."),
    ],
)
def test_what_cannot_be_read_says_what_it_is(
    tmp_path: Path, content: bytes, error: type[unreadable.Unreadable], what: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        kinds.kind_of(path, "a.xlsx")
    assert caught.value.what == what


def test_another_office_document_is_no_archive_of_exports(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "a.docx", "", {"word/document.xml": "x"})
    content = path.read_bytes().replace(b"xl/workbook.xml", b"xl/wordbook.xml")
    path.write_bytes(content)
    with pytest.raises(unreadable.NotATable):
        kinds.kind_of(path, "a.docx")
