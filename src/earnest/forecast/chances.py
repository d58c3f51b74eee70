"""The chance that an open deal is won within a period, from what became of earlier deals at its age (D24, method A)."""

from dataclasses import dataclass

import numpy as np

from earnest.forecast.deals import Deals, Ends
from earnest.measures import incidence, lifetimes
from earnest.measures.arrays import Floats, Whole
from earnest.measures.incidence import Exits
from earnest.rulebook import words

SHRINK = 10  # D13, D24
ENDED_NEEDED = 30  # D24: method A needs 30 ended deals
WINS_NEEDED = 5
ENDED_WANTED = 100  # the latest periods are taken until they hold so many ends
RISK_WANTED = 30  # ages at which fewer deals were at risk are taken together
BLOCK_DAYS = 30
SEGMENTS_AT_MOST = 50
_CERTAIN = 1 - 1e-9


@dataclass(frozen=True)
class Chances:
    """The chance to be won within the period by segment and age: `share[g, a]`; the last row is for all other deals.

    `since` is the first day of the ends it rests on; `own` maps a segment to its row.
    """

    share: Floats
    own: Whole
    since: int

    def cells(self, deals: Deals, chosen: Whole, day: int) -> Whole:
        """Where in `share`, laid out flat, each chosen deal finds its chance on a day."""
        ages = day - deals.opened[chosen]
        return np.asarray(self.own[deals.segment[chosen]] * self.share.shape[1] + ages)


def too_few(known: Ends, day: int, horizon: int) -> str:
    """Why there can be no forecast on a day, or nothing."""
    ended, won = known.ended_by(day), known.won_by(day)
    if ended < ENDED_NEEDED:
        return (
            f"{words.plural(ended, 'ended deal')} with both dates: a forecast rests on what became of earlier deals "
            f"and needs {ENDED_NEEDED} of them."
        )
    if won < WINS_NEEDED:
        return f"{words.plural(won, 'win')} with both dates: a forecast needs {WINS_NEEDED}."
    length = day - known.first_day + 1
    if length < horizon:
        return (
            f"The history of ends begins on {words.long_date(words.day_of(known.first_day))} and is "
            f"{words.plural(length, 'day')} long: a forecast over {words.count(horizon)} days needs as much."
        )
    return ""


def window(known: Ends, day: int, horizon: int) -> int:
    """The first day of the latest whole periods that hold enough ends, or of the history."""
    periods = 1
    while (start := day - periods * horizon + 1) > known.first_day:
        if known.ended_by(day) - known.ended_by(start - 1) >= ENDED_WANTED:
            return start
        periods += 1
    return known.first_day


def estimate(deals: Deals, *, since: int, day: int, horizon: int) -> Chances:
    """The chance to be won within the next `horizon` days, by segment and age, from what was known on a day.

    Estimator: conditional cumulative incidence (F(a + h) - F(a)) / S(a), Aalen-Johansen with competing ends and late
    entry, on the ends since a day: those of the latest period of the same length as the one ahead, and of as many
    such periods before it as it takes to see 100 ends (`window`). All deals open in that time are at risk, old and
    young, so that deals which nobody closes weigh as they do today; whole periods hold their share of quarter ends.
    Old ages at which fewer than 30 deals were at risk are taken together in blocks. Segments with 30 ends of their
    own are drawn toward all deals with weight n / (n + 10), n the deals at risk at that age.
    Assumes that the next period treats deals of an age as the latest ones did.
    References: Andersen, Borgan, Gill and Keiding (1993), IV.4; Brenner and Gefeller (1996), period analysis.
    """
    seen = np.flatnonzero((deals.opened <= day) & (deals.closed >= since))
    opened, closed, segment = deals.opened[seen], deals.closed[seen], deals.segment[seen]
    entry, leave, _ = lifetimes.with_entry(opened, closed, since, day)
    ended = closed <= day
    cause = ended * (2 - deals.won[seen].astype(np.int8))  # 0 open, 1 won, 2 ended otherwise
    own = _own_rows(segment[ended], deals.segment_count)
    rows = int(own[-1]) + 1
    exits = incidence.counted(entry, leave, cause, causes=3, group=own[segment], groups=rows)
    length = max(exits.length, int(day - deals.opened.min()) + 1 if len(deals.opened) else 1)
    whole = exits.pooled()
    share = np.repeat(_within(whole, length, horizon), rows, axis=0)
    if rows > 1:
        at_risk = np.zeros((rows - 1, length))
        at_risk[:, : exits.length] = exits.at_risk[:-1]
        weight = at_risk / (at_risk + SHRINK)
        mine = Exits(exits.at_risk[:-1], exits.ended[:, :-1])
        share[:-1] = weight * _within(mine, length, horizon) + (1 - weight) * share[:-1]
    return Chances(share, own, since)


def _own_rows(segments_of_ended: Whole, segment_count: int) -> Whole:
    """The row of each segment; those without enough ends of their own, and deals of none (-1), have the last."""
    ends = np.bincount(segments_of_ended[segments_of_ended >= 0], minlength=segment_count)
    order = np.argsort(-ends, kind="stable")[:SEGMENTS_AT_MOST]
    chosen = order[ends[order] >= ENDED_NEEDED]
    rows = np.full(segment_count + 1, len(chosen))
    rows[chosen] = np.arange(len(chosen))
    return rows


def _within(exits: Exits, length: int, horizon: int) -> Floats:
    """The chance to be won in the `horizon` days after each age, for deals open at it."""
    found = incidence.from_hazards(_steady(exits, length + horizon))
    won, still_open = found.share[0], found.open_share[:, :length]
    gained = won[:, horizon : horizon + length] - won[:, :length]
    share: Floats = np.divide(gained, still_open, out=np.zeros_like(gained), where=still_open > 0)
    return share


def _steady(exits: Exits, length: int) -> Floats:
    """Daily hazards; beyond the last age at which enough deals were at risk, one hazard for a block of ages.

    A block holds as many days at risk as enough deals have in a month; the last block stands for all ages to come.
    Where nothing was at risk there is nothing to go by, and nothing is expected.
    """
    hazards = np.zeros((2, exits.at_risk.shape[0], length))
    seen = min(exits.length, length)
    hazards[:, :, :seen] = (exits.ended[1:] / np.maximum(exits.at_risk, 1))[:, :, :seen]
    for row, at_risk in enumerate(exits.at_risk):
        enough = np.flatnonzero(at_risk >= RISK_WANTED)
        after = int(enough[-1]) + 1 if len(enough) else 0
        thin = at_risk[after:seen]
        if not len(thin):
            continue
        block = _blocks(thin)
        days_at_risk = np.maximum(np.bincount(block, thin), 1)
        for cause in (1, 2):
            rate = np.bincount(block, exits.ended[cause, row, after:seen]) / days_at_risk
            hazards[cause - 1, row, after:seen] = rate[block]
            hazards[cause - 1, row, seen:] = rate[-1]
    # A day on which every deal ended would leave nobody to condition on.
    return np.asarray(hazards * np.minimum(1, _CERTAIN / np.maximum(hazards.sum(axis=0), _CERTAIN)))


def _blocks(at_risk: Whole) -> Whole:
    """The block of each age; what is left at the end joins the block before."""
    size = RISK_WANTED * BLOCK_DAYS
    days = np.cumsum(at_risk)
    return np.asarray(np.minimum((days - at_risk) // size, max(int(days[-1]) // size - 1, 0)))
