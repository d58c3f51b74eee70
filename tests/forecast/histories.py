"""Invented histories of deals as books, with a fixed seed."""

from datetime import date
from functools import cache

import numpy as np
import polars as pl

from earnest.records.tables import DEALS
from earnest.rulebook import words
from earnest.rulebook.book import Book, book

AS_OF = date(2026, 6, 30)
TODAY = words.epoch_day(AS_OF)


def made(rows: pl.DataFrame, as_of: date = AS_OF) -> Book:
    return book([(DEALS, rows)], as_of=as_of)


@cache
def three_years(seed: int = 1, deals: int = 4_000) -> pl.DataFrame:
    """Three years of deals in two segments and two currencies; one in eight is never closed by anybody."""
    draw = np.random.default_rng(seed)
    opened = np.sort(draw.integers(TODAY - 1_095, TODAY, deals))
    closed = opened + draw.gamma(2.5, 45, deals).astype(int)
    is_open = (closed > TODAY) | (draw.random(deals) < 0.125)
    outcome = draw.choice(["won", "lost", "no_decision", "declined"], deals, p=[0.3, 0.35, 0.3, 0.05])
    rows = pl.DataFrame(
        {
            "deal_id": np.arange(deals),
            "opened_on": opened,
            "closed_on": closed,
            "outcome": np.where(is_open, "open", outcome),
            "segment": draw.choice(["ent", "mid"], deals),
            "currency": draw.choice(["EUR", "USD"], deals, p=[0.8, 0.2]),
            "amount": np.round(draw.lognormal(10, 1, deals)).astype(int) * 100,
        }
    )
    return rows.with_columns(closed_on=pl.when(pl.col("outcome") != "open").then("closed_on"))


def as_known_on(rows: pl.DataFrame, day: int) -> pl.DataFrame:
    """The same history as the file would have shown it at the end of an earlier day."""
    later = pl.col("closed_on") > day
    return rows.filter(pl.col("opened_on") <= day).with_columns(
        outcome=pl.when(later).then(pl.lit("open")).otherwise("outcome"),
        closed_on=pl.when(later).then(None).otherwise("closed_on"),
    )
