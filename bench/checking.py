"""`earnest check` end to end, against what Polars alone takes to read the file."""

import compileall
import sys
from pathlib import Path

import earnest
from bench import exports
from bench.figures import CACHE, Figure, Run, peak

SMALL = 10_000
READ = "import polars; polars.read_csv({path!r}, infer_schema=False)"


def figures(deal_count: int) -> list[Figure]:
    """Every figure of checking."""
    # As an installer does, so that no figure counts the compiling of Earnest itself.
    compileall.compile_dir(Path(earnest.__file__).parent, quiet=1)
    large, small = exports.write(CACHE, deal_count), exports.write(CACHE, SMALL)
    read = _least([sys.executable, "-c", READ.format(path=str(large))])
    checked = _least(_check(str(large)))
    quick = _least(_check(str(small)))
    start = _least([sys.executable, "-m", "earnest", "--version"])
    note = f"{checked.wall:.2f} s / {read.wall:.2f} s"
    return [
        Figure(
            f"check a CSV of {deal_count:,} rows: time over reading it", checked.wall / read.wall, "×", 4, note=note
        ),
        Figure(f"check a CSV of {deal_count:,} rows: largest process", checked.peak_mb / 1024, "GB", 3),
        Figure(f"check a CSV of {SMALL:,} rows", quick.wall, "s", 2),
        Figure("start-up of the command line", start.wall, "s", 0.7),
    ]


def _check(path: str) -> list[str]:
    page = CACHE / "report.html"
    return [sys.executable, "-m", "earnest", "check", path, "--html", str(page), "--forget", "--quiet"]


def _least(command: list[str], *, times: int = 3) -> Run:
    return min((peak(command) for _ in range(times)), key=lambda done: done.wall)
