"""Dates and moments as people and systems write them, read as whole epoch days and epoch seconds.

Whether `3/4/2024` is in March or in April is told by the whole column, or by several columns of one file together; when
no value shows it, the assumption is stated and never silent. A date without a time stays a date in every time zone.
"""

from typing import NamedTuple

import polars as pl

from earnest.intake import date_shapes, time_shapes
from earnest.intake.date_shapes import COUNTED

_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])"
_WITH_TIME = r"^\s*(?<head>.*?)(?:T|,?\s+|\s*at\s+)(?<tail>[0-9]{1,2}:[0-9]{2}.*)$"
_A_DAY = 86_400


class DateForm(NamedTuple):
    """How the dates of some columns are written.

    `kind` is the commonest shape (`iso`, `numeric`, `named`, `compact`, `epoch_seconds`, `epoch_millis`, `serial`), or
    empty when these are no dates. `order` is `dmy` or `mdy` where dates are numeric; `ambiguous` says that no value
    shows it, and `said` states the assumption. `share` is the part of the filled cells that can be read as a day.
    """

    kind: str
    order: str = ""
    ambiguous: bool = False
    has_time: bool = False
    zoned: bool = False
    share: float = 0.0
    said: str = ""
    example: str = ""


class Days(NamedTuple):
    """Epoch days of a column, what could not be read, and what stands for no end at all (9999-12-31)."""

    days: pl.Series
    unreadable: pl.Series
    open_ends: pl.Series


class Moments(NamedTuple):
    """Epoch seconds of a column, what could not be read, and what stands for no end at all."""

    seconds: pl.Series
    unreadable: pl.Series
    open_ends: pl.Series


def sniff_dates(*columns: pl.Series) -> DateForm:
    """How dates are written in one column, or in several that the same hand wrote."""
    split = pl.concat(_split(column).select("head", "tail") for column in columns)
    heads = split["head"].drop_nulls().value_counts(name="times")
    shaped = date_shapes.shaped(heads["head"])
    usual = date_shapes.usual_kind(shaped)
    if not usual:
        return DateForm("")
    order = date_shapes.order_of(shaped)
    days = date_shapes.days(shaped, usual, order.order)
    times = time_shapes.read(split["tail"].drop_nulls().unique())
    readable = heads.join(days, on="head").filter(pl.col("day").is_not_null() | pl.col("open_end"))["times"].sum()
    return DateForm(
        kind=usual,
        order=order.order,
        ambiguous=order.ambiguous,
        has_time=bool((times["seconds"] > 0).any() or (days["seconds"] > 0).any()),
        zoned=bool(times["offset"].is_not_null().any()) or usual in date_shapes.EPOCHS,
        share=int(readable) / int(heads["times"].sum()),
        said=order.said,
        example=order.example,
    )


def parse_days(column: pl.Series, form: DateForm | None = None, *, zone: str = "") -> Days:
    """Texts as epoch days.

    Args:
        column: the texts; blanks stay blank.
        form: how they are written, when that was told before.
        zone: the time zone whose days are wanted for moments that state their own zone; by default the day as written.
    """
    form = form or sniff_dates(column)
    rows = _read(column, form)
    day = pl.col("day")
    if zone and form.zoned and form.has_time:
        # Without a zone of its own, or without any time in the column, a date is nobody's midnight and never shifts.
        moment = (pl.col("day").cast(pl.Int64) * _A_DAY + pl.col("seconds") - pl.col("offset")) * 1_000
        there = moment.cast(pl.Datetime("ms", "UTC")).dt.convert_time_zone(zone).dt.date().to_physical()
        day = pl.when(pl.col("offset").is_not_null()).then(there).otherwise(day)
    rows = rows.with_columns(day.alias("day"))
    return Days(rows["day"].rename("days"), _unreadable(rows), rows["open_end"])


def parse_moments(column: pl.Series, form: DateForm | None = None, *, zone: str = "UTC") -> Moments:
    """Texts as epoch seconds.

    Args:
        column: the texts; blanks stay blank. A date without a time is its midnight.
        form: how they are written, when that was told before.
        zone: the time zone of moments that state none.
    """
    rows = _read(column, form or sniff_dates(column))
    local = pl.col("day").cast(pl.Int64) * _A_DAY + pl.col("seconds")
    seconds = local - pl.coalesce(pl.col("offset"), _offset_in(zone, local))
    rows = rows.with_columns(seconds.alias("moment"))
    return Moments(rows["moment"].rename("seconds"), _unreadable(rows), rows["open_end"])


def _offset_in(zone: str, local: pl.Expr) -> pl.Expr:
    """How far the zone's clocks were ahead at a local time, in seconds; at a doubled hour the earlier one counts."""
    if zone == "UTC":
        return pl.lit(0, dtype=pl.Int64)
    naive = (local * 1_000).cast(pl.Datetime("ms"))
    there = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    # In the hour that clocks skip in spring no such time exists; on the clock as it was before, it is an hour later.
    later = naive.dt.offset_by("1h").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return local - pl.coalesce(there.dt.epoch("s"), later.dt.epoch("s"))


def _split(column: pl.Series) -> pl.DataFrame:
    """Each text as what stands for the day and what stands for the time."""
    texts = column.alias("text").to_frame()
    if column.str.contains(_ISO).all():
        head, tail = pl.col("text").str.slice(0, 10), pl.col("text").str.slice(11)
        return texts.select("text", head.alias("head"), pl.when(tail != "").then(tail).alias("tail"))
    if not column.str.contains(":", literal=True).any():
        head = pl.col("text").str.strip_chars().alias("head")
        return texts.select("text", head, pl.lit(None, dtype=pl.String).alias("tail"))
    head = pl.coalesce("head", "text").str.strip_chars()
    different = texts.unique().with_columns(pl.col("text").str.extract_groups(_WITH_TIME).alias("parts"))
    different = different.unnest("parts").with_columns(head.alias("head"))
    return texts.join(different, on="text", how="left", maintain_order="left")


def _read(column: pl.Series, form: DateForm) -> pl.DataFrame:
    """Each text with its day, the seconds into it, and how far its own zone is ahead; blank where it cannot be read."""
    rows = _split(column)
    days = date_shapes.days(date_shapes.shaped(rows["head"].drop_nulls().unique()), form.kind, form.order)
    times = time_shapes.read(rows["tail"].drop_nulls().unique())
    rows = rows.join(days, on="head", how="left", maintain_order="left")
    rows = rows.join(times, on="tail", how="left", maintain_order="left", suffix=" of tail")
    counted = form.kind in COUNTED
    readable = pl.col("tail").is_null() | pl.col("seconds of tail").is_not_null()
    seconds = pl.col("seconds") if counted else pl.coalesce("seconds of tail", "seconds")
    return rows.select(
        "text",
        pl.when(readable).then("day").alias("day"),
        seconds.alias("seconds"),
        (pl.lit(0, dtype=pl.Int64) if form.kind in date_shapes.EPOCHS else pl.col("offset")).alias("offset"),
        pl.col("open_end").fill_null(value=False).alias("open_end"),
    )


def _unreadable(rows: pl.DataFrame) -> pl.Series:
    unread = pl.col("text").is_not_null() & pl.col("day").is_null() & ~pl.col("open_end")
    return rows.select(unread.alias("unreadable")).to_series()
