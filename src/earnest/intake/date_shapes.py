"""The day in a date: the shapes it is written in, and what order day and month stand in."""

from datetime import date
from typing import NamedTuple

import polars as pl

from earnest.rulebook import words

COUNTED = ("epoch_seconds", "epoch_millis", "serial")
EPOCHS = ("epoch_seconds", "epoch_millis")
_FIRST_DAY, _LAST_DAY = words.epoch_day(date(1970, 1, 1)), words.epoch_day(date(2100, 12, 31))
_NO_END_YEAR = 9999
# A spreadsheet counts days from 1899-12-30, because it believes in a 29 February 1900.
_SPREADSHEET_EPOCH = 25_569
_A_DAY = 86_400

_NUMERIC = r"^(?<first>[0-9]{1,2})(?<mark>[-/.])(?<second>[0-9]{1,2})[-/.](?<third>[0-9]{4}|[0-9]{2})$"
_ISO = r"^(?<year>[0-9]{4})[-/.](?<month>[0-9]{1,2})[-/.](?<day>[0-9]{1,2})$"
_COMPACT = r"^(?<year>(?:19|20|21)[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2})$"
_WEEKDAY = r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+"
_DAY_FIRST = (
    r"^(?<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?[-\s/.]*(?<name>\p{L}{3,9})\.?,?[-\s/.]*(?<year>[0-9]{4}|[0-9]{2})$"
)
_MONTH_FIRST = r"^(?<name>\p{L}{3,9})\.?[-\s]+(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,?[-\s]+(?<year>[0-9]{4}|[0-9]{2})$"
_COUNT = r"^[0-9]+(?:\.[0-9]+)?$"
_SHAPES = ("iso", "compact", "numeric", "named")
_MONTHS = (
    "jan january januar janvier enero ene",
    "feb february februar février fevrier fév fev febrero",
    "mar march märz mär mrz mars marzo",
    "apr april avril avr abril abr",
    "may mai mayo",
    "jun june juni juin junio",
    "jul july juli juillet juil julio",
    "aug august août aout agosto ago",
    "sep sept september septembre septiembre",
    "oct october oktober okt octobre octubre",
    "nov november novembre noviembre",
    "dec december dezember dez décembre decembre déc diciembre dic",
)
_MONTH_BY_NAME = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


class Order(NamedTuple):
    """The order of day and month in numeric dates, and what is to be said of it."""

    order: str
    ambiguous: bool = False
    said: str = ""
    example: str = ""


def shaped(heads: pl.Series) -> pl.DataFrame:
    """Different texts of days, each with its shape and its numbers.

    Shape: one row per text.
    Columns: head, the text; kind, its shape or blank; year, month and day where the shape tells them; first, second,
    third and mark of a numeric date; count, of days, seconds or milliseconds.
    """
    digits = heads.str.contains(_COUNT)
    return pl.concat([_counted(heads.filter(digits)), _spelled(heads.filter(~digits))], how="diagonal")


def _counted(heads: pl.Series) -> pl.DataFrame:
    """Texts of digits only: a day run together, or a count."""
    compact = heads.str.len_bytes() == 8
    together = (
        heads.filter(compact).to_frame("head").with_columns(pl.col("head").str.extract_groups(_COMPACT).alias("parts"))
    )
    together = together.unnest("parts").with_columns(pl.col("year", "month", "day").cast(pl.Int32))
    count = pl.col("head").cast(pl.Float64, strict=False)
    counts = heads.filter(~compact).to_frame("head").with_columns(count.alias("count"))
    return pl.concat(
        [
            together.with_columns(pl.when(pl.col("year").is_not_null()).then(pl.lit("compact")).alias("kind")),
            counts.with_columns(_kind_of_count().alias("kind")),
        ],
        how="diagonal",
    )


def _spelled(heads: pl.Series) -> pl.DataFrame:
    """Texts with marks or names in them."""
    text = pl.col("head").str.replace(_WEEKDAY, "")
    frame = heads.to_frame("head").with_columns(
        text.str.extract_groups(_ISO).struct.rename_fields(["iso_year", "iso_month", "iso_day"]).alias("iso"),
        text.str.extract_groups(_NUMERIC).alias("numeric"),
        text.str.extract_groups(_DAY_FIRST).struct.rename_fields(["d_day", "d_name", "d_year"]).alias("day_first"),
        text.str.extract_groups(_MONTH_FIRST).struct.rename_fields(["m_name", "m_day", "m_year"]).alias("month_first"),
    )
    frame = frame.unnest("iso", "numeric", "day_first", "month_first")
    name = pl.coalesce("d_name", "m_name").str.to_lowercase()
    frame = frame.with_columns(name.replace_strict(_MONTH_BY_NAME, default=None, return_dtype=pl.Int32).alias("named"))
    return frame.select(
        "head",
        pl.when(pl.col("iso_year").is_not_null())
        .then(pl.lit("iso"))
        .when(pl.col("first").is_not_null())
        .then(pl.lit("numeric"))
        .when(pl.col("named").is_not_null())
        .then(pl.lit("named"))
        .alias("kind"),
        _full(pl.coalesce("iso_year", "d_year", "m_year")).alias("year"),
        pl.coalesce(pl.col("iso_month").cast(pl.Int32), "named").alias("month"),
        pl.coalesce("iso_day", "d_day", "m_day").cast(pl.Int32).alias("day"),
        pl.col("first", "second").cast(pl.Int32),
        _full(pl.col("third")).alias("third"),
        "mark",
    )


def usual_kind(frame: pl.DataFrame) -> str:
    """The commonest shape; empty when there is none."""
    kinds = frame["kind"].drop_nulls().value_counts(sort=True)
    return str(kinds["kind"][0]) if kinds.height else ""


def order_of(frame: pl.DataFrame) -> Order:
    """Whether numeric dates put the day or the month first.

    A number above 12 is a day. Where none is, points between the numbers mean day first, since nobody writes months
    first with points; anything else stays ambiguous, and month first is assumed and said.
    """
    numeric = frame.filter(pl.col("kind") == "numeric")
    if not numeric.height:
        return Order("")
    day_first = numeric.filter((pl.col("first") > 12) & (pl.col("second") <= 12))["head"].sort()
    month_first = numeric.filter((pl.col("second") > 12) & (pl.col("first") <= 12))["head"].sort()
    if len(day_first) and len(month_first):
        order = "dmy" if len(day_first) >= len(month_first) else "mdy"
        said = (
            f"«{day_first[0]}» has its day first and «{month_first[0]}» its month; {_in_words(order)} is taken for all."
        )
        return Order(order, ambiguous=True, said=said, example=day_first[0])
    if len(day_first) or len(month_first):
        return Order("dmy" if len(day_first) else "mdy")
    if (numeric["mark"] == ".").all():
        return Order("dmy")
    example = str(numeric["head"].sort()[0])
    said = f"No day is above 12, so nothing shows which comes first in «{example}», day or month; month first is taken."
    return Order("mdy", ambiguous=True, said=said, example=example)


def days(frame: pl.DataFrame, kind: str, order: str) -> pl.DataFrame:
    """The days of shaped texts.

    Shape: one row per text.
    Columns: head, the text; day, the epoch day, blank outside of 1970 to 2100; seconds into it, for counted days;
    open_end.
    """
    dmy = order == "dmy"
    frame = frame.with_columns(
        pl.coalesce("year", "third").alias("year"),
        pl.coalesce("month", "second" if dmy else "first").alias("month"),
        pl.coalesce("day", "first" if dmy else "second").alias("day"),
    )
    written = pl.concat_str(pl.col(name).cast(pl.String).str.zfill(2) for name in ("year", "month", "day"))
    civil = written.str.to_date("%Y%m%d", strict=False).to_physical()
    counted = pl.lit(None, dtype=pl.Int64)
    if kind in COUNTED:
        counted = (pl.col("count") * _seconds_each(kind)).floor().cast(pl.Int64)
    shift = _SPREADSHEET_EPOCH if kind == "serial" else 0
    day = (
        pl.when(pl.col("kind").is_in(_SHAPES)).then(civil).when(pl.col("kind") == kind).then(counted // _A_DAY - shift)
    )
    return frame.select(
        "head",
        pl.when(day.is_between(_FIRST_DAY, _LAST_DAY)).then(day).cast(pl.Int32).alias("day"),
        pl.when(pl.col("kind") == kind).then((counted % _A_DAY).cast(pl.Int64)).fill_null(0).alias("seconds"),
        (pl.col("year") == _NO_END_YEAR).fill_null(value=False).alias("open_end"),
    )


def _seconds_each(kind: str) -> float:
    return {"serial": float(_A_DAY), "epoch_seconds": 1.0, "epoch_millis": 0.001}[kind]


def _kind_of_count() -> pl.Expr:
    count = pl.col("count")
    return (
        pl.when(count.is_between(_SPREADSHEET_EPOCH, _SPREADSHEET_EPOCH + _LAST_DAY))
        .then(pl.lit("serial"))
        .when(count.is_between(1e8, _LAST_DAY * _A_DAY))
        .then(pl.lit("epoch_seconds"))
        .when(count.is_between(1e11, _LAST_DAY * _A_DAY * 1e3))
        .then(pl.lit("epoch_millis"))
    )


def _full(year: pl.Expr) -> pl.Expr:
    """A year of two digits as one of four: up to 69 it is in this century."""
    number = year.cast(pl.Int32)
    century = pl.when(number <= 69).then(2000).otherwise(1900)
    return pl.when(year.str.len_bytes() == 2).then(number + century).otherwise(number)


def _in_words(order: str) -> str:
    return "day first" if order == "dmy" else "month first"
