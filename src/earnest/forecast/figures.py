"""What the forecast room shows, as plain values: the range for the open book, its reasons, its record on past days."""

import msgspec

from earnest.measures.figures import Money, Rate


class Range(msgspec.Struct, frozen=True):
    """A forecast in one currency: mean and percentiles of what the open book will bring in the period."""

    currency: str
    mean: Money
    p10: Money
    p25: Money
    p50: Money
    p75: Money
    p90: Money
    deal_count: int
    open_value: Money
    stage_default: Money | None
    stated_weighted: Money | None


class AgeBand(msgspec.Struct, frozen=True):
    """Deals of one age today: what became of earlier deals at that age within a period; what is expected of these."""

    from_days: int
    to_days: int | None
    history: Rate
    win_share: float
    open_count: int
    expected_win_count: float


class Backcheck(msgspec.Struct, frozen=True):
    """The same method on one past day, from only what was known then, beside what followed."""

    day: int
    currency: str
    open_count: int
    expected: Money
    p10: Money
    p90: Money
    happened: Money
    stage_default: Money | None


class Forecast(msgspec.Struct, frozen=True):
    """The forecast of the open book for the period (D24, method A by age, with the common shock).

    `backcheck_error` is the mean absolute percentage error over the backchecks, None when there are none.
    `too_few` says why there is no figure, where there is none.
    """

    from_day: int
    to_day: int
    too_few: str
    ranges: tuple[Range, ...]
    bands: tuple[AgeBand, ...]
    backchecks: tuple[Backcheck, ...]
    backcheck_error: float | None
    stage_default_error: float | None
    shock: float
    method: str
