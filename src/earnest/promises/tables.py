"""What the promises room adds to the book: promises made in a deal, and the columns its rules read."""

from earnest.records.tables import DEALS
from earnest.rulebook import measure
from earnest.rulebook.book import AS_OF, AS_OF_AT
from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table

PROMISES = Table(
    "promises",
    "promise_id",
    (
        Column("promise_id", Kind.INTEGER, "the promise's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("made_by", Kind.TEXT, "who made it: seller or buyer"),
        Column("made_at", Kind.MOMENT, "when it was made"),
        Column("due_on", Kind.DAY, "the day it is due"),
        Column("delivered_on", Kind.DAY, "the day it was delivered"),
    ),
)

THRESHOLDS = (
    Threshold("kept_rate_floor", 0.8, "share", "D21: under four promises in five kept, trust is at risk; judgement."),
)

_TODAY = frame_table("today", (AS_OF, AS_OF_AT))
# Not yet due is left out even when already delivered (D14): counting early deliveries alone would flatter.
_OURS_AND_DUE = (PROMISES.made_by == "seller") & (PROMISES.due_on < _TODAY.as_of)

MEASURES = (
    measure.count("promises_due_count", PROMISES, "our promises that were due", where=_OURS_AND_DUE),
    measure.count(
        "promises_kept_count",
        PROMISES,
        "our promises kept by their day",
        where=_OURS_AND_DUE & (PROMISES.delivered_on <= PROMISES.due_on),
    ),
    measure.count(
        "promises_overdue_count",
        PROMISES,
        "our promises still open after their day",
        where=_OURS_AND_DUE & (PROMISES.delivered_on.missing() | (PROMISES.delivered_on > _TODAY.as_of)),
    ),
)

DEAL = frame_table("deal", DEALS, (AS_OF, AS_OF_AT), (each.column for each in MEASURES), THRESHOLDS)
