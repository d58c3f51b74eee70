"""What the ended deals say in sentences: the four ends, the rates with their intervals, where nothing can be shown."""

from earnest.learn.figures import Comparison, Ended, Group, ValueRate
from earnest.measures.figures import Rate
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

ALL_IN = "Won, of all that ended"
COMPETITIVE = "Won, of won and lost"
DECISION = "Decided, for us or another"
NO_DECISION = "Ended in no decision"
NOTHING_ENDED = "Losses teach more than wins. Export closed deals too, with how they ended and why."
QUARTERS = "Won of ended by quarter; inside the band nothing but chance is needed to explain it."
FUNNEL = (
    "Each dot is one, placed by how many of its deals ended; the bands hold 95 % and 99.8 % of the dots "
    "when nothing differs. The table has the names; there is no ranking."
)


def finding(ended: Ended) -> str:
    """The one sentence of the section."""
    rate = ended.all_in
    if not rate.n and ended.won_count:
        wins = words.plural(ended.won_count, "win")
        return f"{wins} and no loss {'is' if ended.won_count == 1 else 'are'} recorded, so no share can be told"
    if not rate.n:
        return "No deal in this file has ended"
    if phrases.share_of(rate) == phrases.TOO_FEW:
        return (
            f"{phrases.counted(rate)} were won: too few to say more"
            if rate.x != 1
            else f"{phrases.counted(rate)} was won: too few to say more"
        )
    return f"{phrases.share_of(rate)} of what ended was won ({phrases.interval(rate)}, {phrases.counted(rate)})"


def ends(ended: Ended) -> str:
    """The four ends with their counts."""
    counts = [f"{words.count(ended.won_count)} won", f"{words.count(ended.lost_count)} lost"]
    if ended.no_decision_known:
        counts.append(f"{words.count(ended.no_decision_count)} without a decision")
    if ended.declined_count:
        counts.append(f"{words.count(ended.declined_count)} declined by us")
    if not any((ended.won_count, ended.lost_count, ended.no_decision_count, ended.declined_count)):
        return ""
    apart = "Deals that we declined are in no rate." if ended.declined_count else ""
    return phrases.joined(f"{phrases.listed(counts)}.", apart)


def no_decision_known(ended: Ended) -> str:
    """The warning that lost and no decision cannot be told apart, where they cannot."""
    if ended.no_decision_known or not ended.all_in.n:
        return ""
    return (
        "This file does not tell a deal that went to somebody else from one where the buyer stayed as they are. "
        "Record the reason at the end, and the losses will teach more."
    )


def noes(ended: Ended) -> str:
    """How many noes stand behind each yes, and how long a run without a win is ordinary."""
    if ended.noes_per_yes is None:
        return ""
    each = f"{words.number(ended.noes_per_yes)} {'no' if ended.noes_per_yes == 1 else 'noes'} for each yes."
    if not ended.dry_run:
        return each
    run = words.count(ended.dry_run)
    return f"{each} At this rate {run} in a row without a win is ordinary: it happens one time in ten."


def rate_text(rate: Rate) -> str:
    """`63 %`, `too few`, or a dash."""
    return phrases.share_of(rate)


def by_value(value: ValueRate) -> str:
    """The win rate by value in one currency, with what it rests on."""
    if value.share is None:
        return f"By value in {value.currency or 'this currency'}: nothing to share."
    within = f" ({phrases.span(value.low, value.high)})" if value.low is not None and value.high is not None else ""
    most = " One deal is more than a quarter of it, so one deal could turn it." if value.one_deal_dominates else ""
    return (
        f"By value {words.share(value.share)}{within}: {phrases.money(value.won)} of {phrases.money(value.ended)}, "
        f"as good as {words.plural(round(value.effective_count), 'deal')} of one size.{most}"
    )


def outcome(group: Group) -> str:
    """What can be said of one group after correction for all that were looked at: that it differs, or nothing."""
    return "differs from the rest" if group.differs else ""


def left_out(comparison: Comparison) -> str:
    """How many groups are too small to show."""
    count = comparison.left_out_count
    if not count:
        return ""
    return f"{words.plural(count, 'group')} with too few deals {'is' if count == 1 else 'are'} left out."


def no_comparison() -> str:
    """What stands where nothing could be compared."""
    return "Nothing could be compared: too few ended, or the file names no owner, segment or source for them."
