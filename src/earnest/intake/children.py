"""Child processes that parse files, from the parent's side: started, watched, and ended at the limit."""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec

from earnest.intake import deaths, handover
from earnest.intake.handover import Answer, Job, Word
from earnest.intake.limits import Limits

_TICK_SECONDS = 0.05
_MOST_THREADS = 8
_PAGE = os.sysconf("SC_PAGE_SIZE")
# An Arrow file of texts is up to twice as large as the text; only the progress shown rests on this.
_GROWTH = 1.7

Answered = Callable[[int, Answer], None]
Progress = Callable[[int, float], None]


@dataclass
class _Child:
    """One running child, the file it is at, and since when."""

    process: "subprocess.Popen[bytes]"
    job: Job
    errors: Path
    left: list[int]
    at: int
    since: float
    doing: str = ""
    ended_for: str = ""
    heard: bytes = b""


@dataclass
class Children:
    """The children that read the files of some jobs, at most so many at a time.

    Leaving the `with` block ends whatever still runs.
    """

    limits: Limits
    waiting: list[Job]
    running: list[_Child] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _count: int = 0

    def __enter__(self) -> Self:
        self._start_some()
        return self

    def __exit__(self, *_: object) -> None:
        for child in self.running:
            child.process.kill()
            self._close(child)
        self._selector.close()

    def answers(self, progress: Progress) -> Iterator[tuple[int, Answer]]:
        """The answer to each file as it comes; nobody waits for a child that has answered and is only tidying up."""
        while any(child.left for child in self.running):
            for key, _ in self._selector.select(_TICK_SECONDS):
                yield from self._listen(key.data, progress)
            for child in self.running:
                if child.left:
                    self._watch(child, progress)

    def _start_some(self) -> None:
        while self.waiting and sum(1 for child in self.running if child.left) < self.limits.child_count:
            job = self.waiting.pop(0)
            self._count += 1
            errors = Path(job.folder) / f"{self._count}.errors"
            child = _Child(_start(job, errors), job, errors, [task.index for task in job.tasks], -1, time.monotonic())
            self.running.append(child)
            self._selector.register(_output(child), selectors.EVENT_READ, child)

    def _listen(self, child: _Child, progress: Progress) -> Iterator[tuple[int, Answer]]:
        """Take what a child has said; at the end of its output, account for every file it leaves behind."""
        heard = os.read(_output(child), 1 << 16)
        *lines, child.heard = (child.heard + heard).split(b"\n")
        for line in lines:
            yield from self._hear(child, msgspec.json.decode(line, type=Word), progress)
        if not heard:
            yield from self._bury(child)

    def _hear(self, child: _Child, word: Word, progress: Progress) -> Iterator[tuple[int, Answer]]:
        progress(word.index, word.share)
        if word.index != child.at:
            child.at, child.since = word.index, time.monotonic()
        child.doing = word.doing
        if word.doing == handover.DONE:
            child.left.remove(word.index)
            written = (Path(child.job.folder) / f"{word.index}.json").read_bytes()
            yield word.index, msgspec.json.decode(written, type=Answer)
            self._start_some()

    def _bury(self, child: _Child) -> Iterator[tuple[int, Answer]]:
        code = child.process.wait()
        self._selector.unregister(_output(child))
        self.running.remove(child)
        self._close(child)
        if child.left:
            index = child.left.pop(0)
            task = next(task for task in child.job.tasks if task.index == index)
            if child.left:
                rest = tuple(other for other in child.job.tasks if other.index in child.left)
                self.waiting.insert(0, msgspec.structs.replace(child.job, tasks=rest))
            death = deaths.Death(code, child.ended_for, child.doing, _last_words(child.errors))
            yield index, Answer(refusal=deaths.explained(death, task.name, self.limits))
        self._start_some()

    def _watch(self, child: _Child, progress: Progress) -> None:
        """End a child that takes too long or holds too much; show how far it is by what it has written."""
        if time.monotonic() - child.since > self.limits.wall_seconds:
            child.ended_for = deaths.WALL
        elif _held_bytes(child.process.pid) > self.limits.memory_bytes:
            child.ended_for = deaths.MEMORY
        if child.ended_for:
            child.process.kill()
        elif child.at >= 0:
            share = _written_share(child)
            if share > 0:
                progress(child.at, share)

    def _close(self, child: _Child) -> None:
        with ExitStack() as stack:
            for stream in (child.process.stdin, child.process.stdout):
                if stream is not None:
                    stack.callback(stream.close)
        child.process.wait()


def _start(job: Job, errors: Path) -> "subprocess.Popen[bytes]":
    """Start a child on a job. It is a fresh interpreter: the engine hangs in a forked one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = min(cores, _MOST_THREADS)
    environment = {
        "POLARS_MAX_THREADS": str(threads),
        **os.environ,
        "RUST_BACKTRACE": "0",
        "PYTHONUTF8": "1",
    }
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            # -P: a folder that holds a file called polars.py must not be able to stand in for the engine.
            [sys.executable, "-P", "-m", "earnest.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=job.folder,
            env=environment,
        )
    if process.stdin is not None:
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        process.stdin.flush()
    return process


def _output(child: _Child) -> int:
    if child.process.stdout is None:
        raise RuntimeError("A child is always started with a pipe for its output.")
    return child.process.stdout.fileno()


def _held_bytes(pid: int) -> int:
    """What the process holds for itself in memory; 0 where the system does not tell or it is gone."""
    try:
        resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE


def _written_share(child: _Child) -> float:
    task = next(task for task in child.job.tasks if task.index == child.at)
    try:
        written = (Path(child.job.folder) / f"{task.index}.arrow").stat().st_size
        return min(written / (_GROWTH * max(Path(task.source).stat().st_size, 1)), 0.95)
    except OSError:
        return 0.0


def _last_words(errors: Path) -> str:
    return errors.read_bytes()[-4000:].decode("utf-8", "replace")
