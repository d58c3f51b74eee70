"""`make bench`: every figure with its limit and its ratio, printed and kept in `bench/results.md`."""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench import bootstrap, checking, importing, judging, web
from bench.figures import Figure

RESULTS = Path(__file__).parent / "results.md"
LARGE = 1_000_000
HEAD = """# What was measured

Made by `make bench`. Every figure is the best of several runs on one machine in one go; ratios say more than seconds.
CPU is counted where a ratio to a scan is meant, the wall where a person waits.

"""


def main() -> int:
    """Run the chosen benchmarks; the exit code is 1 when a limit does not hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", help="judging, checking, importing, bootstrap, web; all when none is named")
    asked.add_argument("--deals", type=int, default=LARGE, help="deals in the large book")
    asked.add_argument(
        "--web-deals", type=int, default=web.DEALS, help="deals in the workspace that pages are read from"
    )
    asked.add_argument(
        "--postgres", default=os.environ.get("EARNEST_BENCH_POSTGRES"), help="address of an empty database"
    )
    options = asked.parse_args()
    parts: dict[str, Callable[[], list[Figure]]] = {
        "judging": lambda: judging.figures(options.deals),
        "checking": lambda: checking.figures(options.deals),
        "importing": lambda: importing.figures(options.postgres or _given_postgres()),
        "bootstrap": bootstrap.figures,
        "web": lambda: web.figures(options.web_deals, options.postgres or _given_postgres()),
    }
    unknown = [name for name in options.parts if name not in parts]
    if unknown:
        asked.error(f"{unknown[0]} is no benchmark; there are {', '.join(parts)}.")
    found: list[Figure] = []
    for name in options.parts or parts:
        for figure in parts[name]():
            sys.stdout.write(f"{_line(figure)}\n")
            sys.stdout.flush()
            found.append(figure)
    if not options.parts and options.deals == LARGE:
        RESULTS.write_text(HEAD + _machine() + _table(found))
    return 0 if all(figure.holds for figure in found) else 1


def _given_postgres() -> str | None:
    address = os.environ.get("EARNEST_DATABASE_URL", "")
    return address if address.startswith("postgres") else None


def _line(figure: Figure) -> str:
    sign = "≤" if figure.most else "≥"
    said = "holds" if figure.holds else "does NOT hold"
    return (
        f"{figure.name:<72} {figure.value:>11,.2f} {figure.unit:<7} {sign} {figure.limit:>9,.1f}  {said}  {figure.note}"
    )


def _machine() -> str:
    today = date.today()  # noqa: DTZ011  # the day on this machine is meant
    return f"{today} · {platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}\n\n"


def _table(found: list[Figure]) -> str:
    rows = ["| what | figure | limit | ratio | note |", "| --- | ---: | ---: | ---: | --- |"]
    for figure in found:
        sign = "≤" if figure.most else "≥"
        rows.append(
            f"| {figure.name} | {figure.value:,.2f} {figure.unit} | {sign} {figure.limit:,g} {figure.unit} "
            f"| {figure.ratio:.2f} | {figure.note} |"
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
