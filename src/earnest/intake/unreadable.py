"""Why a file cannot be read: one class for each reason.

They stand together because the child process that parses a file raises them and the parent raises them again,
so both must know them without loading a parser.
"""

from collections.abc import Mapping
from typing import ClassVar

from earnest.errors import EarnestError


class Unreadable(EarnestError):
    """A file that cannot be read as a table."""

    code: ClassVar[str] = "unreadable_file"


class FileMissing(Unreadable):
    """There is no such file, or it is a folder, a pipe or a device."""

    code: ClassVar[str] = "file_missing"


class NoPermission(Unreadable):
    """The file may not be opened by this user."""

    code: ClassVar[str] = "no_permission"


class FileEmpty(Unreadable):
    """The file holds nothing."""

    code: ClassVar[str] = "file_empty"


class HeaderOnly(Unreadable):
    """The file has column names and no row."""

    code: ClassVar[str] = "header_only"


class NotATable(Unreadable):
    """The file holds something else than rows and columns."""

    code: ClassVar[str] = "not_a_table"


class Truncated(Unreadable):
    """The file breaks off."""

    code: ClassVar[str] = "truncated_file"


class HoldsNuls(Unreadable):
    """The file holds bytes of zero where text should be."""

    code: ClassVar[str] = "holds_nuls"


class UnknownEncoding(Unreadable):
    """The bytes are text in an encoding that cannot be told for sure."""

    code: ClassVar[str] = "unknown_encoding"


class LineTooLong(Unreadable):
    """One line is longer than any row of an export."""

    code: ClassVar[str] = "line_too_long"


class TooManyColumns(Unreadable):
    """There are more columns than any export has."""

    code: ClassVar[str] = "too_many_columns"


class TooLarge(Unreadable):
    """The file, or what it unpacks to, is larger than the limit or than the room on the disk."""

    code: ClassVar[str] = "too_large"


class PackedBomb(Unreadable):
    """A small file that claims to be, or unpacks to, something huge."""

    code: ClassVar[str] = "packed_bomb"


class Encrypted(Unreadable):
    """The file needs a password."""

    code: ClassVar[str] = "encrypted_file"


class HoldsMacros(Unreadable):
    """The workbook carries a program."""

    code: ClassVar[str] = "holds_macros"


class UnsafeNames(Unreadable):
    """An archive holds names that point outside of it, or the same name twice."""

    code: ClassVar[str] = "unsafe_names"


class OverTime(Unreadable):
    """Reading took longer than the limit."""

    code: ClassVar[str] = "over_time"


class OverMemory(Unreadable):
    """Reading took more memory than the limit."""

    code: ClassVar[str] = "over_memory"


class ReaderStopped(Unreadable):
    """The process that read the file ended without an answer."""

    code: ClassVar[str] = "reader_stopped"


_BY_CODE: dict[str, type[Unreadable]] = {kind.code: kind for kind in Unreadable.__subclasses__()}


def again(code: str, what: str, *, why: str, fix: str, data: Mapping[str, object]) -> Unreadable:
    """The refusal that the child process wrote down, as an error of the parent."""
    return _BY_CODE.get(code, Unreadable)(what, why=why, fix=fix, data=data)
