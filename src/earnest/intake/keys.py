"""The keys by which rows of other files find their deal: its id, long or short, an id merged into it, or its name."""

from collections.abc import Sequence

import polars as pl

from earnest.intake.rows import KEY, short_id
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role

_SEPARATORS = r"[;,\s]+"


def of_deals(deals: pl.DataFrame, merges: pl.DataFrame) -> pl.DataFrame:
    """Every key of a deal with its number.

    Shape: one row per key, unique on `_key`; a name that several deals share is no key.

    Args:
        deals: the deals with `deal_id` and what they are known by.
        merges: `deal` and `merged_deal`: ids that now belong to another deal.
    """
    by_id = deals.select(short_id(pl.col(KEY)).alias(KEY), "deal_id")
    parts = [by_id]
    if not merges.is_empty():
        merged = merges.select(short_id(pl.col("deal")).alias(KEY), short_id(pl.col("merged_deal")).alias("_old"))
        parts.append(merged.join(by_id, on=KEY, how="inner").select(pl.col("_old").alias(KEY), "deal_id"))
    if "title" in deals.columns:
        named = deals.select(pl.col("title").alias(KEY), "deal_id").drop_nulls()
        parts.append(named.filter(~pl.col(KEY).is_duplicated()))
    return pl.concat(parts).unique(KEY, keep="first", maintain_order=True)


def none() -> pl.DataFrame:
    """No keys: nothing has to find its deal."""
    return pl.DataFrame(schema={KEY: pl.String, "deal_id": pl.UInt32})


def merges(files: Sequence[Typed]) -> pl.DataFrame:
    """The deals that were merged into others: `deal`, the one that is left, and `merged_deal`, the one that is gone."""
    parts = [
        file.rows.select("deal", "merged_deal")
        for file in files
        if file.role is Role.MERGES and file.has("deal", "merged_deal")
    ]
    for file in files:
        if file.role is Role.DEALS and file.has("external_id", "merged_ids"):
            listed = file.rows.select(pl.col("external_id").alias("deal"), pl.col("merged_ids").str.split(";"))
            several = listed.explode("merged_ids").select(
                "deal", pl.col("merged_ids").str.strip_chars().alias("merged_deal")
            )
            parts.append(several)
    if not parts:
        return pl.DataFrame(schema={"deal": pl.String, "merged_deal": pl.String})
    return pl.concat(parts).drop_nulls().filter(pl.col("deal") != pl.col("merged_deal"))


def numbered(rows: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The rows whose `deal` is one of the keys, with the number of the deal."""
    known = rows.with_columns(short_id(pl.col("deal")).alias(KEY))
    return known.join(keys, on=KEY, how="inner", maintain_order="left").drop(KEY, "deal")
