"""What the need room adds to the book: what buyers said, what they must have, and who was heard."""

from earnest.records.tables import DEALS
from earnest.rulebook import measure, tree
from earnest.rulebook.book import AS_OF, AS_OF_AT
from earnest.rulebook.measure import Measure
from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table

# The nine elements of a need (D1), each as what its answer tells; the first seven are the gap questions.
NEED_ELEMENTS = {
    "N1": "where the buyer stands now",
    "N2": "how they measure it",
    "N3": "where they planned to be",
    "N4": "why there is a gap",
    "N5": "what closing it brings them",
    "N6": "what leaving it costs them",
    "N7": "what they gain over the years",
    "N8": "by when they need it, and why then",
    "N9": "whose need it is",
}
GAP_ELEMENTS = tuple(NEED_ELEMENTS)[:7]
# What else a buyer's words can support: no part of the need's strength, yet asked for by a rule or a stage.
OTHER_ELEMENTS = {
    "need_said": "their need in their own words",
    "help_said": "how we help, in their own words",
    "decision_fear": "what worries them about deciding",
    "price_only": "that price is their only reason",
    "close_date": "that they asked for this close date",
    "decision_steps": "their steps to a decision, with days",
    "price_range": "that the price range is one they can pay",
    "lead_time": "how long they need between deciding and using it",
    "verbal_yes": "their spoken yes",
    "paper_started": "that the paper is under way",
}
ELEMENTS = (*NEED_ELEMENTS, *OTHER_ELEMENTS)

# 0 nothing in it; 1 the seller believes it; 2 a buyer said it; 3 with a figure, in writing, or by a second person.
LEVELS = (0, 1, 2, 3)
BUYER_SAID, SHOWN = 2, 3

EVIDENCE = Table(
    "evidence",
    "evidence_id",
    (
        Column("evidence_id", Kind.INTEGER, "the evidence's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("element", Kind.TEXT, "what it supports"),
        Column("level", Kind.INTEGER, "its level, 0 to 3"),
        Column("said_on", Kind.DAY, "the day it was said"),
        Column("about_on", Kind.DAY, "the day it speaks of"),
        Column("corrected_on", Kind.DAY, "the day it was corrected"),
    ),
)
MUST_HAVES = Table(
    "must_haves",
    "must_have_id",
    (
        Column("must_have_id", Kind.INTEGER, "the must-have's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("answer", Kind.TEXT, "whether we can do it: unknown, yes, no, work"),
        Column("answered_on", Kind.DAY, "the day it was answered"),
    ),
)
STAKES = Table(
    "stakes",
    "stake_id",
    (
        Column("stake_id", Kind.INTEGER, "the number of the part somebody takes"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("since_on", Kind.DAY, "the day they were first known"),
        Column("heard_on", Kind.DAY, "the day their own view was first recorded"),
    ),
)

THRESHOLDS = (
    Threshold("forced_tolerance_days", 14, "days", "D4: a fortnight either way is ordinary planning; judgement."),
    Threshold("forced_tolerance_share", 0.15, "share of the median cycle", "D4: long cycles move more; judgement."),
    Threshold("pulled_in_days", 14, "days", "D4: a date pulled in by a fortnight without the buyer's word; judgement."),
    Threshold("evidence_fresh_days", 90, "days", "2.0: what was said a quarter ago may no longer hold; judgement."),
    Threshold(
        "needed_answers_count", 4, "answers", "D6: under four of seven answers the gap is not understood; judgement."
    ),
    Threshold("emerging_score", 25, "of 100", "D1: under a quarter no need is shown; judgement until refitted."),
    Threshold("real_score", 50, "of 100", "D1: from half on the need is real; judgement until refitted."),
    Threshold(
        "compelling_score", 75, "of 100", "D1: from three quarters on, with its gates; judgement until refitted."
    ),
)

_TODAY = frame_table("today", (AS_OF,))
# What was said until today and not corrected until today.
_COUNTS = (EVIDENCE.said_on <= _TODAY.as_of) & ~(EVIDENCE.corrected_on <= _TODAY.as_of).surely()


def _latest(element: str, level: int, told: str) -> Measure:
    """The latest day on which the element was said at this level or above."""
    name = f"{element.lower()}_{'shown' if level == SHOWN else 'said'}_on"
    where = (EVIDENCE.element == element) & (EVIDENCE.level >= level) & _COUNTS
    return measure.largest(Column(name, Kind.DAY, told), EVIDENCE, value=EVIDENCE.said_on, where=where)


def _heard(element: str, level: int, name: str, told: str) -> Measure:
    where = (EVIDENCE.element == element) & (EVIDENCE.level >= level) & _COUNTS
    return measure.count(name, EVIDENCE, told, where=where)


def _strength(element: str, told: str) -> tuple[Measure, ...]:
    """What an element's level is worked out from: when it was last shown, last said by a buyer, and if believed."""
    return (
        _latest(element, SHOWN, told),
        _latest(element, BUYER_SAID, told),
        _heard(element, 1, f"{element.lower()}_told_count", told),
    )


_ASKED_CLOSE = (EVIDENCE.element == "close_date") & (EVIDENCE.level >= BUYER_SAID) & _COUNTS
_CHECKED = (MUST_HAVES.answered_on <= _TODAY.as_of).surely()
_KNOWN = STAKES.since_on <= _TODAY.as_of

MEASURES = (
    *(each for element, told in NEED_ELEMENTS.items() for each in _strength(element, told)),
    *(
        _heard(name, BUYER_SAID, f"{name}_count", told)
        for name, told in OTHER_ELEMENTS.items()
        if name not in ("close_date", "decision_fear", "lead_time")
    ),
    measure.largest(
        Column("asked_close_on", Kind.DAY, "the close date that they asked for"),
        EVIDENCE,
        value=EVIDENCE.about_on,
        where=_ASKED_CLOSE,
    ),
    measure.count("evidence_count", EVIDENCE, "what is written down of the buyer's need", where=_COUNTS),
    measure.largest(
        Column("evidence_on", Kind.DAY, "the day they last said something about it"),
        EVIDENCE,
        value=EVIDENCE.said_on,
        where=_COUNTS & (EVIDENCE.level >= BUYER_SAID),
    ),
    measure.count("must_have_count", MUST_HAVES, "their must-haves"),
    measure.count(
        "must_have_failed_count", MUST_HAVES, "must-haves that we fail", where=_CHECKED & (MUST_HAVES.answer == "no")
    ),
    measure.count(
        "must_have_open_count",
        MUST_HAVES,
        "must-haves that nobody has checked",
        where=~_CHECKED | (MUST_HAVES.answer == "unknown"),
    ),
    measure.count("stake_count", STAKES, "the people who take part", where=_KNOWN),
    measure.count(
        "unheard_count",
        STAKES,
        "people who take part and whose own view nobody has recorded",
        where=_KNOWN & ~(STAKES.heard_on <= _TODAY.as_of).surely(),
    ),
)

# Learnt from won deals by the pipeline room; where there are too few of them this room does without.
BENCHMARKS = (
    Column("median_cycle_days", Kind.NUMBER, "the median days to a win in its segment", "days"),
    Column("good_through_days", Kind.NUMBER, "the days by which nine wins in ten were won in its segment", "days"),
)

DEAL = frame_table("deal", DEALS, (AS_OF, AS_OF_AT), (each.column for each in MEASURES), BENCHMARKS, THRESHOLDS)


def column(name: str) -> tree.Column:
    """The expression of a column of the frame by its name, for names that are put together."""
    found: tree.Column = getattr(DEAL, name)
    return found
