"""Scales: where a value stands between the two ends of a picture, and a few round ticks along the way."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# Values beyond this are drawn at the edge: the difference of two of them is still a finite number.
_LARGEST = 1e300
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, evenly. Both ends are finite and `low` is below `high`: make one with `covering`."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """The place of a value between 0 and 1; a value beyond an end stands at that end, what is no number at 0."""
        if not -_LARGEST <= value <= _LARGEST:
            return 1.0 if value > 0 else 0.0
        place = (value - self.low) / (self.high - self.low)
        return 0.0 if place < 0 else 1.0 if place > 1 else place


def covering(values: Iterable[float | None], *, room: float = 0.0) -> Scale:
    """The scale from zero, or the lowest value below it, to the highest value, with `room` as a share above it.

    Zero is always on it, so that a length can be read as an amount. Blank and endless values are passed over.
    """
    known = [_bounded(value) for value in values if value is not None and math.isfinite(value)]
    low = min([0.0, *known])
    high = max([0.0, *known])
    if high - low <= 0:
        return Scale(low, low + 1.0)
    return _proper(low, _bounded(high + (high - low) * room))


def between(values: Iterable[float | None]) -> Scale:
    """The scale from the lowest to the highest value, for dates and for what has no zero."""
    known = [_bounded(value) for value in values if value is not None and math.isfinite(value)]
    if not known:
        return Scale(0.0, 1.0)
    return _proper(min(known), max(known))


def rounded(scale: Scale, *, count: int = 4) -> Scale:
    """The scale with its ends moved outwards to round values, so that `ticks` of the same count stand at both."""
    for _widening in range(3):  # a wider scale may have wider steps, whose ends lie further out
        step = _round_step((scale.high - scale.low) / max(count, 1))
        low, high = math.floor(scale.low / step + 1e-9) * step, math.ceil(scale.high / step - 1e-9) * step
        scale = _proper(_bounded(low), _bounded(high))
    return scale


def ticks(scale: Scale, *, count: int = 4) -> tuple[float, ...]:
    """About `count` round values on the scale: steps of 1, 2, 2.5 or 5 times a power of ten."""
    span = scale.high - scale.low
    step = _round_step(span / max(count, 1))
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    return tuple(place * step for place in range(first, last + 1))


def day_ticks(scale: Scale, *, count: int = 4) -> tuple[tuple[float, str], ...]:
    """A few firsts of months along a scale of epoch days, with `Jan 2017` for each; no tick where no date can stand."""
    try:
        first, last = (_EPOCH + timedelta(days=math.floor(end)) for end in (scale.low, scale.high))
    except OverflowError:
        return ()
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120) if months / size <= count), 1200)
    firsts = _firsts_of_months(first, last, step)
    return tuple((float((day - _EPOCH).days), f"{day:%b %Y}") for day in firsts if first <= day <= last)


def _firsts_of_months(first: date, last: date, step: int) -> list[date]:
    start = (first.year * 12 + first.month - 1) // step * step
    end = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1, step) if 1 <= month // 12 <= 9999]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(rough, 1e-300)))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))


def _proper(low: float, high: float) -> Scale:
    """A scale with its ends apart, also where the values are so large that one more is lost in rounding."""
    return Scale(low, high) if high > low else Scale(low, low + max(1.0, abs(low) * 1e-9))


def _bounded(value: float) -> float:
    return min(max(float(value), -_LARGEST), _LARGEST)
