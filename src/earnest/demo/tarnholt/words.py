"""What buyers of the story say where it tells no words of its own: one sentence for each element."""

from datetime import date

from earnest.demo.tarnholt.parts import Deal

BELIEVED = {
    "N1": "They seem to plan their docks by telephone.",
    "N2": "I think they count delays somewhere.",
    "N3": "They hope for fewer waits.",
    "N4": "Probably because nobody sees the whole yard.",
    "N5": "It should free somebody at the docks.",
    "N6": "Waiting surely costs them something.",
    "N7": "It would help them for years, I believe.",
    "N8": "They spoke of some time next year.",
    "N9": "I take it to be the warehouse lead's.",
}
SAID = {
    "N1": "Drivers ring, we write them on the board, and by ten the board is wrong.",
    "N2": "We count the lorries that wait for more than an hour; it was one in six last month.",
    "N3": "By now it was to be one in twenty.",
    "N4": "Everybody books for themselves, and nobody sees the docks as a whole.",
    "N5": "With half of the waits, one shift could do what two do now.",
    "N6": "Each month like this costs us a carrier's patience, and one of them has left.",
    "N7": "We look at three years when we buy such a thing.",
    "N8": "It has to run by then, because the season starts.",
    "N9": "This is my problem, and I answer for it.",
    "need_said": "Lorries wait, it costs us carriers, and it has to be better by the season.",
    "help_said": "If drivers book their own slot, the board is right, and the waits go down.",
    "decision_steps": "We look at it in the yard, then finance, then the board; in that order, by those days.",
    "price_range": "That is a price we can pay, if it does what you say.",
}
SHOWN = {
    "N1": "We counted it together: 71 waits in one week, and here is the list.",
    "N2": "Here is the log: waits by dock and by hour, for a year.",
    "N3": "The plan says thirty a month; it hangs on the wall.",
    "N5": "Finance has put a figure on it: 9,000 a month.",
    "N6": "Here are the invoices for late unloading of the last quarter.",
    "N8": "It is in the contract: from that day each wait costs double.",
    "N9": "The board gave it to me, and it is written in my goals.",
}

# Whose buyers have confirmed the fit, and whose have agreed on the steps and the price as well.
FITTING = ("T1", "T4", "T8", "P07", "P08", "P26")
AGREED = ("T4", "T8", "P08", "P26")
MUST_HAVES = ("Works with the gates they have", "Drivers book on the telephone, without an account")
FAILED, FAILED_ON = {"T7": "Second-by-second apron data"}, date(2025, 10, 13)
# The new controller had read it by then, and agreed.
FITTED_ON = {"T1": date(2025, 12, 12)}

# Where the story tells a day that the deal itself does not hold.
THEIR_DAYS = {"T6": date(2026, 6, 15), "T7": date(2026, 3, 29)}

# The signs of column fodder, or of the opposite, with the day on which they were seen.
SIGNS = (
    ("T1", date(2025, 9, 18), ("way_opened", "early_in")),
    ("T2", date(2025, 11, 24), ("finished_list", "fits_competitor", "short_notice", "junior_contact")),
    ("T2", date(2025, 11, 27), ("questions_declined", "no_access", "fixed_columns")),
    ("T2", date(2025, 12, 1), ("has_favourite",)),
    ("T2", date(2025, 12, 11), ("price_first",)),
)
# What was spent on a deal beyond its talks, in hours.
HOURS = (
    ("T2", date(2025, 12, 5), 46, "Answering 142 requirements"),
    ("T7", date(2025, 10, 13), 9, "Finding out whether we fit"),
)
# In whose next step only we act.
ONE_SIDED = ("P13", "P18")

# The usual reason behind what the story says of an end.
REASONS = {
    "their favoured supplier": "favourite",
    "price": "price",
    "price and a faster start": "price",
    "fear of another rollout": "fear",
    "budget frozen": "money_gone",
    "other priorities": "other_priority",
    "a reorganisation": "outside",
}


def their_day(deal: Deal) -> date | None:
    """The buyer's own day, as the story tells it anywhere in the deal."""
    told = [edit.values["buyer_by_when_on"] for edit in deal.edits if edit.values.get("buyer_by_when_on")]
    return told[-1] if told else deal.first.get("buyer_by_when_on") or THEIR_DAYS.get(deal.key)
