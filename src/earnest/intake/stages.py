"""Stages: their names for their ids, their place in the pipeline, and what the stage table says a deal in them is."""

from collections.abc import Sequence

import polars as pl

from earnest.intake.mapping import Mapping
from earnest.intake.reference import look_up, one_table
from earnest.intake.sources import hubspot, salesforce
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role

STAGE_OUTCOME = "_stage_outcome"

# The stages that a system ships with, in order. They count only when every stage in the file is one of them.
SHIPPED = (salesforce.STAGES, hubspot.STAGES, hubspot.STAGE_LABELS)


def with_stages(deals: pl.DataFrame, files: Sequence[Typed], chosen: Mapping) -> pl.DataFrame:
    """The deals with their stage's name, its place where that is known, and its outcome where a stage table has it."""
    table = stage_table(files)
    if not table.is_empty():
        deals = _from_table(deals, table)
    if "stage" not in deals.columns:
        return deals
    places = positions(deals["stage"].drop_nulls().unique().to_list(), chosen)
    if not places or "stage_position" in deals.columns:
        return deals
    return deals.with_columns(
        pl.col("stage").replace_strict(places, default=None, return_dtype=pl.Int64).alias("stage_position")
    )


def stage_table(files: Sequence[Typed]) -> pl.DataFrame:
    """One row per stage of the stage files: id, name, place, and the outcome that its flags give."""
    table = one_table([file for file in files if file.role is Role.STAGES], "stage_id")
    if table.is_empty():
        return table
    have = set(table.columns)
    if "is_closed" not in have:
        return table
    closed = pl.col("is_closed").fill_null(value=False)
    # Where the table has no flag of its own for «won», an ended stage is won at a probability of 1.
    won = pl.col("is_won") if "is_won" in have else pl.col("probability") >= 1 if "probability" in have else None
    if won is None:
        return table
    outcome = pl.when(closed & won.fill_null(value=False)).then(pl.lit("won")).when(closed).then(pl.lit("lost"))
    return table.with_columns(outcome.otherwise(pl.lit("open")).alias(STAGE_OUTCOME))


def _from_table(deals: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    facts = ("stage", "stage_position", STAGE_OUTCOME)
    if "stage_id" in deals.columns:
        return look_up(deals, "stage_id", table, "stage_id", facts)
    if "stage" not in deals.columns:
        return deals
    named = deals["stage"].drop_nulls().unique()
    if named.is_in(table["stage_id"].implode()).any():
        deals = look_up(deals.rename({"stage": "stage_id"}), "stage_id", table, "stage_id", facts)
        return deals.with_columns(pl.coalesce("stage", "stage_id").alias("stage"))
    if "stage" not in table.columns:
        return deals
    by_name = table.filter(pl.col("stage").is_not_null()).unique("stage", keep="first", maintain_order=True)
    return look_up(deals, "stage", by_name, "stage", facts)


def positions(stages: Sequence[str], chosen: Mapping) -> dict[str, int]:
    """The place of each stage: as a person said, else as the system ships them; none when unknown."""
    given = {stage: chosen.stages[stage].position for stage in stages if stage in chosen.stages}
    said = {stage: place for stage, place in given.items() if place is not None}
    if said:
        return said
    for shipped in SHIPPED:
        if len(stages) > 1 and set(stages) <= set(shipped):
            return {stage: shipped.index(stage) + 1 for stage in stages}
    return {}
