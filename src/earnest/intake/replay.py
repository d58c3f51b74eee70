"""A book as it was known on an earlier day: nothing that happened later, and no value that was only known later."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from earnest.intake import segments
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import engine, words
from earnest.rulebook.book import SECONDS_A_DAY, Book

# What history can tell of an earlier day: for a column of a deal, the field of a change and what of it holds the value.
_TOLD = {
    "stage": ("stage", "text"),
    "stage_position": ("stage", "position"),
    "amount": ("amount", "amount"),
    "seller_close_on": ("seller_close_on", "on"),
    "owner": ("owner", "text"),
    "next_step": ("next_step", "text"),
}

# Blank for a deal that was open on the day, unless nothing of the deal has changed since or history tells: the file
# holds only their latest value, and nobody knows from when it is.
LATEST_ONLY = (
    "stage",
    "stage_position",
    "amount",
    "probability",
    "forecast_category",
    "seller_close_on",
    "buyer_by_when_on",
    "lead_time_days",
    "next_step",
    "next_step_on",
    "latest_activity_on",
    "stage_changed_on",
    "pushes_stated",
    "contact_count",
    "updated_at",
)
# Of the end of a deal: always blank for one that was open on the day.
OF_THE_END = ("closed_on", "lost_reason")
# What names a deal is kept as the file has it: its account, owner, product, list price, source and type. An owner is
# taken from history where there is one.


@dataclass(frozen=True)
class Replay:
    """A book as it stood, the columns that were blanked for want of history, and those that history told."""

    book: Book
    blanked: tuple[str, ...]
    from_history: tuple[str, ...]


def as_it_stood(book: Book, day: date) -> Book:
    """The book as it was known at the end of a day.

    Shape: deals opened later are gone; deals that ended later are open; activities and changes dated later are gone.
    Columns: see `replayed`.
    """
    return replayed(book, day).book


def replayed(book: Book, day: date) -> Replay:
    """The book as it was known at the end of a day, and which columns could not be known.

    A deal without an opening day is gone: nobody can say that it was there. A deal that ended with no known day is
    gone too. For deals open on the day, columns of which the file has only the latest value are blank, unless the deal
    has not changed since or the history tells the value of that day. Deals that had ended keep what they ended with.
    """
    limit = words.epoch_day(day)
    rows = _native(book, DEALS.name)
    rows = _known_by_then(rows, limit)
    was_open = _was_open(rows, limit)
    untouched = _untouched(rows, limit)
    history = _native(book, CHANGES.name) if CHANGES.name in book.tables else pl.DataFrame()
    told = _fields_told(history, rows)
    blank = [name for name in LATEST_ONLY if name in rows.columns and name != "stage_changed_on"]
    rows = rows.with_columns(was_open.alias("_was_open"), (was_open & ~untouched).alias("_unsure"))
    then = _as_told(rows, history, told, limit)
    derived = _segment_is_derived(_native(book, DEALS.name))
    rows = _blanked(_entered_stage(then, history, limit), blank, told)
    if derived:
        rows = segments.with_segments(rows.drop("segment"))
    tables = {**book.tables}
    result = replace(book, as_of=day, tables=tables)
    result = result.with_table(DEALS, rows.select(name for name in DEALS.names() if name in rows.columns))
    for table in (CHANGES, ACTIVITIES):
        if table.name in book.tables:
            kept = _native(book, table.name).filter(pl.col("at") < (limit + 1) * SECONDS_A_DAY)
            result = result.with_table(table, kept)
    return Replay(result, tuple(name for name in blank if name not in told), tuple(told))


def _native(book: Book, name: str) -> pl.DataFrame:
    frame: pl.DataFrame = engine.collect(book.table(name).rows).to_native()
    return frame


def _known_by_then(rows: pl.DataFrame, limit: int) -> pl.DataFrame:
    if "opened_on" not in rows.columns:
        return rows
    opened = pl.col("opened_on") <= limit
    if "closed_on" not in rows.columns:
        return rows.filter(opened & (pl.col("outcome") == "open"))
    dated = (pl.col("outcome") == "open") | pl.col("closed_on").is_not_null()
    return rows.filter(opened & dated)


def _was_open(rows: pl.DataFrame, limit: int) -> pl.Series:
    later = pl.col("closed_on") > limit if "closed_on" in rows.columns else pl.lit(value=False)
    return rows.select(((pl.col("outcome") == "open") | later).alias("open")).to_series()


def _untouched(rows: pl.DataFrame, limit: int) -> pl.Series:
    """Deals that nobody has changed since the day: what the file says of them was true then."""
    if "updated_at" not in rows.columns:
        return pl.Series([False]).new_from_index(0, rows.height)
    same = (pl.col("updated_at") < (limit + 1) * SECONDS_A_DAY).fill_null(value=False)
    return rows.select(same.alias("same")).to_series()


def _fields_told(history: pl.DataFrame, rows: pl.DataFrame) -> list[str]:
    present = told_by(history)
    return [
        column
        for column, (field, kind) in _TOLD.items()
        if field in present and column in rows.columns and f"to_{kind}" in history.columns
    ]


def _as_told(rows: pl.DataFrame, history: pl.DataFrame, told: list[str], limit: int) -> pl.DataFrame:
    """The values of that day for the fields that have a history.

    A deal of which the history says nothing at all may have changed unseen: it is left to be blanked. One that it knows
    and that never changed in a field always had its present value.
    """
    known = pl.col("deal_id").is_in(history["deal_id"].unique().implode()) if told else pl.lit(value=False)
    for column in told:
        field, kind = _TOLD[column]
        mine = history.filter(pl.col("field") == field).sort("deal_id", "at", "change_id")
        by_then = pl.col("at") < (limit + 1) * SECONDS_A_DAY
        before = mine.filter(by_then).group_by("deal_id").agg(pl.col(f"to_{kind}").last().alias("_then"))
        since = mine.filter(~by_then).group_by("deal_id").agg(_first_from(mine, kind).alias("_since"))
        rows = rows.join(before, on="deal_id", how="left", maintain_order="left")
        rows = rows.join(since, on="deal_id", how="left", maintain_order="left")
        changed_before = pl.col("deal_id").is_in(before["deal_id"].implode())
        changed_since = pl.col("deal_id").is_in(since["deal_id"].implode())
        value = pl.when(changed_before).then("_then").when(changed_since).then("_since").otherwise(column)
        unseen = pl.when(pl.col("_unsure")).then(None).otherwise(column)
        then = pl.when(~pl.col("_was_open")).then(column).when(known).then(value).otherwise(unseen)
        rows = rows.with_columns(then.alias(column)).drop("_then", "_since")
    return rows


def _first_from(mine: pl.DataFrame, kind: str) -> pl.Expr:
    name = f"from_{kind}"
    return pl.col(name).first() if name in mine.columns else pl.lit(None, dtype=mine.schema[f"to_{kind}"])


def _entered_stage(rows: pl.DataFrame, history: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The day on which a deal that was open had entered its stage: as the file states it, else from its history."""
    if "stage_changed_on" not in rows.columns:
        return rows
    stated = pl.col("stage_changed_on")
    then: pl.Expr = pl.when(stated <= limit).then(stated)
    if "stage" in told_by(history):
        by_then = (pl.col("field") == "stage") & (pl.col("at") < (limit + 1) * SECONDS_A_DAY)
        latest = history.filter(by_then).group_by("deal_id").agg(pl.col("at").max().alias("_entered"))
        rows = rows.join(latest, on="deal_id", how="left", maintain_order="left")
        then = pl.coalesce(then, (pl.col("_entered") // SECONDS_A_DAY).cast(pl.Int32))
    return rows.with_columns(pl.when("_unsure").then(then).otherwise(stated).alias("stage_changed_on")).drop(
        "_entered", strict=False
    )


def told_by(history: pl.DataFrame) -> frozenset[str]:
    """The fields of which a history tells."""
    return frozenset() if history.is_empty() else frozenset(history["field"].unique())


def _blanked(rows: pl.DataFrame, blank: list[str], told: list[str]) -> pl.DataFrame:
    columns = [pl.when("_unsure").then(None).otherwise(name).alias(name) for name in blank if name not in told]
    columns += [
        pl.when("_was_open").then(None).otherwise(name).alias(name) for name in OF_THE_END if name in rows.columns
    ]
    outcome = pl.when("_was_open").then(pl.lit("open")).otherwise("outcome").alias("outcome")
    return rows.with_columns(*columns, outcome).drop("_was_open", "_unsure")


def _segment_is_derived(rows: pl.DataFrame) -> bool:
    """True when the segments are those that intake derives: then a replay derives them anew from what was known."""
    if "segment" not in rows.columns:
        return False
    again = segments.derived(rows.drop("segment"))
    return again is not None and bool(rows["segment"].eq_missing(again).all())
