"""Importing a book into a database, end to end: plan, validation, writing, history, provenance."""

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from bench import made
from bench.figures import CACHE, Figure, peak, python

DEALS, ACTIVITIES_A_DEAL = 100_000, 5
MOMENT = datetime(2026, 6, 30, 9, tzinfo=UTC)


def figures(postgres_url: str | None) -> list[Figure]:
    """Rows a second into SQLite, and into PostgreSQL where there is one."""
    folder = made.write(CACHE / f"book-{DEALS}", DEALS)
    with tempfile.TemporaryDirectory() as place:
        addresses = {"SQLite": f"sqlite:///{place}/bench.sqlite3"} | (
            {"PostgreSQL": postgres_url} if postgres_url else {}
        )
        return [_figure(name, url, folder) for name, url in addresses.items()]


def _figure(name: str, url: str, folder: Path) -> Figure:
    os.environ["EARNEST_DATABASE_URL"] = url
    done = peak(python("bench.importing", str(folder)))
    rows, seconds = (float(part) for part in done.output.split()[-2:])
    label = f"import {DEALS:,} deals with {DEALS * ACTIVITIES_A_DEAL:,} activities into {name}"
    return Figure(label, rows / seconds, "rows/s", 20_000, most=False, note=f"{seconds:.1f} s, {done.peak_mb:,.0f} MB")


def _import(folder: Path) -> tuple[int, float]:
    from earnest.surfaces import workspace

    workspace.connect()
    workspace.prepare()
    from earnest.intake.services import imports, plans
    from earnest.people import actors, services
    from earnest.records import tables
    from earnest.rulebook import book as books

    deals = pl.read_parquet(folder / "deals.parquet")
    deals = deals.with_columns(
        external_id=pl.format("D{}", "deal_id"),
        title=pl.format("Deal {}", "deal_id"),
        account=pl.format("Account {}", pl.col("deal_id") // 3),
    )
    activities = pl.read_parquet(folder / "activities.parquet").head(DEALS * ACTIVITIES_A_DEAL)
    book = books.book([(tables.DEALS, deals), (tables.ACTIVITIES, activities)], as_of=made.AS_OF)
    actor = actors.actor_of(services.local_admin(at=MOMENT), today=date(2026, 6, 30))
    started = time.perf_counter()
    foreseen = plans.plan(book, actor=actor, source=plans.Source("bench", "bench"))
    done = imports.apply(foreseen, actor=actor, at=MOMENT)
    seconds = time.perf_counter() - started
    if not done.wrote or done.refused:
        raise RuntimeError(f"The import did not write everything: {done}")
    return deals.height + activities.height, seconds


if __name__ == "__main__":
    rows, seconds = _import(Path(sys.argv[1]))
    sys.stdout.write(f"{rows} {seconds}\n")
