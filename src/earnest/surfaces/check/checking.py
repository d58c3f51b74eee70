"""From files to a report: read, understand, judge, measure, and tell. Each figure comes from the room that owns it."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from earnest import __version__
from earnest.forecast import frames as forecast_frames
from earnest.intake import book as intake_book
from earnest.intake import mapping_files
from earnest.intake.mapping import Mapping
from earnest.intake.raw import RawTable
from earnest.intake.reading import Begun
from earnest.learn import frames as learn_frames
from earnest.pipeline import benchmarks, findings, frames, lines
from earnest.rulebook import words
from earnest.rulebook.book import Book
from earnest.surfaces.check import headline
from earnest.surfaces.check import report as reports
from earnest.surfaces.check.report import Report

Tell: TypeAlias = Callable[[str, float | None], None]


@dataclass(frozen=True)
class Options:
    """What the person asked for. `today` is fixed once, at the door."""

    today: date
    as_of: date | None = None
    mapping: Path | None = None
    believed_cycle_days: int | None = None
    deals_limit: int | None = 300
    remember: bool = True


@dataclass(frozen=True)
class Checked:
    """The report, and the intake it was made from."""

    report: Report
    intake: intake_book.Intake


def check(files: Begun, *, options: Options, tell: Tell) -> Checked:
    """Check an export whose files are being read.

    Raises: EarnestError of the intake room when a file cannot be used.
    """
    tables = files.tables(tell)
    tell("Understanding the columns …", None)
    intake = intake_book.build(
        tables,
        mapping=_mapping(tables, options),
        today=options.today,
        as_of=options.as_of,
        thresholds=frames.THRESHOLDS,
    )
    if options.remember and options.mapping is not None:
        mapping_files.remember(intake.mapping, mapping_files.store())
    return Checked(_report(intake, intake.book, options, tell), intake)


def _mapping(tables: Sequence[RawTable], options: Options) -> Mapping | None:
    """The mapping a person gave, or what they gave the last time a file with these headers came."""
    if options.mapping is not None:
        return mapping_files.load(options.mapping)
    return mapping_files.remembered(tables, mapping_files.store()) if options.remember else None


def _report(intake: intake_book.Intake, book: Book, options: Options, tell: Tell) -> Report:
    tell("Measuring your cycle, what ended and what to expect …", None)
    # The three rest on the book alone, and the engine and its arrays let go of the interpreter while they work.
    with ThreadPoolExecutor(2) as beside:
        expecting = beside.submit(forecast_frames.open_book_forecast, book)
        ending = beside.submit(learn_frames.ended, book)
        marks = benchmarks.benchmarks(book)
        tell("Judging each open deal …", None)
        judged = findings.in_memory(frames.judged(book, marks=marks))
        as_of_day = words.epoch_day(book.as_of)
        claimed = findings.claimed(judged)
        past = findings.past_every_win(judged, marks.cycle, as_of_day=as_of_day)
        listed = lines.deal_lines(judged, limit=options.deals_limit)
        tell("Looking at what ended …", None)
        ended = ending.result()
        tell("Working out what to expect …", None)
        expected = expecting.result()
    top = headline.headline(claimed, past, marks.cycle)
    return Report(
        schema_version=reports.SCHEMA_VERSION,
        earnest_version=__version__,
        as_of_day=as_of_day,
        as_of_reason=intake.as_of_reason,
        replayed=intake.replayed,
        headline=top.headline,
        sublines=top.sublines,
        believed_cycle_days=options.believed_cycle_days,
        files=intake.files,
        reconciled=intake.reconciled,
        claimed=claimed,
        cycle=marks.cycle,
        past_every_win=past,
        deals=listed,
        ended=ended,
        forecast=expected,
        dirt=intake.dirt,
        proposals=intake.proposals,
        mapping=intake.mapped_columns,
        next_acts=headline.next_acts(claimed, intake.proposals),
    )


def write(
    checked: Checked,
    *,
    html: Path | None = None,
    json: Path | None = None,
    refused_rows: Path | None = None,
    mapping: Path | None = None,
    tell: Tell,
) -> None:
    """Write what was asked for: the page, the JSON, the refused rows, the mapping."""
    if html is not None:
        tell("Writing the page …", None)
        from earnest.surfaces.check import html as page  # noqa: PLC0415  # the templates are read only when needed

        page.write(checked.report, html)
    if json is not None:
        body = reports.to_json(checked.report)
        if str(json) == "-":
            sys.stdout.buffer.write(body + b"\n")
        else:
            json.write_bytes(body)
    if refused_rows is not None:
        checked.intake.refused.write_csv(refused_rows)
    if mapping is not None:
        mapping_files.save(checked.intake.mapping, mapping)
