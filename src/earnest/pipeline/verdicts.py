"""The verdicts of one deal as its page shows them: sentence, evidence, since when, what clears it, who set it aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from earnest.need import rules as need_rules
from earnest.people import actors, visibility
from earnest.people.actors import Actor
from earnest.pipeline import frames, lines, services, standings
from earnest.pipeline import rules as pipeline_rules
from earnest.pipeline.models import Flag, Marks, Override
from earnest.records import book as books
from earnest.records.models import Deal, Outcome
from earnest.records.reads.stream import Entry, Mark, older
from earnest.rulebook import book as rulebook
from earnest.rulebook import on_rows, words
from earnest.rulebook.rule import Severity, State, Verdict, spoken, verdict_on_row

# With fewer open deals than this the whole book is judged while a page waits for it.
JUDGED_AT_ONCE = 2_000
_CONTEXT = frozenset({rulebook.AS_OF.name, rulebook.AS_OF_AT.name}) | {each.name for each in frames.THRESHOLDS}
_DECIDE_BY = on_rows.compiled(need_rules.DECIDE_BY)
_GOOD_THROUGH = on_rows.compiled(pipeline_rules.GOOD_THROUGH_ON)
_OVERRIDE_RANK = 4


@dataclass(frozen=True)
class Aside:
    """Who set a finding aside, why, and until when."""

    who: str
    reason: str
    at: datetime
    until_on: date


@dataclass(frozen=True)
class Line:
    """What one rule says of the deal.

    `evidence` are the values it read, in words; of an unknown, `missing` says what nobody has told.
    """

    rule: str
    title: str
    severity: str
    state: str
    sentence: str
    clears: str
    asks: str
    source: str
    evidence: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    since_on: date | None = None
    aside: Aside | None = None


@dataclass(frozen=True)
class Verdicts:
    """All verdicts of an open deal on a day, gravest first, the one question, and the days that are worked out."""

    on: date
    flagged: tuple[Line, ...]
    unknown: tuple[Line, ...]
    clear: tuple[str, ...]
    ask: str
    ask_why: str
    decide_by_on: date | None
    good_through_on: date | None

    @property
    def hard(self) -> bool:
        """Whether it is out of the real pipeline."""
        return any(line.severity == Severity.HARD for line in self.flagged)


def judged_day(*, as_of: date, at: datetime) -> date | None:
    """The day that all verdicts stand for; a small book that is behind is judged first.

    Shape: None before the first judgement of a book of 2,000 open deals or more.
    """
    marks = visibility.visible(actors.WORKSPACE, Marks).order_by("-on")
    judged = marks.values_list("on", flat=True).first()
    if judged is not None and judged >= as_of:
        return judged
    everybodys = visibility.visible(actors.WORKSPACE, Deal).filter(outcome=Outcome.OPEN)
    if len(everybodys.values_list("pk")[:JUDGED_AT_ONCE]) == JUDGED_AT_ONCE:
        return judged
    services.judge_book(as_of=as_of, at=at)
    return as_of


def of_deal(actor: Actor, deal_id: int) -> Verdicts | None:
    """The verdicts of one deal, as of the day the book was last judged for; None for one that ended or is not theirs.

    Shape: a constant number of queries; the same rules and the same row as every list.
    """
    marks = visibility.visible(actors.WORKSPACE, Marks).order_by("-on").first()
    if marks is None:
        return None
    rows = books.rows_of(actor, [deal_id])
    tables = rows.by_deal.get(deal_id)
    if tables is None or tables["deals"][0]["outcome"] != Outcome.OPEN:
        return None
    context = rulebook.book(
        (), as_of=marks.on, thresholds=frames.THRESHOLDS, changed=services.settled(marks.on)
    ).context()
    row = frames.deal_row(tables, services.restored(marks), context=context, present=rows.present)
    return _told(row, marks.on, _since(actor, deal_id), _asides(actor, deal_id, marks.on))


def _told(row: Mapping[str, Any], on: date, since: Mapping[str, date], asides: Mapping[str, Aside]) -> Verdicts:
    found = [verdict_on_row(rule, row, frames.vocabulary()) for rule in standings.ORDERED]
    flagged = [verdict for verdict in found if verdict.state is State.FLAGGED]
    unknown = [verdict for verdict in found if verdict.state is State.UNKNOWN]
    speaking = [verdict for verdict in flagged if verdict.rule.name not in asides]
    question, why = lines.next_question(speaking, [verdict.rule for verdict in unknown])
    currency = str(row.get("currency") or "")
    return Verdicts(
        on,
        tuple(_line(verdict, currency, since, asides) for verdict in flagged),
        tuple(_line(verdict, currency, since, asides) for verdict in unknown),
        tuple(verdict.rule.title for verdict in found if verdict.state is State.CLEAR),
        question,
        why,
        _day(_DECIDE_BY(row)),
        _day(_GOOD_THROUGH(row)),
    )


def _line(verdict: Verdict, currency: str, since: Mapping[str, date], asides: Mapping[str, Aside]) -> Line:
    rule = verdict.rule
    return Line(
        rule.name,
        rule.title,
        rule.severity.value,
        verdict.state.value,
        verdict.sentence,
        rule.clears,
        rule.asks,
        rule.source,
        evidence=_evidence(verdict, currency),
        missing=_labels((*verdict.absent, *verdict.blank)),
        since_on=since.get(rule.name),
        aside=asides.get(rule.name),
    )


def _evidence(verdict: Verdict, currency: str) -> tuple[tuple[str, str], ...]:
    columns = frames.vocabulary()
    told = [(name, value) for name, value in verdict.values.items() if name not in _CONTEXT and value is not None]
    return tuple(
        (columns[name].label, f"{spoken(value, columns[name].kind, currency)}{_unit(name)}")
        for name, value in told
        if name in columns
    )


def _unit(name: str) -> str:
    unit = frames.vocabulary()[name].unit
    return f" {unit}" if unit else ""


def _labels(names: Sequence[str]) -> tuple[str, ...]:
    columns = frames.vocabulary()
    return tuple(dict.fromkeys(columns[name].label if name in columns else name.replace("_", " ") for name in names))


def _day(number: float | None) -> date | None:
    try:
        return None if number is None else words.day_of(int(number))
    except OverflowError:
        return None


def _since(actor: Actor, deal_id: int) -> dict[str, date]:
    rows = visibility.beneath(actor, Flag, deal_id).filter(until_on=None).order_by("-since_on", "-id")
    return dict(rows.values_list("rule", "since_on"))


def _asides(actor: Actor, deal_id: int, on: date) -> dict[str, Aside]:
    rows = visibility.beneath(actor, Override, deal_id).filter(until_on__gt=on).order_by("id")
    found = rows.values_list("about", "made_by__name", "reason", "at", "until_on")
    return {about: Aside(who, reason, at, until) for about, who, reason, at, until in found}


def overrides(actor: Actor, deal_id: int, after: Mark | None, limit: int) -> list[Entry]:
    """What was set aside in a deal, as entries of its stream."""
    rows = visibility.beneath(actor, Override, deal_id).annotate(moment=F("at"))
    found = rows.filter(older(after, rank=_OVERRIDE_RANK)).order_by("-moment", "-id")
    told = found.values_list("id", "moment", "about", "reason", "made_by__name", "until_on")[:limit]
    return [
        Entry(
            Mark(moment, _OVERRIDE_RANK, number),
            "override",
            who,
            f"set aside «{_title(about)}» until {words.long_date(until)}",
            reason,
            id=number,
            icon="clock",
        )
        for number, moment, about, reason, who, until in told
    ]


def _title(about: str) -> str:
    rule = frames.RULES_BY_NAME.get(about)
    return about if rule is None else rule.title
