"""What must not reach a parser of text: bytes of zero, and lines without end.

Both are searched in the mapped file by the C library, at the speed of memory.
"""

import codecs
import mmap
from pathlib import Path
from typing import NamedTuple

from earnest.intake import unreadable
from earnest.intake.place import Place
from earnest.rulebook import words

_STEP = 1 << 20


def has_lines(path: Path, place: Place) -> bool:
    """False when the lines of a text end in lone CRs, which the engine does not know.

    Raises: HoldsNuls, LineTooLong, or FileEmpty.
    """
    name = place.task.name
    with path.open("rb") as file:
        if not file.read(_STEP).removeprefix(codecs.BOM_UTF8).strip():
            raise unreadable.FileEmpty(
                f"{name} holds no text.",
                why="It has nothing but blank lines.",
                fix="Export it again.",
                data={"file": name},
            )
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content:
        nul = content.find(b"\0")
        if nul >= 0:
            raise _nul(content, nul, name)
        if content.find(b"\n") < 0 <= content.find(b"\r"):
            return False
        long = _long_line(content, place.limits.line_bytes)
        if long >= 0:
            raise _too_long(content, long, place)
        return True


class Counted(NamedTuple):
    """What stands below the header of a text: line ends, delimiters, and whether there are quotes."""

    lines: int
    delimiters: int
    quoted: bool


def counted(path: Path, lines_above: int, marks: tuple[bytes, bytes]) -> Counted:
    """Count the lines below the header, the last one too when nothing ends it, and the delimiters where one is given.

    Args:
        path: the text.
        lines_above: the lines of its title and header.
        marks: the delimiter, empty when nobody asks, and the quote.
    """
    delimiter, quote = marks
    lines = delimiters = 0
    quoted, block, last = False, b"", b""
    with path.open("rb") as file:
        for _ in range(lines_above):
            file.readline()
        while block := file.read(_STEP):
            lines += block.count(b"\n")
            delimiters += block.count(delimiter) if delimiter else 0
            quoted = quoted or quote in block
            last = block[-1:]
    return Counted(lines + (last not in (b"\n", b"")), delimiters, quoted)


def _long_line(content: mmap.mmap, limit: int) -> int:
    """Where a line starts that is longer than the limit; -1 when there is none."""
    start, size = 0, len(content)
    while size - start > limit:
        end = content.rfind(b"\n", start, start + limit)
        if end < 0:
            return start
        start = end + 1
    return -1


def _nul(content: mmap.mmap, at: int, name: str) -> unreadable.HoldsNuls:
    line = _lines_before(content, at) + 1
    column = at - max(content.rfind(b"\n", 0, at), -1)
    return unreadable.HoldsNuls(
        f"{name} holds bytes of zero where text should be: line {words.count(line)}, byte {words.count(column)}.",
        why="A copy or download that broke leaves such holes, and what stands around them cannot be trusted.",
        fix="Export or download the file again.",
        data={"file": name, "line": line, "byte": column, "offset": at},
    )


def _too_long(content: mmap.mmap, start: int, place: Place) -> unreadable.LineTooLong:
    line = _lines_before(content, start) + 1
    limit = place.limits.line_bytes >> 20
    return unreadable.LineTooLong(
        f"Line {words.count(line)} of {place.task.name} is longer than {limit} MB.",
        why="No row of an export is; either the file is not a table, or its line ends were lost.",
        fix="Open it in an editor at that line, or export it again as CSV.",
        data={"file": place.task.name, "line": line, "limit_bytes": place.limits.line_bytes},
    )


def _lines_before(content: mmap.mmap, end: int) -> int:
    return sum(content[start : min(start + _STEP, end)].count(b"\n") for start in range(0, end, _STEP))
