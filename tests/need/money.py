"""Figures of a need for tests: the true need of the told story, and a way to vary one figure of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from earnest.need.value import Estimate, Inputs, Source, exactly

BUYER = Source.BUYER
SLOTS = Inputs(
    baseline=exactly(96, BUYER),
    target=exactly(30, BUYER),
    lower_is_better=True,
    unit_value=exactly(140, BUYER),
    later_unit_value=exactly(260, BUYER),
    share=exactly("0.8"),
    one_off_cost=exactly(24_000),
    running_cost=exactly(3_900),
    horizon_months=36,
    ramp=(Decimal("0.4"), Decimal("0.7"), Decimal(1)),
    as_of=date(2025, 12, 15),
    by_when=date(2026, 3, 2),
    currency="EUR",
)


def between(low: Decimal | int | str, likely: Decimal | int | str, high: Decimal | int | str) -> Estimate:
    """A seller's estimate with its range."""
    return Estimate(Decimal(low), Decimal(likely), Decimal(high))


WIDE = replace(
    SLOTS,
    baseline=between(80, 96, 110),
    unit_value=between(120, 140, 150),
    later_unit_value=between(200, 260, 280),
    share=between("0.5", "0.8", "0.9"),
    running_cost=between(3_500, 3_900, 4_500),
)
