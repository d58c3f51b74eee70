"""What ended: how often deals are won, over time and by group, with what can and cannot be said."""

import math
from collections.abc import Sequence

import numpy as np

from earnest.learn import comparing, values
from earnest.learn import quarters as quarters_of
from earnest.learn.figures import Ended, Trend
from earnest.measures import columns, intervals
from earnest.measures.arrays import Flags
from earnest.measures.columns import DECLINED, LOST, NO_DECISION, WON, Columns
from earnest.rulebook import words
from earnest.rulebook.book import Book

DIMENSIONS = ("owner", "team", "segment", "sector", "region", "product", "source", "deal_type", "pipeline")
ONE_IN_TEN = 0.10


def ended(book: Book, *, compare: Sequence[str] = DIMENSIONS) -> Ended:
    """What ended in a book (D15, D16), compared by each of these columns that the book has.

    Shape: quarters in order; comparisons in the order asked for, their groups by name.
    Columns: see `Ended`. Declined deals are in no rate; an end dated after today has not happened yet. A book that
    records wins alone has no rate at all.
    Raises: MissingTable if the book has no deals table.
    Source: Shanto, "Crash and Learn": no-decisions are counted apart from losses.
    """
    deals = book.table("deals")
    found = columns.read(deals, days=("closed_on",), numbers=("amount", "list_amount"), texts=("currency",))
    today = words.epoch_day(book.as_of)
    happened = found.days["closed_on"] <= today
    won, lost, no_decision, declined = (
        int(((found.outcome == end) & happened).sum()) for end in (WON, LOST, NO_DECISION, DECLINED)
    )
    if won and not lost + no_decision:
        return _only_wins(won, declined)
    rates = intervals.rates(
        [won, won, won + lost, no_decision],
        [won + lost + no_decision, won + lost, won + lost + no_decision, won + lost + no_decision],
    )
    judged = happened & _is_judged(found)
    share = rates[0].share
    return Ended(
        won_count=won,
        lost_count=lost,
        no_decision_count=no_decision,
        declined_count=declined,
        all_in=rates[0],
        competitive=rates[1],
        decision=rates[2],
        no_decision=rates[3],
        by_value=values.by_value(found, judged),
        noes_per_yes=(1 - share) / share if share else None,
        dry_run=dry_run(share),
        trend=quarters_of.trend(found.days["closed_on"][judged], found.outcome[judged] == WON, book.as_of),
        comparisons=comparing.comparisons(deals, today, [name for name in compare if name in deals.present]),
        no_decision_known=no_decision > 0,
    )


def _only_wins(won: int, declined: int) -> Ended:
    """A source that records wins and nothing else: a share of them would be 100 % and mean nothing."""
    untold = intervals.rate(0, 0)
    return Ended(
        won_count=won,
        lost_count=0,
        no_decision_count=0,
        declined_count=declined,
        all_in=untold,
        competitive=untold,
        decision=untold,
        no_decision=untold,
        by_value=(),
        noes_per_yes=None,
        dry_run=None,
        trend=Trend((), None, "Only wins are recorded: nothing to compare them with", signal=False),
        comparisons=(),
        no_decision_known=False,
    )


def _is_judged(found: Columns) -> Flags:
    """Won, lost or no decision: what win rates are taken of."""
    return np.asarray((found.outcome == WON) | (found.outcome == LOST) | (found.outcome == NO_DECISION))


def dry_run(share: float | None) -> int | None:
    """How many deals in a row end without a win one time in ten: eight at 25 % (D15)."""
    if not share or share >= 1:
        return None
    return math.floor(math.log(ONE_IN_TEN) / math.log(1 - share) + 1e-9)
