"""The lives of deals as arrays: the day each was opened, the day it ended, and how."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from earnest.measures import columns as columns_of
from earnest.measures import incidence
from earnest.measures.arrays import Flags, Whole
from earnest.measures.columns import BLANK_DAY, OPEN, UNKNOWN, Columns
from earnest.rulebook import words
from earnest.rulebook.book import Book

NEVER = 2**30  # the day on which an open deal ended
LONGEST_DAYS = 7_305  # twenty years; a longer life is a typing error in a date
FIFTH = 5  # under five units nothing is said (definitions, 2.0)
ENDS_EXPECTED = 5.0


@dataclass(frozen=True)
class Lifetimes:
    """The deals with usable dates. `closed` is `NEVER` for an open deal; `kept` tells which rows of a book they are."""

    as_of: int
    opened: Whole
    closed: Whole
    outcome: Whole
    segment: Whole
    segments: tuple[str, ...]
    kept: Flags
    undated_count: int

    def history_days(self) -> int:
        """How far back the openings reach: to the fifth oldest, so that one mistyped year does not lengthen history."""
        oldest = fifth_oldest(self.opened)
        return 0 if oldest is None else self.as_of - oldest


def fifth_oldest(opened: Whole) -> int | None:
    """The fifth oldest opening day; None under five deals."""
    return None if len(opened) < FIFTH else int(np.partition(opened, FIFTH - 1)[FIFTH - 1])


def lifetimes(columns: Columns, as_of: date) -> Lifetimes:
    """The deals with usable dates, as they were known at the end of a day.

    Left out and counted in `undated_count`: deals without an opening day, ended deals without a closing day, and
    deals whose days contradict each other (closed before opened, opened after the day of the look, or older than
    twenty years). An end after the day of the look has not happened yet.
    """
    day = words.epoch_day(as_of)
    opened, closed, outcome = columns.days["opened_on"], columns.days["closed_on"], columns.outcome
    closed = np.where(outcome == OPEN, NEVER, closed)
    outcome = np.where(closed > day, OPEN, outcome)
    last = np.minimum(closed, day)
    life = last.astype(np.int64) - opened
    kept = (outcome != UNKNOWN) & (opened != BLANK_DAY) & (life >= 0) & (life <= LONGEST_DAYS)
    undated = int(((outcome != UNKNOWN) & ~kept).sum())
    closed = np.where(outcome == OPEN, NEVER, closed).astype(np.int32)
    segments = columns.names.get("segment", ())
    segment = columns.codes.get("segment", np.full(columns.height, UNKNOWN, np.int32))
    parts = (opened, closed, outcome, segment)
    if not kept.all():
        parts = tuple(part[kept] for part in parts)
    return Lifetimes(day, *parts, segments, kept, undated)


def observed_from(opened: Whole, closed: Whole, as_of: int) -> int | None:
    """The day from which ends were recorded, where earlier ones are missing from the source; None where none are.

    Rule: let E be the earliest recorded end. Deals opened on or after E show how fast deals end. At that speed the
    deals that were already open before E would have had some ends before E as well; if five or more were to be
    expected and none is there, ends were not recorded (or not exported) before E. Deals opened earlier are then
    only seen from E on, because those that ended before are gone: they enter at the age they had reached by E.
    Assumes that deals opened before E ended about as fast as later ones.
    Reference: left truncation as in Andersen, Borgan, Gill and Keiding (1993), III.3.
    """
    ended = closed < NEVER
    if not ended.any():
        return None
    earliest = int(closed[ended].min())
    early = opened < earliest
    later = ~early
    if not early.any() or not later.any():
        return None
    last = np.minimum(closed[later], as_of)
    exits = incidence.counted(
        np.zeros(int(later.sum()), np.int64), last - opened[later], (closed[later] <= as_of).astype(np.int8), causes=2
    )
    hazard = exits.ended[1, 0] / np.maximum(exits.at_risk[0], 1)
    reached = np.cumsum(np.where(exits.at_risk[0] >= FIFTH, hazard, 0))
    ages = np.minimum(earliest - opened[early], len(reached)) - 1
    expected = float(reached[ages].sum())
    return earliest if expected >= ENDS_EXPECTED else None


def with_entry(opened: Whole, closed: Whole, since: int | None, until: int) -> tuple[Whole, Whole, Flags]:
    """Entry age, last age, and which deals were seen at all, between two days (both included)."""
    last = np.minimum(closed, until)
    seen = (opened <= until) if since is None else (opened <= until) & (closed >= since)
    entry = np.zeros(len(opened), np.int32) if since is None else np.maximum(since - opened, 0)
    return entry, last - opened, seen


def of_book(book: Book) -> tuple[Lifetimes, Columns]:
    """The lives of a book's deals, with the columns they came from."""
    columns = columns_of.read(book.table("deals"), days=("opened_on", "closed_on"), texts=("segment",))
    return lifetimes(columns, book.as_of), columns
