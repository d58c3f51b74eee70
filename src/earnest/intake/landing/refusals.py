"""Why a row cannot become a record: one sentence with the value in it, found for all rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from earnest.rulebook import words

# A day outside these years is a slip of the keyboard, not a fact about a sale.
EARLIEST = words.epoch_day(date(1900, 1, 1))
LATEST = words.epoch_day(date(2199, 12, 31))
SECONDS_A_DAY = 86_400
LARGEST = 2**31 - 1

Check = tuple[pl.Expr, pl.Expr]


def reason(checks: Iterable[Check]) -> pl.Expr:
    """The first reason that applies to a row, or null."""
    found = [pl.when(bad.fill_null(value=False)).then(text) for bad, text in checks]
    return pl.coalesce([*found, pl.lit(None, dtype=pl.String)]).alias("reason")


def one_of(name: str, allowed: Sequence[str], what: str) -> Check:
    """The column holds one of a few words."""
    listed = ", ".join(allowed) if len(allowed) < 12 else f"one of {len(allowed)} known"
    text = pl.format("«{}» is no {} that Earnest knows ({}).", name, pl.lit(what), pl.lit(listed))
    return ~pl.col(name).is_in(list(allowed)), text


def days(names: Iterable[str], labels: Mapping[str, str]) -> list[Check]:
    """Each day lies in the years in which anybody sells."""
    return [
        (
            ~pl.col(name).is_between(EARLIEST, LATEST),
            pl.lit(f"The value for {labels[name]} is before 1900 or after 2199."),
        )
        for name in names
    ]


def moments(names: Iterable[str], labels: Mapping[str, str]) -> list[Check]:
    """Each moment lies in the years in which anybody sells."""
    return [
        (
            ~pl.col(name).is_between(EARLIEST * SECONDS_A_DAY, (LATEST + 1) * SECONDS_A_DAY - 1),
            pl.lit(f"The value for {labels[name]} is before 1900 or after 2199."),
        )
        for name in names
    ]


def texts(limits: Mapping[str, int], labels: Mapping[str, str]) -> list[Check]:
    """Each text fits its column and holds no NUL, which PostgreSQL cannot keep."""
    checks: list[Check] = []
    for name, limit in limits.items():
        length = pl.col(name).str.len_chars()
        text = pl.format(
            "The value for {} is {} characters long; {} is the limit.", pl.lit(labels[name]), length, pl.lit(limit)
        )
        # A character is at least a byte, so the quick test on bytes spares the slow one for nearly every row.
        checks.append(((pl.col(name).str.len_bytes() > limit) & (length > limit), text))
        checks.append(
            (
                pl.col(name).str.contains("\0", literal=True),
                pl.lit(f"The value for {labels[name]} holds a NUL character, so the file is damaged there."),
            )
        )
    return checks


def whole_counts(names: Iterable[str], labels: Mapping[str, str]) -> list[Check]:
    """Each count is not negative and fits a column."""
    return [
        (
            ~pl.col(name).is_between(0, LARGEST),
            pl.format("The value for {} is {}, which cannot be.", pl.lit(labels[name]), pl.col(name).cast(pl.String)),
        )
        for name in names
    ]


def repeated(key: str, noun: str) -> Check:
    """The same id stands on an earlier row."""
    text = pl.format("The id {} already stands on an earlier row of this import, for another {}.", key, pl.lit(noun))
    return ~pl.col(key).is_first_distinct() & pl.col(key).is_not_null(), text
