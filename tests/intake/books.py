"""Small books to import: rows as a source tells them, and a generated one with every kind of row."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import book as books
from earnest.rulebook import words
from earnest.rulebook.book import Book
from earnest.rulebook.tables import Kind, Table

AS_OF = date(2026, 1, 5)
TODAY = words.epoch_day(AS_OF)
MORNING = TODAY * 86_400 + 9 * 3600

_TYPES = {Kind.TEXT: pl.String, Kind.NUMBER: pl.Float64, Kind.FLAG: pl.Boolean, Kind.DAY: pl.Int32}

Rows = Sequence[dict[str, Any]]


def book_of(deals: Rows, activities: Rows = (), changes: Rows = ()) -> Book:
    """A book of these rows; a column is there when any row has it. Numbers are given where they are missing."""
    tables = [(DEALS, frame(DEALS, deals))]
    tables += [(table, frame(table, rows)) for table, rows in ((ACTIVITIES, activities), (CHANGES, changes)) if rows]
    return books.book(tables, as_of=AS_OF)


def frame(table: Table, rows: Rows) -> pl.DataFrame:
    """Rows as the frame of a table."""
    numbered = [{table.key: place, **row} for place, row in enumerate(rows, start=1)]
    names = [name for name in table.names() if any(name in row for row in numbered)]
    schema = {name: _TYPES.get(table.column(name).kind, pl.Int64) for name in names}
    return pl.DataFrame([{name: row.get(name) for name in names} for row in numbered], schema=schema, orient="row")


def deal(number: int = 1, **values: Any) -> dict[str, Any]:
    """A plain open deal."""
    return {
        "external_id": f"D{number}",
        "title": f"Deal {number}",
        "account": "Brackenfold",
        "owner": "Amara",
        "outcome": "open",
        "amount": 100_00,
        "currency": "EUR",
        "opened_on": TODAY - 40,
        "closed_on": None,
        "next_step": "Call",
        **values,
    }


def generated(count: int = 60, seed: int = 7, edition: int = 1) -> Book:
    """A book with every column, activities and history; a later edition tells some of its deals anew."""
    rng = random.Random(seed)
    deals = [_deal(rng, number) for number in range(1, count + 1)]
    activities = [_activity(rng, number, rng.randint(1, count)) for number in range(1, 3 * count + 1)]
    changes = [_change(rng, rng.randint(1, count)) for _ in range(count)]
    if edition > 1:
        for number, row in enumerate(deals):
            if number % 3 == 0:
                row |= {"next_step": f"Step of edition {edition}", "amount": 100 * number + edition, "product": "GTK"}
        deals.append(_deal(rng, count + 1))
        activities.append(_activity(rng, 3 * count + 1, count + 1))
    return book_of(deals, activities, changes)


def _deal(rng: random.Random, number: int) -> dict[str, Any]:
    outcome = rng.choice(["open", "open", "won", "lost", "no_decision", "declined"])
    opened_on = TODAY - rng.randint(1, 400)
    return {
        "external_id": f"006-{number:05}",
        "title": rng.choice(["Kühlkette", "Lager", '=1+1, "quoted"', "東京"]) + f" {number}",
        "account": f"Account {rng.randint(1, 9)}",
        "owner": rng.choice(["Amara", "Bo", "Chidi", None]),
        "team": rng.choice(["North", "South"]),
        "segment": rng.choice(["mid", "ent", None]),
        "sector": rng.choice(["food", None]),
        "region": rng.choice(["EU", None]),
        "product": rng.choice(["GTX Pro", "MG Special", None]),
        "source": rng.choice(["inbound", None]),
        "deal_type": rng.choice(["new", "existing"]),
        "pipeline": rng.choice(["Sales", "Renewals"]),
        "stage": rng.choice(["Talking", "Offer", None]),
        "stage_position": None,
        "outcome": outcome,
        "lost_reason": "price" if outcome == "lost" else None,
        "amount": rng.choice([None, rng.randint(-5, 10_000_000)]),
        "list_amount": rng.choice([None, 500_00]),
        "currency": rng.choice(["EUR", "JPY"]),
        "probability": rng.choice([None, 0.0, 0.25, 1.0]),
        "forecast_category": rng.choice(["commit", None]),
        "opened_on": opened_on,
        "closed_on": None if outcome == "open" else rng.choice([None, opened_on + 30]),
        "seller_close_on": opened_on + 90,
        "buyer_by_when_on": rng.choice([None, opened_on + 100]),
        "lead_time_days": rng.choice([None, 45.0]),
        "next_step": rng.choice([None, "Call Ines\nabout the measure", "follow up"]),
        "next_step_on": rng.choice([None, TODAY + 5]),
        "latest_activity_on": rng.choice([None, TODAY - 3]),
        "stage_changed_on": opened_on + 5,
        "pushes_stated": rng.choice([None, 0, 3]),
        "contact_count": rng.choice([None, 0, 2]),
        "updated_at": MORNING - rng.randint(0, 10**6),
    }


def _activity(rng: random.Random, number: int, deal_number: int) -> dict[str, Any]:
    return {
        "external_id": f"00T-{number:06}",
        "deal_id": deal_number,
        "at": MORNING - rng.randint(0, 10**7),
        "channel": rng.choice(["meeting", "call", "email", "note", None]),
        "direction": rng.choice(["in", "out", "both", None]),
        "contact_id": rng.choice([None, rng.randint(1, 20)]),
        "owner": rng.choice(["Amara", "Bo", None]),
        "duration_minutes": rng.choice([None, 30.0, 1.5]),
        "seller_talk_seconds": rng.choice([None, 60.0]),
        "buyer_talk_seconds": rng.choice([None, 0.0]),
        "subject": rng.choice([None, "", "Offer", "-2 % discount"]),
        "done": rng.choice([True, False, None]),
    }


def _change(rng: random.Random, deal_number: int) -> dict[str, Any]:
    day = TODAY - rng.randint(1, 300)
    return {
        "deal_id": deal_number,
        "at": day * 86_400,
        "field": rng.choice(["stage", "seller_close_on", "amount"]),
        "from_text": rng.choice([None, "Talking"]),
        "to_text": "Offer",
        "from_position": rng.choice([None, 1]),
        "to_position": 2,
        "from_on": day,
        "to_on": day + 30,
        "from_amount": rng.choice([None, 5]),
        "to_amount": 10_000_000_000,
        "changed_by": rng.choice(["Amara", None]),
        "origin": "import",
    }
