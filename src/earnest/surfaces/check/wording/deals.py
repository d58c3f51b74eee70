"""What the list of open deals says in words: who, which dates, how old, and what is flagged."""

from collections.abc import Sequence

from earnest.pipeline.figures import DealLine, Deals
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

ORDER = (
    "Flagged deals first, and within them the most money first. Open a line for its sentences and the next question."
)
CHIPS = 3
_NAMED = 3


def finding(deals: Deals) -> str:
    """The one sentence of the section."""
    if not deals.total:
        return "There is no open deal to look at"
    asking = sum(1 for line in deals.lines if line.ask_next)
    if deals.shown < deals.total:
        total = words.plural(deals.total, "open deal")
        return f"The first {words.count(deals.shown)} of {total}, each with what to ask next"
    if not asking:
        return f"{words.plural(deals.total, 'open deal')}, and nothing to ask that this file could suggest"
    return f"{words.plural(deals.total, 'open deal')}, each with what it lacks and what to ask next"


def questions(deals: Deals) -> tuple[str, ...]:
    """Each question to ask next, once, with whom to ask it."""
    asked: dict[str, list[str]] = {}
    for line in deals.lines:
        if line.ask_next:
            asked.setdefault(line.ask_next, []).append(buyer(line))
    return tuple(f"Ask {_whom(buyers)}: {question}" for question, buyers in asked.items())


def _whom(buyers: Sequence[str]) -> str:
    names = list(dict.fromkeys(buyers))
    if len(names) <= _NAMED:
        return phrases.listed(names)
    return phrases.listed([*names[: _NAMED - 1], words.plural(len(names) - _NAMED + 1, "other")])


def elsewhere(deals: Deals) -> str:
    """Where the deals are that the list leaves out."""
    left = deals.total - deals.shown
    return (
        f"{words.plural(left, 'more deal')} {'is' if left == 1 else 'are'} not listed here; the totals count them all."
        if left > 0
        else ""
    )


def buyer(line: DealLine) -> str:
    """The name to call the deal by: the buyer, else the deal's own name, else its id."""
    return line.account or line.title or _id(line)


def code(line: DealLine) -> str:
    """The deal's own name beside the buyer's, without the buyer's in it; its id where it has none."""
    if not line.account:
        return _id(line) if line.title else ""
    title = line.title.removeprefix(line.account).lstrip(" -–—:|/")
    return title or _id(line)


def _id(line: DealLine) -> str:
    return f"deal {line.external_id or line.deal_id}"


def age(line: DealLine) -> str:
    """`165 d`, a dash where the opening day is unknown."""
    return phrases.BLANK if line.age_days is None else f"{words.count(line.age_days)} d"


def against(line: DealLine) -> str:
    """How the age stands to the good-through date."""
    if line.age_days is None:
        return "Its opening day is unknown, so it has no age."
    opened = f"Opened {phrases.day(line.opened_day)}, {phrases.days(line.age_days)} ago"
    if line.good_through_day is None:
        return f"{opened}; too few wins for a good-through date."
    if line.days_past:
        return f"{opened}; good through {phrases.day(line.good_through_day)}, {phrases.days(line.days_past)} past."
    return f"{opened}; good through {phrases.day(line.good_through_day)}."


def step(line: DealLine) -> str:
    """The next step with its day, a dash where none is written down."""
    if not line.next_step:
        return phrases.day(line.next_step_day) if line.next_step_day is not None else phrases.BLANK
    return line.next_step if line.next_step_day is None else f"{line.next_step}, {phrases.day(line.next_step_day)}"


def pushes(line: DealLine) -> str:
    """How often the close date moved, a dash where no history tells."""
    return phrases.BLANK if line.push_count is None else words.count(line.push_count)


def unknown(line: DealLine) -> str:
    """What cannot be told of this deal."""
    if not line.unknown_titles:
        return ""
    return f"Cannot be told: {phrases.listed(list(line.unknown_titles))}."


def amount_note(line: DealLine) -> str:
    """Where the amount comes from when nobody wrote it down."""
    return "list price" if line.amount is not None and line.amount_is_list_price else ""
