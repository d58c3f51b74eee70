"""What a benchmark tells: a figure, its limit, and whether it holds."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parent.parent / "var" / "bench"


@dataclass(frozen=True)
class Figure:
    """One measured figure. `most` is true when the limit is an upper one."""

    name: str
    value: float
    unit: str
    limit: float
    most: bool = True
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.limit if self.most else self.value >= self.limit

    @property
    def ratio(self) -> float:
        """The figure over its limit: at most 1 when an upper limit holds."""
        return self.value / self.limit


@dataclass(frozen=True)
class Run:
    """One finished process: seconds on the wall and of CPU (its children included), and its largest process in MB."""

    wall: float
    cpu: float
    peak_mb: float
    output: str


def run(command: Sequence[str], *, seconds: float = 900) -> Run:
    """Run a command to its end and account for it.

    Raises: RuntimeError with what it wrote when it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run([*command], capture_output=True, text=True, timeout=seconds, check=False)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # ru_maxrss of children is the largest ever seen, so each peak is measured in a process of its own (see `peak`).
    return Run(wall, cpu, 0.0, done.stdout)


def peak(command: Sequence[str], *, seconds: float = 900) -> Run:
    """Like `run`, in a fresh measuring process, so that the peak is this command's alone."""
    inner = [sys.executable, "-m", "bench.figures", *command]
    done = subprocess.run(inner, capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    *output, last = done.stdout.rstrip("\n").split("\n")
    wall, cpu, peak_mb = (float(part) for part in last.split())
    return Run(wall, cpu, peak_mb, "\n".join(output))


def best(command: Sequence[str], *, times: int = 3) -> Run:
    """The run with the least CPU of several, each in a fresh process."""
    return min((peak(command) for _ in range(times)), key=lambda done: done.cpu)


def python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


if __name__ == "__main__":
    found = run(sys.argv[1:])
    sys.stdout.write(found.output.rstrip("\n") + "\n")
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(f"{found.wall} {found.cpu} {peak_kb / 1024}\n")
