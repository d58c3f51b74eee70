"""Files as they are, read into tables of text.

Each file is parsed in a child process with limits on memory, processor and time, so that no file can take the program
down with it. The child leaves an Arrow file in a private folder; here it is mapped and the folder removed.
This module loads no engine before the children run, so that their start and this process's own overlap.
"""

import shutil
import stat
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from earnest.intake import unreadable
from earnest.intake.children import Children
from earnest.intake.column_names import visible
from earnest.intake.handover import Answer, Job, Task
from earnest.intake.limits import Limits
from earnest.rulebook import words

if TYPE_CHECKING:
    from earnest.intake.raw import RawTable

Progress: TypeAlias = Callable[[str, float], None]

# Starting a child costs half a second; small files share one.
_SHARED_BYTES = 16 << 20
# The Arrow file and a copy of the text as UTF-8 may stand on the disk at once.
_DISK_PER_BYTE = 3


def read_files(
    paths: Sequence[Path],
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    names: Sequence[str] | None = None,
) -> "list[RawTable]":
    """Read files of any supported format into tables of text, in the order given; a workbook gives one for each sheet.

    Args:
        paths: the files. What they are is told by their content, not by their endings.
        limits: what reading one file may take.
        progress: is told a file's name and how far its reading is, 0 to 1.
        names: what people call the files, where their paths are called otherwise.
    Raises: a subclass of Unreadable for the first file that cannot be read: what it is, where, and what to do.
    """
    with begin(paths, limits=limits, names=names) as begun:
        return begun.tables(progress)


def begin(paths: Sequence[Path], *, limits: Limits | None = None, names: Sequence[str] | None = None) -> "Begun":
    """Start reading and come back at once, so that a door can load what it needs while the children read.

    The same as `read_files` in two steps: `with begin(paths) as begun: …; tables = begun.tables()`.
    """
    opened = tuple(map(Path, paths))
    return Begun(opened, limits or Limits(), tuple(names or (path.name for path in opened)))


class Begun:
    """Files that are being read. Leaving the `with` block ends what still runs and removes what was written."""

    def __init__(self, paths: Sequence[Path], limits: Limits, names: Sequence[str]) -> None:
        self._paths, self._limits = paths, limits
        self._folder = Path(tempfile.mkdtemp(prefix="earnest-"))
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._tasks = [
                _task(number, path, name, self._folder, limits)
                for number, (path, name) in enumerate(zip(paths, names, strict=True))
            ]
            self._children = stack.enter_context(Children(limits, _jobs(self._tasks, self._folder, limits)))
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def tables(self, progress: Progress | None = None) -> "list[RawTable]":
        """The tables, when the last file is read.

        Raises: a subclass of Unreadable for the first file that cannot be read.
        """
        from earnest.intake import assembling  # noqa: PLC0415  # loads the engine while the children load theirs

        answers: dict[int, Answer] = {}
        for index, answer in self._children.answers(self._teller(progress)):
            _raise_refusal(answer)
            answers[index] = answer
        _refuse_too_much(answers, self._tasks, self._folder, self._limits)
        return [
            assembling.table(found, self._paths[index], self._folder)
            for index in sorted(answers)
            for found in answers[index].tables
        ]

    def _teller(self, progress: Progress | None) -> Callable[[int, float], None]:
        """What tells the progress: only forwards, and by the file's name."""
        shown = [0.0] * len(self._tasks)

        def tell(index: int, share: float) -> None:
            if progress is not None and share > shown[index]:
                shown[index] = share
                progress(self._tasks[index].name, share)

        return tell


def _task(number: int, path: Path, called: str, folder: Path, limits: Limits) -> Task:
    """One file as a task, under a plain name in the private folder, so that no parser meets a name from outside."""
    name = " ".join(visible(called.encode("utf-8", "replace").decode()).split()) or str(path)
    size = _size(path, name)
    if size > limits.file_bytes:
        raise unreadable.TooLarge(
            f"{name} has {words.count(size >> 20)} MB; up to {words.count(limits.file_bytes >> 20)} MB can be read.",
            why="No export of deals is that large.",
            fix="Export a shorter time or fewer columns, or split the file.",
            data={"file": name, "bytes": size, "limit_bytes": limits.file_bytes},
        )
    source = folder / f"{number}.in"
    source.symlink_to(path.resolve())
    return Task(number, name, str(source))


def _size(path: Path, name: str) -> int:
    """The size of an ordinary file that may be read."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            with path.open("rb"):
                return found.st_size
    except PermissionError as error:
        raise unreadable.NoPermission(
            f"You may not read {name}.",
            why=f"The system refuses to open {path}.",
            fix="Ask whoever owns the file, or copy it to where you may read it.",
            data={"file": str(path)},
        ) from error
    except (OSError, ValueError) as error:
        raise _missing(path, f"There is no file {path}.", "It was not found under this name.") from error
    if stat.S_ISDIR(found.st_mode):
        raise _missing(path, f"{path} is a folder, not a file.", "Only files can be read.")
    raise _missing(path, f"{path} is not an ordinary file.", "It is a device or a pipe, whose end nobody knows.")


def _missing(path: Path, what: str, why: str) -> unreadable.FileMissing:
    fix = "Check the path, and give the exported file itself."
    return unreadable.FileMissing(what, why=why, fix=fix, data={"file": str(path)})


def _jobs(tasks: Sequence[Task], folder: Path, limits: Limits) -> list[Job]:
    """The tasks as jobs: large files alone and first, small ones together.

    Raises: TooLarge when the disk has no room for what the children write.
    """
    sizes = {task.index: Path(task.source).stat().st_size for task in tasks}
    needed, room = sum(sizes.values()) * _DISK_PER_BYTE, shutil.disk_usage(folder).free
    if needed > room:
        raise unreadable.TooLarge(
            f"Reading these files takes up to {words.count(needed >> 20)} MB of disk; {folder.parent} has "
            f"{words.count(room >> 20)} MB left.",
            why="Each file is laid down once more, in a form that can be read quickly.",
            fix="Make room there, or point the variable TMPDIR to a disk with more.",
            data={"needed_bytes": needed, "free_bytes": room},
        )
    groups: list[list[Task]] = []
    filled = 0
    for task in sorted(tasks, key=lambda one: (-(sizes[one.index] >> 24), one.index)):
        if not groups or filled + sizes[task.index] > _SHARED_BYTES:
            groups.append([])
            filled = 0
        groups[-1].append(task)
        filled += sizes[task.index]
    return [Job(str(folder), tuple(group), limits) for group in groups]


def _refuse_too_much(answers: Mapping[int, Answer], tasks: Sequence[Task], folder: Path, limits: Limits) -> None:
    """What the children could stream past may still be too much to hold here: an Arrow file is as large as its rows."""
    for index, answer in sorted(answers.items()):
        held = sum((folder / found.arrow).stat().st_size for found in answer.tables)
        if held > limits.memory_bytes:
            name = tasks[index].name
            raise unreadable.OverMemory(
                f"The rows of {name} take {words.count(held >> 20)} MB of memory; up to "
                f"{words.count(limits.memory_bytes >> 20)} MB can be held.",
                why="The file has more rows or columns than one machine should hold at once.",
                fix="Export fewer columns or a shorter time, or split the file.",
                data={"file": name, "bytes": held, "limit_bytes": limits.memory_bytes},
            )


def _raise_refusal(answer: Answer) -> None:
    refusal = answer.refusal
    if refusal is not None:
        raise unreadable.again(refusal.code, refusal.what, why=refusal.why, fix=refusal.fix, data=refusal.data)
