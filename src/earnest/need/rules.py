"""What the need room judges: whose date is in the forecast, and whether anybody knows why the buyer must change."""

from functools import reduce
from operator import add

from earnest.need.tables import DEAL, GAP_ELEMENTS
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tree import Expr, choose

# Signing later than this leaves the buyer too little time before their date (D4).
DECIDE_BY = DEAL.buyer_by_when_on - DEAL.lead_time_days


def _beyond_tolerance(gap: Expr) -> Expr:
    """More than a fortnight, and more than a share of the usual cycle where that is known (D4)."""
    usual = gap <= DEAL.forced_tolerance_share * DEAL.median_cycle_days
    return (gap > DEAL.forced_tolerance_days) & ~usual.surely()


def _answered(element: str) -> Expr:
    """1 when the element has an answer that a buyer gave (level 2 or more), else 0."""
    level = getattr(DEAL, f"{element.lower()}_level")
    return choose(level.missing() | (level < 2), 0, 1)


NO_BUYER_DATE = Rule(
    name="no_buyer_date",
    title="no buyer date",
    flags=DEAL.buyer_by_when_on.missing(),
    says="Nothing is written down about when the buyer needs this, so the close date is ours alone.",
    clears="Ask what has to be in place by which day, and record who said it.",
    asks="What has to be in place, by which day, and what makes it that day?",
    source="S0.2",
    severity=Severity.NOTE,
)

FORCED_TIMELINE = Rule(
    name="forced_timeline",
    title="forced date",
    flags=_beyond_tolerance((DECIDE_BY - DEAL.seller_close_on).named("gap_days")),
    says="Your close date {seller_close_on} is {gap_days:day} before the buyer needs to decide.",
    clears="Use the buyer's own date, or record that they asked for the earlier one.",
    asks="How did you arrive at that date, and who else is holding you to it?",
    source="S0.2",
)

LATE_FOR_BUYER = Rule(
    name="late_for_buyer",
    title="late for them",
    flags=_beyond_tolerance((DEAL.seller_close_on - DECIDE_BY).named("late_days")),
    says="Your close date {seller_close_on} is {late_days:day} too late for the buyer's own date.",
    clears="Tell them now, and agree what can still be in place by their date.",
    asks="What happens the week after that date if it is not there?",
    source="S0.2",
)

GAP_UNKNOWN = Rule(
    name="gap_unknown",
    title="gap unknown",
    flags=reduce(add, map(_answered, GAP_ELEMENTS)).named("answered_count") < DEAL.needed_answers_count,
    says="The buyer has answered {answered_count} of the seven gap questions.",
    clears="Ask where they are now, how they measure it, where they planned to be, and why there is a gap.",
    asks="How does this work here today, from the moment it starts to the moment it is done?",
    source="S1.3",
)

RULES = (NO_BUYER_DATE, FORCED_TIMELINE, LATE_FOR_BUYER, GAP_UNKNOWN)
