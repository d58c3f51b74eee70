"""Changes as a table of a book: names for ids, and places for stages."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

import polars as pl

from earnest.intake.reference import people
from earnest.intake.stages import stage_table
from earnest.intake.typed import Typed

ORIGIN = "import"  # imported history never looks like something that we saw ourselves


def named(changes: pl.DataFrame, files: Sequence[Typed]) -> pl.DataFrame:
    """The changes with the names of stages and owners in place of their ids."""
    names: dict[str, dict[str, str]] = {"stage": _stage_names(files), "owner": _owner_names(files)}
    for field, meant in names.items():
        if meant:
            mine = pl.col("field") == field
            changes = changes.with_columns(
                pl.when(mine).then(pl.col(side).replace(meant)).otherwise(side).alias(side)
                for side in ("from_text", "to_text")
            )
    return changes


def moves(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes from one stage to another."""
    return changes.filter((pl.col("field") == "stage") & pl.col("from_text").is_not_null())


def changes_table(changes: pl.DataFrame, places: AnyMapping[str, int]) -> pl.DataFrame:
    """The changes as the book wants them; what the files cannot tell of any change is no column.

    Shape: one row per change; unique on change_id; in order of deal and moment.
    """
    stage = pl.col("field") == "stage"
    columns = [pl.lit(ORIGIN).alias("origin")]
    if places:
        columns += [
            pl.when(stage)
            .then(pl.col(f"{side}_text").replace_strict(places, default=None, return_dtype=pl.Int64))
            .alias(f"{side}_position")
            for side in ("from", "to")
        ]
    rows = changes.with_columns(columns)
    rows = rows.with_row_index("change_id", offset=1)
    return rows.select(name for name in rows.columns if _is_told(rows, name))


def _is_told(rows: pl.DataFrame, name: str) -> bool:
    """True when its «from» or its «to» stands anywhere: dates that are known and never moved are history too."""
    _side, _under, what = name.partition("_")
    pair = [name] if name == "change_id" or not name.startswith(("from_", "to_")) else [f"from_{what}", f"to_{what}"]
    return any(rows[one].null_count() < rows.height for one in pair if one in rows.columns)


def latest_stage_day(changes: pl.DataFrame) -> pl.DataFrame:
    """The day on which each deal entered its stage, from its history."""
    entered = changes.filter(pl.col("field") == "stage").group_by("deal_id").agg(pl.col("at").max())
    return entered.select("deal_id", (pl.col("at") // 86_400).cast(pl.Int32).alias("_stage_day"))


def _stage_names(files: Sequence[Typed]) -> dict[str, str]:
    table = stage_table(files)
    if table.is_empty() or "stage" not in table.columns:
        return {}
    return dict(table.select("stage_id", "stage").drop_nulls().iter_rows())


def _owner_names(files: Sequence[Typed]) -> dict[str, str]:
    table = people(files)
    if not {"owner_id", "owner"} <= set(table.columns):
        return {}
    return dict(table.select("owner_id", "owner").drop_nulls().unique("owner_id", keep="first").iter_rows())
