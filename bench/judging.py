"""Judging a book: against the raw scan of the columns that the rules read, for one deal, and for nine facts at once."""

import sys
import time
from pathlib import Path

import polars as pl

from bench import made
from bench.figures import CACHE, Figure, best, python
from earnest.pipeline import benchmarks, frames
from earnest.promises.tables import PROMISES
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import book as books
from earnest.rulebook import engine
from earnest.rulebook.book import Book
from earnest.rulebook.rule import verdicts_on_row
from earnest.rulebook.tables import Table

TABLES = (DEALS, ACTIVITIES, CHANGES, PROMISES)
FACT_DEALS = 160_000  # a quarter of them open: about 40,000
NINE = (
    "no_next_step",
    "vague_next_step",
    "overdue_next_step",
    "past_good_through",
    "close_date_passed",
    "often_pushed",
    "buyer_quiet",
    "one_person_only",
    "amount_missing",
)


def figures(deal_count: int) -> list[Figure]:
    """Every figure of judging."""
    folder = made.write(CACHE / f"book-{deal_count}", deal_count)
    facts = made.write(CACHE / f"book-{FACT_DEALS}", FACT_DEALS)
    scanned = best(python("bench.judging", "scan", str(folder)))
    judged = best(python("bench.judging", "judge", str(folder)))
    one = best(python("bench.judging", "one", str(facts)))
    nine = best(python("bench.judging", "nine", str(facts)))
    size = f"{deal_count:,} deals, {10 * deal_count:,} activities"
    scan_cpu, judge_cpu = float(scanned.output.split()[-1]), float(judged.output.split()[-1])
    return [
        Figure(
            f"judge {size}: CPU over raw scan",
            judge_cpu / scan_cpu,
            "×",
            4,
            note=f"{judge_cpu:.2f} s / {scan_cpu:.2f} s",
        ),
        Figure(f"judge {size}: peak memory", judged.peak_mb / 1024, "GB", 2),
        Figure("judge one deal with all rules", float(one.output.split()[-1]), "ms", 0.5),
        Figure("nine health facts, 40,000 open deals", float(nine.output.split()[-1]), "ms", 80),
    ]


def _book(folder: Path) -> Book:
    tables = [(table, pl.scan_parquet(folder / f"{table.name}.parquet")) for table in TABLES]
    return books.book(tables, as_of=made.AS_OF, thresholds=frames.THRESHOLDS)


def _read_columns(folder: Path, table: Table) -> list[str]:
    """The columns of a table that the rules, the measures or the benchmarks read, and no others."""
    names = set(pl.scan_parquet(folder / f"{table.name}.parquet").collect_schema().names())
    read = {name for rule in frames.RULES for name in rule.reads}
    read |= {name for each in frames.MEASURES if each.table.name == table.name for name in each.reads()}
    keys = {table.key, "deal_id"}
    of_deals = (
        {"outcome", "segment", "currency", "opened_on", "closed_on", "stage_position"} if table is DEALS else set()
    )
    return sorted(names & (read | keys | of_deals))


def _scan(folder: Path) -> None:
    for table in TABLES:
        frame = pl.scan_parquet(folder / f"{table.name}.parquet").select(_read_columns(folder, table))
        frame.select(pl.all().max()).collect(engine="streaming")


def _judge(folder: Path) -> None:
    book = _book(folder)
    judged = frames.judged(book, marks=benchmarks.benchmarks(book))
    engine.collect(judged.rows.select("deal_id", *(rule.name for rule in frames.RULES)))


def _one(folder: Path) -> float:
    """Milliseconds to judge one deal, its rows already in memory and the benchmarks known; mean of 2,000."""
    book = _book(folder)
    marks = benchmarks.benchmarks(book)
    chosen = pl.scan_parquet(folder / "deals.parquet").filter(pl.col("outcome") == "open").head(2000).collect()
    rows: dict[int, dict[str, list[dict[str, object]]]] = {n: {} for n in chosen["deal_id"].to_list()}
    present = {}
    for table in TABLES:
        frame = pl.scan_parquet(folder / f"{table.name}.parquet")
        present[table.name] = frozenset(frame.collect_schema().names())
        for row in frame.join(chosen.lazy().select("deal_id"), on="deal_id", how="semi").collect().to_dicts():
            rows[row["deal_id"]].setdefault(table.name, []).append(row)
    context = book.context()
    started = time.process_time()
    for deal in rows.values():
        verdicts_on_row(frames.RULES, frames.deal_row(deal, marks, context=context, present=present))
    return (time.process_time() - started) / len(rows) * 1000


def _nine(folder: Path) -> float:
    """Milliseconds on the wall to count nine flags over the open deals, tables in memory and benchmarks known."""
    tables = [(table, pl.read_parquet(folder / f"{table.name}.parquet")) for table in TABLES]
    is_open = tables[0][1].filter(pl.col("outcome") == "open").select("deal_id")
    mine = [(table, frame.join(is_open, on="deal_id", how="semi").lazy()) for table, frame in tables]
    everything = books.book([(t, f.lazy()) for t, f in tables], as_of=made.AS_OF, thresholds=frames.THRESHOLDS)
    marks = benchmarks.benchmarks(everything)
    book = books.book(mine, as_of=made.AS_OF, thresholds=frames.THRESHOLDS)
    rules = [frames.RULES_BY_NAME[name] for name in NINE]
    timings = []
    for _ in range(7):
        started = time.perf_counter()
        judged = frames.judged(book, marks=marks, rules=rules)
        engine.collect(judged.rows.select(*(engine.nw.col(name).sum() for name in NINE)))
        timings.append(time.perf_counter() - started)
    return sorted(timings)[len(timings) // 2] * 1000


def _timed(work: str, folder: Path) -> float:
    if work in ("one", "nine"):
        return {"one": _one, "nine": _nine}[work](folder)
    job = {"scan": _scan, "judge": _judge}[work]
    job(folder)  # once to warm the file cache and the imports
    started = time.process_time()
    job(folder)
    return time.process_time() - started


if __name__ == "__main__":
    sys.stdout.write(f"{_timed(sys.argv[1], Path(sys.argv[2]))}\n")
