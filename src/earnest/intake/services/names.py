"""The rows that a book tells only by name: people, teams, pipelines, stages, products, accounts, contacts."""

from collections.abc import Mapping

import polars as pl

from earnest.intake.landing import keys
from earnest.intake.landing.deals import Landed
from earnest.intake.services import kinds
from earnest.intake.services.kinds import Kind

# Between the pipeline and the stage in a stage's key; no name has it.
BETWEEN = "\x1f"
UNNAMED = ""

Maps = Mapping[Kind, pl.DataFrame]


def stage_key() -> pl.Expr:
    """The key of a row's stage: its pipeline and its own name; null when the row tells neither."""
    told = pl.col("pipeline").is_not_null() | pl.col("stage").is_not_null()
    both = pl.col("pipeline").fill_null(UNNAMED) + BETWEEN + pl.col("stage").fill_null(UNNAMED)
    return pl.when(told).then(both)


def with_all_names(rows: pl.DataFrame) -> pl.DataFrame:
    """The deals with a column for each thing that is told by name, null where the files do not tell it."""
    texts = ("account", "owner", "team", "pipeline", "stage", "product")
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in texts if name not in rows.columns]
    position = [] if "stage_position" in rows.columns else [pl.lit(None, dtype=pl.Int64).alias("stage_position")]
    return rows.with_columns(*missing, *position).with_columns(stage_key().alias("stage_key"))


def users(deals: pl.DataFrame, activities: Landed | None) -> pl.DataFrame:
    """Everybody who owns a deal or an activity, in the order in which they appear."""
    found = [deals["owner"]]
    if activities is not None and "owner" in activities.rows.columns:
        found.append(activities.rows["owner"])
    return _named(pl.concat([names.rename("name") for names in found]))


def of_column(deals: pl.DataFrame, column: str) -> pl.DataFrame:
    """The names of one column, in the order in which they appear."""
    return _named(deals[column].rename("name"))


def pipelines(deals: pl.DataFrame) -> pl.DataFrame:
    """The pipelines; one without a name for stages whose pipeline nobody told."""
    told = deals.filter(pl.col("stage_key").is_not_null())
    return _named(told["pipeline"].fill_null(UNNAMED).rename("name"))


def stages(deals: pl.DataFrame, maps: Maps) -> pl.DataFrame:
    """The stages of these pipelines, each with its place."""
    told = deals.filter(pl.col("stage_key").is_not_null())
    rows = (
        told.group_by("stage_key", maintain_order=True)
        .agg(pl.col("pipeline", "stage").first(), pl.col("stage_position").drop_nulls().first())
        .select(
            pl.col("stage_key").alias("key"),
            pl.col("pipeline").fill_null(UNNAMED),
            pl.col("stage").fill_null(UNNAMED).alias("name"),
            pl.col("stage").is_not_null().alias("named"),
            pl.col("stage_position").alias("position"),
        )
    )
    rows = resolved(rows, "pipeline", "pipeline_id", maps[kinds.PIPELINES]).drop("pipeline")
    return rows.with_columns(keys.said(rows, ["key"]))


def accounts(deals: pl.DataFrame) -> pl.DataFrame:
    """The accounts; owner and team are those of their deals where all deals agree."""
    told = deals.filter(pl.col("account").is_not_null())
    rows = (
        told.group_by("account", maintain_order=True)
        .agg(_agreed("owner_id"), _agreed("team_id"))
        .rename({"account": "name"})
    )
    return _keyed(rows)


def contacts(deals: pl.DataFrame, activities: Landed | None) -> pl.DataFrame:
    """The buyer's people that activities name by number; account, owner and team are those of their deals."""
    schema = {"key": pl.String, "hash": pl.String}
    if activities is None or "contact" not in activities.rows.columns:
        return pl.DataFrame(schema=schema)
    own = deals.select(pl.col("key").alias("deal"), "account_id", "owner_id", "team_id")
    seen = activities.rows.select("contact", "deal").filter(pl.col("contact").is_not_null()).unique(maintain_order=True)
    rows = (
        seen.join(own, on="deal", how="left", maintain_order="left")
        .group_by("contact", maintain_order=True)
        .agg(_agreed("account_id"), _agreed("owner_id"), _agreed("team_id"))
        .rename({"contact": "key"})
    )
    return rows.with_columns(keys.said(rows, ["key"]))


def resolved(rows: pl.DataFrame, name: str, column: str, records: pl.DataFrame) -> pl.DataFrame:
    """The rows with the record that a name stands for."""
    found = records.rename({"key": name, "record_id": column})
    return rows.join(found, on=name, how="left", maintain_order="left")


def _agreed(column: str) -> pl.Expr:
    return pl.when(pl.col(column).n_unique() == 1).then(pl.col(column).first()).alias(column)


def _named(names: pl.Series) -> pl.DataFrame:
    return _keyed(names.drop_nulls().unique(maintain_order=True).to_frame("name"))


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("name").alias("key"), keys.said(rows, ["name"]))
