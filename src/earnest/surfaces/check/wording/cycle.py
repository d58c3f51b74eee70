"""What the cycle says in sentences: belief beside measurement, why the naive figure misleads, what outlives it."""

from earnest.measures.figures import Cycle, Rate, SegmentCycle
from earnest.pipeline.figures import PastEveryWin
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

SHARES = ("half", "three in four", "nine in ten")
_FEW = 0.25


def finding(cycle: Cycle, believed_days: int | None) -> str:
    """The one sentence of the section."""
    half, _most, nearly = cycle.days
    if half is None or nearly is None:
        return _no_figure(cycle)
    least = "at least " if cycle.at_least else ""
    within = f"{least}{phrases.days(half)}, nine in ten within {least}{words.count(nearly)}"
    measured = f"half of what you win is won within {within}"
    if believed_days is None:
        return phrases.sentence(measured).removesuffix(".")
    return f"You said {phrases.months(believed_days)}; {measured}"


def _no_figure(cycle: Cycle) -> str:
    if not cycle.win_count:
        return "No deal with dates was won here, so no cycle can be measured"
    return f"{words.plural(cycle.win_count, 'win')} with dates: too few to measure a cycle"


def what_is_needed(cycle: Cycle) -> str:
    """What the file would have to hold for a cycle to be measured, where none can be."""
    if cycle.days[2] is not None:
        return ""
    return (
        "A cycle needs won deals with the day they were opened and the day they were won, five at least. "
        "Export closed deals with both dates; a longer history makes a better figure."
    )


def curve_finding(cycle: Cycle) -> str:
    """What the curve shows: how much is won in the end, and by when nearly all of it."""
    nearly, least = cycle.days[2], "at least " if cycle.at_least else ""
    if cycle.won_share is None or nearly is None:
        return "How much was won by which day"
    until = f"{least}{phrases.days(nearly)}"
    return f"{words.share(cycle.won_share)} are won in the end, nine in ten of these within {until}"


def rests_on(cycle: Cycle) -> str:
    """The counts behind the figures, and how far back they reach."""
    counts = phrases.listed(
        [
            words.plural(cycle.win_count, "win"),
            f"{words.plural(cycle.ended_count, 'ended deal')} in all",
            f"{words.count(cycle.open_count)} still open",
        ]
    )
    return phrases.joined(f"From {counts}, over {phrases.days(cycle.history_days)} of history.", _left_out(cycle))


def _left_out(cycle: Cycle) -> str:
    if not cycle.undated_count:
        return ""
    verb = "is" if cycle.undated_count == 1 else "are"
    return f"{words.plural(cycle.undated_count, 'deal')} without an opening date {verb} left out."


def at_least(cycle: Cycle) -> str:
    """The warning that history is short, where it is."""
    if not cycle.at_least:
        return ""
    return (
        f"The history of {phrases.days(cycle.history_days)} is short against these figures, so read each of them "
        "as «at least»: the slow wins have not had time to happen."
    )


def naive(cycle: Cycle) -> str:
    """The figure that most tools show, and why it misleads."""
    half, _most, nearly = cycle.naive_days
    if half is None or nearly is None or cycle.win_count < phrases.FEWEST:
        return ""
    said = f"From won deals alone it would be {bare_pair(half, nearly)}."
    measured = cycle.days[2]
    if measured is None or nearly < measured:
        return (
            f"{said} That leaves out every deal that is still open, so it counts the quick wins and not yet "
            "the slow ones, most of all in a young or growing team."
        )
    return (
        f"{said} That leaves out the deals that are still open and those that ended otherwise at the same age, "
        "so it can be off either way; here it is not shorter."
    )


def bare_pair(half: float, nearly: float) -> str:
    """`57 and 106 days`."""
    return f"{words.number(half)} and {phrases.days(nearly)}"


def outlived(cycle: Cycle) -> str:
    """What became of the deals that outlived the good-through date: rarely nothing."""
    rate, nearly = cycle.outlived, cycle.days[2]
    if nearly is None:
        return ""
    if not rate.n:
        return f"No deal has yet ended after {phrases.days(nearly)}."
    return f"Of {words.plural(rate.n, 'ended deal')} that outlived {phrases.days(nearly)}, {_won_later(rate)}"


def _won_later(rate: Rate) -> str:
    within = f", {phrases.share_of(rate)} ({phrases.interval(rate)})" if phrases.interval(rate) else ""
    won = f"{words.count(rate.x)} {'was' if rate.x == 1 else 'were'} won{within}"
    if not rate.x:
        return f"none was won{within}: none so far, which is not never."
    if (rate.share or 0) < _FEW:
        return f"{won}: few, not none."
    return f"{won}: not so few, so take the date as a question and not as an end."


def past_longest(past: PastEveryWin) -> str:
    """How many open deals are older than any that was ever won."""
    if past.longest_win_days is None or not past.past_longest.n:
        return ""
    verb = "is" if past.past_longest.x == 1 else "are"
    longest = phrases.days(past.longest_win_days)
    if not past.past_longest.x:
        return f"None of {words.plural(past.past_longest.n, 'open deal')} is older than the longest win, {longest}."
    return f"{phrases.with_share(past.past_longest)} open deals {verb} older than the longest win ever, {longest}."


def past_p95(past: PastEveryWin) -> str:
    """How many open deals are older than nineteen in twenty of the wins."""
    if past.won_p95_days is None or not past.past_p95.n:
        return ""
    verb = "is" if past.past_p95.x == 1 else "are"
    limit = phrases.days(past.won_p95_days)
    return f"{phrases.with_share(past.past_p95)} {verb} older than nineteen in twenty wins, {limit}."


def undated(past: PastEveryWin) -> str:
    """The open deals that have no age."""
    if not past.undated_count:
        return ""
    verb = "has" if past.undated_count == 1 else "have"
    return f"{words.plural(past.undated_count, 'open deal')} {verb} no opening date, so no age: unknown, not young."


def segment_note(segment: SegmentCycle) -> str:
    """How far a segment's own wins count in its dates."""
    if segment.days[2] is None:
        return phrases.TOO_FEW
    return f"{round(segment.weight * 100)} % its own"


CURVE = "Share of all dated deals that were won, by days since they were opened, with its 95 % band."
SEGMENTS = (
    "Good through is the opening day plus the days by which nine in ten wins were won. A segment with few wins "
    "leans on all deals; the last column says how much of the figure is its own."
)
AGES = "Open deals by age in days."
