"""What the need room judges: why the buyer must change, whose need and whose date it is, and whether we fit."""

from functools import reduce
from operator import add

from earnest.need import strength
from earnest.need.tables import DEAL, GAP_ELEMENTS
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tree import Expr, choose

# Signing later than this leaves the buyer too little time before their date (D4).
DECIDE_BY = DEAL.buyer_by_when_on - DEAL.lead_time_days
# Nobody at the buyer said the date: surely so only where what buyers said is written down at all.
_DATE_NOT_THEIRS = (DEAL.n8_said_on.missing() & DEAL.n8_shown_on.missing()).surely()


def _tolerable(gap: Expr) -> Expr:
    """No more than a fortnight, or than a share of the usual cycle where that is known (D4)."""
    usual = gap <= DEAL.forced_tolerance_share * DEAL.median_cycle_days
    return (gap <= DEAL.forced_tolerance_days) | usual.surely()


# They asked for this very close date, or for one near it.
_THEY_ASKED = (_tolerable(DEAL.asked_close_on - DEAL.seller_close_on)).surely() & (
    _tolerable(DEAL.seller_close_on - DEAL.asked_close_on)
).surely()
# We want it sooner than they need to decide, and they never asked for that.
AHEAD = ~_tolerable((DECIDE_BY - DEAL.seller_close_on).named("gap_days")) & ~_THEY_ASKED

# Under four of seven answers, the gap is not understood.
_ANSWERED = reduce(add, (choose(strength.said(element), 1, 0) for element in GAP_ELEMENTS))

NO_NEED = Rule(
    name="no_need",
    title="no need shown",
    flags=(DEAL.stage_step >= 2) & (strength.SCORE.named("need_score") < DEAL.emerging_score),
    says="What the buyer said of their need adds up to {need_score} of 100; no need is shown yet.",
    clears="Ask what leaving it costs them and by when they need it, or decline with a good word.",
    asks="What happens if you leave this as it is for another year?",
    source="S1.3",
    severity=Severity.HARD,
)

NEED_LATE = Rule(
    name="need_emerging_late",
    title="need still thin",
    flags=(DEAL.stage_step >= 4) & (strength.BAND == strength.EMERGING),
    says="The need is only emerging, and the deal stands in a late stage.",
    clears="Go back to the gap with the buyer: what it costs, whose it is, and by when.",
    asks="What does each further month of the present situation cost, and where does that show up?",
    source="S1.3",
)

PRICE_ONLY = Rule(
    name="price_only",
    title="price alone",
    flags=DEAL.price_only_count > 0,
    says="The only reason the buyer gives is the price.",
    clears="Find what it would change for them, or let it go: a low price is no need.",
    asks="What would you be able to do that you cannot do now?",
    source="S4.17",
    severity=Severity.WATCH,
)

NO_BUYER_DATE = Rule(
    name="no_buyer_date",
    title="no buyer date",
    flags=DEAL.buyer_by_when_on.missing() | _DATE_NOT_THEIRS,
    says="Nothing is written down about when the buyer needs this, so the close date is ours alone.",
    clears="Ask what has to be in place by which day, and record who said it.",
    asks="What has to be in place, by which day, and what makes it that day?",
    source="S0.2",
    severity=Severity.NOTE,
)

FORCED_TIMELINE = Rule(
    name="forced_timeline",
    title="forced date",
    flags=AHEAD,
    says="Your close date {seller_close_on} is {gap_days:day} before the buyer needs to decide.",
    clears="Use the buyer's own date, or record that they asked for the earlier one.",
    asks="How did you arrive at that date, and who else is holding you to it?",
    source="S0.2",
    severity=Severity.WATCH,
)

LATE_FOR_BUYER = Rule(
    name="late_for_buyer",
    title="late for them",
    flags=~_tolerable((DEAL.seller_close_on - DECIDE_BY).named("late_days")),
    says="Your close date {seller_close_on} is {late_days:day} too late for the buyer's own date.",
    clears="Tell them now, and agree what can still be in place by their date.",
    asks="What happens the week after that date if it is not there?",
    source="S0.2",
    severity=Severity.WATCH,
)

GAP_UNKNOWN = Rule(
    name="gap_unknown",
    title="gap unknown",
    flags=_ANSWERED.named("answered_count") + 0 * DEAL.evidence_count < DEAL.needed_answers_count,
    says="The buyer has answered {answered_count} of the seven gap questions.",
    clears="Ask where they are now, how they measure it, where they planned to be, and why there is a gap.",
    asks="How does this work here today, from the moment it starts to the moment it is done?",
    source="S1.3",
    severity=Severity.WATCH,
)

FIT_FAILED = Rule(
    name="fit_failed",
    title="we do not fit",
    flags=DEAL.must_have_failed_count > 0,
    says="We cannot do {must_have_failed_count:must-have} of theirs, so they would not reach what they are after.",
    clears="Say so to them now, and name who can; or find with them whether it really must be.",
    asks="If that one thing were missing, what would become of the result you are after?",
    source="S0.3",
    severity=Severity.WATCH,
)

UNHEARD = Rule(
    name="people_unheard",
    title="not all heard",
    flags=DEAL.unheard_count > 0,
    says="Of the {stake_count} who take part, {unheard_count} have not told us how they see it.",
    clears="Hear each of them on the need and its date, and record it in their words.",
    asks="How does this look from where you sit?",
    source="S4.30",
    severity=Severity.NOTE,
)

_HALF_CYCLE_ON = DEAL.opened_on + 0.5 * DEAL.median_cycle_days

RECHECK_DUE = Rule(
    name="recheck_due",
    title="ask again",
    flags=(DEAL.as_of >= _HALF_CYCLE_ON) & (DEAL.evidence_count > 0) & ~(DEAL.evidence_on >= _HALF_CYCLE_ON).surely(),
    says="Half of the usual cycle has passed, and what the buyer said is all from before.",
    clears="Go through the gap and its date with them again, and record what has changed and what still holds.",
    asks="What has changed since we first spoke?",
    source="S4.29",
    severity=Severity.NOTE,
)

RULES = (
    NO_NEED,
    NEED_LATE,
    FORCED_TIMELINE,
    LATE_FOR_BUYER,
    FIT_FAILED,
    GAP_UNKNOWN,
    PRICE_ONLY,
    NO_BUYER_DATE,
    UNHEARD,
    RECHECK_DUE,
)
