"""The child process as its parent starts it."""

import subprocess
import sys
from pathlib import Path

import msgspec

from earnest.intake.handover import Answer, Job, Task, Word
from earnest.intake.limits import Limits


def start(job: Job) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "earnest.intake.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(job) + b"\n")
    process.stdin.flush()
    return process


def test_it_reads_one_file_after_the_other_and_says_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "0.in").write_text("a,b\n1,2\n")
    (tmp_path / "1.in").write_text("")
    tasks = tuple(Task(number, f"{number}.csv", str(tmp_path / f"{number}.in")) for number in range(2))
    with start(Job(str(tmp_path), tasks, Limits())) as process:
        assert process.stdout is not None
        said = [msgspec.json.decode(line, type=Word) for line in process.stdout]
    assert process.returncode == 0
    assert [(word.index, word.doing) for word in said] == [(0, "open"), (0, "done"), (1, "open"), (1, "done")]
    first, second = (msgspec.json.decode((tmp_path / f"{n}.json").read_bytes(), type=Answer) for n in range(2))
    assert [(found.name, found.headers, found.arrow) for found in first.tables] == [("0.csv", ("a", "b"), "0.arrow")]
    assert second.refusal is not None
    assert second.refusal.code == "file_empty"


def test_it_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    (tmp_path / "0.in").write_text("a,b\n" + "1,2\n" * 3_000_000)
    task = Task(0, "0.csv", str(tmp_path / "0.in"))
    process = start(Job(str(tmp_path), (task,), Limits()))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    process.stdin.close()
    assert process.wait(timeout=30) == 1
    process.stdout.close()
