"""The step that a deal has earned by what its buyer gave (D6), against the one where the seller put it.

A step is earned with every step before it; what is missing is named, and is a finding and never a wall. A step is left
out of the question where nobody writes down what it asks for.
"""

from dataclasses import dataclass

from earnest.need import strength
from earnest.pipeline.tables import DEAL
from earnest.rulebook.rule import Rule
from earnest.rulebook.tree import Expr, choose


@dataclass(frozen=True, eq=False)
class Asked:
    """One thing that a step asks of the buyer: the condition, and its words for a page."""

    holds: Expr
    words: str


def _given(name: str) -> Expr:
    found: Expr = getattr(DEAL, f"{name}_count") > 0
    return found


_UNDERSTOOD = (
    choose(strength.said("N1"), 1, 0)
    + choose(strength.said("N2"), 1, 0)
    + choose(strength.said("N3"), 1, 0)
    + choose(strength.said("N4"), 1, 0)
)

STEPS: tuple[tuple[Asked, ...], ...] = (
    (Asked((~DEAL.latest_inbound_at.missing()).surely(), "a talk, a meeting or a message from the buyer"),),
    (Asked(_UNDERSTOOD >= 3, "three of: where they are, how they measure it, where they planned to be, why the gap"),),
    (
        Asked(strength.said("N5"), "what closing the gap brings them"),
        Asked(strength.said("N6"), "what leaving it costs them"),
        Asked(strength.said("N8"), "by when they need it, and why then"),
    ),
    (
        Asked((DEAL.must_have_count > 0) & (DEAL.must_have_open_count == 0), "each of their must-haves, checked"),
        Asked(~(DEAL.must_have_failed_count > 0).surely(), "no must-have that we fail"),
        Asked(_given("need_said"), "their need in their own words"),
        Asked(_given("help_said"), "how we help, in their own words"),
        Asked(strength.said("N9"), "whose need it is"),
        Asked((DEAL.stake_count > 0) & (DEAL.unheard_count == 0), "the own view of each person who takes part"),
    ),
    (
        Asked(_given("decision_steps"), "their steps to a decision, with days"),
        Asked(_given("price_range"), "that the price range is one they can pay"),
        Asked(~DEAL.lead_time_days.missing(), "how long they need between deciding and using it"),
    ),
    (
        Asked(_given("verbal_yes"), "their spoken yes"),
        Asked(_given("paper_started"), "that the paper is under way"),
    ),
)


def _earned(step: int) -> Expr:
    asked = STEPS[step - 1]
    holds = asked[0].holds
    for each in asked[1:]:
        holds = holds & each.holds
    return holds.surely()


def _highest() -> Expr:
    found: Expr = choose(_earned(6), 6.0, 5.0)
    for step in range(5, 0, -1):
        found = choose(_earned(step), found, step - 1.0)
    return found


# 0 where not even a talk is known; blank where nobody writes down what buyers say.
EARNED = _highest() + 0.0 * DEAL.evidence_count
INFLATION = DEAL.stage_step - EARNED

STAGE_INFLATED = Rule(
    name="stage_inflated",
    title="stage too high",
    flags=INFLATION.named("ahead_steps") >= DEAL.inflation_limit,
    says="It stands {ahead_steps:step} beyond what the buyer has given.",
    clears="Get what the stage asks of the buyer, or move it back to where it really is.",
    asks="What are the steps on your side between a decision and the day it works?",
    source="S4.29",
)

RULES = (STAGE_INFLATED,)
