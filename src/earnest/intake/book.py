"""From files to a book: the one way in, for the check, the import and whatever reads exports."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import polars as pl

from earnest.errors import EarnestError
from earnest.intake import days, dirt, explained, making, misread, replay
from earnest.intake import mapping as mappings
from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal, Reconciled
from earnest.intake.mapping import Mapping
from earnest.intake.notes import Notes, listed
from earnest.intake.raw import RawTable
from earnest.intake.typed import typed
from earnest.intake.vocabulary import Role
from earnest.rulebook import book as books
from earnest.rulebook import words
from earnest.rulebook.book import Book
from earnest.rulebook.tables import Threshold


class NoDeals(EarnestError):
    """None of the files holds deals."""

    code: ClassVar[str] = "no_deals"


@dataclass(frozen=True)
class Intake:
    """A book made from files, and everything that was noticed on the way.

    `book` is the one to judge. When it was asked for as of an earlier day it stands as it stood then, and `whole` is
    the book with everything that happened since. `repaired` and `likely` are spellings of names that files are joined
    by: those that were put right, and those that a person should look at.
    """

    book: Book
    whole: Book
    replayed: bool
    as_of: date
    as_of_reason: str
    files: tuple[FileRead, ...]
    mapping: Mapping
    mapped_columns: tuple[MappedColumn, ...]
    dirt: tuple[Dirt, ...]
    proposals: tuple[Proposal, ...]
    reconciled: Reconciled
    refused: pl.DataFrame
    repaired: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)
    likely: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)


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
    files = [
        typed(table, file, currency=chosen.currency)
        for table, file in zip(tables, chosen.files, strict=True)
        if file.role != Role.UNUSED
    ]
    if not any(file.role is Role.DEALS for file in files):
        raise _no_deals(tables, chosen)
    notes = Notes(dirt=[found for table in tables for found in table.dirt])
    misread.report(files, notes)
    made = making.made(files, chosen, today=words.epoch_day(today), notes=notes)
    dirt.report(made.deals, made.sources, today=today, notes=notes)
    newest = days.newest_fact(made.deals, made.activities, today=today)
    judged, reason = days.judged_on(newest, today=today, asked=as_of)
    whole = books.book(made.declared(), as_of=judged, thresholds=thresholds, changed=changed)
    replayed = newest is not None and words.epoch_day(judged) < newest
    return Intake(
        book=replay.as_it_stood(whole, judged) if replayed else whole,
        whole=whole,
        replayed=replayed,
        as_of=judged,
        as_of_reason=reason,
        files=tuple(_file(table, file) for table, file in zip(tables, chosen.files, strict=True)),
        mapping=chosen,
        mapped_columns=explained.explain(chosen, tables, files),
        dirt=tuple(notes.dirt),
        proposals=tuple(notes.proposals),
        reconciled=made.reconciled,
        refused=notes.all_refused(),
        repaired=notes.repaired,
        likely=notes.likely,
    )


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
