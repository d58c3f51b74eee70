"""Numbers as people and systems write them, read exactly: `$45,000`, `45.000,00 €`, `1 234,56`, `45k`, `(1,234)`.

Which mark is the decimal one is told by the whole column. A value that could be read two ways, such as `1,234` in a
column that shows nothing else, is read by a stated assumption and stays marked as ambiguous.
Nothing passes through a float: digits become whole numbers and powers of ten.
"""

from typing import NamedTuple

import polars as pl

from earnest.intake import number_shapes
from earnest.rulebook import words

_MOST_POWER = 18
_CENTS = 2
_TENS = pl.Series([10**power for power in range(_MOST_POWER + 1)], dtype=pl.Int64)
# Numbers as machines write them, and as American reports do: these need no thought, and are read ten times faster.
_PLAIN = r"^-?[0-9]{1,15}(?:\.[0-9]{1,2})?$"
_AMERICAN = r"^-?\$?[0-9]{1,3}(?:,[0-9]{3}){0,4}\.[0-9]{2}$"


class NumberForm(NamedTuple):
    """How the numbers of a column are written.

    `decimal` is the decimal mark; `ambiguous` says that no value shows it, and `said` states the assumption made then.
    `share` is the part of the filled cells that can be read as a number at all.
    """

    decimal: str
    ambiguous: bool
    said: str
    share: float
    example: str


class Amounts(NamedTuple):
    """Money of a column: whole minor units, what could not be read or only by assumption, the currency in the text."""

    minor: pl.Series
    unreadable: pl.Series
    ambiguous: pl.Series
    currency: pl.Series


class Numbers(NamedTuple):
    """Numbers of a column as whole multiples of a power of ten, what could not be read or only by assumption."""

    scaled: pl.Series
    unreadable: pl.Series
    ambiguous: pl.Series


class _Sorted(NamedTuple):
    """A column sorted by how its texts are read: quickly, or by taking the different ones apart."""

    column: pl.Series
    quick: pl.Series
    dressed: bool
    apart: pl.DataFrame


def sniff_numbers(column: pl.Series) -> NumberForm:
    """How the numbers of a column are written, told by all of its values together."""
    return _form(_sorted(column))


def parse_amounts(column: pl.Series, currency: str | pl.Series, form: NumberForm | None = None) -> Amounts:
    """Texts as money in whole minor units; digits beyond the minor unit are rounded, halves away from zero.

    Args:
        column: the texts; blanks stay blank.
        currency: the currency of all rows, or of each; a currency that stands in the text itself comes before it.
        form: how the numbers are written, when that was told before.
    """
    rows = _read(_sorted(column), form)
    given = pl.lit(currency) if isinstance(currency, str) else currency.alias("given")
    rows = rows.with_columns(pl.coalesce(pl.col("currency"), given).fill_null("").alias("unit"))
    digits = {code: words.minor_digits(code) for code in rows["unit"].unique()}
    if set(digits.values()) <= {_CENTS} and _is_in_cents(rows):
        rows = _told(rows.with_columns(pl.col("mantissa").alias("scaled")))  # in whole cents as it stands
    else:
        rows = _scaled(rows, pl.col("unit").replace_strict(digits, return_dtype=pl.Int64))
    return Amounts(rows["scaled"], rows["unreadable"], rows["ambiguous"], rows["currency"])


def parse_numbers(column: pl.Series, form: NumberForm | None = None, *, places: int = 0) -> Numbers:
    """Texts as whole multiples of 10 to the power of minus `places`; a currency beside a number makes it unreadable."""
    rows = _read(_sorted(column), form)
    rows = rows.with_columns(pl.when(pl.col("currency").is_null()).then("mantissa").alias("mantissa"))
    rows = _scaled(rows, pl.lit(places, dtype=pl.Int64))
    return Numbers(rows["scaled"], rows["unreadable"], rows["ambiguous"])


def _sorted(column: pl.Series) -> _Sorted:
    plain = column.str.contains(_PLAIN)
    quick = plain if plain.all() else plain | column.str.contains(_AMERICAN)
    dressed = int(quick.sum()) > int(plain.sum())
    return _Sorted(column.alias("text"), quick, dressed, number_shapes.parts(column.filter(~quick).unique()))


def _form(column: _Sorted) -> NumberForm:
    """What the different values of a column show together."""
    readable = column.apart.filter("readable")
    shapes = dict(readable["shape"].value_counts().iter_rows())
    quick = column.column.filter(column.quick.fill_null(value=False))
    point = int(quick.str.contains(".", literal=True).sum()) + shapes.get("point", 0) + shapes.get("sure_point", 0)
    comma = shapes.get("comma", 0) + shapes.get("sure_comma", 0)
    either = readable.filter(pl.col("shape").is_in(number_shapes.EITHER))["text"].sort()
    share = _share(column, readable)
    if point or comma:
        decimal = "." if point >= comma else ","
        # Where both marks are shown as decimal ones, a value that could be either stays open.
        doubtful = bool(point and comma and len(either))
        why = "Some values use the point and some the comma as the decimal mark"
    else:
        decimal = "," if shapes.get("either_point", 0) > shapes.get("either_comma", 0) else "."
        doubtful = bool(len(either))
        why = "No value shows which mark is the decimal one"
    if not doubtful:
        return NumberForm(decimal, doubtful, "", share, "")
    return NumberForm(decimal, doubtful, f"{why}; {_as_read(either[0], decimal)}.", share, either[0])


def _as_read(text: str, decimal: str) -> str:
    """How a value that could be read two ways is read."""
    groups = ("." if decimal == "," else ",") in text
    return f"«{text}» is read with its mark {'between thousands' if groups else 'as the decimal one'}"


def _share(column: _Sorted, readable: pl.DataFrame) -> float:
    filled = len(column.column) - column.column.null_count()
    read = int(column.quick.sum())
    if readable.height:
        read += int(column.column.is_in(readable["text"].implode()).sum())
    return read / filled if filled else 0.0


def _read(column: _Sorted, form: NumberForm | None) -> pl.DataFrame:
    """Every text with its digits as a whole number, its power of ten, its currency, and whether it is doubtful."""
    form = form or _form(column)
    digits = pl.col("text").str.replace_many(["$", ","], ["", ""]) if column.dressed else pl.col("text")
    # At most two places: as a decimal of two places, every such number is exact.
    cents = (digits.cast(pl.Decimal(20, 2), strict=False) * 100).cast(pl.Int64)
    rows = column.column.to_frame().with_columns(column.quick.fill_null(value=False).alias("quick"))
    rows = rows.with_columns(
        pl.when("quick").then(cents).alias("mantissa"),
        pl.when("quick").then(pl.lit(-2, dtype=pl.Int64)).alias("power"),
        pl.lit(None, dtype=pl.String).alias("currency"),
        (pl.col("quick") & pl.col("text").str.contains(".", literal=True) & (form.decimal == ",")).alias("doubtful"),
    )
    if not column.apart.height:
        return rows
    slow = number_shapes.mantissa_and_power(column.apart, form.decimal)
    rows = rows.join(slow, on="text", how="left", maintain_order="left", suffix=" slow")
    doubt = (pl.col("either") & form.ambiguous) | pl.col("contrary")
    return rows.with_columns(
        pl.coalesce("mantissa", "mantissa slow").alias("mantissa"),
        pl.coalesce("power", "power slow").alias("power"),
        pl.col("currency slow").alias("currency"),
        (pl.col("doubtful") | doubt.fill_null(value=False)).alias("doubtful"),
    )


def _is_in_cents(rows: pl.DataFrame) -> bool:
    """True when every number has two places, so that its digits are its cents, and fits 64 bits."""
    bound = 10**_MOST_POWER
    cents = (pl.col("power") == -_CENTS) & (pl.col("mantissa") > -bound) & (pl.col("mantissa") < bound)
    return bool(rows.select(cents.all()).item())


def _ten_to(power: pl.Expr) -> pl.Expr:
    """The power of ten, from a table: raising to a power takes longer than everything else here."""
    return pl.lit(_TENS).gather(power.clip(0, _MOST_POWER))


def _scaled(rows: pl.DataFrame, digits: pl.Expr) -> pl.DataFrame:
    """The numbers in their smallest unit: multiplied exactly, or rounded where their digits go beyond the unit."""
    power = digits + pl.col("power")
    size = pl.col("mantissa").abs()
    # What would not fit 64 bits stays unreadable.
    fits = size < _ten_to(_MOST_POWER - power)
    up = size * _ten_to(power)
    unit = _ten_to(-power)
    down = (size + unit // 2) // unit
    sign = pl.when(pl.col("mantissa") < 0).then(-1).otherwise(1)
    scaled = pl.when(fits).then(sign * pl.when(power >= 0).then(up).otherwise(down)).cast(pl.Int64)
    return _told(rows.with_columns(scaled.alias("scaled")))


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """The numbers with what could not be read, and what only by assumption."""
    return rows.with_columns(
        (pl.col("text").is_not_null() & pl.col("scaled").is_null()).alias("unreadable"),
        (pl.col("doubtful").fill_null(value=False) & pl.col("scaled").is_not_null()).alias("ambiguous"),
    )
