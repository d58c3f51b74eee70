"""The dates of a deal: one close date that means two things, and the day on which a file is to be judged."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from earnest.rulebook import words
from earnest.rulebook.book import SECONDS_A_DAY

OLD_AFTER_DAYS = 31  # a team that neither opened, closed nor touched a deal for a month has not exported today
_LAST_REAL_DAY = words.epoch_day(date(2200, 1, 1))  # 9999-12-31 and the like say «never», not a day

FACTS = ("opened_on", "closed_on", "latest_activity_on", "stage_changed_on")


def with_days(deals: pl.DataFrame) -> pl.DataFrame:
    """The deals with `closed_on` for ended ones only, and `seller_close_on` from a close date that serves for both."""
    have = set(deals.columns)
    ended = pl.col("outcome") != "open"
    actual = [name for name in ("won_on", "lost_on", "closed_on", "close_on") if name in have]
    expected = [name for name in ("seller_close_on", "close_on") if name in have]
    columns = []
    if actual:
        columns.append(pl.when(ended).then(_actual(have, actual)).alias("closed_on"))
    if expected:
        # A shared close date was overwritten when the deal ended; what the seller had expected is lost.
        open_only = pl.when(~ended).then(pl.col("close_on")) if "close_on" in have else pl.lit(None, dtype=pl.Int32)
        own = pl.col("seller_close_on") if "seller_close_on" in have else pl.lit(None, dtype=pl.Int32)
        columns.append(pl.coalesce(own, open_only).alias("seller_close_on"))
    return deals.with_columns(columns) if columns else deals


def _actual(have: set[str], names: Sequence[str]) -> pl.Expr:
    """The day of the end: the one that fits the outcome first."""
    others = [pl.col(name) for name in names if name not in ("won_on", "lost_on")]
    won = [pl.col("won_on")] if "won_on" in have else []
    lost = [pl.col("lost_on")] if "lost_on" in have else []
    for_won = pl.coalesce([*won, *others, *lost])
    for_lost = pl.coalesce([*lost, *others, *won])
    return pl.when(pl.col("outcome") == "won").then(for_won).otherwise(for_lost)


def judged_on(newest: int | None, *, today: date, asked: date | None) -> tuple[date, str]:
    """The day to judge, and the sentence that says why it is this one.

    Args:
        newest: the newest day on which something happened in the files, as an epoch day; None when nothing is dated.
        today: the day on which somebody looks.
        asked: the day that they asked for.
    """
    if asked is not None:
        return asked, f"You asked for {words.long_date(asked)}."
    if newest is None:
        return today, "Nothing in the files is dated, so they are judged as of today."
    latest = words.day_of(newest)
    if (today - latest).days > OLD_AFTER_DAYS:
        age = words.count((today - latest).days)
        return (
            latest,
            f"The newest date in the files is {words.long_date(latest)}, {age} days ago: judged as of that day.",
        )
    return today, f"Judged as of today; the newest date in the files is {words.long_date(latest)}."


def newest_fact(deals: pl.DataFrame, activities: pl.DataFrame, *, today: date) -> int | None:
    """The newest day up to today on which something happened; expected and planned dates are no facts."""
    limit = min(words.epoch_day(today), _LAST_REAL_DAY)
    found = [pl.col(name) for name in FACTS if name in deals.columns]
    latest = [deals.select(day.filter(day <= limit).max()).item() for day in found]
    if not activities.is_empty():
        day = pl.col("at") // SECONDS_A_DAY
        latest.append(activities.select(day.filter(day <= limit).max()).item())
    return max((int(day) for day in latest if day is not None), default=None)
