"""The book from the database: the actor's rows only, in the columns that every other shelf has."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.records import book, services
from earnest.records.models import Change, ToldColumn, VoidedImport
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import engine, words
from earnest.rulebook.book import Book
from tests.workspace import AT, LATER, Workspace

TODAY = date(2026, 1, 7)


def rows(found: Book, table: str) -> list[dict[str, Any]]:
    return engine.collect(found.table(table).rows).rows(named=True)


def test_every_declared_column_has_its_source(company: Workspace) -> None:
    assert list(book.deal_columns()) == DEALS.names()
    assert list(book.activity_columns()) == ACTIVITIES.names()
    assert list(book.change_columns()) == CHANGES.names()


def test_a_deal_reads_as_it_was_written(company: Workspace) -> None:
    by = company.by(company.bo)
    account = services.add_account(by=by, name="Brackenfold Foods")
    product = services.add_product(by=company.by(company.admin), name="GTX Pro")
    contact = services.add_contact(by=by, name="Ines")
    deal = services.open_deal(
        by=by,
        title="True need",
        account_id=account.pk,
        stage_id=company.second.pk,
        segment="mid",
        amount_minor=7_100_000,
        currency_id="EUR",
        opened_on=date(2025, 9, 8),
        seller_close_on=date(2026, 1, 16),
        buyer_by_when_on=date(2026, 3, 2),
        lead_time_days=45,
        next_step="Agree the measure",
        next_step_on=date(2025, 12, 18),
    )
    services.add_line(by=by, deal_id=deal.pk, product_id=product.pk)
    services.add_stakeholder(by=by, deal_id=deal.pk, contact_id=contact.pk, role="owner")
    found = book.read(company.actor(company.bo), as_of=TODAY)
    assert found.as_of == TODAY
    assert rows(found, "deals") == [
        {
            **dict.fromkeys(DEALS.names()),
            "deal_id": deal.pk,
            "title": "True need",
            "account": "Brackenfold Foods",
            "owner": "Bo",
            "team": "North",
            "segment": "mid",
            "product": "GTX Pro",
            "pipeline": "New business",
            "stage": "Offer",
            "stage_position": 2,
            "stage_step": 5,
            "outcome": "open",
            "amount": 7_100_000,
            "currency": "EUR",
            "opened_on": words.epoch_day(date(2025, 9, 8)),
            "seller_close_on": words.epoch_day(date(2026, 1, 16)),
            "buyer_by_when_on": words.epoch_day(date(2026, 3, 2)),
            "lead_time_days": 45.0,
            "next_step": "Agree the measure",
            "next_step_on": words.epoch_day(date(2025, 12, 18)),
            "stage_changed_on": words.epoch_day(AT.date()),
            "contact_count": 1,
            "updated_at": int(AT.timestamp()),
        }
    ]


def test_activities_and_history_come_with_their_deal(company: Workspace) -> None:
    by = company.by(company.bo)
    deal = services.open_deal(by=by, title="T", stage_id=company.first.pk)
    services.log_activity(
        by=by,
        deal_id=deal.pk,
        channel="call",
        direction="both",
        at=datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
        duration_seconds=90,
        done=False,
    )
    services.edit_deal(by=company.by(company.grete, LATER), deal_id=deal.pk, version=1, stage_id=company.second.pk)
    found = book.read(company.actor(company.grete), as_of=TODAY)
    (activity,) = rows(found, "activities")
    assert (activity["deal_id"], activity["at"], activity["duration_minutes"], activity["done"], activity["owner"]) == (
        deal.pk,
        -1,
        1.5,
        False,
        "Bo",
    )
    changed = {change["field"]: change for change in rows(found, "changes")}
    assert set(changed) == {"stage", "stage_changed_on"}
    stage = changed["stage"]
    assert (stage["from_text"], stage["to_text"], stage["from_position"], stage["to_position"]) == (
        "Talking",
        "Offer",
        1,
        2,
    )
    assert (stage["at"], stage["changed_by"], stage["origin"]) == (int(LATER.timestamp()), "Grete", "ui")
    assert changed["stage_changed_on"]["to_on"] == words.epoch_day(LATER.date())


@pytest.mark.case("A15")
@pytest.mark.case("A20")
def test_the_book_holds_what_the_actor_sees(company: Workspace) -> None:
    for user in (company.bo, company.dana):
        deal = services.open_deal(by=company.by(user), title=user.name)
        services.log_activity(by=company.by(user), deal_id=deal.pk, channel="note")
        services.edit_deal(by=company.by(user), deal_id=deal.pk, version=1, next_step="Call")
    seen = {
        user.name: [
            len(rows(book.read(company.actor(user), as_of=TODAY), table))
            for table in ("deals", "activities", "changes")
        ]
        for user in (company.bo, company.grete, company.hal, company.ann, company.admin)
    }
    assert seen == {
        "Bo": [1, 1, 1],
        "Grete": [1, 1, 1],
        "Hal": [2, 2, 2],
        "Ann": [2, 2, 2],
        company.admin.name: [2, 2, 2],
    }


def test_reading_takes_one_query_a_table_however_many_rows(company: Workspace) -> None:
    counts, actor = [], company.actor(company.bo)
    for _ in range(2):
        for number in range(5):
            deal = services.open_deal(by=company.by(company.bo), title=str(number))
            services.log_activity(by=company.by(company.bo), deal_id=deal.pk, channel="note")
        with CaptureQueriesContext(connection) as queries:
            book.read(actor, as_of=TODAY)
        counts.append(len(queries))
    # Deals, activities, changes, and which columns are told.
    assert counts == [4, 4]


def test_a_column_that_nobody_told_is_missing_and_not_empty(company: Workspace) -> None:
    services.open_deal(by=company.by(company.bo), title="T")
    ToldColumn.objects.unscoped(reason="as if only an import had told columns").delete()
    ToldColumn.objects.bulk_add(
        [ToldColumn(table="deals", column=name, told_by="import 1") for name in ("title", "outcome")]
    )
    found = book.read(company.actor(company.bo), as_of=TODAY)
    assert found.table("deals").present == {"deal_id", "title", "outcome"}
    assert set(found.tables) == {"deals"}


def test_an_empty_workspace_is_an_empty_book(company: Workspace) -> None:
    found = book.read(company.actor(company.bo), as_of=TODAY)
    assert rows(found, "deals") == []


def test_history_of_an_import_that_was_taken_back_is_not_read(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="T")
    told = {"kind": "records.deal", "record_id": deal.pk, "field": "stage", "origin": "import", "observed_at": AT}
    Change.objects.bulk_add([Change(import_run=run, at=AT, **told) for run in (1, 2)])
    VoidedImport.objects.bulk_add([VoidedImport(import_run=1, at=AT)])
    found = book.read(company.actor(company.bo), as_of=TODAY)
    assert len(rows(found, "changes")) == 1
