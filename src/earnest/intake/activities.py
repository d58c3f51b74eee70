"""Activities: tasks, events, calls, mails and meetings, each joined to its deal."""

from collections.abc import Sequence

import polars as pl

from earnest.intake import keys as deal_keys
from earnest.intake.notes import Notes
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role

_DAY = 86_400
_NOON = 43_200  # an activity with a day and no time happened on that day, in whichever time zone

# What systems call their activities, in the words of the book; the first that fits.
_CHANNELS = (
    ("meeting", r"(?i)meet|event|demo|visit|lunch|besprech|termin|reuni|rendez|presentation"),
    ("call", r"(?i)call|phone|anruf|llamada|appel|voicemail"),
    ("email", r"(?i)e-?mail|correo|courriel|communication|linkedin|sms|whatsapp"),
    ("note", r"(?i)note|notiz|nota"),
    ("task", r"(?i)task|to-?do|deadline|aufgabe|tarea|tâche"),
)
_INWARD = r"(?i)^in$|inbound|incoming|eingehend|entrante|entrant"
_OUTWARD = r"(?i)^out$|outbound|outgoing|ausgehend|saliente|sortant"
_DONE = r"(?i)^(done|completed|complete|finished|held|erledigt|abgeschlossen|true|yes|1)$"


def activities(files: Sequence[Typed], keys: pl.DataFrame, *, today: int, notes: Notes) -> pl.DataFrame:
    """The activities of the deals in the files.

    Shape: one row per activity that has happened or is planned; unique on activity_id; in order of deal and moment.
    A task that is past its date and not done is no activity: nothing happened.
    """
    sources = [file for file in files if file.role is Role.ACTIVITIES]
    links = [file for file in files if file.role is Role.LINKS and file.has("deal", "activity_id")]
    parts, lost = [], 0
    for file in sources:
        rows = _joined(file, links)
        if rows.is_empty():
            lost += file.raw.row_count
            continue
        found = deal_keys.numbered(rows, keys)
        lost += rows.height - found.height
        parts.append(_plain(found))
    notes.soil(
        "unmatched_activities",
        "Activities of deals that are not in the files",
        count=lost,
        done="Not used: they name another deal, an account, or nobody.",
        fix="Export the link from activities to deals, or the deals that they belong to.",
    )
    together = pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()
    if together.is_empty():
        return together
    if "_contact" in together.columns:
        together = together.with_columns(pl.col("_contact").rank("dense").cast(pl.Int64).alias("contact_id"))
    return _happened(together, today).sort("deal_id", "at").with_row_index("activity_id", offset=1)


def contact_counts(files: Sequence[Typed], keys: pl.DataFrame) -> pl.DataFrame:
    """How many contacts each deal has, from the links between the two; empty when there are none."""
    parts = [
        deal_keys.numbered(file.rows.select("deal", "contact_id").drop_nulls(), keys)
        for file in files
        if file.role is Role.LINKS and file.has("deal", "contact_id")
    ]
    links = pl.concat(parts) if parts else pl.DataFrame()
    if links.is_empty():
        return pl.DataFrame()
    return links.group_by("deal_id").agg(pl.col("contact_id").n_unique().cast(pl.Int64).alias("_contact_count"))


def _joined(file: Typed, links: Sequence[Typed]) -> pl.DataFrame:
    rows = file.rows
    if file.has("deleted"):
        rows = rows.filter(~pl.col("deleted").fill_null(value=False))
    if not file.has("deal") and file.has("external_id") and links:
        pairs = pl.concat([link.rows.select("deal", "activity_id") for link in links]).drop_nulls().unique()
        rows = rows.join(pairs, left_on="external_id", right_on="activity_id", how="inner", maintain_order="left")
    return rows.filter(pl.col("deal").is_not_null()) if "deal" in rows.columns else pl.DataFrame()


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    have = set(rows.columns)
    columns: list[pl.Expr] = [pl.col("deal_id"), _moment(have).alias("at")]
    channel = _channel(have)
    columns += [] if channel is None else [channel.alias("channel")]
    columns += [pl.col(name) for name in ("owner", "subject") if name in have]
    if "owner" not in have and "owner_id" in have:
        columns.append(pl.col("owner_id").alias("owner"))
    if "direction" in have or channel is not None:
        columns.append(_direction(have, channel).alias("direction"))
    if "contact_ids" in have:
        columns.append(pl.col("contact_ids").alias("_contact"))
    columns += _duration(have)
    columns += _done(have)
    return rows.select(columns)


def _moment(have: set[str]) -> pl.Expr:
    noon = (pl.col("on").cast(pl.Int64) * _DAY + _NOON) if "on" in have else pl.lit(None, dtype=pl.Int64)
    return pl.coalesce("at", noon) if "at" in have else noon


def _channel(have: set[str]) -> pl.Expr | None:
    if "channel" not in have:
        return None
    named = pl.lit(None, dtype=pl.String)
    for channel, pattern in reversed(_CHANNELS):
        named = pl.when(pl.col("channel").str.contains(pattern)).then(pl.lit(channel)).otherwise(named)
    return named


def _direction(have: set[str], channel: pl.Expr | None) -> pl.Expr:
    """Who acted, where the file says so; a meeting is both sides'."""
    texts = [pl.col(name) for name in ("direction", "channel") if name in have]
    found: pl.Expr = pl.lit(None, dtype=pl.String)
    if channel is not None:
        found = pl.when(channel == "meeting").then(pl.lit("both"))
    for text in reversed(texts):
        inward, outward = text.str.contains(_INWARD), text.str.contains(_OUTWARD)
        found = pl.when(inward).then(pl.lit("in")).when(outward).then(pl.lit("out")).otherwise(found)
    return found


def _duration(have: set[str]) -> list[pl.Expr]:
    if "duration_minutes" in have:
        return [pl.col("duration_minutes")]
    if "duration_seconds" in have:
        return [(pl.col("duration_seconds") / 60).alias("duration_minutes")]
    if {"at", "end_at"} <= have:
        return [((pl.col("end_at") - pl.col("at")) / 60).alias("duration_minutes")]
    return []


def _done(have: set[str]) -> list[pl.Expr]:
    if "done" in have:
        return [pl.col("done")]
    if "status" in have:
        return [pl.col("status").str.contains(_DONE).alias("done")]
    return []


def _happened(rows: pl.DataFrame, today: int) -> pl.DataFrame:
    planned = pl.col("at") >= (today + 1) * _DAY
    rows = rows.filter(pl.col("at").is_not_null())
    if "done" not in rows.columns:
        return rows.with_columns((~planned).alias("done"))
    done = pl.col("done").fill_null(~planned)
    return rows.with_columns(done.alias("done")).filter(pl.col("done") | planned)
