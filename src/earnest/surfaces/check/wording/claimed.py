"""What claimed against real says in sentences."""

from collections.abc import Sequence

from earnest.pipeline.figures import Claimed, ClaimedValue, OwnerLine, Reason
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

METHOD = (
    "A deal is not real here when a rule that it must pass flags it. It may still be won: "
    "not real means that nothing written down today shows why it should be."
)
NOTHING_OPEN = (
    "If deals should be open, the export may hold closed ones only. Export every stage, "
    "or say in a mapping which stages mean open."
)
OWNERS = "By name, never by rank. A deal that fails a rule is a question to ask about it, not a mark against a person."


def finding(claimed: Claimed) -> str:
    """The one sentence of the section."""
    if not claimed.open_count:
        return "No deal in this file is open"
    if not claimed.hard_count:
        none = "The one open deal fails no" if claimed.open_count == 1 else _none_fails(claimed.open_count)
        return f"{none} rule that this file can answer"
    valued = [value for value in claimed.values if value.not_real_share is not None]
    counts = f"{words.count(claimed.hard_count)} of {words.plural(claimed.open_count, 'open deal')}"
    verb = "does" if claimed.hard_count == 1 else "do"
    if not valued:
        return f"{counts} {verb} not stand up; none has an amount"
    if len(valued) == 1:
        return f"{counts} {verb} not stand up: {words.share(valued[0].not_real_share or 0)} of the value"
    return f"{counts} {verb} not stand up: {phrases.listed([_share_in(value) for value in valued])}"


def _none_fails(count: int) -> str:
    return f"None of {words.plural(count, 'open deal')} fails a"


def _share_in(value: ClaimedValue) -> str:
    within = f"the {value.currency}" if value.currency else "what names no currency"
    return f"{words.share(value.not_real_share or 0)} of {within}"


def split(value: ClaimedValue) -> tuple[str, str]:
    """What is left and what is not real in one currency, as the two ends of a bar say it."""
    share = value.not_real_share
    if share is None:
        return "nothing has an amount", ""
    real = f"{phrases.money(value.real)} real"
    return real, f"{phrases.money(value.not_real)} not real, {words.share(share)}" if value.not_real.minor else ""


def behind(value: ClaimedValue) -> str:
    """What the total rests on: how many deals, how many without an amount, how many at list price."""
    parts = [words.plural(value.open_count, "open deal")]
    if not value.currency:
        parts.append("no currency is named")
    if value.unvalued_count:
        parts.append(f"{words.count(value.unvalued_count)} without an amount, which count as nothing")
    if value.list_priced_count:
        parts.append(
            f"{words.count(value.list_priced_count)} at the list price of the product, as no amount is written down"
        )
    return "; ".join(parts)


def others(claimed: Claimed) -> str:
    """What the deals that pass still carry."""
    rest = claimed.open_count - claimed.hard_count
    if rest <= 0:
        return ""
    if claimed.unflagged_count == rest:
        return "No other deal carries a flag." if claimed.hard_count else "No deal carries a flag."
    parts = []
    if claimed.soft_count:
        parts.append(f"{words.count(claimed.soft_count)} {_ask(claimed.soft_count)} for care")
    if claimed.unflagged_count:
        parts.append(f"{words.count(claimed.unflagged_count)} {_carry(claimed.unflagged_count)} no flag at all")
    deals = f"Of the other {words.plural(rest, 'deal')}" if claimed.hard_count else f"Of {words.plural(rest, 'deal')}"
    return f"{deals}, {' and '.join(parts)}." if parts else ""


def _ask(count: int) -> str:
    return "asks" if count == 1 else "ask"


def _carry(count: int) -> str:
    return "carries" if count == 1 else "carry"


def cannot_tell(reason: Reason, open_count: int) -> str:
    """Why a rule is unknown: the column that is not there, or on how many deals it is blank."""
    if reason.absent_labels:
        missing = phrases.listed(list(dict.fromkeys(reason.absent_labels)))
        if reason.unknown_count >= open_count:
            return f"needs {missing}"
        return f"needs {missing}, on {words.plural(reason.unknown_count, 'deal')}"
    return f"blank on {words.count(reason.unknown_count)} of {words.plural(open_count, 'deal')}"


def cannot_tell_lead(count: int, total: int) -> str:
    """How much the file leaves open."""
    if not count:
        return "This file answers every question for every open deal."
    verb = "is" if count == 1 else "are"
    return (
        f"{words.count(count)} of {words.plural(total, 'question')} {verb} open, for some deals or for all. "
        "Unknown is not good and not bad: nobody has written it down, or the export left it out."
    )


def by_name(owners: Sequence[OwnerLine]) -> list[OwnerLine]:
    """The owners in the order of their names, whatever their figures are."""
    return sorted(owners, key=lambda line: (line.owner.casefold(), line.owner))


def owners_line(claimed: Claimed) -> str:
    """The owners with their counts in one sentence."""
    told = [
        f"{line.owner} {words.count(line.hard_count)} of {words.count(line.open_count)}"
        for line in by_name(claimed.owners)
    ]
    return f"Not real of open deals, by name, never by rank: {', '.join(told)}." if told else ""


def quiet(titles: list[str]) -> str:
    """The rules that looked and found nothing."""
    return f"Looked for and not found: {phrases.listed(titles)}." if titles else ""
