"""How likely a deal only fills a column in somebody's comparison (D8): the signs added up, damped, from our own base.

A sign that nobody has spoken of counts nothing, and stands on the page as a question to ask.
"""

import math
from collections.abc import Mapping
from typing import Any

from earnest.need import strength
from earnest.pipeline.tables import COST_TOLD_WEIGHT, DEAL, SIGNS
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tree import Expr, choose

PRIOR_SHARE, PRIOR_DEALS = 0.15, 10


def base_logit(favourite_losses: int, ended: int) -> float:
    """The logit of how often we lose to somebody's favourite: own losses of ten shrunk toward 15 %."""
    share = (favourite_losses + PRIOR_SHARE * PRIOR_DEALS) / (ended + PRIOR_DEALS)
    return math.log(share / (1 - share))


def _holds(name: str) -> Expr:
    found: Expr = getattr(DEAL, f"sign_{name}_count") > 0
    return found


def _signs() -> Expr:
    total: Expr = choose(strength.said("N6"), COST_TOLD_WEIGHT, 0.0)
    for sign in SIGNS:
        total = total + choose(_holds(sign.name), sign.weight, 0.0)
    return total


_DAMPED = DEAL.fodder_damping * _signs()
_CLIPPED = choose(
    DEAL.fodder_clip < _DAMPED,
    DEAL.fodder_clip,
    choose(_DAMPED < DEAL.fodder_clip * -1.0, DEAL.fodder_clip * -1.0, _DAMPED),
)
CHANCE = (DEAL.fodder_base_logit + _CLIPPED).logistic()


COLUMN_FODDER = Rule(
    name="column_fodder",
    title="column fodder",
    flags=CHANCE.named("fodder_share") > DEAL.fodder_chance_limit,
    says="It looks {fodder_share} likely that we only fill a column in their comparison.",
    clears="Change the path: ask for the people who will use it, by a day; or step aside with a good word.",
    asks="How will the comparison be used, and by whom?",
    source="S4.49",
    severity=Severity.HARD,
)

FODDER_IN_QUESTION = Rule(
    name="fodder_in_question",
    title="a comparison?",
    flags=(CHANCE.named("fodder_share") >= DEAL.fodder_ask_chance) & (CHANCE <= DEAL.fodder_chance_limit),
    says="It looks {fodder_share} likely that we only fill a column in their comparison.",
    clears="Ask the questions of another path within ten days, then decide.",
    asks="Where do you stand with the supplier you have now?",
    source="S4.49",
    severity=Severity.WATCH,
)

RULES = (COLUMN_FODDER, FODDER_IN_QUESTION)


def holding(row: Mapping[str, Any]) -> tuple[str, ...]:  # a row as rules read it
    """The names of the signs that hold on a row, in their order."""
    return tuple(sign.name for sign in SIGNS if (row.get(f"sign_{sign.name}_count") or 0) > 0)
