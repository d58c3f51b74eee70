"""A CRM export of any size as one CSV: the made deals under Salesforce's report labels."""

from pathlib import Path

import numpy as np
import polars as pl

from bench import made

STAGES = ("Qualification", "Needs Analysis", "Value Proposition", "Decision Makers", "Proposal", "Negotiation")
REASONS = ("Price", "Competitor", "No decision", "Timing", "Features")


def write(folder: Path, deal_count: int, *, seed: int = 11) -> Path:
    """Write the CSV once (about 20 columns) and say where it is."""
    target = folder / f"export-{deal_count}.csv"
    if target.exists():
        return target
    deals = pl.read_parquet(made.write(folder / f"book-{deal_count}", deal_count) / "deals.parquet")
    rng = np.random.default_rng(seed)
    count = deals.height
    deals = deals.with_columns(
        account=pl.lit("Account ") + pl.Series(rng.integers(1, count // 3 + 2, count)).cast(pl.String),
        reason=pl.Series(REASONS).gather(rng.integers(0, len(REASONS), count).astype(np.uint32)),
        stage=pl.lit(pl.Series(STAGES)).gather(pl.col("stage_position") - 1),
        latest=pl.lit(pl.Series(rng.integers(0, 90, count))),
    )
    is_open, won = pl.col("outcome") == "open", pl.col("outcome") == "won"
    closed = pl.when(is_open).then("seller_close_on").otherwise("closed_on").cast(pl.Date)
    target.with_suffix(".tmp").unlink(missing_ok=True)
    deals.select(
        pl.format("006{}", pl.col("deal_id").cast(pl.String).str.zfill(12)).alias("Opportunity ID"),
        pl.format("{} renewal {}", "account", "deal_id").alias("Opportunity Name"),
        pl.col("account").alias("Account Name"),
        pl.col("owner").alias("Opportunity Owner"),
        pl.when(is_open)
        .then("stage")
        .when(won)
        .then(pl.lit("Closed Won"))
        .otherwise(pl.lit("Closed Lost"))
        .alias("Stage"),
        (~is_open).cast(pl.Int8).alias("Closed"),
        won.cast(pl.Int8).alias("Won"),
        pl.col("currency").alias("Amount Currency"),
        (pl.col("amount") / 100).round(2).alias("Amount"),
        (pl.col("probability") * 100).round().cast(pl.Int64).alias("Probability (%)"),
        closed.alias("Close Date"),
        pl.col("opened_on").cast(pl.Date).alias("Created Date"),
        pl.col("source").alias("Lead Source"),
        pl.lit("New Business").alias("Type"),
        pl.col("segment").alias("Segment"),
        pl.when(is_open).then("next_step").alias("Next Step"),
        (pl.lit(made.TODAY) - pl.col("latest")).cast(pl.Int32).cast(pl.Date).alias("Last Activity"),
        pl.when((~is_open) & ~won).then("reason").alias("Loss Reason"),
        pl.lit("Pipeline").alias("Forecast Category"),
        pl.col("deal_id").mod(7).cast(pl.String).alias("Region"),
    ).write_csv(target.with_suffix(".tmp"))
    target.with_suffix(".tmp").rename(target)
    return target
