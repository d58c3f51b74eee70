"""What a file really is, told by its content: an ending can lie, and often does."""

import zipfile
from enum import StrEnum
from pathlib import Path

from earnest.intake import packed, unreadable

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What is surely not a table, by its first bytes.
_OTHER = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"ARROW1", "an Arrow file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_MARKUP = ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<table", "a web page"), (b"<?xml", "XML"))


class Kind(StrEnum):
    """The ways of reading."""

    TEXT = "text"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    ZIP = "zip"
    GZIP = "gzip"


SPREADSHEETS = frozenset({Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS})


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file.

    Raises: NotATable, Truncated, Encrypted or FileEmpty when it is none of those that can be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise unreadable.FileEmpty(
            f"{name} is empty.", why="It holds not a single byte.", fix="Export it again.", data={"file": name}
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path, name)
    if head.startswith(_OLE):
        return _kind_of_ole(path, name)
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    _refuse_other(head, name)
    return Kind.TEXT


def not_a_table(name: str, being: str, *, fix: str = "") -> unreadable.NotATable:
    """The refusal for a file that is something else."""
    return unreadable.NotATable(
        f"{name} is {being}, not a table.",
        why="Its first bytes say so, whatever its name ends with.",
        fix=fix or "Export the deals as CSV, XLSX or Parquet and give that file.",
        data={"file": name, "found": being},
    )


def _refuse_other(head: bytes, name: str) -> None:
    for magic, being in _OTHER:
        if head.startswith(magic):
            raise not_a_table(name, being)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise not_a_table(
            name, "an XML spreadsheet of 2003", fix="Open it in a spreadsheet and save it as XLSX or CSV."
        )
    for mark, being in _MARKUP:
        if start.startswith(mark):
            raise not_a_table(
                name, being, fix="Open it in a spreadsheet and save it as XLSX or CSV, or export it again."
            )
    if start.startswith((b'{"', b"[{", b'[\n  {"', b'{\n  "')):
        raise not_a_table(name, "JSON")


def _kind_of_zip(path: Path, name: str) -> Kind:
    packed.refuse_long_contents(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    mimetype = file.read(100)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise unreadable.Truncated(
            f"{name} breaks off: it starts like an XLSX or ZIP file, but its table of contents cannot be read.",
            why="The download or copy did not finish, or the file is damaged.",
            fix="Export or download it again.",
            data={"file": name, "reason": str(error)},
        ) from error
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if b"opendocument.spreadsheet" in mimetype:
        return Kind.ODS
    if "[Content_Types].xml" in names or mimetype:
        raise not_a_table(name, "an office document, but no workbook")
    return Kind.ZIP


def _kind_of_ole(path: Path, name: str) -> Kind:
    with path.open("rb") as file:
        content = file.read(64 << 20)
    if _utf16("EncryptedPackage") in content:
        raise unreadable.Encrypted(
            f"{name} needs a password.",
            why="The workbook is encrypted.",
            fix="Save a copy without a password and give that file.",
            data={"file": name},
        )
    if _utf16("_VBA_PROJECT") in content:
        raise packed.holds_macros(name)
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return Kind.XLS
    raise not_a_table(name, "an old office document or message, but no workbook")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
