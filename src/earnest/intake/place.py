"""Where a file is read from and to, within which limits, and whom to tell how far the reading is."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from earnest.intake import unreadable
from earnest.intake.handover import Task
from earnest.intake.limits import Limits
from earnest.rulebook import words


class Place(NamedTuple):
    """One task in the child process.

    `tell` takes how far the reading is, 0 to 1; `say` takes what is being done, so that the parent can explain a death.
    """

    task: Task
    limits: Limits
    folder: Path
    tell: Callable[[float], None]
    say: Callable[[str], None]

    def beside(self, ending: str) -> Path:
        """A file of this task in the private folder."""
        return self.folder / f"{Path(self.task.source).stem}.{ending}"


def too_many_columns(name: str, found: int, limit: int) -> unreadable.TooManyColumns:
    """The refusal for a table wider than any export."""
    return unreadable.TooManyColumns(
        f"{name} has {words.count(found)} columns; up to {words.count(limit)} can be read.",
        why="The widest exports known have some 600; more means that line ends were lost or rows became columns.",
        fix="Export only the columns of the deals.",
        data={"file": name, "columns": found, "limit": limit},
    )
