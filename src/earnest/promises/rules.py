"""What the promises room judges in a deal: what we owe this buyer, and whether we keep our word to them."""

from earnest.promises.tables import DEAL
from earnest.rulebook.rule import Rule, Severity

PROMISE_OVERDUE = Rule(
    name="promise_overdue",
    title="promise overdue",
    flags=DEAL.promises_overdue_count > 0,
    says="We owe this buyer {promises_overdue_count:promise} whose day has passed.",
    clears="Deliver it today, or agree a new day with the person who waits for it.",
    asks="What would help you most until this is done?",
    source="S4.41",
    severity=Severity.WATCH,
)

PROMISES_BROKEN = Rule(
    name="promises_broken",
    title="word not kept",
    flags=(DEAL.promises_kept_count / DEAL.promises_due_count) < DEAL.kept_rate_floor,
    says="Of {promises_due_count:promise} to this buyer that fell due, we kept {promises_kept_count} by the day.",
    clears="Promise less and deliver early; each kept promise counts here.",
    asks="Where have we let you wait, and what did it cost you?",
    source="S4.35",
    severity=Severity.WATCH,
)

RULES = (PROMISE_OVERDUE, PROMISES_BROKEN)
