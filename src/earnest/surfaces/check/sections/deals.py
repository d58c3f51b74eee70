"""Section 3, each open deal: one dense line each, which opens to its sentences and the one question to ask next."""

from dataclasses import dataclass

from earnest.charts import scales, strips
from earnest.charts.svg import Drawing
from earnest.pipeline.figures import DealLine, Deals, VerdictLine
from earnest.rulebook import words
from earnest.surfaces.check.layout import Remark, spoken
from earnest.surfaces.check.wording import deals as wording
from earnest.surfaces.check.wording import phrases

# The age strip ends at twice the good-through date, so that the date stands in its middle on every line.
_AGES = scales.Scale(0, 2)


@dataclass(frozen=True)
class Chip:
    """A verdict as a shape and two words."""

    tone: str
    title: str


@dataclass(frozen=True)
class Told:
    """A verdict as its sentence, and what would clear it."""

    tone: str
    title: str
    sentence: str
    clears: str


@dataclass(frozen=True)
class Line:
    """One deal as it is shown."""

    buyer: str
    code: str
    amount: str
    amount_note: str
    theirs: str
    ours: str
    step: str
    age: str
    age_drawing: Drawing | None
    pushes: str
    chips: tuple[Chip, ...]
    more: str
    flag_count: int
    told: tuple[Told, ...]
    unknown: str
    ask_next: str
    ask_why: str
    against: str
    facts: tuple[Remark, ...]


@dataclass(frozen=True)
class Section:
    """Everything that section 3 shows."""

    finding: str
    order: str
    unit: str
    lines: tuple[Line, ...]
    questions: tuple[str, ...]
    elsewhere: str


def section(deals: Deals) -> Section:
    """Section 3 from its figures."""
    currencies = {line.amount.currency for line in deals.lines if line.amount is not None}
    unit = next(iter(currencies)) if len(currencies) == 1 else ""
    return Section(
        finding=wording.finding(deals),
        order=wording.ORDER if deals.lines else "",
        unit=unit,
        lines=tuple(_line(line, unit) for line in deals.lines),
        questions=wording.questions(deals),
        elsewhere=wording.elsewhere(deals),
    )


def _line(line: DealLine, unit: str) -> Line:
    flagged = [verdict for verdict in line.verdicts if verdict.state == "flagged"]
    return Line(
        buyer=wording.buyer(line),
        code=wording.code(line),
        amount=phrases.amount_only(line.amount) if unit else phrases.money(line.amount),
        amount_note=wording.amount_note(line),
        theirs=phrases.day(line.buyer_by_when_day),
        ours=phrases.day(line.seller_close_day),
        step=wording.step(line),
        age=wording.age(line),
        age_drawing=_age(line),
        pushes=wording.pushes(line),
        chips=_chips(line, flagged),
        more=f"+{len(flagged) - wording.CHIPS}" if len(flagged) > wording.CHIPS else "",
        flag_count=len(flagged),
        told=tuple(Told(_tone(verdict), verdict.title, verdict.sentence, verdict.clears) for verdict in flagged),
        unknown=wording.unknown(line),
        ask_next=line.ask_next,
        ask_why=line.ask_why if all(line.ask_why != verdict.sentence for verdict in flagged) else "",
        against=wording.against(line),
        facts=_facts(line),
    )


def _chips(line: DealLine, flagged: list[VerdictLine]) -> tuple[Chip, ...]:
    if flagged:
        return tuple(Chip(_tone(verdict), verdict.title) for verdict in flagged[: wording.CHIPS])
    if line.unknown_titles:
        return (Chip("unknown", f"{words.count(len(line.unknown_titles))} unknown"),)
    return (Chip("clear", "clear"),)


def _tone(verdict: VerdictLine) -> str:
    return verdict.severity if verdict.state == "flagged" else verdict.state


def _age(line: DealLine) -> Drawing | None:
    if line.age_days is None or line.good_through_day is None or line.opened_day is None:
        return None
    through = max(line.good_through_day - line.opened_day, 1)
    kind = "aged past" if line.days_past else "aged"
    return strips.strip(
        strips.bar(_AGES, 0, _AGES.high, kind="track", thick=6),
        strips.bar(_AGES, 0, line.age_days / through, kind=kind, thick=6),
        strips.post(_AGES, 1),
    )


def _facts(line: DealLine) -> tuple[Remark, ...]:
    pairs = (
        ("Deal", line.title),
        ("Owner", line.owner),
        ("Stage", line.stage),
        ("Segment", line.segment),
        ("Next step", wording.step(line)),
    )
    return tuple(Remark(term, told) for term, told in pairs if spoken(told))
