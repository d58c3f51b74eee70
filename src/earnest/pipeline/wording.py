"""What to say when a deal may be column fodder (L3.4), and how to say no, or hear one, well (L3.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from earnest.errors import EarnestError
from earnest.need import placeholders
from earnest.need.placeholders import Filled

CHANGE_THE_PATH = (
    "How did this list of requirements come about, and who worked on it?",
    "What would the people who use it every day add to or strike from the list?",
    "Where do you stand with the supplier you have now?",
    "What would make you choose someone other than the name you have in mind?",
    "What is the business reason behind the three requirements that weigh most?",
    "How will the comparison be used, and by whom?",
    "What can change in the list at this point?",
    "Who will feel the result, and how could we hear from them before we answer?",
)
GOING_ON = (
    "We would like to answer well. To do that we need 40 minutes with the people who will use it, before {date}. "
    "If that cannot be, we will step aside and wish you a good result."
)


class UnknownCase(EarnestError):
    """There is no wording for this case."""

    code: ClassVar[str] = "unknown_case"


@dataclass(frozen=True)
class No:
    """One case of a no: its key, what it is, what to say, and what to do with it afterwards."""

    key: str
    title: str
    sentence: str
    afterwards: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What has to be known before it can be said."""
        return placeholders.names(self.sentence)


NOES = (
    No(
        "poor_fit",
        "Poor fit",
        "From what you told us, the part that matters most to you is {must-have}, and we do not do that well. "
        "I would rather say so now. {other} does; shall I introduce you?",
    ),
    No(
        "weak_need",
        "Need too weak",
        "I do not see yet what it costs you to leave this as it is. Let us not spend your time. "
        "If {condition} happens, call me; I will ask again around {date}.",
    ),
    No(
        "rigged",
        "Rigged comparison",
        "It looks as if the choice is nearly made, which is fine. A proposal from us would only fill a column. "
        "If you want a real second opinion, we need {access} by {date}.",
    ),
    No(
        "their_date",
        "Their date, not ours",
        "You need this in {month}. Signing by our quarter end would help us, not you. "
        "Let us keep your date; the price we gave you stands until then.",
    ),
    No(
        "unpaid_pilot",
        "Unpaid pilot",
        "We can try it for {weeks} with this measure and this price afterwards, written down. "
        "Without that it would be a gift, and gifts get no attention, yours or ours.",
    ),
    No(
        "discount",
        "Discount asked",
        "We can take something out, or change the term. We do not lower the price for the date.",
    ),
    No(
        "cannot_promise",
        "Promise we cannot keep",
        "I cannot do that by {date}. I can do it by {feasible}, or {colleague} can do the first half on {day}. "
        "What helps you more?",
    ),
    No(
        "below_margin",
        "Below margin",
        "At that price we would serve you badly. Here is what we can do well for it.",
    ),
    No(
        "late",
        "Withdrawing late",
        "We went further than we should have before telling you this, and that is our fault: {reason}. "
        "Here is what we leave you with so that your work is not lost.",
    ),
    No(
        "hearing",
        "Hearing a no",
        "Thank you for telling me. I will stop here. If you are willing: what should I learn from it?",
        "Record the no, end the contact, and set a revisit only on their condition.",
    ),
)
BY_KEY = {no.key: no for no in NOES}


def said(case: str, known: Mapping[str, str | date]) -> Filled:
    """The words for a case with the names filled in; what is not known is named in `missing`. Raises: UnknownCase."""
    if case not in BY_KEY:
        raise UnknownCase(
            f"There is no wording for «{case[:60]}».",
            why="Ten cases of a no have their words.",
            fix=f"Choose one of: {', '.join(BY_KEY)}.",
            data={"case": case[:60]},
        )
    return placeholders.fill(BY_KEY[case].sentence, known)


def going_on(by: date | None) -> Filled:
    """The condition for going on with a fodder deal, with the day by which it must be met."""
    return placeholders.fill(GOING_ON, {"date": by} if by else {})
