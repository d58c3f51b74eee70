"""How strong a need is (D1), from what buyers said: a score of 0 to 100, its band, and the three gates.

An element counts with the best level at which somebody said it and has not taken it back; what was said too long ago
counts as belief until it is said again.
"""

from earnest.need.tables import DEAL, NEED_ELEMENTS, column
from earnest.rulebook.tree import Expr, choose

WEIGHTS = {"N1": 1.0, "N2": 1.0, "N3": 1.0, "N4": 1.0, "N5": 1.5, "N6": 2.0, "N7": 1.0, "N8": 2.0, "N9": 1.5}
WORTH = (0.0, 0.2, 0.7, 1.0)  # of level 0 to 3
GATES = ("N6", "N8", "N9")
NO_NEED, EMERGING, REAL, COMPELLING = range(4)
BANDS = ("no need shown", "emerging", "real", "compelling")
LETTERS = ("N", "E", "R", "C")

# 2.0: a quarter, or as long as nine wins in ten of its kind took, whichever is longer.
FRESH_DAYS = choose(
    DEAL.good_through_days > DEAL.evidence_fresh_days, DEAL.good_through_days, DEAL.evidence_fresh_days
).or_else(DEAL.evidence_fresh_days * 1.0)


def _fresh(said_on: Expr) -> Expr:
    return (DEAL.as_of - said_on <= FRESH_DAYS).surely()


def _by_level(element: str, values: tuple[float, float, float, float]) -> Expr:
    name = element.lower()
    believed = choose((column(f"{name}_told_count") > 0).surely(), values[1], values[0])
    said = choose(_fresh(column(f"{name}_said_on")), values[2], believed)
    return choose(_fresh(column(f"{name}_shown_on")), values[3], said)


def level(element: str) -> Expr:
    """The level at which an element counts today, 0 to 3."""
    return _by_level(element, (0.0, 1.0, 2.0, 3.0))


def said(element: str) -> Expr:
    """Whether a buyer said it (level 2 or more), lately enough."""
    name = element.lower()
    return _fresh(column(f"{name}_shown_on")) | _fresh(column(f"{name}_said_on"))


def _sum(parts: list[Expr]) -> Expr:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


# Nothing written down divides by nought, and so is blank: unknown, and no nought.
_SOMETHING = choose(DEAL.evidence_count > 0, 1.0, 0.0)

# The weights sum to 12; every step is in hundredths of one twelfth, so that all engines add the same numbers.
SCORE = _sum(
    [
        _by_level(element, tuple(round(1000 * WEIGHTS[element] * worth) * 1.0 for worth in WORTH))  # type: ignore[arg-type]  # four of four
        for element in NEED_ELEMENTS
    ]
) / (_SOMETHING * 120.0)

GATES_HOLD = said("N6") & said("N8") & said("N9")
_PRICE_ALONE = (DEAL.price_only_count > 0).surely()

# 0 no need shown, 1 emerging, 2 real, 3 compelling; where price is the only reason it is emerging at most.
BAND = choose(
    SCORE < DEAL.emerging_score,
    0.0,
    choose(
        (SCORE < DEAL.real_score) | _PRICE_ALONE, 1.0, choose((SCORE < DEAL.compelling_score) | ~GATES_HOLD, 2.0, 3.0)
    ),
)

LEVELS_BY_ELEMENT = {element: level(element) for element in NEED_ELEMENTS}
