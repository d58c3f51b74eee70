"""What the need room adds to the book: the evidence of a deal, one row per buyer statement."""

from earnest.rulebook.tables import Column, Kind, Table, Threshold

ELEMENTS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9")

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
    Threshold(
        "needed_answers_count",
        4,
        "answers",
        "D6: under four of the seven gap questions the gap is not understood; judgement.",
    ),
)
