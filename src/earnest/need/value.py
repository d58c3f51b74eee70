"""What waiting costs the buyer, and what the purchase is worth to them over ownership (D2), in exact decimals.

Waiting costs the whole gap; the purchase is credited only with the share of it that it would close.
A month is 30.4375 days. Ownership begins on the by-when date, so what a unit is worth after it counts throughout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from itertools import combinations
from typing import ClassVar, TypeAlias

from earnest.errors import EarnestError
from earnest.rulebook import words

MONTH_DAYS = Decimal("30.4375")
LONGEST_MONTHS = 120
ASKED_DISCOUNT = Decimal("0.10")  # a year, when somebody asks: the rate of Forrester's TEI studies
OUR_ESTIMATE = "our estimate"
# L3.10, for a need that is too weak.
DECLINE = (
    "I do not see yet what it costs you to leave this as it is. Let us not spend your time. "
    "If {condition} happens, call me; I will ask again around {date}."
)
FIGURES = {
    "baseline": "where they are now",
    "target": "where they want to be",
    "base_volume": "the volume that the percentage is of",
    "unit_value": "what one unit costs them each month",
    "later_unit_value": "what one unit costs them each month after the date",
    "share": "the share of the gap that this closes",
    "one_off_cost": "what it costs once",
    "running_cost": "what it costs each month",
    "consequence": "what happens once at the date",
    "probability": "how likely that is",
}
Figures: TypeAlias = Mapping[str, Decimal]

_LARGEST = Decimal(10) ** 12
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)  # room for the product of the largest figures, to the last cent
_ONE, _NOUGHT = Decimal(1), Decimal(0)
_SHARES = ("share", "probability")
_BENEFIT_FACTORS = (("baseline", "target", "base_volume"), ("unit_value",), ("share",))


class FigureRefused(EarnestError):
    """A figure that the cost of waiting or the value would rest on cannot be so."""

    code: ClassVar[str] = "figure_refused"


class NoGap(EarnestError):
    """Where the buyer is now is already as good as where they want to be."""

    code: ClassVar[str] = "no_gap"


class BaseVolumeMissing(EarnestError):
    """A percentage was given without what it is a percentage of."""

    code: ClassVar[str] = "base_volume_missing"


class Source(StrEnum):
    """Whose figure it is."""

    BUYER = "buyer"
    SELLER = "seller"


@dataclass(frozen=True)
class Estimate:
    """A figure as low, likely and high, and whose it is."""

    low: Decimal
    likely: Decimal
    high: Decimal
    source: Source = Source.SELLER


def exactly(amount: Decimal | int | str, source: Source = Source.SELLER) -> Estimate:
    """A figure without a range."""
    value = Decimal(amount)
    return Estimate(value, value, value, source)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What the calculation rests on.

    The gap counts units a month. `in_percent`: baseline and target are percentages of `base_volume`, 0 to 100.
    `ramp` is the share of the effect in month 1, 2, ...; its last value stays, and none is the full effect at once.
    `currency` is of the costs; the benefit is in it too unless `benefit_unit` names another unit, such as meals.
    `discount` is yearly, and off when None. Costs that are not given are nought.
    """

    baseline: Estimate
    target: Estimate
    unit_value: Estimate
    share: Estimate
    horizon_months: int
    as_of: date
    by_when: date | None = None
    lower_is_better: bool = False
    in_percent: bool = False
    base_volume: Estimate | None = None
    later_unit_value: Estimate | None = None
    one_off_cost: Estimate | None = None
    running_cost: Estimate | None = None
    consequence: Estimate | None = None
    probability: Estimate | None = None
    ramp: tuple[Decimal, ...] = ()
    discount: Decimal | None = None
    currency: str = ""
    benefit_unit: str = ""

    @property
    def days(self) -> int | None:
        """Days until the by-when date: nought once it is past, None without one."""
        return None if self.by_when is None else max((self.by_when - self.as_of).days, 0)

    @property
    def starts_on(self) -> date:
        """The day on which the months of ownership begin: the by-when date, or today where it is past or unknown."""
        return max(self.as_of, self.by_when or self.as_of)

    @property
    def is_money(self) -> bool:
        """Whether the benefit is in money, so that costs can be taken off it."""
        return not self.benefit_unit

    def estimates(self) -> dict[str, Estimate]:
        """The figures that count, by name in the order of `FIGURES`; those that nobody gave are left out.

        A base volume counts only for percentages, and what changes at the by-when date only where there is one.
        """
        idle = set() if self.in_percent else {"base_volume"}
        idle |= {"later_unit_value", "consequence", "probability"} if self.by_when is None else set()
        given = {name: getattr(self, name) for name in FIGURES if name not in idle}
        return {name: estimate for name, estimate in given.items() if estimate is not None}

    def likely(self) -> dict[str, Decimal]:
        """The likely value of each figure."""
        return {name: estimate.likely for name, estimate in self.estimates().items()}

    def effect(self, month: int) -> Decimal:
        """The share of the effect in a month of ownership; the first is 1."""
        return self.ramp[min(month, len(self.ramp)) - 1] if self.ramp else _ONE


@dataclass(frozen=True)
class Waiting:
    """What waiting costs the buyer: per month now and after the date, and until the date (None without a date)."""

    gap: Decimal
    per_month: Decimal
    per_month_after: Decimal
    days: int | None
    until_date: Decimal | None


@dataclass(frozen=True)
class Ownership:
    """What the purchase is worth to the buyer over the horizon.

    `value`, `npv` and `payback_month` are None for a benefit that is not money; `npv` also when no discount was asked
    for, and `payback_month` when it is not within the horizon. `ours`: more than half rests on our own estimates.
    """

    benefit: Decimal
    cost: Decimal
    value: Decimal | None
    npv: Decimal | None
    payback_month: int | None
    payback: str
    ours: bool
    decline: str


def waiting(inputs: Inputs) -> Waiting:
    """The cost of inaction of likely figures: the whole gap, before the by-when date and after it.

    Raises: FigureRefused, BaseVolumeMissing, NoGap.
    """
    check(inputs)
    figures = inputs.likely()
    with localcontext(_EXACT):
        size = gap(inputs, figures)
        until = until_date(inputs, figures)
        return Waiting(
            gap=size.normalize() + 0,
            per_month=in_benefit_unit(inputs, size * figures["unit_value"]),
            per_month_after=in_benefit_unit(inputs, size * later(figures)),
            days=inputs.days,
            until_date=None if until is None else in_benefit_unit(inputs, until),
        )


def ownership(inputs: Inputs) -> Ownership:
    """The value over ownership of likely figures, its net present value where asked for, and when it pays back.

    Raises: FigureRefused, BaseVolumeMissing, NoGap.
    """
    check(inputs)
    figures = inputs.likely()
    with localcontext(_EXACT):
        flows = _flows(inputs, figures)
        value = sum(flows, _NOUGHT)
        cost = _cost(inputs, figures)
        discounted = _discounted(flows, inputs.discount) if inputs.discount is not None else None
        month = _payback(flows) if inputs.is_money else None
        weak = inputs.is_money and (value < 0 or month is None)
        return Ownership(
            benefit=in_benefit_unit(inputs, value + cost if inputs.is_money else value),
            cost=rounded(cost, inputs.currency),
            value=rounded(value, inputs.currency) if inputs.is_money else None,
            npv=rounded(discounted, inputs.currency) if inputs.is_money and discounted is not None else None,
            payback_month=month,
            payback=_payback_words(inputs, month),
            ours=_is_ours(inputs),
            decline=DECLINE if weak else "",
        )


def counted_twice(units: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A warning for each two elements that are counted in one unit; `units` are (element, its unit)."""
    return tuple(
        f"{one} and {other} are both counted in {unit.strip()}: the same money may be counted twice. Keep one of them."
        for (one, unit), (other, same) in combinations(units, 2)
        if unit.strip() and unit.strip().casefold() == same.strip().casefold()
    )


def gap(inputs: Inputs, figures: Figures) -> Decimal:
    """Units a month between where they are and where they want to be; nought or less is no gap."""
    far = figures["target"] - figures["baseline"]
    far = -far if inputs.lower_is_better else far
    return far * figures["base_volume"] / 100 if inputs.in_percent else far


def later(figures: Figures) -> Decimal:
    """What a unit is worth after the by-when date: as before, unless somebody said that it changes."""
    return figures.get("later_unit_value", figures["unit_value"])


def until_date(inputs: Inputs, figures: Figures) -> Decimal | None:
    """The cost of waiting until the by-when date, unrounded; what happens at a date that is past is not added."""
    if inputs.by_when is None or inputs.days is None:
        return None
    ahead = inputs.by_when >= inputs.as_of
    once = figures.get("probability", _ONE) * figures.get("consequence", _NOUGHT) if ahead else _NOUGHT
    return gap(inputs, figures) * figures["unit_value"] * inputs.days / MONTH_DAYS + once


def net(inputs: Inputs, figures: Figures) -> Decimal:
    """The value over ownership, unrounded; of a benefit that is not money, the benefit alone."""
    with localcontext(_EXACT):
        return sum(_flows(inputs, figures), _NOUGHT)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """An amount to the smallest unit of its currency, or to two digits, half to even."""
    with localcontext(_EXACT):
        return amount.quantize(Decimal(1).scaleb(-words.minor_digits(currency)))


def in_benefit_unit(inputs: Inputs, amount: Decimal) -> Decimal:
    """An amount as it is shown: in the currency, or to two digits in another unit."""
    return rounded(amount, inputs.currency if inputs.is_money else "")


def _flows(inputs: Inputs, figures: Figures) -> list[Decimal]:
    """What comes in less what goes out: first what it costs once, then each month of ownership."""
    full = figures["share"] * gap(inputs, figures) * later(figures)
    once, running = (
        (figures.get("one_off_cost", _NOUGHT), figures.get("running_cost", _NOUGHT))
        if inputs.is_money
        else (_NOUGHT, _NOUGHT)
    )
    months = range(1, inputs.horizon_months + 1)
    return [-once, *(inputs.effect(month) * full - running for month in months)]


def _cost(inputs: Inputs, figures: Figures) -> Decimal:
    once, running = figures.get("one_off_cost", _NOUGHT), figures.get("running_cost", _NOUGHT)
    return once + inputs.horizon_months * running


def _discounted(flows: Sequence[Decimal], yearly: Decimal) -> Decimal:
    monthly = (1 + yearly) ** (_ONE / 12)
    return sum((flow / monthly**month for month, flow in enumerate(flows)), _NOUGHT)


def _payback(flows: Sequence[Decimal]) -> int | None:
    """The first month of ownership at whose end as much has come in as has gone out."""
    so_far = flows[0]
    for month, flow in enumerate(flows[1:], start=1):
        so_far += flow
        if so_far >= 0:
            return month
    return None


def _payback_words(inputs: Inputs, month: int | None) -> str:
    if not inputs.is_money:
        return ""
    return f"not within {words.plural(inputs.horizon_months, 'month')}" if month is None else f"month {month}"


def _is_ours(inputs: Inputs) -> bool:
    """Whether more than half of the three factors of the benefit, counted, are ours: gap, value of a unit, share.

    The gap is ours when any figure that makes it is.
    """
    estimates = inputs.estimates()
    if "later_unit_value" in estimates:
        estimates["unit_value"] = estimates["later_unit_value"]
    ours = {name for name, estimate in estimates.items() if estimate.source is Source.SELLER}
    return 2 * sum(1 for names in _BENEFIT_FACTORS if ours & set(names)) > len(_BENEFIT_FACTORS)


def check(inputs: Inputs) -> None:
    """Refuse figures from which nothing honest can be calculated.

    Raises: FigureRefused for one outside its bounds, BaseVolumeMissing for a bare percentage, NoGap.
    """
    for name, estimate in inputs.estimates().items():
        _check_estimate(name, estimate)
    _check_whole(inputs)
    if inputs.in_percent and inputs.base_volume is None:
        raise BaseVolumeMissing(
            "A percentage alone has no value.",
            why="The same percentage of ten and of ten thousand differs a thousandfold.",
            fix="Ask what it is a percentage of, each month, and enter that volume.",
        )
    with localcontext(_EXACT):
        size = gap(inputs, inputs.likely())
    if size <= 0:
        now, wanted = inputs.baseline.likely, inputs.target.likely
        raise NoGap(
            f"No gap shown: they are at {now} and want {wanted}, where {_better(inputs)} is better.",
            why="Without a gap, waiting costs nothing and there is nothing to close.",
            fix="Ask where they stand and where they planned to be, or decline with a good word.",
            data={"baseline": str(now), "target": str(wanted)},
        )


def _better(inputs: Inputs) -> str:
    return "lower" if inputs.lower_is_better else "higher"


def _check_estimate(name: str, estimate: Estimate) -> None:
    ends = (estimate.low, estimate.likely, estimate.high)
    most = _ONE if name in _SHARES else _LARGEST
    least = -_LARGEST if name in ("baseline", "target") else _NOUGHT
    if not all(end.is_finite() for end in ends) or not least <= ends[0] <= ends[1] <= ends[2] <= most:
        raise FigureRefused(
            f"{FIGURES[name].capitalize()} cannot be {ends[0]} to {ends[2]}, likely {ends[1]}.",
            why=f"Low, likely and high must rise in that order and stand between {least:,} and {most:,}.",
            fix="Correct the three figures.",
            data={"figure": name, "low": str(ends[0]), "likely": str(ends[1]), "high": str(ends[2])},
        )
    if name == "share" and estimate.low == 0:
        raise FigureRefused(
            "The share of the gap that this closes cannot be nought.",
            why="What closes nothing of the gap has no value to calculate.",
            fix="Enter a share above 0, up to 1, or decline with a good word.",
            data={"figure": name, "low": "0"},
        )


def _check_whole(inputs: Inputs) -> None:
    shares = [*inputs.ramp, *(() if inputs.discount is None else (inputs.discount,))]
    if not 1 <= inputs.horizon_months <= LONGEST_MONTHS or not all(0 <= share <= 1 for share in shares):
        raise FigureRefused(
            "The months of ownership, the ramp or the yearly discount are out of bounds.",
            why=f"Ownership is 1 to {LONGEST_MONTHS} whole months; each step of the ramp and the discount are 0 to 1.",
            fix="Correct them.",
            data={"horizon_months": inputs.horizon_months, "shares": [str(share) for share in shares]},
        )
