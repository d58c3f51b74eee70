"""What a person's day asks of the verdicts: what is due, which one question would change one, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from earnest.people import actors, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Role
from earnest.pipeline import frames
from earnest.pipeline import rules as pipeline_rules
from earnest.pipeline.models import Flag, Marks, Override
from earnest.records.models import Deal, Outcome
from earnest.records.reads import deal as deals
from earnest.rulebook.rule import Severity

MOST_DUE, MOST_AHEAD, MOST_QUESTIONS, MOST_FRESH = 25, 6, 5, 8
_LOOKED_THROUGH = 80
_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """A next step that is due, with the buyer's person who expects it and the buyer's own date."""

    deal_id: int
    buyer: str
    person: str
    next_step: str
    on: date
    buyer_by_when_on: date | None
    owner: str
    overdue: bool = False


@dataclass(frozen=True)
class Due:
    """The next steps that are overdue or due today, and those of the coming week; counts are of all there are."""

    count: int
    now: tuple[Step, ...]
    ahead: tuple[Step, ...]


@dataclass(frozen=True)
class Question:
    """A deal whose verdict hangs on one flag, and the question that would settle it."""

    deal_id: int
    buyer: str
    person: str
    owner: str
    rule: str
    asks: str
    value_minor: int | None
    currency: str
    buyer_by_when_on: date | None


@dataclass(frozen=True)
class Fresh:
    """A flag that stands since today."""

    deal_id: int
    buyer: str
    owner: str
    rule: str


def due(actor: Actor, *, on: date) -> Due:
    """The next steps that somebody at a buyer expects: those the overdue rule flags, today's, the coming week's.

    What is due now begins with the buyer whose own date is nearest; the coming week goes by its days.
    """
    rule = pipeline_rules.OVERDUE_NEXT_STEP.name
    rows = _mine(actor)
    late = rows.filter(flags__rule=rule, flags__until_on=None)
    today = rows.filter(next_step_on=on).exclude(next_step="")
    week = rows.filter(next_step_on__gt=on, next_step_on__lte=on + _AHEAD).exclude(next_step="")
    their_date = F("buyer_by_when_on").asc(nulls_last=True)
    found = [_steps(each.order_by(their_date, "next_step_on", "id"), MOST_DUE) for each in (late, today)]
    found.append(_steps(week.order_by("next_step_on", their_date, "id"), MOST_AHEAD))
    people = deals.stakes_of(actor, [row[0] for rows_of in found for row in rows_of])
    late_steps, today_steps, week_steps = (
        tuple(_step(row, people, overdue=place == 0) for row in each) for place, each in enumerate(found)
    )
    count = _count(late, late_steps) + _count(today, today_steps)
    return Due(count, late_steps + today_steps, week_steps)


_StepRow = tuple[int, str | None, str, str, date | None, date | None, str | None]
_People = dict[int, tuple[deals.Stake, ...]]


def _steps(rows: "QuerySet[Deal]", most: int) -> list[_StepRow]:
    found = rows.values_list(
        "id", "account__name", "title", "next_step", "next_step_on", "buyer_by_when_on", "owner__name"
    )
    return list(found[:most])


def _step(row: _StepRow, people: _People, *, overdue: bool) -> Step:
    number, account, title, step, on, by_when, owner = row
    return Step(
        number, account or title, _person(people, number), step, on or date.max, by_when, owner or "", overdue=overdue
    )


def _count(rows: "QuerySet[Deal]", shown: Sequence[Step]) -> int:
    return len(shown) if len(shown) < MOST_DUE else rows.count()


def questions(actor: Actor, *, on: date) -> tuple[Question, ...]:
    """Deals where one question would change the verdict, the largest first.

    A deal with one hard flag would be real without it; with no hard flag and one soft, it would be in no doubt; with
    neither and one that asks for a look, it would be clear.
    """
    rows = (
        _mine(actor)
        .filter(standing__flag_count__gt=0)
        .order_by(F("standing__value_minor").desc(nulls_last=True), "id")
        .values_list(
            "id", "account__name", "title", "owner__name", "standing__value_minor", "standing__currency",
            "standing__flagged", "buyer_by_when_on",
        )[:_LOOKED_THROUGH]
    )  # fmt: skip
    listed = list(rows)
    aside = _set_aside(actor, [row[0] for row in listed], on)
    chosen = [(row, name) for row in listed if (name := _deciding(row[6], aside.get(row[0], set())))][:MOST_QUESTIONS]
    people = deals.stakes_of(actor, [row[0] for row, _name in chosen])
    return tuple(
        Question(
            number,
            account or title,
            _person(people, number),
            owner or "",
            name,
            frames.RULES_BY_NAME[name].asks,
            value,
            currency or "",
            by_when,
        )
        for (number, account, title, owner, value, currency, _flagged, by_when), name in chosen
    )


def _deciding(flagged: Sequence[str], aside: set[str]) -> str:
    """The one flag of the gravest kind that a question can settle; empty where there are several or none."""
    speaking = [frames.RULES_BY_NAME[name] for name in flagged if name in frames.RULES_BY_NAME and name not in aside]
    for severity in (Severity.HARD, Severity.SOFT, Severity.WATCH):
        kind = [rule for rule in speaking if rule.severity is severity]
        if kind:
            return kind[0].name if len(kind) == 1 and kind[0].asks else ""
    return ""


def _set_aside(actor: Actor, deal_ids: Sequence[int], on: date) -> dict[int, set[str]]:
    rows = visibility.visible(actor, Override).filter(deal_id__in=deal_ids, until_on__gt=on)
    found: dict[int, set[str]] = {}
    for deal_id, about in rows.values_list("deal_id", "about"):
        found.setdefault(deal_id, set()).add(about)
    return found


def fresh_flags(actor: Actor, *, on: date) -> tuple[Fresh, ...]:
    """Flags that are new today; on the very first day of judgement everything would be, so nothing is."""
    marks = visibility.visible(actors.WORKSPACE, Marks)
    if not marks.filter(on__lt=on).exists():
        return ()
    grave = [rule.name for rule in frames.RULES if rule.severity is not Severity.NOTE]
    rows = (
        visibility.visible(actor, Flag)
        .filter(deal__in=_mine(actor).values("pk"), since_on=on, until_on=None, rule__in=grave)
        .order_by("deal_id", "id")
        .values_list("deal_id", "deal__account__name", "deal__title", "deal__owner__name", "rule")
    )
    found = rows[:MOST_FRESH]
    return tuple(Fresh(number, account or title, owner or "", rule) for number, account, title, owner, rule in found)


def _mine(actor: Actor) -> "QuerySet[Deal]":
    """The open deals of one's day: those one may write, and for analysts, who write nothing, all they see."""
    access = Access.READ if actor.role == Role.ANALYST else Access.WRITE
    return visibility.visible(actor, Deal, access).filter(outcome=Outcome.OPEN)


def _person(people: _People, deal_id: int) -> str:
    named = [stake.name for stake in people.get(deal_id, ()) if stake.name]
    return named[0] if named else ""
