"""How far the cost of waiting and the value may lie from the likely (D2): ten thousand draws within low, likely, high.

Every figure is drawn from a triangular distribution, independently of the others. Each has a column of chances of its
own from one fixed seed, so the same figures always give the same range, and a higher figure never a lower draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np

from earnest.measures import quantiles
from earnest.measures.arrays import Floats
from earnest.need import value
from earnest.need.value import Estimate, Inputs
from earnest.rulebook import words

DRAWS = 10_000
SEED = 20_251_215
_MOST_STEPS = 36  # so many points make a line of ownership, at most


@dataclass(frozen=True)
class Spread:
    """The values that a tenth and nine tenths of the draws stay below: P10 and P90."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Ranges:
    """P10 to P90 of the cost until the date (None without one) and of the value over ownership.

    Of a benefit that is not money, `value` is the benefit. `moves_most` is the figure that moves it most between its
    low and its high while the others stay likely: a name in `value.FIGURES`, or empty when no figure has a range.
    """

    until_date: Spread | None
    value: Spread
    moves_most: str


@dataclass(frozen=True)
class Step:
    """What has come together by a day: likely, and P10 to P90; the day is a number of days since 1970."""

    day: float
    likely: float
    low: float
    high: float


@dataclass(frozen=True)
class Course:
    """What waiting has cost, and what the purchase has brought less what it cost, as time goes on."""

    waiting: tuple[Step, ...]
    value: tuple[Step, ...]


def ranges(inputs: Inputs) -> Ranges:
    """P10 and P90 of both results and the figure that moves the value most.

    Estimator: 10,000 draws, sample quantiles of type 8. A draw without a gap has no cost and no benefit.
    Assumes independent figures; figures that move together make the true range wider.
    Raises: FigureRefused, BaseVolumeMissing, NoGap.
    """
    value.check(inputs)
    drawn = _drawn(inputs)
    until = None if inputs.by_when is None else _spread(inputs, drawn.until(inputs))
    return Ranges(until, _spread(inputs, drawn.net(inputs, inputs.horizon_months)), _moves_most(inputs))


def course(inputs: Inputs) -> Course:
    """Both sums over time: waiting from today on, ownership from the by-when date on, to the end of the horizon.

    Raises: FigureRefused, BaseVolumeMissing, NoGap.
    """
    value.check(inputs)
    drawn, likely = _drawn(inputs), _of(inputs, {name: float(each) for name, each in inputs.likely().items()})
    start = float(words.epoch_day(inputs.starts_on))
    step = -(-inputs.horizon_months // _MOST_STEPS)
    months = [*range(0, inputs.horizon_months, step), inputs.horizon_months]
    days = [start + month * float(value.MONTH_DAYS) for month in months]
    owned = (_step(day, likely.net(inputs, m), drawn.net(inputs, m)) for day, m in zip(days, months, strict=True))
    waited = (_step(day, likely.after(inputs, m), drawn.after(inputs, m)) for day, m in zip(days, months, strict=True))
    return Course((*_before(inputs, likely, drawn), *waited), tuple(owned))


@dataclass(frozen=True)
class _Drawn:
    """The figures that the results are made of, each as an array of draws."""

    gap: Floats
    unit_value: Floats
    later: Floats
    share: Floats
    one_off_cost: Floats
    running_cost: Floats
    once: Floats

    def until(self, inputs: Inputs, *, at_once: bool = True) -> Floats:
        """The cost of waiting until the by-when date, with what happens at it, or just before that."""
        ahead = at_once and inputs.by_when is not None and inputs.by_when >= inputs.as_of
        waited = self.gap * self.unit_value * ((inputs.days or 0) / float(value.MONTH_DAYS))
        return waited + self.once if ahead else waited

    def after(self, inputs: Inputs, months: int) -> Floats:
        """The cost of waiting until so many months after the by-when date."""
        return self.until(inputs) + self.gap * self.later * months

    def net(self, inputs: Inputs, months: int) -> Floats:
        """What so many months of ownership have brought, less what they have cost where both are money."""
        effect = float(sum((inputs.effect(month) for month in range(1, months + 1)), Decimal(0)))
        benefit = effect * (self.share * self.gap * self.later)
        return benefit - self.one_off_cost - months * self.running_cost if inputs.is_money else benefit


def _drawn(inputs: Inputs) -> _Drawn:
    chances = _chances()
    places = {name: place for place, name in enumerate(value.FIGURES)}
    return _of(inputs, {name: _triangular(each, chances[places[name]]) for name, each in inputs.estimates().items()})


def _of(inputs: Inputs, figures: dict[str, Floats] | dict[str, float]) -> _Drawn:
    known = {name: np.asarray(each, dtype=np.float64) for name, each in figures.items()}
    nought = np.zeros(())
    far = known["target"] - known["baseline"]
    far = -far if inputs.lower_is_better else far
    size = np.maximum(far * known["base_volume"] / 100 if inputs.in_percent else far, 0.0)
    return _Drawn(
        gap=size,
        unit_value=known["unit_value"],
        later=known.get("later_unit_value", known["unit_value"]),
        share=known["share"],
        one_off_cost=known.get("one_off_cost", nought),
        running_cost=known.get("running_cost", nought),
        once=known.get("probability", np.ones(())) * known.get("consequence", nought),
    )


@cache
def _chances() -> Floats:
    """A row of chances for each figure; frozen, since it is shared."""
    drawn = np.random.default_rng(SEED).random((len(value.FIGURES), DRAWS))
    drawn.setflags(write=False)
    return drawn


def _triangular(estimate: Estimate, chances: Floats) -> Floats:
    """Triangular draws by the inverse of the distribution."""
    low, likely, high = float(estimate.low), float(estimate.likely), float(estimate.high)
    if low == high:
        return np.full(DRAWS, likely)
    wide, up, down = high - low, likely - low, high - likely
    below = low + np.sqrt(chances * wide * up)
    return np.where(chances * wide < up, below, high - np.sqrt((1 - chances) * wide * down))


def _spread(inputs: Inputs, drawn: Floats) -> Spread:
    low, high = _ends(drawn)
    return Spread(value.in_benefit_unit(inputs, Decimal(low)), value.in_benefit_unit(inputs, Decimal(high)))


def _ends(drawn: Floats) -> tuple[float, float]:
    if drawn.ndim == 0:
        return float(drawn), float(drawn)
    low, high = quantiles.quantile(drawn, [0.1, 0.9])
    return float(low), float(high)


def _moves_most(inputs: Inputs) -> str:
    """The figure whose low and high lie furthest apart in the value; the earlier in `value.FIGURES` of equals."""
    likely = inputs.likely()
    swings = {
        name: abs(value.net(inputs, likely | {name: each.high}) - value.net(inputs, likely | {name: each.low}))
        for name, each in inputs.estimates().items()
    }
    name = max(swings, key=lambda each: swings[each])
    return name if swings[name] > 0 else ""


def _before(inputs: Inputs, likely: _Drawn, drawn: _Drawn) -> Iterable[Step]:
    """Waiting from today, and just before what happens at the by-when date."""
    if inputs.by_when is None or inputs.by_when <= inputs.as_of:
        return
    yield Step(_day(inputs.as_of), 0.0, 0.0, 0.0)
    yield _step(_day(inputs.by_when), likely.until(inputs, at_once=False), drawn.until(inputs, at_once=False))


def _day(day: date) -> float:
    return float(words.epoch_day(day))


def _step(day: float, likely: Floats, drawn: Floats) -> Step:
    return Step(day, float(likely), *_ends(drawn))
