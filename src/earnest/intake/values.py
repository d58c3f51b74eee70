"""Texts as values: the one door to how dates, money, shares, flags and whole numbers are read from text columns.

Every function takes a whole column, since one value alone often cannot say how it is to be read, and gives back what
could not be read beside what could, so that it can be counted and shown. Blanks are blank, never unreadable.
"""

from typing import NamedTuple

import polars as pl

from earnest.intake.date_texts import DateForm, Days, Moments, parse_days, parse_moments, sniff_dates
from earnest.intake.number_texts import Amounts, NumberForm, Numbers, parse_amounts, parse_numbers, sniff_numbers

__all__ = [
    "Amounts",
    "DateForm",
    "Days",
    "Flags",
    "Integers",
    "Moments",
    "NumberForm",
    "Numbers",
    "Shares",
    "blank_tokens",
    "parse_amounts",
    "parse_days",
    "parse_flags",
    "parse_integers",
    "parse_moments",
    "parse_numbers",
    "parse_shares",
    "sniff_dates",
    "sniff_numbers",
]

# What systems write into a cell that has no value. «NA» is not among them: it is also a region.
_TOKENS = (
    ("null", "none", "nil", "nan", "nat", "n/a", "#n/a", "#name?", "undefined", "-", "--"),
    ("--none--", "-none-", "(none)", "(blank)", "select", "--select--", "please select"),
    # The errors of spreadsheets end with an exclamation mark.
    [f"#{error}{chr(33)}" for error in ("null", "ref", "value", "div/0", "num")],
)
_CASES = (str.lower, str.upper, str.capitalize, str.title)
_ODD_CASES = {"NaN", "NaT", "N/a", "#N/a"}
_WRITTEN_TOKENS = sorted({case(token) for tokens in _TOKENS for token in tokens for case in _CASES} | _ODD_CASES)
_YES = "true t yes y 1 1.0 on x ✓ checked wahr ja oui vrai si sí verdadero sim verdadeiro vero tak prawda"
_NO = "false f no n 0 0.0 off unchecked falsch nein non faux falso não nao nie fałsz"
_SHARES_SAID = {
    (True, False): "Its values are read as percent.",
    (False, False): "Its values are read as shares of one.",
    (True, True): "Most values lie above 1, so all are read as percent.",
    (False, True): "Most values lie below 1, so all are read as shares of one.",
}
_SHARE_PLACES = 9
_WHOLE_SHARE = 10**_SHARE_PLACES


class Shares(NamedTuple):
    """Shares of a column (0 to 1), what could not be read or lies outside, and whether the column counts in percent."""

    shares: pl.Series
    unreadable: pl.Series
    percent: bool
    said: str


class Flags(NamedTuple):
    """Flags of a column and what could not be read."""

    flags: pl.Series
    unreadable: pl.Series


class Integers(NamedTuple):
    """Whole numbers of a column and what could not be read."""

    integers: pl.Series
    unreadable: pl.Series


def blank_tokens(column: pl.Series) -> tuple[pl.Series, dict[str, int]]:
    """The column with the words that stand for no value made blank, and how often each of them stood there."""
    found = column.is_in(_WRITTEN_TOKENS).fill_null(value=False)
    empty = (column.str.len_bytes() == 0).fill_null(value=False) | (column.str.contains(r"^\s+$")).fill_null(
        value=False
    )
    counts = column.filter(found).value_counts(sort=True, name="times")
    blanked = column.to_frame("text").select(pl.when(~found & ~empty).then("text").alias(column.name)).to_series()
    return blanked, dict(counts.iter_rows())


def parse_shares(column: pl.Series) -> Shares:
    """Texts as shares, 0 to 1, whether the column counts from 0 to 1 or in percent.

    It counts in percent when a value has a percent sign, or when no fewer values lie between 1 and 100 than
    between 0 and 1. What lies outside of 0 to 100 decides nothing and is unreadable: a probability of 1000 is none.
    """
    signed = bool(column.str.contains("%", literal=True).any())
    numbers = parse_numbers(column.str.replace(r"\s*%\s*$", ""), places=_SHARE_PLACES)
    scaled = pl.col("scaled")
    rows = numbers.scaled.to_frame("scaled")
    fractions, percents = rows.select(
        scaled.is_between(0, _WHOLE_SHARE, closed="none").sum(),
        scaled.is_between(_WHOLE_SHARE, 100 * _WHOLE_SHARE, closed="right").sum().alias("percents"),
    ).row(0)
    percent = signed or percents >= max(fractions, 1)
    whole = 100 * _WHOLE_SHARE if percent else _WHOLE_SHARE
    # The engine multiplies by the inverse of a constant, and 0.5 becomes 0.49999999999999994; rounding mends that.
    inside = pl.when(scaled.is_between(0, whole)).then((scaled / whole).round(_SHARE_PLACES + 2))
    shares = rows.select(inside.alias("shares")).to_series()
    said = _SHARES_SAID[percent, bool(fractions and percents)]
    return Shares(shares, (column.is_not_null() & shares.is_null()).alias("unreadable"), percent, said)


def parse_flags(column: pl.Series) -> Flags:
    """Texts as true and false, in the words of several languages."""
    meanings = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)
    words = column.str.strip_chars().str.to_lowercase()
    flags = words.replace_strict(meanings, default=None, return_dtype=pl.Boolean)
    return Flags(flags.alias("flags"), (column.is_not_null() & flags.is_null()).alias("unreadable"))


def parse_integers(column: pl.Series) -> Integers:
    """Texts as whole numbers; a number with a fraction is unreadable, `12.0` is 12."""
    numbers = parse_numbers(column, places=3)
    whole = numbers.scaled.to_frame("scaled").select(
        pl.when(pl.col("scaled") % 1000 == 0).then(pl.col("scaled") // 1000).alias("integers")
    )
    integers = whole.to_series()
    return Integers(integers, (column.is_not_null() & integers.is_null()).alias("unreadable"))
