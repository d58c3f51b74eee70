"""What must not reach a parser of text: bytes of zero, and lines without end.

Both are searched by the C library, at the speed of memory; what takes time runs while the engine works.
"""

import codecs
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from earnest.intake import unreadable
from earnest.intake.place import Place
from earnest.rulebook import words

_STEP = 1 << 20


def has_lines(path: Path, place: Place) -> bool:
    """False when the lines of a text end in lone CRs, which the engine does not know.

    Looks at the ends of the text and for endless lines only, which takes no time at all; `counted` looks at every byte.
    Raises: HoldsNuls, LineTooLong, or FileEmpty.
    """
    name = place.task.name
    with path.open("rb") as file:
        head = file.read(_STEP)
        if not head.removeprefix(codecs.BOM_UTF8).strip():
            raise unreadable.FileEmpty(
                f"{name} holds no text.",
                why="It has nothing but blank lines.",
                fix="Export it again.",
                data={"file": name},
            )
        refuse_nul(path, head, 0, name)
        with mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content:
            tail = max(0, len(content) - _STEP)
            refuse_nul(path, content[tail:], tail, name)
            if content.find(b"\n") < 0 <= content.find(b"\r"):
                return False
            long = _long_line(content, place.limits.line_bytes)
            if long >= 0:
                raise _too_long(content, long, place)
            return True


class Counted(NamedTuple):
    """What stands below the header of a text: how many lines, and whether there are quotes."""

    lines: int
    quoted: bool


def counted(path: Path, lines_above: int, quote: bytes, name: str) -> Counted:
    """Count the lines below the header, the last one too when nothing ends it, and look for zeros at every place.

    Raises: HoldsNuls.
    """
    lines, quoted, last = 0, False, b"\n"
    for at, block in _blocks_below(path, lines_above):
        refuse_nul(path, block, at, name)
        lines += block.count(b"\n")
        quoted = quoted or quote in block
        last = block[-1:]
    return Counted(lines + (last != b"\n"), quoted)


def count_of(path: Path, lines_above: int, sign: bytes) -> int:
    """How often a sign stands below the header."""
    return sum(block.count(sign) for _, block in _blocks_below(path, lines_above))


def refuse_nul(path: Path, block: bytes, at: int, name: str) -> None:
    """Refuse a block of a text that holds a zero, and say where in the text.

    Raises: HoldsNuls.
    """
    nul = block.find(b"\0")
    if nul >= 0:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content:
            raise _nul(content, at + nul, name)


def _blocks_below(path: Path, lines_above: int) -> Iterator[tuple[int, bytes]]:
    """The bytes below the header, block by block, each with its place."""
    with path.open("rb") as file:
        for _ in range(lines_above):
            file.readline()
        at = file.tell()
        while block := file.read(_STEP):
            yield at, block
            at += len(block)


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
