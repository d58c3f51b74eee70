"""Amounts as whole minor units of their currency."""

from collections.abc import Iterable

import polars as pl

from earnest.rulebook import words

_USUAL = 2  # the digits of most currencies, and of an amount whose currency nobody named


def in_minor_units(rows: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """The rows with these amounts in whole minor units: cents of a euro, yen as they are."""
    money = [name for name in names if name in rows.columns]
    factor = _factor(rows)
    return rows.with_columns((pl.col(name) * factor).round().cast(pl.Int64) for name in money)


def _factor(rows: pl.DataFrame) -> pl.Expr | int:
    if "currency" not in rows.columns:
        return int(10**_USUAL)
    known = rows["currency"].drop_nulls().unique().to_list()
    factors = {name: int(10 ** words.minor_digits(name)) for name in known}
    if len(set(factors.values())) <= 1:
        return next(iter(factors.values()), int(10**_USUAL))
    return pl.col("currency").replace_strict(factors, default=10**_USUAL, return_dtype=pl.Int64)
