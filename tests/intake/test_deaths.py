"""Every way for a child to die has its sentence."""

import signal

import pytest

from earnest.intake import deaths
from earnest.intake.deaths import Death
from earnest.intake.limits import Limits

LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=5, wall_seconds=9)


@pytest.mark.parametrize(
    ("death", "code", "says"),
    [
        (Death(-9, deaths.WALL, "read", ""), "over_time", "Reading x.csv took more than 9 seconds, so it was stopped."),
        (
            Death(-signal.SIGXCPU, "", "read", ""),
            "over_time",
            "Reading x.csv took more than 5 seconds of computing, so it was stopped.",
        ),
        (
            Death(-9, deaths.MEMORY, "read", ""),
            "over_memory",
            "Reading x.csv took more than 1,024 MB of memory, so it was stopped.",
        ),
        (
            Death(-9, "", "read", ""),
            "over_memory",
            "Reading x.csv took more than 1,024 MB of memory, so it was stopped.",
        ),
        (
            Death(-signal.SIGABRT, "", "read", "memory allocation of 1520 bytes failed\n"),
            "over_memory",
            "Reading x.csv took more than 1,024 MB of memory, so it was stopped.",
        ),
        (
            Death(-signal.SIGABRT, "", "workbook", "memory allocation of 99 bytes failed\n"),
            "packed_bomb",
            "x.csv claims cells far beyond what it holds, and opening it would exhaust the memory.",
        ),
        (
            Death(1, "", "workbook", "Traceback\npyo3_runtime.PanicException: capacity overflow"),
            "packed_bomb",
            "x.csv claims cells far beyond what it holds, and opening it would exhaust the memory.",
        ),
        (
            Death(-signal.SIGSEGV, "", "read", ""),
            "reader_stopped",
            "The reader of x.csv stopped in the middle of it (signal SIGSEGV).",
        ),
        (
            Death(1, "", "read", "Traceback\nKeyError: 'x'"),
            "reader_stopped",
            "The reader of x.csv stopped in the middle of it (KeyError: 'x').",
        ),
        (
            Death(3, "", "read", ""),
            "reader_stopped",
            "The reader of x.csv stopped in the middle of it (exit code 3).",
        ),
    ],
)
def test_a_death_is_told_as_a_sentence(death: Death, code: str, says: str) -> None:
    refusal = deaths.explained(death, "x.csv", LIMITS)
    assert (refusal.code, refusal.what, refusal.data["exit_code"]) == (code, says, death.code)
