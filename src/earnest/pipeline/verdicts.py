"""The verdicts of one deal as its page shows them: sentence, evidence, since when, what clears it, who set it aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from earnest.need import strength
from earnest.people import actors, visibility
from earnest.people.actors import Actor
from earnest.pipeline import earned, frames, grades, lines, services, standings
from earnest.pipeline.models import Flag, Marks, Override, Signal
from earnest.pipeline.tables import SIGNS, Sign
from earnest.records import book as books
from earnest.records.models import Deal, Outcome
from earnest.records.reads.stream import Entry, Mark, older
from earnest.rulebook import book as rulebook
from earnest.rulebook import on_rows, words
from earnest.rulebook.rule import Severity, State, Verdict, spoken, verdict_on_row

# With fewer open deals than this the whole book is judged while a page waits for it.
JUDGED_AT_ONCE = 2_000
_CONTEXT = frozenset({rulebook.AS_OF.name, rulebook.AS_OF_AT.name}) | {each.name for each in frames.THRESHOLDS}
_FIGURES = {name: on_rows.compiled(expr) for name, expr in grades.FIGURES.items()}
_LEVELS = {element: on_rows.compiled(level) for element, level in strength.LEVELS_BY_ELEMENT.items()}
_STEPS = tuple(tuple((on_rows.compiled(each.holds), each.words) for each in step) for step in earned.STEPS)
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
class Told:
    """A deal by its figures: its need, its step, its date, and how likely it only fills a column.

    Each is None, or empty, where nobody can tell. `missing` is what the step after the earned one asks of the buyer;
    `signs` are the signs of column fodder with what is known of each.
    """

    need_score: float | None
    need_band: str
    claimed_step: int | None
    earned_step: int | None
    missing: tuple[str, ...]
    step_verdict: str
    date_verdict: str
    fodder_chance: float | None
    signs: tuple[tuple[Sign, bool | None], ...]
    # The level at which each element of the need counts today, by its name: what was said too long ago is belief.
    levels: Mapping[str, int]

    @property
    def inflation(self) -> int | None:
        """How many steps the deal stands beyond what its buyer has given."""
        return None if self.claimed_step is None or self.earned_step is None else self.claimed_step - self.earned_step


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
    told: Told

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
    signs = dict(visibility.beneath(actor, Signal, deal_id).filter(until_on=None).values_list("name", "holds"))
    return _judged(row, marks.on, _since(actor, deal_id), _asides(actor, deal_id, marks.on), signs)


def _judged(
    row: Mapping[str, Any],
    on: date,
    since: Mapping[str, date],
    asides: Mapping[str, Aside],
    signs: Mapping[str, bool],
) -> Verdicts:
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
        _day(_FIGURES["decide_by_day"](row)),
        _day(_FIGURES["good_through_day"](row)),
        _told(row, signs),
    )


def _told(row: Mapping[str, Any], signs: Mapping[str, bool]) -> Told:
    found = {name: figure(row) for name, figure in _FIGURES.items()}
    band = found["need_band"]
    step, earned_step = found["claimed_step"], found["earned_step"]
    return Told(
        found["need_score"],
        "" if band is None else strength.BANDS[int(band)],
        None if step is None else int(step),
        None if earned_step is None else int(earned_step),
        () if earned_step is None else _missing(row, int(earned_step)),
        grades.worded(found["step_grade"], grades.STEP_VERDICTS),
        grades.worded(found["date_grade"], grades.DATE_VERDICTS),
        found["fodder_chance"],
        tuple((sign, signs.get(sign.name)) for sign in SIGNS),
        {element: int(level(row) or 0) for element, level in _LEVELS.items()},
    )


def _missing(row: Mapping[str, Any], earned_step: int) -> tuple[str, ...]:
    """What the step after the earned one asks of the buyer and does not have yet."""
    if earned_step >= len(_STEPS):
        return ()
    return tuple(words_of for holds, words_of in _STEPS[earned_step] if holds(row) is not True)


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
