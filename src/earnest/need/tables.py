"""What the need room adds to the book: the evidence of a deal, and the columns its rules read."""

from earnest.records.tables import DEALS
from earnest.rulebook import measure
from earnest.rulebook.book import AS_OF, AS_OF_AT
from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table

# The seven gap questions (D1), each as what its answer tells.
GAP_ELEMENTS = {
    "N1": "where the buyer stands now",
    "N2": "how they measure it",
    "N3": "where they planned to be",
    "N4": "why there is a gap",
    "N5": "what closing it brings them",
    "N6": "what leaving it costs them",
    "N7": "what they gain over the years",
}

EVIDENCE = Table(
    "evidence",
    "evidence_id",
    (
        Column("evidence_id", Kind.INTEGER, "the evidence's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("element", Kind.TEXT, "which of N1 to N9 it supports"),
        Column("level", Kind.INTEGER, "its level, 0 to 3"),
        Column("said_on", Kind.DAY, "the day it was said"),
    ),
)

THRESHOLDS = (
    Threshold("forced_tolerance_days", 14, "days", "D4: a fortnight either way is ordinary planning; judgement."),
    Threshold("forced_tolerance_share", 0.15, "share of the median cycle", "D4: long cycles move more; judgement."),
    Threshold(
        "needed_answers_count", 4, "answers", "D6: under four of seven answers the gap is not understood; judgement."
    ),
)

# The best level per element (D1: several buyers, best level counts), from what was said until today.
MEASURES = tuple(
    measure.largest(
        Column(f"{element.lower()}_level", Kind.INTEGER, told, "evidence level"),
        EVIDENCE,
        value=EVIDENCE.level,
        where=(EVIDENCE.element == element) & (EVIDENCE.said_on <= frame_table("today", (AS_OF,)).as_of),
    )
    for element, told in GAP_ELEMENTS.items()
)

# Learnt from won deals by the pipeline room; where there are too few of them this room does without.
BENCHMARKS = (Column("median_cycle_days", Kind.NUMBER, "the median days to a win in its segment", "days"),)

DEAL = frame_table("deal", DEALS, (AS_OF, AS_OF_AT), (each.column for each in MEASURES), BENCHMARKS, THRESHOLDS)
