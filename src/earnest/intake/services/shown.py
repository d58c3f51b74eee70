"""A plan as the page shows it: plain values, a sample of what would be in conflict or held back, everything counted."""

from typing import Any

import polars as pl

from earnest.intake.services.plans import Plan

_CONFLICTS, _REASONS, _LINES = 20, 40, 5


def of_plan(plan: Plan) -> dict[str, Any]:  # JSON of many shapes
    """The counts by table, the names it makes or knows, samples of conflicts and of what is held back."""
    held = plan.held.group_by("held", "table", "reason", maintain_order=True).agg(
        pl.len().alias("count"), pl.col("line").drop_nulls().head(_LINES).alias("lines")
    )
    return {
        "counts": [
            {name: getattr(count, name) for name in ("table", "new", "changed", "same", "conflicts", "refused")}
            for count in plan.counts
        ],
        "names": [{"object": name.object, "new": name.new, "linked": list(name.linked[:10])} for name in plan.names],
        "conflicts": [
            {"table": str(one["table"]), "key": str(one["key"]), "reason": str(one["reason"])}
            for one in plan.conflicts[:_CONFLICTS]
        ],
        "held": held.head(_REASONS).to_dicts(),
        "held_count": plan.held.height,
        "writes": plan.writes,
        "system": plan.source.system,
    }
