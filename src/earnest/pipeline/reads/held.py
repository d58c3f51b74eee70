"""What a deal holds of the evidence that stages ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.pipeline import evidence
from earnest.records.models import Activity, Deal, Stage, Stakeholder

_THEIRS = ("in", "both")
_SPOKEN = ("meeting", "call")


@dataclass(frozen=True)
class Lacking:
    """A deal and what the stage it is to move to asks for and it does not have."""

    deal_id: int
    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A stage as a move needs it."""

    stage_id: int
    name: str
    meaning: str
    pipeline_id: int
    place: int | None


@dataclass(frozen=True)
class LackingOf:
    """A stage, and the deals that lack something it asks for."""

    step: Step
    deals: list[Lacking]


def lacking_of(actor: Actor, deal_ids: Sequence[int], stage_id: int, *, as_of: date) -> LackingOf:
    """What deals lack of what a stage asks for, with the stage.

    Raises: NotFound when there is no such stage.
    """
    target = step(actor, stage_id)
    if target is None:
        raise authority.not_found("stage", stage_id)
    return LackingOf(target, lacking(actor, deal_ids, target, as_of=as_of))


def step(actor: Actor, stage_id: int) -> Step | None:
    """A stage by its number; None where there is none."""
    rows = visibility.visible(actor, Stage).filter(pk=stage_id)
    values = rows.values_list("id", "name", "meaning", "pipeline_id", "position").first()
    return None if values is None else Step(*values)


def lacking(actor: Actor, deal_ids: Sequence[int], target: Step, *, as_of: date) -> list[Lacking]:
    """The deals that lack something the stage asks for; a deal that only goes back lacks nothing.

    Shape: one row per deal that lacks something, by number. One statement.
    """
    # A meeting that is only planned is no contact yet.
    activities = visibility.visible(actor, Activity).filter(deal_id=OuterRef("pk"), at__date__lte=as_of)
    heard = activities.filter(Q(direction__in=_THEIRS) | Q(channel__in=_SPOKEN) & ~Q(direction="out"))
    people = visibility.visible(actor, Stakeholder).filter(deal_id=OuterRef("pk"))
    deals = visibility.visible(actor, Deal).filter(pk__in=deal_ids).exclude(stage_id=target.stage_id)
    rows = deals.annotate(
        heard=Exists(heard),
        problem_owner=Exists(people.filter(role="owner")),
        decider=Exists(people.filter(role="decider")),
    ).order_by("pk")
    return [found for values in rows.values(*_READ) if (found := _lacking(values, target)) is not None]


_READ = (
    "pk",
    "title",
    "account__name",
    "amount_minor",
    "buyer_by_when_on",
    "lead_time_days",
    "stage__position",
    "stage__pipeline_id",
    "heard",
    "problem_owner",
    "decider",
)


def _lacking(values: dict[str, object], target: Step) -> Lacking | None:
    place = values["stage__position"] if values["stage__pipeline_id"] == target.pipeline_id else None
    if not evidence.is_forward(place if isinstance(place, int) else None, target.place):
        return None
    there = {
        "heard": bool(values["heard"]),
        "problem_owner": bool(values["problem_owner"]),
        "decider": bool(values["decider"]),
        "by_when": values["buyer_by_when_on"] is not None,
        "amount": bool(values["amount_minor"]),
        "lead_time": values["lead_time_days"] is not None,
    }
    missing = evidence.missing(target.meaning, there)
    name = str(values["account__name"] or values["title"] or f"Deal {values['pk']}")
    return Lacking(int(str(values["pk"])), name, missing) if missing else None
