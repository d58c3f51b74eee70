"""Which deals an asked-for list has: the one predicate, then what the address narrows it to."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from earnest.people import actors, visibility
from earnest.people.actors import Actor
from earnest.people.models import Role
from earnest.pipeline.asking import Asked
from earnest.pipeline.models import Flag
from earnest.records.models import Deal, Outcome

# How many digits the smallest unit of a currency has, by ISO 4217.
_DIGITS = (0, 2, 3, 4)


# What a list is narrowed to and in which order, as a key: its filters by name, its order, and which way round.
Shape: TypeAlias = tuple[tuple[tuple[str, Any], ...], str, bool]


def is_constant(asked: Asked) -> bool:
    """Whether the list's statement rests on its filters alone: the teams below one are read from the tree."""
    return "team" not in asked.values


def shape(asked: Asked) -> Shape:
    """The list as a key of statements; where it goes on is not in it."""
    return tuple(sorted(asked.values.items())), asked.order, asked.descending


def asked_for(shape: Shape) -> Asked:
    """The list of a key."""
    values, order, descending = shape
    return Asked(values=dict(values), order=order, descending=descending)


def narrowed(actor: Actor, asked: Asked) -> "QuerySet[Deal]":
    """The deals that the actor sees and the list asks for; in no order."""
    deals = visibility.visible(actor, Deal).filter(_outcome(asked.outcome), _place(actor, asked))
    for name, condition in _CONDITIONS.items():
        if name in asked.values:
            deals = deals.filter(condition(asked.values[name]))
    if "rule" in asked.values:
        standing = visibility.visible(actor, Flag).filter(deal_id=OuterRef("pk"), until_on=None)
        deals = deals.filter(Exists(standing.filter(rule=asked.values["rule"])))
    return deals


def owner_of(actor: Actor, asked: Asked) -> int | None:
    """Whose deals: one's own for somebody who sells, everybody's otherwise, unless the list asks for somebody's."""
    chosen = asked.values.get("owner", "me" if actor.role == Role.REP else "all")
    if chosen == "me":
        return actor.user_id
    return None if chosen == "all" else int(chosen)


def teams_of(asked: Asked) -> list[int] | None:
    """The asked-for team and those below it; None when none is asked for."""
    if "team" not in asked.values:
        return None
    return sorted(actors.with_teams_below(frozenset({int(asked.values["team"])})))


def _place(actor: Actor, asked: Asked) -> Q:
    owner, teams, stage = owner_of(actor, asked), teams_of(asked), asked.values.get("stage")
    condition = Q() if owner is None else Q(owner_id=owner)
    if teams is not None:
        condition &= Q(team_id__in=teams)
    if stage is not None:
        condition &= Q(stage_id=stage) if stage else Q(stage_id__isnull=True)
    if "pipeline" in asked.values:
        condition &= Q(stage__pipeline_id=asked.values["pipeline"])
    return condition


def _outcome(chosen: str) -> Q:
    if chosen == "any":
        return Q()
    return ~Q(outcome=Outcome.OPEN.value) if chosen == "ended" else Q(outcome=chosen)


def _standing(chosen: object) -> Q:
    if chosen == "clear":
        return Q(standing__hard=False, standing__soft=False)
    return Q(standing__hard=True) if chosen == "hard" else Q(standing__soft=True)


def _amount(side: str, major: object) -> Q:
    """The amount against a number of major units, each deal in its own currency."""
    condition = Q(pk__in=())
    for digits in _DIGITS:
        minor = min(int(str(major)) * 10**digits, 2**63 - 1)
        condition |= Q(currency__minor_digits=digits, **{f"amount_minor__{side}": minor})
    return condition


_CONDITIONS: dict[str, Callable[[object], Q]] = {
    "q": lambda text: Q(title__icontains=text) | Q(account__name__icontains=text),
    "segment": lambda text: Q(segment__iexact=text),
    "real": _standing,
    "least": lambda major: _amount("gte", major),
    "most": lambda major: _amount("lte", major),
    "their": lambda word: Q(buyer_by_when_on__isnull=word == "unknown"),
    "from": lambda day: Q(seller_close_on__gte=day),
    "until": lambda day: Q(seller_close_on__lte=day),
}
