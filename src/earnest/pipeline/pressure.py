"""What the pipeline room judges of our own pressure on a buyer: a date that is ours, and a price that is no price."""

from functools import reduce
from operator import or_

from earnest.need.rules import AHEAD
from earnest.pipeline.tables import DEAL, PERIOD_COUNT
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tree import Expr


def _in_last_days(day: Expr) -> Expr:
    """The day is one of the last working days of a period of ours."""
    windows = [
        (day >= getattr(DEAL, f"period_{number}_from")) & (day <= getattr(DEAL, f"period_{number}_until"))
        for number in range(1, PERIOD_COUNT + 1)
    ]
    found: Expr = reduce(or_, windows).surely()
    return found


# D4: ahead of the buyer, and moved, timed or baited by us.
_PULLED_IN = (~DEAL.pulled_in_at.missing()).surely()
FORCED = AHEAD & (_in_last_days(DEAL.seller_close_on) | _in_last_days(DEAL.offer_ends_on) | _PULLED_IN)

FORCED_DATE = Rule(
    name="forced_date",
    title="our date",
    flags=FORCED,
    says="Our period, our offer or our own pull puts the close date {gap_days:day} before the buyer needs to decide.",
    clears="Restore the buyer's date, and keep the price until then; or have a second person agree to this one.",
    asks="What would change for you if this waited until your own date?",
    source="S0.2",
    severity=Severity.WATCH,
)

DEEP_DISCOUNT = Rule(
    name="deep_discount",
    title="deep discount",
    flags=((DEAL.list_amount - DEAL.amount) / DEAL.list_amount).named("discount_share") > DEAL.usual_discount_share,
    says="A discount of {discount_share} is deeper than in nine of ten deals we have won.",
    clears="Take something out or change the term; do not lower the price for a date.",
    asks="What part of this could wait, or be smaller?",
    source="S4.17",
    severity=Severity.WATCH,
)

BELOW_FLOOR = Rule(
    name="below_floor",
    title="below the floor",
    flags=DEAL.amount < DEAL.floor_share * DEAL.list_amount,
    says="At {amount} it is under a fifth of its price: hardly a sale.",
    clears="Agree a pilot with its measure, its end and the price after; or have a second person agree to a gift.",
    asks="What would make this worth paying for?",
    source="S4.17",
    severity=Severity.WATCH,
)

RULES = (FORCED_DATE, DEEP_DISCOUNT, BELOW_FLOOR)
