"""What the promises room judges in a deal: what we owe this buyer, and whether we keep our word to them."""

from earnest.promises.tables import DEAL
from earnest.rulebook.rule import Rule

PROMISE_OVERDUE = Rule(
    name="promise_overdue",
    title="promise overdue",
    flags=DEAL.promises_overdue_count > 0,
    says="What we promised this buyer and have not delivered: {promises_overdue_count}.",
    clears="Deliver it today, or agree a new day with the person who waits for it.",
    asks="What would help you most until this is done?",
    source="S4.41",
)

PROMISES_BROKEN = Rule(
    name="promises_broken",
    title="word not kept",
    flags=(DEAL.promises_kept_count / DEAL.promises_due_count) < DEAL.kept_rate_floor,
    says="We kept {promises_kept_count} of {promises_due_count} promises to this buyer by their day.",
    clears="Promise less and deliver early; each kept promise counts here.",
    asks="Where have we let you wait, and what did it cost you?",
    source="S4.35",
)

RULES = (PROMISE_OVERDUE, PROMISES_BROKEN)
