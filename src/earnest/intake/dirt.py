"""Dirt in the rows of deals: what contradicts itself or cannot be, counted with examples. None is dropped silently."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from earnest.intake.deals import place
from earnest.intake.notes import EXAMPLES, Notes
from earnest.intake.typed import FILE, LINE, Typed
from earnest.rulebook import words


def report(deals: pl.DataFrame, sources: Sequence[Typed], *, today: date, notes: Notes) -> None:
    """Count what is wrong with the deals of a book."""
    _dates(deals, sources, today, notes)
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
    if "opened_on" in have:
        late = deals.filter(pl.col("opened_on") > words.epoch_day(today))
        notes.soil(
            "opened_in_the_future",
            "Deals opened in the future",
            count=late.height,
            examples=_said(late, sources, "opened {opened_on}"),
            done="Kept; they have no age yet.",
            fix="Correct the creation date, or check the order of day and month.",
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
    ended = deals.filter(pl.col("outcome") != "open")
    if "closed_on" in deals.columns:
        ended = ended.filter(pl.col("closed_on").is_null())
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
