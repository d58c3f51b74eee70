"""How likely a deal is column fodder (D8), in the words that a seller reads."""

import sys
from typing import Any

import pytest

from earnest.pipeline import fodder
from earnest.pipeline.tables import SIGNS
from earnest.rulebook import on_rows
from tests.need.test_rules import levels
from tests.rulebook.verdicts import AS_OF, CLEAR, FLAGGED, NAMES, UNKNOWN, shown, verdict

BASE = fodder.base_logit(8, 78)
T2 = (
    "finished_list", "fits_competitor", "questions_declined", "no_access", "has_favourite", "short_notice",
    "price_first", "junior_contact", "fixed_columns",
)  # fmt: skip
CHANCE = on_rows.compiled(fodder.CHANCE)


def signs(*names: str, need: str = "1 0 1 0 0 0 0 0 0") -> dict[str, Any]:
    counted = {f"sign_{sign.name}_count": int(sign.name in names) for sign in SIGNS}
    return {**counted, **levels(need), "fodder_base_logit": BASE}


def chance(*names: str, need: str = "1 0 1 0 0 0 0 0 0") -> float:
    row = {**signs(*names, need=need), "fodder_damping": 0.7, "fodder_clip": 3.5, "evidence_fresh_days": 90}
    return float(CHANCE({**row, "as_of": (AS_OF - AS_OF.fromordinal(719163)).days}))


@pytest.mark.at("AT-12")
@pytest.mark.duty("S4.49")
def test_the_base_and_the_chances_of_the_story() -> None:
    assert round(chance(), 3) == 0.108
    assert round(chance(*T2), 2) == 0.80
    assert round(chance("way_opened", "early_in", need="3 3 3 2 3 3 2 3 3"), 3) == 0.019


def test_no_number_of_signs_makes_certain() -> None:
    assert chance(*T2) == chance(*T2, "they_ask", "we_talk")


@pytest.mark.duty("S4.50")
def test_nothing_but_the_named_signs_moves_it() -> None:
    """Specific questions and many meetings are no sign: no column of activity is read."""
    assert [name for name in fodder.COLUMN_FODDER.reads if "inbound" in name or "meeting" in name] == []


SENTENCE = "It looks {} likely that we only fill a column in their comparison."


@pytest.mark.duty("S4.49")
@pytest.mark.parametrize(
    NAMES,
    [
        (signs(*T2), FLAGGED, SENTENCE.format("80 %")),
        (signs("finished_list"), CLEAR, ""),
        ({}, UNKNOWN, None),
    ],
)
def test_column_fodder(columns: dict[str, Any], state: str, sentence: str | None) -> None:
    found = verdict(fodder.COLUMN_FODDER, columns)
    assert found[0] == state
    assert sentence is None or found[1] == sentence


@pytest.mark.duty("S4.49")
@pytest.mark.parametrize(
    NAMES,
    [
        (signs("finished_list", "fits_competitor"), FLAGGED, SENTENCE.format("39 %")),
        (signs(*T2), CLEAR, ""),
        (signs(), CLEAR, ""),
        ({}, UNKNOWN, None),
    ],
)
def test_fodder_in_question(columns: dict[str, Any], state: str, sentence: str | None) -> None:
    found = verdict(fodder.FODDER_IN_QUESTION, columns)
    assert found[0] == state
    assert sentence is None or found[1] == sentence


def test_every_rule_of_the_subject_is_shown() -> None:
    shown(fodder.RULES, sys.modules[__name__])
