"""From the rows of deal files to one row per deal: what is left out, refused, a duplicate, or a line of a deal."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from earnest.intake import folding, leads
from earnest.intake.figures import Reconciled
from earnest.intake.notes import Notes
from earnest.intake.rows import FILE, KEY, LINE, NATURAL, ROW, WHOLE, originals, place
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role

NAMING = ("external_id", "lead_id", "title", "account", "account_id")


@dataclass(frozen=True)
class Gathered:
    """One row per deal, where the other rows went, and the files that `_file` counts."""

    rows: pl.DataFrame
    reconciled: Reconciled
    sources: tuple[Typed, ...]


def gather(files: Sequence[Typed], merged_away: frozenset[str], *, keep_deleted: bool, notes: Notes) -> Gathered:
    """One row per deal from the files whose rows are deals.

    Shape: one row per deal, in the order of the files; `_key` identifies it, `_file` and `_line` say where it stands.
    """
    sources, rows, ends_used = _rows_of_deals(files, notes)
    read = rows.height
    rows = _without_identity(rows, sources, notes)
    refused = read - rows.height
    rows = _left_out(rows, merged_away, keep_deleted=keep_deleted, notes=notes)
    left_out = read - refused - rows.height
    rows = _keyed(rows, notes)
    before = rows.height
    rows, further_lines = folding.one_row_per_deal(rows, sources, notes)
    duplicates = before - rows.height - further_lines
    went = Reconciled(read + ends_used, rows.height, further_lines + ends_used, duplicates, refused, left_out)
    return Gathered(rows, went, sources)


def _rows_of_deals(files: Sequence[Typed], notes: Notes) -> tuple[tuple[Typed, ...], pl.DataFrame, int]:
    """The rows that are deals, the files they come from, and how many rows only add an end to a lead."""
    deals = tuple(file for file in files if file.role is Role.DEALS)
    if not leads.is_lead_book(files):
        return deals, _stacked(deals), 0
    people = tuple(file for file in files if file.role is Role.LEADS)
    ends = _stacked(deals)
    joined, orphans = leads.with_ends(_stacked(people, first=len(deals)), ends, notes)
    # Every lead has an id of its own; the id of a sale only those that bought have.
    rows = pl.concat([joined, orphans], how="diagonal_relaxed").with_columns(pl.col("lead_id").alias("external_id"))
    return (*deals, *people), rows, ends.height - orphans.height


def _stacked(sources: Sequence[Typed], *, first: int = 0) -> pl.DataFrame:
    parts = [
        source.rows.with_columns(
            pl.int_range(source.raw.first_line, source.raw.first_line + source.raw.row_count, dtype=pl.Int32).alias(
                LINE
            ),
            pl.lit(place, dtype=pl.Int16).alias(FILE),
        )
        for place, source in enumerate(sources, start=first)
    ]
    return parts[0] if len(parts) == 1 else pl.concat(parts, how="diagonal_relaxed")


def _without_identity(rows: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> pl.DataFrame:
    naming = [name for name in NAMING if name in rows.columns]
    if not naming or any(rows[name].null_count() == 0 for name in naming):
        return rows
    nameless = rows.select(pl.all_horizontal(pl.col(name).is_null() for name in naming)).to_series()
    if not nameless.any():
        return rows
    bad = rows.filter(nameless)
    reason = "The row names no deal: it has no id, no name and no account."
    notes.soil(
        "nameless_rows",
        "Rows that name no deal",
        count=bad.height,
        examples=place(bad, sources),
        done="Refused: a row without an id, a name or an account cannot be told from any other.",
        fix="Fill in the name or the id in the CRM, or delete the row from the file.",
        refused=True,
    )
    notes.refuse(
        bad.select(
            pl.col(FILE)
            .replace_strict(dict(enumerate(source.raw.name for source in sources)), return_dtype=pl.String)
            .alias("file"),
            pl.col(LINE).alias("line"),
            pl.lit("row").alias("refused"),
            pl.lit("").alias("column"),
            pl.lit(reason).alias("reason"),
            pl.Series("original", originals(bad, sources)),
        )
    )
    return rows.filter(~nameless)


def _left_out(rows: pl.DataFrame, merged_away: frozenset[str], *, keep_deleted: bool, notes: Notes) -> pl.DataFrame:
    if not keep_deleted:
        rows = _drop_deleted(rows, notes)
    if "current" in rows.columns:
        old = rows["current"].eq(other=False).fill_null(value=False)
        notes.soil(
            "superseded_rows",
            "Old versions of a row",
            count=int(old.sum()),
            done="Left out: the file marks them as replaced by a newer version.",
            fix="Nothing to do; give the history table too if you want these versions to count as history.",
        )
        rows = rows.filter(~old) if old.any() else rows
    if merged_away and "external_id" in rows.columns:
        gone = rows["external_id"].is_in(list(merged_away)).fill_null(value=False)
        notes.soil(
            "merged_rows",
            "Deals that were merged into another",
            count=int(gone.sum()),
            done="Left out: the deal that they were merged into is counted instead.",
            fix="Nothing to do.",
        )
        rows = rows.filter(~gone) if gone.any() else rows
    return rows


def _drop_deleted(rows: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    marks = []
    if "deleted" in rows.columns:
        marks.append(pl.col("deleted").fill_null(value=False))
    if "status" in rows.columns:
        marks.append(pl.col("status").str.to_lowercase().eq("deleted").fill_null(value=False))
    if not marks:
        return rows
    gone = rows.select(pl.any_horizontal(marks)).to_series()
    if gone.all() and rows.height:
        # A pipeline of which every deal was deleted is nobody's pipeline: the mark says something else here.
        notes.soil(
            "all_rows_deleted",
            "Every row is marked as deleted",
            count=rows.height,
            done="Kept, because nothing else is in the file; whatever the mark means, it tells no deal from another.",
            fix="Export the deals that are not deleted, or leave the column out.",
        )
        return rows
    notes.soil(
        "deleted_rows",
        "Rows that the CRM marks as deleted",
        count=int(gone.sum()),
        done="Left out of every figure.",
        fix='If they should count, write deleted = "keep" in the mapping file.',
    )
    return rows.filter(~gone) if gone.any() else rows


# --- one row per deal ------------------------------------------------------------------------------------------


def _keyed(rows: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Give each row the key that identifies its deal: the id, else a natural key.

    A name with its account and opening day makes a natural key. Without a name nothing does: two deals of one account
    may look alike, so then only rows that agree in everything have the same key.
    """
    rows = rows.with_row_index(ROW)
    identity = next((name for name in ("external_id", "lead_id") if name in rows.columns), None)
    blank = rows.height if identity is None else rows[identity].null_count()
    if identity is not None and not blank:
        return rows.with_columns(pl.col(identity).alias(KEY))
    named = "title" in rows.columns
    parts = [name for name in ("title", "account", "opened_on") if name in rows.columns]
    everything = [name for name in rows.columns if name not in (ROW, FILE, LINE)]
    _tell_natural(blank, parts if named else [], notes, whole=identity is None)
    made_of = [pl.col(name).cast(pl.String).fill_null("") for name in (parts if named else everything)]
    natural = pl.concat_str([pl.lit(NATURAL if named else WHOLE), *made_of], separator=NATURAL)
    return rows.with_columns((natural if identity is None else pl.col(identity).fill_null(natural)).alias(KEY))


def _tell_natural(count: int, parts: Sequence[str], notes: Notes, *, whole: bool) -> None:
    spoken = [{"title": "name", "opened_on": "created date"}.get(part, part) for part in parts]
    by = f"its {' + '.join(spoken)}" if parts else "its whole row"
    notes.soil(
        "rows_without_id",
        "The file has no id column" if whole else "Rows without an id",
        count=count,
        done=f"Each is identified by {by}; rows that agree in this and contradict each other stay deals of their own.",
        fix="Add the id column to the export, so that a later export can be compared with this one.",
    )
