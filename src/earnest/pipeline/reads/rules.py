"""A rule as people read it: what it says, what clears it, what it rests on, and how many of one's deals it flags."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from django.db.models import Count

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.pipeline import frames, standings
from earnest.pipeline.models import Flag
from earnest.pipeline.services import changed_thresholds
from earnest.records.models import Outcome
from earnest.rulebook import words
from earnest.rulebook.book import AS_OF, AS_OF_AT
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tables import Column

MEANS = {
    Severity.HARD: "takes the deal out of the real pipeline",
    Severity.SOFT: "leaves the deal in, in doubt",
    Severity.WATCH: "asks for a look",
    Severity.NOTE: "only tells",
}


# What every rule is judged on; no deal brings it.
_DAYS = {AS_OF.label, AS_OF_AT.label}


@dataclass(frozen=True)
class Limit:
    """A threshold that a rule reads: what holds now, what it was built with, and why."""

    label: str
    value: str
    default: str
    unit: str
    why: str
    changed: bool


@dataclass(frozen=True)
class RulePage:
    """Everything a page says about one rule."""

    rule: Rule
    says: str
    means: str
    limits: tuple[Limit, ...]
    reads: tuple[str, ...]
    deal_count: int


def rule(actor: Actor, name: str) -> RulePage:
    """One rule with how many of the open deals that the actor sees it flags.

    Raises: NotFound.
    """
    found = frames.RULES_BY_NAME.get(name)
    if found is None:
        raise authority.not_found("rule", name)
    vocabulary, limits = frames.vocabulary(), _limits(found, changed_thresholds())
    settled = {limit.name for limit in frames.THRESHOLDS}
    reads = sorted({vocabulary[each].label for each in found.reads - settled if each in vocabulary} - _DAYS)
    return RulePage(found, said(found), MEANS[found.severity], limits, tuple(reads), _deals_flagged(actor, name))


def rules(actor: Actor) -> list[tuple[Rule, str, str, int]]:
    """Every rule, gravest first: its sentence, what its flag does, and how many visible open deals it flags."""
    counts = flagged(actor)
    return [(each, said(each), MEANS[each.severity], counts.get(each.name, 0)) for each in standings.ORDERED]


def said(found: Rule) -> str:
    """A rule's sentence without a deal: each value that a deal brings stands as its name in angle marks."""
    vocabulary = frames.vocabulary()
    parts = Formatter().parse(found.says)
    return "".join(text + (f"‹{_label(name, vocabulary)}›" if name else "") for text, name, _spec, _conversion in parts)


def flagged(actor: Actor) -> dict[str, int]:
    """How many open deals that the actor sees each rule flags; rules that flag none are left out."""
    standing = visibility.visible(actor, Flag).filter(until_on=None, deal__outcome=Outcome.OPEN.value)
    counted = standing.values("rule").annotate(deals=Count("deal_id", distinct=True)).order_by("rule")
    return {str(row["rule"]): int(row["deals"]) for row in counted}


def _deals_flagged(actor: Actor, name: str) -> int:
    standing = visibility.visible(actor, Flag).filter(rule=name, until_on=None, deal__outcome=Outcome.OPEN.value)
    return int(standing.aggregate(deals=Count("deal_id", distinct=True))["deals"])


def _label(name: str, vocabulary: Mapping[str, Column]) -> str:
    return vocabulary[name].label if name in vocabulary else name.replace("_", " ")


def _limits(found: Rule, changed: Mapping[str, float]) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            each.name.replace("_", " "),
            words.number(changed.get(each.name, each.default)),
            words.number(each.default),
            each.unit,
            each.why,
            each.name in changed,
        )
        for each in frames.THRESHOLDS
        if each.name in found.reads
    )
