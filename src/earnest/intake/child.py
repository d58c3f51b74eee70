"""The child process that parses files: `python -m earnest.intake.child`, with a Job as JSON on its standard input.

Whatever a file does to it, the parent lives: the child writes what it found into a private folder and says on its
standard output how far it is. Its walls are set before any parser is loaded.
"""

import csv
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from earnest.intake import boundaries, handover, kinds, unreadable
from earnest.intake.handover import Answer, Found, Job, Refusal, Task, Word
from earnest.intake.kinds import Kind
from earnest.intake.place import Place


def main() -> int:
    """Read a job, then its files one after the other."""
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    boundaries.wall(job.limits)
    csv.field_size_limit(job.limits.line_bytes)
    threading.Thread(target=_die_with_the_parent, daemon=True).start()
    for task in job.tasks:
        boundaries.next_file(job.limits)
        _say(Word(task.index, 0.0, "open"))
        answer = answer_to(task, job)
        target = Path(job.folder) / f"{task.index}.json"
        target.write_bytes(msgspec.json.encode(answer))
        _say(Word(task.index, 1.0, handover.DONE))
    return 0


def answer_to(task: Task, job: Job) -> Answer:
    """The tables of one file, or why it cannot be read."""
    place = Place(
        task,
        job.limits,
        Path(job.folder),
        tell=lambda share: _say(Word(task.index, share, "read")),
        say=lambda doing: _say(Word(task.index, 0.0, doing)),
    )
    try:
        return Answer(tables=_read(kinds.kind_of(Path(task.source), task.name), place))
    except unreadable.Unreadable as error:
        return Answer(refusal=Refusal(error.code, error.what, error.why, error.fix, error.data))


def _read(kind: Kind, place: Place) -> tuple[Found, ...]:
    """Read a file in the way of its kind; each way loads its parser only when it is needed."""
    if kind is Kind.TEXT:
        from earnest.intake import text  # noqa: PLC0415  # loads the engine

        return (text.read_text(place),)
    if kind is Kind.PARQUET:
        from earnest.intake import typed_columns  # noqa: PLC0415

        return (typed_columns.read_parquet(place),)
    if kind in kinds.SPREADSHEETS:
        from earnest.intake import sheets  # noqa: PLC0415

        return sheets.read_workbook(kind, place)
    from earnest.intake import archives  # noqa: PLC0415

    unpack: Callable[..., tuple[Found, ...]] = archives.read_zip if kind is Kind.ZIP else archives.read_gzip
    return unpack(place, _read)


def _say(word: Word) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def _die_with_the_parent() -> None:
    """The parent holds the other end of standard input; when it is gone, nobody wants the answer."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    # The engine's threads need no farewell, and a thread waits on standard input.
    os._exit(main())
