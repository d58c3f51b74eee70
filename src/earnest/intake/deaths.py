"""Why a child process died, told as a sentence about the file it was reading."""

import signal
from typing import NamedTuple

from earnest.intake import unreadable
from earnest.intake.handover import WORKBOOK, Refusal
from earnest.intake.limits import Limits
from earnest.intake.unreadable import Unreadable
from earnest.rulebook import words

WALL = "wall"
MEMORY = "memory"
_NO_MEMORY = ("memory allocation of", "capacity overflow", "MemoryError", "Cannot allocate memory", "out of memory")


class Death(NamedTuple):
    """How a child ended: its exit code (negative: the signal), why the parent ended it, what it did, its last words."""

    code: int
    ended_for: str
    doing: str
    last_words: str


def explained(death: Death, name: str, limits: Limits) -> Refusal:
    """The refusal for a file whose reader died."""
    error = _error(death, name, limits)
    return Refusal(error.code, error.what, error.why, error.fix, {**error.data, "exit_code": death.code})


def _error(death: Death, name: str, limits: Limits) -> Unreadable:
    no_memory = any(sign in death.last_words for sign in _NO_MEMORY)
    if death.ended_for == WALL or death.code == -signal.SIGXCPU:
        return _over_time(name, limits, wall=death.ended_for == WALL)
    if death.doing == WORKBOOK and no_memory:
        return unreadable.PackedBomb(
            f"{name} claims cells far beyond what it holds, and opening it would exhaust the memory.",
            why="A cell stands at the far end of a sheet, or a count inside the file is a lie.",
            fix="Delete the empty rows and columns around the table and save it again, or export as CSV.",
            data={"file": name},
        )
    if death.ended_for == MEMORY or no_memory or death.code == -signal.SIGKILL:
        return unreadable.OverMemory(
            f"Reading {name} took more than {words.count(limits.memory_bytes >> 20)} MB of memory, so it was stopped.",
            why="The file is larger than one machine should read at once, or it is made to look small.",
            fix="Export fewer columns or a shorter time, or split the file.",
            data={"file": name, "limit_bytes": limits.memory_bytes},
        )
    return unreadable.ReaderStopped(
        f"The reader of {name} stopped in the middle of it ({_manner(death)}).",
        why="Something in the file is such that the parser fails on it; nothing of it was taken in.",
        fix="Open it in a spreadsheet, save it as CSV and give that; if that fails too, report its first lines.",
        data={"file": name, "last_words": death.last_words[-400:]},
    )


def _over_time(name: str, limits: Limits, *, wall: bool) -> unreadable.OverTime:
    seconds, manner = (limits.wall_seconds, "") if wall else (limits.cpu_seconds, " of computing")
    return unreadable.OverTime(
        f"Reading {name} took more than {words.number(seconds)} seconds{manner}, so it was stopped.",
        why="The file is larger than expected, or it is made to keep a reader busy.",
        fix="Export fewer columns or a shorter time, or split the file.",
        data={"file": name, "limit_seconds": seconds},
    )


def _manner(death: Death) -> str:
    if death.code < 0:
        return f"signal {signal.Signals(-death.code).name}"
    lines = death.last_words.strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {death.code}"
