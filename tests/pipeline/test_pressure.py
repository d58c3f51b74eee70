"""What the rules say of our own pressure: a date that is ours, and a price that is no price (D4, D25)."""

import sys
from typing import Any

import pytest

from earnest.pipeline import pressure
from tests.need.test_rules import T1, T4
from tests.rulebook.verdicts import CLEAR, FLAGGED, NAMES, UNKNOWN, day, shown, verdict

EARLY = {**T4, "seller_close_on": day("2026-02-04")}  # ahead of the buyer, and in the middle of a quarter
OURS = "Our period, our offer or our own pull puts the close date {} days before the buyer needs to decide."


@pytest.mark.at("AT-14")
@pytest.mark.duty("S0.2")
@pytest.mark.parametrize(
    NAMES,
    [
        (T4, FLAGGED, OURS.format(73)),
        (EARLY, CLEAR, ""),
        ({**EARLY, "pulled_in_at": day("2025-12-08") * 86_400}, FLAGGED, OURS.format(37)),
        ({**EARLY, "offer_ends_on": day("2025-12-31")}, FLAGGED, OURS.format(37)),
        ({**EARLY, "offer_ends_on": day("2026-02-15")}, CLEAR, ""),
        # The last ten working days of December begin on the 18th.
        ({**T4, "seller_close_on": day("2025-12-18")}, FLAGGED, OURS.format(85)),
        ({**T4, "seller_close_on": day("2025-12-17")}, CLEAR, ""),
        ({**T4, "asked_close_on": day("2025-12-31")}, CLEAR, ""),
        (T1, CLEAR, ""),
        ({**T4, "lead_time_days": None}, UNKNOWN, "Not known yet: the agreed lead time is blank."),
    ],
)
def test_forced_date(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(pressure.FORCED_DATE, columns) == (state, sentence)


PRICE = {"amount": 265_000_00, "list_amount": 340_000_00, "currency": "EUR"}


@pytest.mark.duty("S4.17")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {**PRICE, "usual_discount_share": 0.15},
            FLAGGED,
            "A discount of 22 % is deeper than in nine of ten deals we have won.",
        ),
        ({**PRICE, "usual_discount_share": 0.25}, CLEAR, ""),
        (
            PRICE,
            UNKNOWN,
            "Not known: nothing here tells the discount that nine in ten wins stay under.",
        ),
    ],
)
def test_deep_discount(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(pressure.DEEP_DISCOUNT, columns) == (state, sentence)


@pytest.mark.duty("S4.17")
@pytest.mark.parametrize(
    NAMES,
    [
        ({**PRICE, "amount": 67_999_99}, FLAGGED, "At EUR 68 k it is under a fifth of its price: hardly a sale."),
        ({**PRICE, "amount": 68_000_00}, CLEAR, ""),
        ({**PRICE, "list_amount": None}, UNKNOWN, "Not known yet: the list price of its products is blank."),
    ],
)
def test_below_floor(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(pressure.BELOW_FLOOR, columns) == (state, sentence)


def test_every_rule_of_the_subject_is_shown() -> None:
    shown(pressure.RULES, sys.modules[__name__])
