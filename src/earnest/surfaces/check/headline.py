"""The one sentence at the top of the report, what stands under it, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.intake.figures import Proposal
from earnest.measures.figures import Cycle
from earnest.pipeline.figures import Claimed, ClaimedValue, PastEveryWin, Reason
from earnest.rulebook import words

ACTS = 3


@dataclass(frozen=True)
class Top:
    """The headline and the lines under it."""

    headline: str
    sublines: tuple[str, ...]


def headline(claimed: Claimed, past: PastEveryWin, cycle: Cycle) -> Top:
    """The finding that matters most in money, as one sentence, then what it rests on."""
    if not claimed.open_count:
        return Top("No deal is open in this export.", ("What ended is below.",))
    lines = [line for line in (_value_line(claimed), _age_line(past), _cycle_line(cycle)) if line]
    return Top(lines[0] if lines else _count_line(claimed), tuple(lines[1:]))


def _main_value(claimed: Claimed) -> ClaimedValue | None:
    valued = [each for each in claimed.values if each.claimed.minor > 0]
    return max(valued, key=lambda each: each.open_count, default=None)


def _value_line(claimed: Claimed) -> str:
    main = _main_value(claimed)
    if main is None or main.not_real_share is None:
        return _count_line(claimed)
    total, real = (words.money(each.minor, each.currency) for each in (main.claimed, main.real))
    if not claimed.hard_count:
        return f"Of {total} open, nothing this file can tell speaks against a deal."
    return f"Of {total} you call open, {real} is left when each deal has to show that it is alive."


def _count_line(claimed: Claimed) -> str:
    deals = words.plural(claimed.open_count, "open deal")
    if not claimed.hard_count:
        return f"{deals}, and nothing this file can tell speaks against one of them."
    failing = words.count(claimed.hard_count)
    return f"{failing} of {deals} {'fails' if claimed.hard_count == 1 else 'fail'} the test of being alive."


def _age_line(past: PastEveryWin) -> str:
    rate = past.past_longest
    if past.longest_win_days is None or not rate.n or not rate.x:
        return ""
    older = f"{words.count(rate.x)} of {words.plural(rate.n, 'dated open deal')}"
    verb = "is" if rate.x == 1 else "are"
    return f"{older} {verb} older than any deal you ever won ({words.plural(past.longest_win_days, 'day')})."


def _cycle_line(cycle: Cycle) -> str:
    middle, last = cycle.days[0], cycle.days[2]
    if middle is None or last is None:
        return f"With {words.plural(cycle.win_count, 'dated win')} the length of your cycle cannot be told yet."
    least = "at least " if cycle.at_least else ""
    return f"Half of what you win is won within {words.plural(middle, 'day')}, nine tenths within {least}{last}."


def next_acts(claimed: Claimed, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """The next honest acts: what clears the reasons that weigh most, then what a person should confirm."""
    graded = [reason for reason in claimed.reasons if reason.deal_count and reason.severity == "hard"]
    graded.sort(key=_weight, reverse=True)
    acts = [f"{words.plural(reason.deal_count, 'deal')} with «{reason.title}»: {reason.clears}" for reason in graded]
    acts += [f"Look at what only you can say: {_lower(each.title)}." for each in proposals if not each.applied]
    return tuple(acts[:ACTS])


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _weight(reason: Reason) -> tuple[int, int]:
    return sum(money.minor for money in reason.value), reason.deal_count
