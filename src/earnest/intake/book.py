"""From files to a book: the one way in, for the check, the import and whatever reads exports."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import polars as pl

from earnest.errors import EarnestError
from earnest.intake import days, dirt, outcomes, reference, segments, stages
from earnest.intake import deals as deal_rows
from earnest.intake import mapping as mappings
from earnest.intake.deals import Gathered
from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal, Reconciled
from earnest.intake.mapping import Mapping
from earnest.intake.notes import Notes, listed
from earnest.intake.raw import RawTable
from earnest.intake.typed import Typed, typed
from earnest.intake.vocabulary import Role
from earnest.records.tables import DEALS
from earnest.rulebook import book as books
from earnest.rulebook import words
from earnest.rulebook.book import Book
from earnest.rulebook.tables import Kind, Threshold


class NoDeals(EarnestError):
    """None of the files holds deals."""

    code: ClassVar[str] = "no_deals"


@dataclass(frozen=True)
class Intake:
    """A book made from files, and everything that was noticed on the way."""

    book: Book
    as_of: date
    as_of_reason: str
    files: tuple[FileRead, ...]
    mapping: Mapping
    mapped_columns: tuple[MappedColumn, ...]
    dirt: tuple[Dirt, ...]
    proposals: tuple[Proposal, ...]
    reconciled: Reconciled
    refused: pl.DataFrame


def build(  # the door of the room: what to read, how, when, and the settings
    tables: Sequence[RawTable],
    *,
    mapping: Mapping | None = None,
    today: date,
    as_of: date | None = None,
    thresholds: Iterable[Threshold] = (),
    changed: AnyMapping[str, float] | None = None,
) -> Intake:
    """A book from files of one export.

    Args:
        tables: the files as they were read.
        mapping: what a person gave; the rest is guessed.
        today: the day on which somebody looks.
        as_of: the day to judge, if not the one that the files suggest.
        thresholds: the settings of the rooms that will judge.
        changed: settings that the user has set otherwise.
    Raises: NoDeals when no file holds deals; WrongMapping when the mapping cannot be.
    """
    guessed = mappings.guess(tables)
    chosen = guessed if mapping is None else mappings.merge(guessed, mapping)
    files = [typed(table, file) for table, file in zip(tables, chosen.files, strict=True) if file.role != Role.UNUSED]
    notes = Notes(dirt=[found for table in tables for found in table.dirt])
    if not any(file.role is Role.DEALS for file in files):
        raise _no_deals(tables, chosen)
    gathered = deal_rows.gather(files, frozenset(), keep_deleted=chosen.deleted == "keep", notes=notes)
    rows = _deals(gathered, files, chosen, notes)
    sources = [file for file in files if file.role is Role.DEALS]
    dirt.report(rows, sources, today=today, notes=notes)
    newest = days.newest_fact([(rows, days.FACTS)], today=today)
    judged, reason = days.judged_on(newest, today=today, asked=as_of)
    book = books.book([(DEALS, _of_the_book(rows))], as_of=judged, thresholds=thresholds, changed=changed)
    return Intake(
        book=book,
        as_of=judged,
        as_of_reason=reason,
        files=tuple(_file(table, file) for table, file in zip(tables, chosen.files, strict=True)),
        mapping=chosen,
        mapped_columns=(),
        dirt=tuple(notes.dirt),
        proposals=tuple(notes.proposals),
        reconciled=gathered.reconciled,
        refused=notes.all_refused(),
    )


def _deals(gathered: Gathered, files: Sequence[Typed], chosen: Mapping, notes: Notes) -> pl.DataFrame:
    rows = gathered.rows
    if chosen.currency:
        known = pl.col("currency").fill_null(chosen.currency) if "currency" in rows.columns else pl.lit(chosen.currency)
        rows = rows.with_columns(known.alias("currency"))
    rows = reference.join_all(rows, files, chosen, notes)
    rows = stages.with_stages(rows, files, chosen)
    rows = outcomes.with_outcomes(rows, chosen, notes)
    rows = days.with_days(rows)
    rows = _in_minor_units(rows)
    if "segment" not in rows.columns:
        segment = segments.derived(rows)
        rows = rows if segment is None else rows.with_columns(segment)
    return rows.with_row_index("deal_id", offset=1)


def _in_minor_units(rows: pl.DataFrame) -> pl.DataFrame:
    money = [name for name in ("amount", "list_amount") if name in rows.columns]
    if "currency" in rows.columns:
        known = rows["currency"].drop_nulls().unique().to_list()
        digits = {name: 10 ** words.minor_digits(name) for name in known}
        factor: pl.Expr | int = (
            pl.col("currency").replace_strict(digits, default=100, return_dtype=pl.Int64)
            if len(set(digits.values())) > 1
            else next(iter(digits.values()), 100)
        )
    else:
        factor = 100
    return rows.with_columns((pl.col(name) * factor).round().cast(pl.Int64) for name in money)


def _of_the_book(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns that the book declares, in its order.

    A header with nothing under it is a blank column: nobody fills it in. A column that was only derived, and came out
    blank for every deal, is no column: the files do not tell.
    """
    names = [name for name in DEALS.names() if name in rows.columns]
    told = [name for name in names if name not in _DERIVED or rows[name].null_count() < rows.height]
    return rows.select(pl.col(name).cast(_TYPES[DEALS.column(name).kind]) for name in told)


_DERIVED = ("seller_close_on", "closed_on", "list_amount", "stage_position", "segment", "team", "sector", "region")


_TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.FLAG: pl.Boolean,
    Kind.DAY: pl.Int32,
    Kind.MOMENT: pl.Int64,
    Kind.MONEY: pl.Int64,
}


def _file(table: RawTable, file: mappings.FileMapping) -> FileRead:
    return FileRead(
        name=table.name,
        role=file.role,
        system=file.system,
        row_count=table.row_count,
        column_count=len(table.headers),
        encoding=table.encoding,
        delimiter=table.delimiter,
        footer_row_count=table.footer_row_count,
    )


def _no_deals(tables: Sequence[RawTable], chosen: Mapping) -> NoDeals:
    taken = [f"{table.name} ({file.role})" for table, file in zip(tables, chosen.files, strict=True)]
    return NoDeals(
        f"None of these files holds deals: {listed(taken)}.",
        why="A deal file has at least a name or an id with a stage, an amount or a close date.",
        fix="Add the export of opportunities, or say in a mapping file which header is which column (--mapping).",
        data={"files": [table.name for table in tables]},
    )
