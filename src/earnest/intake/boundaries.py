"""The walls around the child process: what it may take of memory, processor and disk.

Memory is walled by what the process holds for itself (RLIMIT_DATA), because the engine reserves address space by the
gigabyte without using it; address space gets a wider wall of its own, against reservations without end.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from earnest.intake.limits import Limits

# Measured: threads and arenas of the engine reserve some 400 MB that they do not use, and 1.3 GB of addresses.
_RESERVED_BYTES = 512 << 20
_ADDRESSES_BYTES = 4 << 30
_UNLIMITED = resource.RLIM_INFINITY


def wall(limits: Limits) -> None:
    """Wall the whole process, once, at its start."""
    _lower(resource.RLIMIT_DATA, limits.memory_bytes + _RESERVED_BYTES)
    _lower(resource.RLIMIT_AS, limits.memory_bytes + _ADDRESSES_BYTES + 2 * limits.file_bytes)
    _lower(resource.RLIMIT_FSIZE, 3 * limits.file_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def next_file(limits: Limits) -> None:
    """Grant the processor time of one more file: at the end of it the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard == _UNLIMITED else min(seconds, hard), hard))


@contextmanager
def within(byte_count: int) -> Iterator[None]:
    """Let what runs inside hold no more than so many bytes on top of what the process holds already."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _held() + byte_count
    lowered = wanted if soft == _UNLIMITED else min(wanted, soft)
    resource.setrlimit(resource.RLIMIT_DATA, (lowered, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _lower(kind: int, wanted: int) -> None:
    """Set a limit, unless a lower one is set already."""
    hard = resource.getrlimit(kind)[1]
    value = wanted if hard == _UNLIMITED else min(wanted, hard)
    resource.setrlimit(kind, (value, value))


def _held() -> int:
    """The bytes that the process holds for itself, as the limit counts them; a guess where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return _RESERVED_BYTES
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) << 10
