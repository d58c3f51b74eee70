"""The deals of a book as rows that can land: checked, keyed, and in the columns of our record."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from earnest.intake.landing import keys, refusals
from earnest.intake.landing.lengths import LONGEST_KEY, LONGEST_NAME, LONGEST_STAGE, LONGEST_TEXT, LONGEST_TITLE
from earnest.records.tables import DEALS, OUTCOMES

# Column of the book: column of the record. What is named here is written as it is told.
TEXTS = {
    "title": "title",
    "segment": "segment",
    "sector": "sector",
    "region": "region",
    "source": "source",
    "deal_type": "deal_type",
    "lost_reason": "lost_reason",
    "forecast_category": "stated_forecast_category",
    "next_step": "next_step",
}
DAYS = {
    "opened_on": "opened_on",
    "closed_on": "closed_on",
    "seller_close_on": "seller_close_on",
    "buyer_by_when_on": "buyer_by_when_on",
    "next_step_on": "next_step_on",
    "latest_activity_on": "stated_latest_activity_on",
    "stage_changed_on": "stage_changed_on",
}
NUMBERS = {
    "amount": "amount_minor",
    "list_amount": "list_amount_minor",
    "probability": "stated_probability",
    "pushes_stated": "stated_push_count",
    "contact_count": "stated_contact_count",
    "lead_time_days": "lead_time_days",
}
# What is told by name here and kept as a record of its own.
NAMED = ("account", "owner", "team", "pipeline", "stage", "stage_position", "product")
OWN = ("deal_id", "external_id", "outcome", "currency", "updated_at")
# What no export tells: people write it here, or it follows from the stage.
WRITTEN_HERE = (
    "stage_step",
    "end_reason",
    "next_step_side",
    "next_step_agreed_on",
    "next_step_their_day",
    "offer_ends_on",
)

LIMITS = {
    "external_id": LONGEST_KEY,
    "title": LONGEST_TITLE,
    "account": LONGEST_KEY,
    "lost_reason": LONGEST_TEXT,
    "next_step": LONGEST_TEXT,
    "forecast_category": 100,
    **dict.fromkeys(("owner", "team", "segment", "sector", "region", "source", "deal_type"), LONGEST_NAME),
    "product": LONGEST_NAME,
    **dict.fromkeys(("pipeline", "stage"), LONGEST_STAGE),
}
NATURAL_KEY = ("title", "account", "opened_on")
UNTOLD_CURRENCY = "XXX"


@dataclass(frozen=True)
class Landed:
    """Rows that can land, the rows that cannot with their reason, and which columns of the book were told."""

    rows: pl.DataFrame
    refused: pl.DataFrame
    told: tuple[str, ...]


def land(book_rows: pl.DataFrame, *, currencies: Sequence[str]) -> Landed:
    """The deals of a book, checked and keyed.

    Shape: one row per deal that can land, in the order of the book; `key`, `hash`, `line`, then columns of the record,
    and names where the record has a foreign key. `refused` has key, line, reason, and everything the row said.
    """
    told = tuple(name for name in DEALS.names() if name in book_rows.columns and name != DEALS.key)
    rows = _keyed(book_rows)
    reasons = rows.select(refusals.reason(_checks(rows, currencies, untold="outcome" not in told))).to_series()
    fine = rows.filter(reasons.is_null())
    bad = rows.with_columns(reasons).filter(reasons.is_not_null())
    landed = fine.with_columns(keys.said(fine, told)).with_columns(_columns(fine))
    return Landed(landed.select(_kept(landed)), bad, told)


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    blank = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    given = rows["external_id"] if "external_id" in rows.columns else blank
    natural = keys.natural(rows, NATURAL_KEY) if given.null_count() else blank
    rows = rows.with_columns(
        given.alias("given"),
        given.fill_null(natural).alias("key"),
        pl.col(DEALS.key).cast(pl.Int64).alias("line"),
    )
    missing = [] if "outcome" in rows.columns else [blank.alias("outcome")]
    return rows.with_columns(pl.when(pl.col("given").is_null()).then("key").alias("natural"), *missing)


def _checks(rows: pl.DataFrame, currencies: Sequence[str], *, untold: bool) -> list[refusals.Check]:
    labels = {column.name: column.label for column in DEALS.columns}
    here = set(rows.columns)
    limits = {name: limit for name, limit in LIMITS.items() if name in here}
    counts = [name for name in ("pushes_stated", "contact_count", "lead_time_days") if name in here]
    return [
        refusals.repeated("given", "row"),
        (
            pl.col("natural").is_duplicated() & pl.col("natural").is_not_null(),
            pl.lit("Several rows have no id and the same name, account and opening day, so they cannot be told apart."),
        ),
        *_standing(here, untold=untold),
        *([refusals.one_of("currency", currencies, "currency of ISO 4217")] if "currency" in here else []),
        *(_probability() if "probability" in here else []),
        *refusals.days([name for name in DAYS if name in here], labels),
        *refusals.moments([name for name in ("updated_at",) if name in here], labels),
        *refusals.whole_counts(counts, labels),
        *refusals.texts(limits, labels),
    ]


def _standing(here: set[str], *, untold: bool) -> list[refusals.Check]:
    if untold:
        text = "The files do not tell whether deals are open or how they ended; say it for each stage in the mapping."
        return [(pl.lit(value=True), pl.lit(text))]
    checks = [
        (pl.col("outcome").is_null(), pl.lit("The row does not tell whether the deal is open or how it ended.")),
        refusals.one_of("outcome", OUTCOMES, "outcome"),
    ]
    if "closed_on" in here:
        contradiction = (pl.col("outcome") == "open") & pl.col("closed_on").is_not_null()
        checks.append((contradiction, pl.lit("The deal is open and has a day on which it ended.")))
    return checks


def _probability() -> list[refusals.Check]:
    text = pl.format("A probability of {} is no share between 0 and 1.", "probability")
    return [(~pl.col("probability").is_between(0, 1), text)]


def _columns(rows: pl.DataFrame) -> list[pl.Expr]:
    here = set(rows.columns)
    made = [pl.col(name).fill_null("").alias(column) for name, column in TEXTS.items() if name in here]
    made += [_day(name).alias(column) for name, column in DAYS.items() if name in here]
    made += [_number(name).alias(column) for name, column in NUMBERS.items() if name in here]
    if "updated_at" in here:
        made.append(moment("updated_at").alias("changed_at"))
    money = [name for name in ("amount", "list_amount") if name in here]
    if money or "currency" in here:
        made.append(_currency(here, money).alias("currency_id"))
    closed_on = pl.col("closed_on").is_null() if "closed_on" in here else pl.lit(value=True)
    made.append(((pl.col("outcome") != "open") & closed_on).alias("closed_on_unknown"))
    return made


def _currency(here: set[str], money: Sequence[str]) -> pl.Expr:
    told = pl.col("currency") if "currency" in here else pl.lit(None, dtype=pl.String)
    if not money:
        return told
    has_amount = pl.any_horizontal(pl.col(name).is_not_null() for name in money)
    return pl.when(told.is_null() & has_amount).then(pl.lit(UNTOLD_CURRENCY)).otherwise(told)


def _number(name: str) -> pl.Expr:
    # A lead time of half a day takes a whole one.
    return pl.col(name).ceil().cast(pl.Int64) if name == "lead_time_days" else pl.col(name)


def _day(name: str) -> pl.Expr:
    return pl.from_epoch(pl.col(name).cast(pl.Int32), "d").dt.to_string("%Y-%m-%d")


def moment(name: str) -> pl.Expr:
    """A moment in epoch seconds as both databases take it: text, in UTC."""
    return pl.from_epoch(name, "s").dt.to_string("%Y-%m-%d %H:%M:%S")


def _kept(rows: pl.DataFrame) -> list[str]:
    record = [*TEXTS.values(), *DAYS.values(), *NUMBERS.values(), "changed_at", "currency_id", "closed_on_unknown"]
    wanted = ["key", "hash", "line", "outcome", *NAMED, *record]
    return [name for name in wanted if name in rows.columns]
