"""What the promises room adds to the book: promises made in a deal, by us and by the buyer."""

from earnest.rulebook.tables import Column, Kind, Table, Threshold

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
