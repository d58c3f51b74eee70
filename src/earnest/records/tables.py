"""The shared nouns as tables of a book: deals, their activities, and the history of their changes.

An export, the database and Parquet all fill these same columns; whatever a source cannot tell is left out
and is unknown from there on.
"""

from earnest.rulebook.tables import Column, Kind, Table

OUTCOMES = ("open", "won", "lost", "no_decision", "declined")

DEALS = Table(
    "deals",
    "deal_id",
    (
        Column("deal_id", Kind.INTEGER, "the deal's number in this book"),
        Column("external_id", Kind.TEXT, "the deal's id in its own system"),
        Column("title", Kind.TEXT, "the deal's name"),
        Column("account", Kind.TEXT, "the account"),
        Column("owner", Kind.TEXT, "the owner"),
        Column("team", Kind.TEXT, "the owner's team"),
        Column("segment", Kind.TEXT, "the segment"),
        Column("sector", Kind.TEXT, "the account's sector"),
        Column("region", Kind.TEXT, "the region or office"),
        Column("product", Kind.TEXT, "the product"),
        Column("source", Kind.TEXT, "where the deal came from"),
        Column("deal_type", Kind.TEXT, "new or existing business"),
        Column("pipeline", Kind.TEXT, "the pipeline"),
        Column("stage", Kind.TEXT, "the stage"),
        Column("stage_position", Kind.INTEGER, "the stage's place in its pipeline"),
        Column("stage_step", Kind.INTEGER, "the step that its stage stands for, 1 to 6"),
        Column("outcome", Kind.TEXT, "how the deal ended"),
        Column("lost_reason", Kind.TEXT, "the reason for the end"),
        Column("end_reason", Kind.TEXT, "which of the usual reasons that is"),
        Column("amount", Kind.MONEY, "the amount"),
        Column("list_amount", Kind.MONEY, "the list price of its products"),
        Column("currency", Kind.TEXT, "the currency"),
        Column("probability", Kind.NUMBER, "the probability the CRM states", "share"),
        Column("forecast_category", Kind.TEXT, "the forecast category"),
        Column("opened_on", Kind.DAY, "the day the deal was opened"),
        Column("closed_on", Kind.DAY, "the day the deal ended"),
        Column("seller_close_on", Kind.DAY, "the seller's expected close date"),
        Column("buyer_by_when_on", Kind.DAY, "the buyer's own by-when date"),
        Column("lead_time_days", Kind.NUMBER, "the agreed lead time", "days"),
        Column("next_step", Kind.TEXT, "the next step"),
        Column("next_step_on", Kind.DAY, "the next step's date"),
        Column("next_step_side", Kind.TEXT, "who acts in the next step: us, them, both"),
        Column("next_step_agreed_on", Kind.DAY, "the day the buyer agreed to the next step"),
        Column("next_step_their_day", Kind.FLAG, "whether the buyer chose the day of the next step"),
        Column("offer_ends_on", Kind.DAY, "the day our offer ends"),
        Column("latest_activity_on", Kind.DAY, "the latest activity the CRM states"),
        Column("stage_changed_on", Kind.DAY, "the day the stage last changed"),
        Column("pushes_stated", Kind.INTEGER, "the number of pushes the CRM states"),
        Column("contact_count", Kind.INTEGER, "the number of contacts on the deal"),
        Column("updated_at", Kind.MOMENT, "when the deal was last changed"),
    ),
)

ACTIVITIES = Table(
    "activities",
    "activity_id",
    (
        Column("activity_id", Kind.INTEGER, "the activity's number"),
        Column("external_id", Kind.TEXT, "the activity's id in its own system"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("at", Kind.MOMENT, "when it happened"),
        Column("channel", Kind.TEXT, "the channel: meeting, call, email, note, task"),
        Column("direction", Kind.TEXT, "who acted: in (the buyer), out (us), both"),
        Column("contact_id", Kind.INTEGER, "the buyer's person"),
        Column("owner", Kind.TEXT, "our person"),
        Column("duration_minutes", Kind.NUMBER, "how long it took", "minutes"),
        Column("seller_talk_seconds", Kind.NUMBER, "how long we spoke", "seconds"),
        Column("buyer_talk_seconds", Kind.NUMBER, "how long the buyer spoke", "seconds"),
        Column("subject", Kind.TEXT, "the subject"),
        Column("done", Kind.FLAG, "whether it has happened"),
    ),
)

CHANGES = Table(
    "changes",
    "change_id",
    (
        Column("change_id", Kind.INTEGER, "the change's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("at", Kind.MOMENT, "when it changed"),
        Column("field", Kind.TEXT, "what changed: stage, amount, seller_close_on, owner, next_step, outcome"),
        Column("from_text", Kind.TEXT, "the value before"),
        Column("to_text", Kind.TEXT, "the value after"),
        Column("from_position", Kind.INTEGER, "the stage's place before"),
        Column("to_position", Kind.INTEGER, "the stage's place after"),
        Column("from_on", Kind.DAY, "the date before"),
        Column("to_on", Kind.DAY, "the date after"),
        Column("from_amount", Kind.MONEY, "the amount before"),
        Column("to_amount", Kind.MONEY, "the amount after"),
        Column("changed_by", Kind.TEXT, "who changed it"),
        Column("origin", Kind.TEXT, "where the change comes from: ui, api, import, sync"),
    ),
)
