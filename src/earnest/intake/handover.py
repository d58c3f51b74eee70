"""What the parent asks of the child process that parses files, and what the child answers: plain values as JSON."""

from typing import Any

import msgspec

from earnest.intake.figures import Dirt
from earnest.intake.limits import Limits


class Task(msgspec.Struct, frozen=True):
    """One file to read: its place in the list, the name a person knows it by, and where it can be opened."""

    index: int
    name: str
    source: str


class Job(msgspec.Struct, frozen=True):
    """The files that one child reads, one after the other, into a private folder."""

    folder: str
    tasks: tuple[Task, ...]
    limits: Limits


class Found(msgspec.Struct, frozen=True):
    """One table that the child found: its headers, where its rows wait as an Arrow file, and how it was read.

    `arrow` is empty for a table without rows; its columns are named `0`, `1`, … in the order of `headers`.
    `unnamed` are the places of columns without a name; such a column goes when it holds nothing either.
    `gaps` are pairs (row, lines): from that row on, this many lines more than the row's number lie above it.
    """

    name: str
    headers: tuple[str, ...]
    arrow: str
    encoding: str
    delimiter: str
    first_line: int = 2
    footer_row_count: int = 0
    spans_lines: bool = False
    gaps: tuple[tuple[int, int], ...] = ()
    unnamed: tuple[int, ...] = ()
    dirt: tuple[Dirt, ...] = ()


class Refusal(msgspec.Struct, frozen=True):
    """Why a file could not be read, as the child writes it down."""

    code: str
    what: str
    why: str
    fix: str
    data: dict[str, Any]  # the values behind the sentence are of many types


class Answer(msgspec.Struct, frozen=True):
    """What became of one file: its tables, or a refusal."""

    tables: tuple[Found, ...] = ()
    refusal: Refusal | None = None


class Word(msgspec.Struct, frozen=True):
    """One line that the child says while it works: which file, how far it is (0 to 1), and what it is doing."""

    index: int
    share: float
    doing: str


DONE = "done"
WORKBOOK = "workbook"
