"""What stands above every list and column: how many deals, what is claimed, and what of it is real. Always both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, NullIf

from earnest.people import statements, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access
from earnest.pipeline.asking import COUNTED, Asked
from earnest.pipeline.models import OpenTotal
from earnest.pipeline.reads import narrowing
from earnest.pipeline.reads.narrowing import Shape
from earnest.records.models import Deal, Outcome, Stage

_OPEN = Q(outcome=Outcome.OPEN.value)
_VALUE = Coalesce("standing__value_minor", NullIf("amount_minor", 0), "list_amount_minor")


@dataclass(frozen=True)
class Totals:
    """The deals of one currency: the open ones, claimed and real, and those that have ended."""

    currency: str
    deal_count: int = 0
    hard_count: int = 0
    claimed_minor: int = 0
    real_minor: int = 0
    ended_count: int = 0
    ended_minor: int = 0

    @property
    def not_real_share(self) -> float | None:
        """What part of what is claimed is not real; none where nothing is claimed."""
        return 1 - self.real_minor / self.claimed_minor if self.claimed_minor > 0 else None


def totals(actor: Actor, asked: Asked) -> tuple[Totals, ...]:
    """The totals of a whole list, the largest first.

    Shape: one row per currency. Read from the kept totals where they can tell, else summed from the deals.
    """
    if _is_kept(actor, asked):
        return _largest_first(_totals(values) for values in _kept(actor, asked))
    return _largest_first(_summed(actor, asked))


def by_stage(actor: Actor, asked: Asked) -> dict[int | None, tuple[Totals, ...]]:
    """The totals of each stage of a board, the largest currency first; stages without an open deal have none."""
    rows: Iterable[Mapping[str, Any]] = (
        _kept(actor, asked, "stage_id")
        if _is_kept(actor, asked)
        else narrowing.narrowed(actor, asked).values("stage_id", "currency_id").annotate(**_SUMS).order_by("stage_id")
    )
    found: dict[int | None, list[Totals]] = {}
    for values in rows:
        found.setdefault(values["stage_id"], []).append(_totals(values))
    return {stage: _largest_first(each) for stage, each in found.items()}


def _is_kept(actor: Actor, asked: Asked) -> bool:
    """Whether the kept totals can tell: what was shared one by one is in nobody's totals but its owner's."""
    shared = actor.shared(Deal._meta.label_lower, Access.READ)
    return asked.outcome == Outcome.OPEN and not shared and not asked.values.keys() - COUNTED


def _kept_rows(actor: Actor, asked: Asked) -> "QuerySet[OpenTotal]":
    # The totals have the owner's and the team's number as deals do, so the deals' own predicate holds for them.
    rows = visibility.visible(actor, OpenTotal).filter(visibility.predicate(actor, Deal))
    owner, teams, stage = narrowing.owner_of(actor, asked), narrowing.teams_of(asked), asked.values.get("stage")
    rows = rows if owner is None else rows.filter(owner_id=owner)
    rows = rows if teams is None else rows.filter(team_id__in=teams)
    if stage is not None:
        rows = rows.filter(stage_id=stage) if stage else rows.filter(stage_id__isnull=True)
    if "pipeline" in asked.values:
        stages = visibility.visible(actor, Stage).filter(pipeline_id=asked.values["pipeline"])
        rows = rows.filter(stage_id__in=stages.values("pk"))
    return rows


def _kept(actor: Actor, asked: Asked, *by: str) -> list[dict[str, Any]]:
    """The kept totals by currency, and by whatever else is asked; one statement."""
    shape = narrowing.shape(asked)
    found = statements.rows(_by, actor, shape, by) if narrowing.is_constant(asked) else _by(actor, shape, by)
    return [dict(zip((*by, "currency", *_KEPT), values, strict=True)) for values in found]


def _by(actor: Actor, shape: Shape, by: tuple[str, ...]) -> statements.Query:
    rows: Any = _kept_rows(actor, narrowing.asked_for(shape)).values(*by, "currency").annotate(**_KEPT)  # of Django
    made: statements.Query = rows.order_by(*by, "currency").values_list(*by, "currency", *_KEPT)
    return made


def _summed(actor: Actor, asked: Asked) -> list[Totals]:
    rows = narrowing.narrowed(actor, asked).values("currency_id").annotate(**_SUMS).order_by("currency_id")
    return [_totals(values) for values in rows]


_NAMES = ("currency", "deals", "hard", "claimed", "real", "ended", "ended_value")
_KEPT: dict[str, Any] = {
    "deals": Sum("deal_count"),
    "hard": Sum("hard_count"),
    "claimed": Sum("claimed_minor"),
    "real": Sum("real_minor"),
}
_SUMS: dict[str, Any] = {
    "deals": Count("pk", filter=_OPEN),
    "hard": Count("pk", filter=_OPEN & Q(standing__hard=True)),
    "claimed": Sum(_VALUE, filter=_OPEN),
    # A deal that nobody has judged yet is claimed and not real: blank is not innocent.
    "real": Sum(_VALUE, filter=_OPEN & Q(standing__hard=False)),
    "ended": Count("pk", filter=~_OPEN),
    "ended_value": Sum(_VALUE, filter=~_OPEN),
}


def _totals(values: Mapping[str, Any]) -> Totals:  # as the database gives them
    currency = values["currency"] if "currency" in values else values["currency_id"]
    return Totals(str(currency or ""), *(int(values.get(name) or 0) for name in _NAMES[1:]))


def _largest_first(found: Iterable[Totals]) -> tuple[Totals, ...]:
    """Without the empty ones; amounts that nobody told a currency for are one row without one."""
    rows = [each for each in found if each.deal_count or each.ended_count]
    return tuple(sorted(rows, key=lambda each: (-each.claimed_minor, -each.ended_minor, each.currency)))
