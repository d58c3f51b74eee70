"""Dirt in the rows of deals: what contradicts itself or cannot be, counted with examples. None is dropped silently."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from earnest.intake.notes import EXAMPLES, Notes, listed
from earnest.intake.rows import FILE, LINE, place
from earnest.intake.sources import hubspot
from earnest.intake.typed import Typed
from earnest.rulebook import words
from earnest.rulebook.book import SECONDS_A_DAY

# A deal that ended before it was opened is told by itself; a buyer's date may well be older than the deal.
_NOT_BEFORE = {
    "updated_at": "last changed",
    "latest_activity_on": "latest activity",
    "seller_close_on": "expected close",
    "stage_changed_on": "stage changed",
    "delivery_on": "planned delivery",
    "quote_expires_on": "quote expires",
}


def report(deals: pl.DataFrame, sources: Sequence[Typed], *, today: date, notes: Notes) -> None:
    """Count what is wrong with the deals of a book."""
    _dates(deals, sources, today, notes)
    month_ends(deals, sources, notes)
    _money(deals, sources, notes)
    _ends(deals, sources, notes)


def _dates(deals: pl.DataFrame, sources: Sequence[Typed], today: date, notes: Notes) -> None:
    have = set(deals.columns)
    if {"opened_on", "closed_on"} <= have:
        bad = deals.filter(pl.col("closed_on") < pl.col("opened_on"))
        notes.soil(
            "closed_before_opened",
            "Deals that ended before they were opened",
            count=bad.height,
            examples=_said(bad, sources, "opened {opened_on}, ended {closed_on}"),
            done="Kept, with both dates as the file has them; they count in no cycle figure.",
            fix="Correct the date that is wrong; deals entered after the fact need the day of the first conversation.",
        )
    _ended_in_the_future(deals, sources, today, notes)
    if "opened_on" in have:
        _before_creation(deals, sources, notes)
        late = deals.filter(pl.col("opened_on") > words.epoch_day(today))
        notes.soil(
            "opened_in_the_future",
            "Deals opened in the future",
            count=late.height,
            examples=_said(late, sources, "opened {opened_on}"),
            done="Kept; they have no age yet.",
            fix="Correct the creation date, or check the order of day and month.",
        )


def _ended_in_the_future(deals: pl.DataFrame, sources: Sequence[Typed], today: date, notes: Notes) -> None:
    if "closed_on" not in deals.columns:
        return
    late = deals.filter(pl.col("closed_on") > words.epoch_day(today))
    notes.soil(
        "ended_in_the_future",
        "Deals that end in the future",
        count=late.height,
        examples=_said(late, sources, "ended {closed_on}"),
        done="Kept as ended, on the day that the file has.",
        fix="Correct the close date, or the stage of a deal that has not ended yet.",
    )


def _before_creation(deals: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> None:
    """Things that happened to a deal, or were planned for it, before the deal was there."""
    have = [name for name in _NOT_BEFORE if name in deals.columns]
    if not have:
        return
    opened = pl.col("opened_on")
    days = {name: pl.col(name) // SECONDS_A_DAY if name == "updated_at" else pl.col(name) for name in have}
    counts = deals.select((day < opened).sum().alias(name) for name, day in days.items()).row(0, named=True)
    found = {name: int(count) for name, count in counts.items() if count}
    if not found:
        return
    early = deals.filter(pl.any_horizontal(days[name] < opened for name in found))
    parts = [f"{_NOT_BEFORE[name]} ({words.plural(count, 'deal')})" for name, count in found.items()]
    notes.soil(
        "dates_before_creation",
        "Dates before the deal was created",
        count=early.height,
        examples=place(early, sources),
        done=f"Kept as the file has them: {listed(parts)}.",
        fix="Correct the creation date of deals that were entered after the fact.",
    )


def month_ends(deals: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> None:
    """HubSpot fills the close date with the end of the month in which the deal was made; nobody chose that day."""
    if not {"seller_close_on", "opened_on"} <= set(deals.columns):
        return
    theirs = [number for number, source in enumerate(sources) if source.file.system == hubspot.SYSTEM]
    if not theirs:
        return
    close, opened = (pl.col(name).cast(pl.Date) for name in ("seller_close_on", "opened_on"))
    default = pl.col(FILE).is_in(theirs) & (pl.col("outcome") == "open") & (close == opened.dt.month_end())
    found = deals.filter(default)
    notes.soil(
        "close_date_by_default",
        "Close dates that HubSpot filled in by itself",
        count=found.height,
        examples=place(found, sources),
        done="Kept as the seller's date; it is the end of the month in which the deal was made, and no buyer said it.",
        fix="Ask each buyer for their own date, and enter that.",
    )


def _money(deals: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> None:
    if "amount" not in deals.columns:
        return
    negative = deals.filter(pl.col("amount") < 0)
    notes.soil(
        "negative_amounts",
        "Deals with a negative amount",
        count=negative.height,
        examples=place(negative, sources),
        done="Kept as they are; they lower the totals.",
        fix="If they are credit notes, keep them out of the export; otherwise correct the sign.",
    )
    won = deals.filter((pl.col("outcome") == "won") & ~(pl.col("amount") > 0).fill_null(value=False))
    notes.soil(
        "won_without_amount",
        "Won deals without an amount",
        count=won.height,
        examples=place(won, sources),
        done="They count as wins, but bring nothing to any figure in money.",
        fix="Fill in what was sold.",
    )
    if {"currency", "line_currency"} <= set(deals.columns):
        apart = deals.filter(pl.col("currency") != pl.col("line_currency"))
        notes.soil(
            "two_currencies_in_a_row",
            "Deals whose two amounts are in two currencies",
            count=apart.height,
            examples=place(apart, sources),
            done="The amount of the whole deal counts, in its own currency; the amounts of its lines are not used.",
            fix="Give the deal and its lines the same currency in the CRM.",
        )
    if "currency" in deals.columns:
        counts = deals["currency"].drop_nulls().value_counts(sort=True)
        if counts.height > 1:
            notes.soil(
                "several_currencies",
                "Several currencies",
                count=deals.height,
                examples=[f"{name} ({words.plural(count, 'deal')})" for name, count in counts.iter_rows()],
                done="Every figure in money is given for each currency apart; nothing is converted.",
                fix="Nothing to do.",
            )


def _ends(deals: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> None:
    undated = pl.col("closed_on").is_null() if "closed_on" in deals.columns else pl.lit(value=True)
    ended = deals.filter((pl.col("outcome") != "open") & undated)
    notes.soil(
        "ended_without_a_date",
        "Deals that ended on no known day",
        count=ended.height,
        examples=place(ended, sources),
        done="They count as ended, but in no cycle and in no quarter.",
        fix="Add the close date to the export.",
    )


def _said(rows: pl.DataFrame, sources: Sequence[Typed], template: str) -> list[str]:
    """`line 12: opened 19 Dec 2018, ended 7 Dec 2018` for the first few rows."""
    first = rows.head(EXAMPLES)
    spoken = []
    for where, row in zip(place(first, sources), first.drop(FILE, LINE).iter_rows(named=True), strict=True):
        days = {
            name: words.long_date(words.day_of(row[name]))
            for name in ("opened_on", "closed_on")
            if row.get(name) is not None
        }
        spoken.append(f"{where}: {template.format(**days)}")
    return spoken
