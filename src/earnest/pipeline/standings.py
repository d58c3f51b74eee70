"""What the judgement of open deals leaves to be stored: one standing per deal, and the totals above every list."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from earnest.pipeline import findings, frames, grades
from earnest.pipeline.benchmarks import Benchmarks
from earnest.rulebook import on_frames, on_rows, words
from earnest.rulebook.book import Book
from earnest.rulebook.judge import Frame
from earnest.rulebook.rule import Rule, Severity

_GRAVITY = {Severity.HARD: 0, Severity.SOFT: 1, Severity.WATCH: 2, Severity.NOTE: 3}
# Gravest first, and within one severity in the order in which the rooms list them.
ORDERED: tuple[Rule, ...] = tuple(sorted(frames.RULES, key=lambda rule: _GRAVITY[rule.severity]))
_FIGURES = {name: on_rows.compiled(expr) for name, expr in grades.FIGURES.items()}
_FARTHEST_DAY = words.epoch_day(datetime.date(9999, 12, 31))


@dataclass(frozen=True)
class DealStanding:
    """One open deal as judged: which rules flag it, gravest first, which cannot be told, its value and its last day."""

    deal_id: int
    flagged: tuple[str, ...]
    unknown: tuple[str, ...]
    value_minor: int | None
    currency: str
    good_through_on: datetime.date | None
    need_score: float | None = None
    need_band: int | None = None
    claimed_step: int | None = None
    earned_step: int | None = None
    fodder_chance: float | None = None
    step_verdict: str = ""
    date_verdict: str = ""

    @property
    def hard(self) -> bool:
        """Whether it is out of the real pipeline."""
        return any(frames.RULES_BY_NAME[name].severity is Severity.HARD for name in self.flagged)

    @property
    def soft(self) -> bool:
        """Whether it asks for care without being hard."""
        return not self.hard and any(frames.RULES_BY_NAME[name].severity is Severity.SOFT for name in self.flagged)

    @property
    def flagged_json(self) -> str:
        """The flagged rules as they are stored."""
        return json.dumps(list(self.flagged))


def of_book(book: Book, marks: Benchmarks) -> Iterable[DealStanding]:
    """Every open deal of a book, judged; in no particular order."""
    if not book.has("deals", "outcome"):
        # Nobody has told of any deal yet, or the only import was taken back.
        return
    judged = frames.judged(book, marks=marks)
    figures = {name: on_frames.compiled(expr, judged.present) for name, expr in grades.FIGURES.items()}
    blank = nw.lit(None, dtype=nw.Float64)
    columns = {f"_{name}": blank if each is None else each * 1.0 for name, each in figures.items()}
    deals = findings.in_memory(Frame(judged.rows.with_columns(**columns), judged.present, judged.vocabulary))
    place = {rule.name: position for position, rule in enumerate(deals.rules)}
    order = [place[rule.name] for rule in ORDERED]
    names = np.array([rule.name for rule in ORDERED])
    states = deals.states[:, order]
    told = {name: deals.rows[f"_{name}"].to_list() for name in grades.FIGURES}
    for row, deal_id in enumerate(deals.rows["deal_id"].to_list()):
        yield DealStanding(
            int(deal_id),
            tuple(str(name) for name in names[states[row] == findings.FLAGGED]),
            tuple(str(name) for name in names[states[row] == findings.UNKNOWN]),
            int(deals.value[row]) if deals.valued[row] else None,
            deals.currencies[int(deals.currency[row])],
            **_told({name: values[row] for name, values in told.items()}),
        )


def of_row(row: on_rows.Row) -> DealStanding:
    """One open deal, judged from the row that its rules read."""
    answers = [(rule.name, rule.evaluate(row)) for rule in ORDERED]
    amount, listed = row.get("amount"), row.get("list_amount")
    value = amount if amount is not None and amount > 0 else listed
    return DealStanding(
        int(row["deal_id"]),
        tuple(name for name, answer in answers if answer is True),
        tuple(name for name, answer in answers if answer is None),
        None if value is None else int(value),
        str(row.get("currency") or ""),
        **_told({name: figure(row) for name, figure in _FIGURES.items()}),
    )


def _told(figures: Mapping[str, float | None]) -> dict[str, Any]:  # the figures of one deal as its standing holds them
    score, chance = figures["need_score"], figures["fodder_chance"]
    return {
        "good_through_on": _day(figures["good_through_day"]),
        "need_score": None if score is None else round(score, 6),
        "need_band": _whole(figures["need_band"]),
        "claimed_step": _whole(figures["claimed_step"]),
        "earned_step": _whole(figures["earned_step"]),
        "fodder_chance": None if chance is None else round(chance, 6),
        "step_verdict": grades.worded(figures["step_grade"], grades.STEP_VERDICTS),
        "date_verdict": grades.worded(figures["date_grade"], grades.DATE_VERDICTS),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _day(number: float | None) -> datetime.date | None:
    if number is None or not -_FARTHEST_DAY < number <= _FARTHEST_DAY:
        return None
    return words.day_of(int(number))


# The owner, team and stage of a deal; with its currency, what totals are kept by.
Whose = tuple[int | None, int | None, int | None]
NOBODYS: Whose = (None, None, None)
Place = tuple[int | None, int | None, int | None, str]


@dataclass
class Total:
    """How many open deals a place has, how many of them are hard, and their value, all and real."""

    deal_count: int = 0
    hard_count: int = 0
    claimed_minor: int = 0
    real_minor: int = 0

    def add(self, *, value_minor: int | None, hard: bool, sign: int = 1) -> None:
        """Count one deal in, or out again with sign −1."""
        value = value_minor or 0
        self.deal_count += sign
        self.hard_count += sign * hard
        self.claimed_minor += sign * value
        self.real_minor += sign * (0 if hard else value)


def totals(standings: Sequence[DealStanding], places: Mapping[int, Whose]) -> dict[Place, Total]:
    """The totals by owner, team, stage and currency; `places` are the first three by deal."""
    found: dict[Place, Total] = defaultdict(Total)
    for each in standings:
        owner, team, stage = places.get(each.deal_id, NOBODYS)
        found[(owner, team, stage, each.currency)].add(value_minor=each.value_minor, hard=each.hard)
    return dict(found)


def as_json(marks: Benchmarks) -> dict[str, Any]:  # as it stands in the database
    """The benchmarks of a book as JSON, for judging one deal later; the cycle itself is kept beside them."""
    return {
        "overall": dict(marks.overall),
        "by_segment": {name: dict(values) for name, values in marks.by_segment.items()},
        "large_amount": dict(marks.large_amount),
        "stage_median_days": {str(place): days for place, days in marks.stage_median_days.items()},
        "general": dict(marks.general),
    }
