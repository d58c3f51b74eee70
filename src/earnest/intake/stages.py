"""Stages: their names for their ids, their place in the pipeline, and what the stage table says a deal in them is."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

import polars as pl

from earnest.intake.mapping import Mapping
from earnest.intake.reference import look_up, one_table
from earnest.intake.sources import hubspot, salesforce
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role

STAGE_OUTCOME = "_stage_outcome"
STAGE_ORDER = "_stage_order"

# The stages that a system ships with, in order. They count only when every stage in the file is one of them.
SHIPPED = (salesforce.STAGES, hubspot.STAGES, hubspot.STAGE_LABELS)
_FEWEST_MOVES = 20
_FORWARD_SHARE = 0.8


def with_stages(deals: pl.DataFrame, files: Sequence[Typed]) -> pl.DataFrame:
    """The deals with their stage's name for its id, and what a stage table says of it: its order and its outcome."""
    table = stage_table(files)
    return deals if table.is_empty() else _from_table(deals, table)


def stage_table(files: Sequence[Typed]) -> pl.DataFrame:
    """One row per stage of the stage files: id, name, place, and the outcome that its flags give."""
    table = one_table([file for file in files if file.role is Role.STAGES], "stage_id")
    if table.is_empty():
        return table
    have = set(table.columns)
    if "stage_position" in have:
        table = table.rename({"stage_position": STAGE_ORDER})
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
    facts = ("stage", STAGE_OUTCOME)
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


def places(deals: pl.DataFrame, moves: pl.DataFrame, table: pl.DataFrame, chosen: Mapping) -> dict[str, int]:
    """The place of each stage that open deals can be in, counted from 1; empty when the files cannot tell.

    Told by a person, else by the stage table, else by the list that the system ships with, else by how deals moved.

    Args:
        deals: the deals with `stage` and `outcome`.
        moves: one row per change of stage, with `from_text` and `to_text`.
        table: the stage table; empty when no file is one.
        chosen: what a person said of stages.
    """
    if "stage" not in deals.columns:
        return {}
    ends = _ends(deals)
    named = {stage for stage in [*deals["stage"].drop_nulls().unique(), *_moved_through(moves)] if stage not in ends}
    said = {stage: meaning.position for stage, meaning in chosen.stages.items() if meaning.position is not None}
    if said:
        return {stage: place for stage, place in said.items() if stage in named}
    order = _as_in_the_table(table)
    if named and named <= order.keys():
        return _counted_from_one(order, named)
    for shipped in SHIPPED:
        if len(named) > 1 and named <= set(shipped):
            return _counted_from_one({stage: place for place, stage in enumerate(shipped)}, named)
    return _as_deals_move(moves, named)


def _ends(deals: pl.DataFrame) -> set[str]:
    """The stages in which no deal is open."""
    still_open = deals.lazy().filter(pl.col("outcome") == "open").select(pl.col("stage").unique()).collect()
    return set(deals["stage"].unique().drop_nulls()) - set(still_open["stage"])


def _moved_through(moves: pl.DataFrame) -> set[str]:
    if moves.is_empty():
        return set()
    return {*moves["from_text"].drop_nulls().unique(), *moves["to_text"].drop_nulls().unique()}


def _as_in_the_table(table: pl.DataFrame) -> dict[str, int]:
    if not {"stage", STAGE_ORDER} <= set(table.columns):
        return {}
    known = table.select("stage", STAGE_ORDER).drop_nulls().unique("stage", keep="first", maintain_order=True)
    return dict(known.iter_rows())


def _counted_from_one(order: AnyMapping[str, float], named: set[str]) -> dict[str, int]:
    ranked = sorted(named, key=lambda stage: (order[stage], stage))
    return {stage: place for place, stage in enumerate(ranked, start=1)}


def _as_deals_move(moves: pl.DataFrame, named: set[str]) -> dict[str, int]:
    """The order in which deals go through the stages, when four moves in five go forward in it."""
    if moves.is_empty() or len(named) < 2:
        return {}
    pairs = moves.group_by("from_text", "to_text").len().drop_nulls()
    counts = {(first, then): count for first, then, count in pairs.iter_rows() if {first, then} <= named}
    if sum(counts.values()) < _FEWEST_MOVES:
        return {}
    after = _usually_after(counts)
    try:
        order = dict.fromkeys(named, 0)
        for stage in TopologicalSorter(after).static_order():
            order[stage] = 1 + max((order[earlier] for earlier in after[stage]), default=0)
    except CycleError:
        return {}
    forward = sum(count for (first, then), count in counts.items() if order[then] > order[first])
    return order if forward >= _FORWARD_SHARE * sum(counts.values()) and all(order.values()) else {}


def _usually_after(counts: AnyMapping[tuple[str, str], int]) -> dict[str, set[str]]:
    """For each stage those that deals usually come from; moves that are rare say nothing of the order."""
    rare = max(2, sum(counts.values()) // 100)
    after: dict[str, set[str]] = {}
    for (first, then), count in counts.items():
        after.setdefault(first, set())
        after.setdefault(then, set())
        if count >= rare and count >= _FORWARD_SHARE * (count + counts.get((then, first), 0)):
            after[then].add(first)
    return after
