"""From typed files to the tables of a book, one step after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from earnest.intake import activities, days, deals, history, keys, outcomes, reference, segments, stages, timeline
from earnest.intake.figures import Reconciled
from earnest.intake.mapping import Mapping
from earnest.intake.notes import Notes
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook.tables import Kind, Table

_TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.FLAG: pl.Boolean,
    Kind.DAY: pl.Int32,
    Kind.MOMENT: pl.Int64,
    Kind.MONEY: pl.Int64,
}

# Columns that are worked out; where they come out blank for every deal, the files do not tell, and there is no column.
_WORKED_OUT = ("seller_close_on", "closed_on", "list_amount", "stage_position", "segment", "team", "sector", "region")


@dataclass(frozen=True)
class Made:
    """The tables made from files, and where the rows of the deal files went."""

    deals: pl.DataFrame
    changes: pl.DataFrame
    activities: pl.DataFrame
    sources: tuple[Typed, ...]
    reconciled: Reconciled

    def declared(self) -> list[tuple[Table, pl.DataFrame]]:
        """The tables that hold anything, as the book declares them."""
        found: list[tuple[Table, pl.DataFrame]] = [(DEALS, _of_the_book(self.deals, DEALS))]
        for table, rows in ((CHANGES, self.changes), (ACTIVITIES, self.activities)):
            if not rows.is_empty():
                found.append((table, _of_the_book(rows, table)))
        return found


def made(files: Sequence[Typed], chosen: Mapping, *, today: int, notes: Notes) -> Made:
    """The tables of a book from the files of one export."""
    merges = keys.merges(files)
    gone = frozenset(merges["merged_deal"])
    gathered = deals.gather(files, gone, keep_deleted=chosen.deleted == "keep", notes=notes)
    rows = _described(gathered.rows, files, chosen, notes)
    known = keys.of_deals(rows, merges) if _others(files) else keys.none()
    rows = reference.with_lines(rows, files, known)
    changes = timeline.named(history.changes(files, rows, known, notes), files)
    places = stages.places(rows, timeline.moves(changes), stages.stage_table(files), chosen)
    rows = _with_history(rows, changes, places)
    rows = _with_contacts(rows, activities.contact_counts(files, known))
    rows = segments.with_segments(rows)
    done = activities.activities(files, known, today=today, notes=notes)
    return Made(rows, timeline.changes_table(changes, places), done, gathered.sources, gathered.reconciled)


def _others(files: Sequence[Typed]) -> bool:
    """True when rows of other files have to find their deal."""
    return any(file.role in (Role.CHANGES, Role.ACTIVITIES, Role.LINES, Role.LINKS) for file in files)


def _described(rows: pl.DataFrame, files: Sequence[Typed], chosen: Mapping, notes: Notes) -> pl.DataFrame:
    """The deals with what other files say of them, how they ended, and when."""
    if chosen.currency:
        known = pl.col("currency").fill_null(chosen.currency) if "currency" in rows.columns else pl.lit(chosen.currency)
        rows = rows.with_columns(known.alias("currency"))
    rows = stages.with_stages(reference.join_all(rows, files, chosen, notes), files)
    rows = days.with_days(outcomes.with_outcomes(rows, chosen, notes))
    return rows.with_row_index("deal_id", offset=1)


def _with_history(rows: pl.DataFrame, changes: pl.DataFrame, places: dict[str, int]) -> pl.DataFrame:
    if places and "stage_position" not in rows.columns:
        place = pl.col("stage").replace_strict(places, default=None, return_dtype=pl.Int64)
        rows = rows.with_columns(place.alias("stage_position"))
    if "stage_changed_on" in rows.columns or changes.is_empty():
        return rows
    since = timeline.latest_stage_day(changes)
    if since.is_empty():
        return rows
    joined = rows.join(since, on="deal_id", how="left", maintain_order="left")
    return joined.rename({"_stage_day": "stage_changed_on"})


def _with_contacts(rows: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """The deals with the number of their contacts: as stated, else as listed in a cell, else as linked."""
    if "contact_count" in rows.columns:
        return rows
    if "contact_ids" in rows.columns:
        listed = pl.col("contact_ids").str.split(";").list.len().cast(pl.Int64).fill_null(0)
        return rows.with_columns(listed.alias("contact_count"))
    if counts.is_empty():
        return rows
    joined = rows.join(counts, on="deal_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("_contact_count").fill_null(0).alias("contact_count"))


def _of_the_book(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns that the book declares, in its order.

    A header with nothing under it is a blank column: nobody fills it in.
    """
    names = [name for name in table.names() if name in rows.columns]
    told = [name for name in names if name not in _WORKED_OUT or rows[name].null_count() < rows.height]
    return rows.select(pl.col(name).cast(_TYPES[table.column(name).kind]) for name in told)
