"""Amounts whose file names no currency, fitted to the currency of their deal."""

from collections.abc import Iterable

import polars as pl

from earnest.rulebook import words

_USUAL = words.minor_digits("")  # how such amounts were read: as of a currency with cents


def fitted(rows: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Amounts that were read as of a currency with cents, in whole minor units of each row's own currency."""
    money = [name for name in names if name in rows.columns]
    if "currency" not in rows.columns or not money:
        return rows
    shifts = {name: words.minor_digits(name) - _USUAL for name in rows["currency"].drop_nulls().unique()}
    if not any(shifts.values()):
        return rows
    shift = pl.col("currency").replace_strict(shifts, default=0, return_dtype=pl.Int64)
    more, fewer = pl.lit(10) ** shift.clip(0), pl.lit(10) ** (-shift).clip(0)
    return rows.with_columns((pl.col(name) * more.cast(pl.Int64) // fewer.cast(pl.Int64)).alias(name) for name in money)
