"""A list of deals as a file: for a spreadsheet, which must run nothing in it, or for a machine as it stands."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from earnest.intake.services import downloads
from earnest.pipeline.reads.deals import DealRow
from earnest.rulebook import words

# The profiles of an export, with the ending and the type of their files.
PROFILES = {"spreadsheet": ("csv", "text/csv; charset=utf-8"), "machine": ("jsonl", "application/x-ndjson")}
_COLUMNS = (
    "deal_id",
    "title",
    "account",
    "amount",
    "currency",
    "their_date",
    "our_date",
    "next_step",
    "next_step_on",
    "pipeline",
    "stage",
    "owner",
    "segment",
    "outcome",
    "closed_on",
    "good_through_on",
    "flagged",
    "flagged_since",
)


def lines(rows: Iterable[DealRow], profile: str) -> Iterator[str]:
    """The file, a piece at a time; `profile` is one of PROFILES."""
    return _spreadsheet(rows) if profile == "spreadsheet" else _machine(rows)


def _spreadsheet(rows: Iterable[DealRow]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    # The mark at the front tells spreadsheets that this is UTF-8.
    out.write("\ufeff")
    writer.writerow(_COLUMNS)
    for row in rows:
        told = _told(row)
        told["flagged"] = ", ".join(row.flagged or ())
        writer.writerow([downloads.safe(told[name]) if isinstance(told[name], str) else told[name] for name in told])
        yield _taken(out)
    yield _taken(out)


def _machine(rows: Iterable[DealRow]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_told(row), ensure_ascii=False, default=_plain) + "\n"


def _told(row: DealRow) -> dict[str, object]:
    amount = None if row.amount_minor is None else _major(row.amount_minor, row.currency or "")
    values = (
        row.deal_id,
        row.title,
        row.account,
        amount,
        row.currency,
        row.their_date,
        row.our_date,
        row.next_step,
        row.next_step_on,
        row.pipeline,
        row.stage,
        row.owner,
        row.segment,
        row.outcome,
        row.closed_on,
        row.good_through_on,
        None if row.flagged is None else list(row.flagged),
        row.since,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _major(minor: int, currency: str) -> Decimal:
    digits = words.minor_digits(currency)
    return Decimal(minor).scaleb(-digits)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
