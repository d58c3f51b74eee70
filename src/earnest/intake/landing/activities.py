"""The activities and the told history of a book as rows that can land."""

import polars as pl

from earnest.intake.landing import keys, refusals
from earnest.intake.landing.deals import Landed, moment
from earnest.intake.landing.lengths import LONGEST_KEY, LONGEST_NAME, LONGEST_TEXT
from earnest.records.tables import ACTIVITIES, CHANGES

CHANNELS = ("meeting", "call", "email", "message", "note", "task", "other")
DIRECTIONS = ("in", "out", "both")
_SECONDS = ("seller_talk_seconds", "buyer_talk_seconds")
_SIDES = {
    "from_text": "old_text",
    "to_text": "new_text",
    "from_position": "old_position",
    "to_position": "new_position",
    "from_on": "old_on",
    "to_on": "new_on",
    "from_amount": "old_minor",
    "to_amount": "new_minor",
}


def land(book_rows: pl.DataFrame, *, deals: pl.DataFrame) -> Landed:
    """The activities of a book, checked, keyed, and with the key of their deal.

    Args:
        book_rows: the activities.
        deals: the deals that can land: their `line` (their number in the book) and their `key`.
    Shape: one row per activity that can land, deal by deal and each deal's by their moment; `key`, `hash`, `line`,
    `deal` (its key), then columns of the record.
    """
    told = _told(book_rows, ACTIVITIES.names(), ACTIVITIES.key)
    rows = _with_deal(book_rows, deals).with_columns(pl.col(ACTIVITIES.key).cast(pl.Int64).alias("line"))
    reasons = rows.select(refusals.reason(_activity_checks(rows))).to_series()
    fine = rows.filter(reasons.is_null())
    bad = rows.with_columns(reasons).filter(reasons.is_not_null())
    spoken = [name for name in told if name != "external_id"]
    hashes = keys.said(fine, ["deal", *(name for name in spoken if name != "deal_id")])
    landed = fine.with_columns(hashes, _activity_key(fine, hashes)).with_columns(_activity_columns(fine))
    kept = ["key", "hash", "line", "deal", "owner", "contact", "at_text", "channel", "direction", "subject"]
    kept += ["duration_seconds", *_SECONDS, "done"]
    told_of = [name for name in kept if name in landed.columns]
    # Deal by deal, and in the order in which it happened: the indexes of the record are then written from end to end.
    order = [name for name in ("deal_id", "at_text") if name in landed.columns]
    return Landed(landed.select("deal_id", *told_of).sort(order, maintain_order=True).select(told_of), bad, told)


def land_changes(book_rows: pl.DataFrame, *, deals: pl.DataFrame, system: str) -> Landed:
    """The history that a book tells, checked, keyed by what it says, with the key of its deal.

    Shape: one row per change that can land; `key` (the hash of what it says), `line`, `deal`, then columns of the
    record.
    """
    told = _told(book_rows, CHANGES.names(), CHANGES.key)
    rows = _with_deal(book_rows, deals).with_columns(pl.col(CHANGES.key).cast(pl.Int64).alias("line"))
    reasons = rows.select(refusals.reason(_change_checks(rows))).to_series()
    fine = rows.filter(reasons.is_null())
    bad = rows.with_columns(reasons).filter(reasons.is_not_null())
    # The same change of the same deal number in another system is another change.
    named = fine.with_columns(pl.lit(system).alias("system"))
    spoken = ["system", "deal", *(name for name in told if name not in ("deal_id", "origin"))]
    told_apart = keys.told_apart(keys.said(named, spoken))
    numbered = keys.said(told_apart.to_frame("key"), ["key"]).alias("key")
    landed = fine.with_columns(numbered).with_columns(_change_columns(fine))
    kept = ["key", "line", "deal", "field", *_SIDES.values(), "at_text", "changed_by_name"]
    return Landed(landed.select(name for name in kept if name in landed.columns), bad, told)


def _told(rows: pl.DataFrame, names: list[str], key: str) -> tuple[str, ...]:
    return tuple(name for name in names if name in rows.columns and name != key)


def _with_deal(rows: pl.DataFrame, deals: pl.DataFrame) -> pl.DataFrame:
    # The line of a deal is its number in the book, by which activities name it.
    known = deals.select(pl.col("line").cast(rows.schema["deal_id"]).alias("deal_id"), pl.col("key").alias("deal"))
    return rows.join(known, on="deal_id", how="left", maintain_order="left")


def _activity_checks(rows: pl.DataFrame) -> list[refusals.Check]:
    labels = {column.name: column.label for column in ACTIVITIES.columns}
    here = set(rows.columns)
    limits = {"external_id": LONGEST_KEY, "owner": LONGEST_NAME, "subject": LONGEST_TEXT}
    return [
        _orphans(),
        *([refusals.repeated("external_id", "activity")] if "external_id" in here else []),
        *([refusals.one_of("channel", CHANNELS, "channel")] if "channel" in here else []),
        *([refusals.one_of("direction", DIRECTIONS, "direction")] if "direction" in here else []),
        *refusals.moments([name for name in ("at",) if name in here], labels),
        *refusals.whole_counts([name for name in (*_SECONDS, "duration_minutes") if name in here], labels),
        *refusals.texts({name: limit for name, limit in limits.items() if name in here}, labels),
    ]


def _change_checks(rows: pl.DataFrame) -> list[refusals.Check]:
    labels = {column.name: column.label for column in CHANGES.columns}
    here = set(rows.columns)
    limits = {"field": 80, "changed_by": LONGEST_NAME, "from_text": LONGEST_TEXT, "to_text": LONGEST_TEXT}
    return [
        _orphans(),
        (pl.col("field").is_null(), pl.lit("The row does not tell which field changed.")),
        *refusals.moments([name for name in ("at",) if name in here], labels),
        *refusals.days([name for name in ("from_on", "to_on") if name in here], labels),
        *refusals.texts({name: limit for name, limit in limits.items() if name in here}, labels),
    ]


def _orphans() -> refusals.Check:
    text = "Its deal is not among the deals of this import, or was refused itself."
    return pl.col("deal_id").is_not_null() & pl.col("deal").is_null(), pl.lit(text)


def _activity_key(rows: pl.DataFrame, hashes: pl.Series) -> pl.Series:
    natural = (keys.NATURAL + keys.told_apart(hashes)).rename("key")
    return rows["external_id"].fill_null(natural).rename("key") if "external_id" in rows.columns else natural


def _activity_columns(rows: pl.DataFrame) -> list[pl.Expr]:
    here = set(rows.columns)
    made = [pl.col(name).fill_null("") for name in ("channel", "direction", "subject") if name in here]
    made += [pl.col(name).round().cast(pl.Int64) for name in _SECONDS if name in here]
    if "at" in here:
        made.append(moment("at").alias("at_text"))
    if "duration_minutes" in here:
        made.append((pl.col("duration_minutes") * 60).round().cast(pl.Int64).alias("duration_seconds"))
    if "contact_id" in here:
        made.append(pl.col("contact_id").cast(pl.String).alias("contact"))
    return made


def _change_columns(rows: pl.DataFrame) -> list[pl.Expr]:
    here = set(rows.columns)
    made = [
        pl.col(name).fill_null("").alias(column)
        for name, column in (*_SIDES.items(), ("changed_by", "changed_by_name"))
        if name in here and column.endswith(("_text", "_name"))
    ]
    made += [
        pl.from_epoch(pl.col(name).cast(pl.Int32), "d").dt.to_string("%Y-%m-%d").alias(_SIDES[name])
        for name in ("from_on", "to_on")
        if name in here
    ]
    made += [
        pl.col(name).alias(_SIDES[name])
        for name in ("from_position", "to_position", "from_amount", "to_amount")
        if name in here
    ]
    if "at" in here:
        made.append(moment("at").alias("at_text"))
    return made
