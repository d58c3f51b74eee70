"""A workspace as a large team has it: people, accounts, contacts, deals and what happened, written in bulk."""

import sys
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from earnest.surfaces import workspace

AT = datetime.now(UTC).replace(microsecond=0)
TODAY = AT.date()
PEOPLE, TEAMS = 100, 5
ACTIVITIES_A_DEAL = 5
STAGES = (
    ("Talking", "conversation"),
    ("Gap", "gap_understood"),
    ("Need", "need_quantified"),
    ("Fit", "fit_confirmed"),
    ("Offer", "proposal_agreed"),
    ("Contract", "contracting"),
)
_FIRMS = ("Nord", "Papier", "Stahl", "Licht", "Wald", "Fluss", "Hafen", "Berg", "Kreis", "Linden")
_KINDS = ("werk", "haus", "bau", "technik", "druck", "logistik", "labor", "energie", "netz", "form")


def fill(deal_count: int) -> dict[str, object]:
    """Write everything, judge it, and make a key and a login; returns what a client needs."""
    workspace.connect()
    workspace.prepare()
    from earnest.pipeline import services as pipeline
    from earnest.records import bulk
    from earnest.records.services import search

    people, stages = _company()
    rng = np.random.default_rng(7)
    with bulk.batch():
        _parties(rng, people, deal_count)
        _deals(rng, people, stages, deal_count)
        _activities(rng, people, deal_count)
    _tell_columns()
    search.rebuild()
    pipeline.judge_book(as_of=TODAY, at=AT)
    _settle()
    return _ways_in(people)


def _company() -> tuple[list[tuple[int, int]], list[int]]:
    """Everybody with their team, and the stages."""
    from earnest.people import actors
    from earnest.people import services as people
    from earnest.records import services
    from earnest.records.services import By

    boss = actors.actor_of(people.local_admin(at=AT), today=TODAY)
    teams = [people.add_team(actor=boss, name=f"Team {n}", at=AT).pk for n in range(TEAMS)]
    found = []
    for n in range(PEOPLE):
        role = "admin" if n == 0 else "manager" if n <= TEAMS else "rep"
        user = people.add_user(actor=boss, name=f"Person {n}", email=f"p{n}@example.test", role=role, at=AT)
        people.add_member(actor=boss, user_id=user.pk, team_id=teams[n % TEAMS], leads=role == "manager", at=AT)
        found.append((user.pk, teams[n % TEAMS]))
    by = By(boss, AT)
    pipe = services.add_pipeline(by=by, name="New business").pk
    stages = [
        services.add_stage(by=by, pipeline_id=pipe, name=name, position=place, meaning=meaning).pk
        for place, (name, meaning) in enumerate(STAGES, 1)
    ]
    return found, stages


def _insert(label: str, count: int, columns: dict[str, object]) -> None:
    from django.apps import apps

    from earnest.records import bulk
    from earnest.rulebook import engine

    model = apps.get_model(label)
    fixed = {"version": 1, "origin": "ui", "created_at": AT.isoformat(), "written_at": AT.isoformat()}
    frame = pl.DataFrame(columns).with_columns(
        id=pl.Series(np.arange(1, count + 1)), **{name: pl.lit(value) for name, value in fixed.items()}
    )
    for start in range(0, count, bulk.BATCH_ROWS):
        bulk.insert(model, engine.collect(engine.lazy(frame[start : start + bulk.BATCH_ROWS].lazy())))


def _owners(rng: np.random.Generator, people: list[tuple[int, int]], count: int) -> dict[str, object]:
    chosen = np.array(people)[rng.integers(0, len(people), count)]
    return {"owner_id": chosen[:, 0], "team_id": chosen[:, 1]}


def _names(rng: np.random.Generator, count: int) -> list[str]:
    first, second = rng.integers(0, len(_FIRMS), count), rng.integers(0, len(_KINDS), count)
    return [f"{_FIRMS[a]}{_KINDS[b]} {n}" for n, (a, b) in enumerate(zip(first, second, strict=True))]


def _parties(rng: np.random.Generator, people: list[tuple[int, int]], deal_count: int) -> None:
    accounts = deal_count // 2
    blank = dict.fromkeys(("industry", "country"), "")
    columns = {"name": _names(rng, accounts), "domain": [f"firm{n}.example" for n in range(accounts)], **blank}
    _insert("records.account", accounts, {**columns, "custom": "{}", **_owners(rng, people, accounts)})
    columns = {
        "name": [f"Buyer {n}" for n in range(deal_count)],
        "email": [f"buyer{n}@firm{n % accounts}.example" for n in range(deal_count)],
        **dict.fromkeys(("phone", "job_title"), ""),
        "account_id": np.arange(deal_count) % accounts + 1,
    }
    _insert("records.contact", deal_count, {**columns, "custom": "{}", **_owners(rng, people, deal_count)})


def _days(days: np.ndarray, blank: np.ndarray) -> list[str | None]:
    return [None if gone else (TODAY + timedelta(days=int(n))).isoformat() for n, gone in zip(days, blank, strict=True)]


def _deals(rng: np.random.Generator, people: list[tuple[int, int]], stages: list[int], count: int) -> None:
    age = rng.integers(1, 1000, count)
    is_open = (rng.random(count) < 0.25) & (age < 400)
    closed = -np.maximum(age - np.minimum(rng.lognormal(4.3, 0.6, count).astype(int) + 1, age), 0)
    ended = rng.choice(["won", "lost", "no_decision"], count, p=[0.25, 0.35, 0.4])
    none = np.zeros(count, bool)
    columns = {
        "title": [f"Deal {n} of {_FIRMS[n % 10]}" for n in range(count)],
        "account_id": np.arange(count) % (count // 2) + 1,
        "stage_id": np.array(stages)[rng.integers(0, len(stages), count)],
        "outcome": np.where(is_open, "open", ended),
        "amount_minor": (rng.lognormal(10, 1.1, count) * 100).astype(np.int64),
        "currency_id": "EUR",
        "opened_on": _days(-age, none),
        "closed_on": _days(closed, is_open),
        "closed_on_unknown": False if _is_postgres() else 0,
        "seller_close_on": _days(rng.integers(-40, 180, count), none),
        "buyer_by_when_on": _days(rng.integers(-20, 240, count), rng.random(count) < 0.4),
        "stage_changed_on": _days(-age // 2, none),
        "next_step": np.where(rng.random(count) < 0.2, "", "Meet operations on Tuesday"),
        "next_step_on": _days(rng.integers(-15, 40, count), rng.random(count) < 0.25),
        "changed_at": AT.isoformat(),
        "segment": rng.choice(["mid", "large"], count),
        **dict.fromkeys(("sector", "region", "source", "deal_type", "lost_reason", "stated_forecast_category"), ""),
        "custom": "{}",
    }
    _insert("records.deal", count, {**columns, **_owners(rng, people, count)})


def _activities(rng: np.random.Generator, people: list[tuple[int, int]], deal_count: int) -> None:
    count = deal_count * ACTIVITIES_A_DEAL
    deal = rng.integers(1, deal_count + 1, count)
    past = rng.integers(0, 400, count)
    columns = {
        "deal_id": deal,
        "contact_id": deal,
        "owner_id": np.array(people)[rng.integers(0, len(people), count)][:, 0],
        "channel": rng.choice(["email", "call", "meeting"], count),
        "direction": rng.choice(["out", "in"], count, p=[0.65, 0.35]),
        "at": [(AT - timedelta(days=int(n))).isoformat() for n in past],
        "subject": "About the press line",
    }
    _insert("records.activity", count, columns)


def _tell_columns() -> None:
    """Say that people fill every column here, as the first record that one of them writes would."""
    from django.apps import apps

    told = apps.get_model("records.toldcolumn")
    told.objects.bulk_add(
        [told(table=name, column="*", told_by="people") for name in ("deals", "changes", "activities")]
    )


def _is_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def _settle() -> None:
    """Sequences after the numbers that were given, and the planner's statistics."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    names = ("account", "contact", "deal", "activity")
    models = [apps.get_model(f"records.{name}") for name in names]
    with connection.cursor() as cursor:
        if _is_postgres():
            for line in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(line)
        cursor.execute("ANALYZE")


def _ways_in(people: list[tuple[int, int]]) -> dict[str, object]:
    """Sessions of an admin, who sees all, and of a rep, who sees their own; and the rep's key."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from earnest.people import actors
    from earnest.people.services import tokens

    found: dict[str, object] = {}
    for word, number in (("all", people[0][0]), ("own", people[-1][0])):
        user = get_user_model().objects.get(pk=number)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        found[word] = client.cookies["sessionid"].value
    until = date.today() + timedelta(days=30)  # noqa: DTZ011  # the day on this machine is meant
    actor = actors.actor_of(user, today=TODAY)
    _, found["key"] = tokens.create_token(actor=actor, name="bench", scopes=["write"], expires_on=until, at=AT)
    return found


if __name__ == "__main__":
    import json

    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))) + "\n")
