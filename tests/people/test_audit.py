"""The audit cannot be rewritten, and a row changed behind Earnest's back is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from earnest.people import audit, services, visibility
from earnest.people.models import AuditEvent, AuditHead
from tests.workspace import AT, Workspace

TABLE = "people_auditevent"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def events(company: Workspace) -> list[tuple[int, str]]:
    rows = visibility.visible(company.actor(company.admin), AuditEvent)
    return list(rows.order_by("number").values_list("number", "action"))


def test_events_are_numbered_without_a_gap_and_chained(company: Workspace) -> None:
    numbers = [number for number, _ in events(company)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert audit.first_broken() is None


@pytest.mark.case("A71")
@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET action = 'nothing' WHERE number = 1",
        f"DELETE FROM {TABLE} WHERE number = 1",
        f"DELETE FROM {TABLE}",
    ],
)
def test_an_event_cannot_be_changed_or_deleted(company: Workspace, sql: str) -> None:
    before = events(company)
    with pytest.raises(DatabaseError, match=f"{TABLE} is append-only"):
        run(sql)
    assert events(company) == before


@pytest.mark.case("A71")
def test_an_event_cannot_be_replaced_or_the_table_emptied(company: Workspace) -> None:
    before = events(company)
    if connection.vendor == "sqlite":
        columns = "id, number, at, action, kind, origin, detail, previous_hash, hash"
        sql = f"INSERT OR REPLACE INTO {TABLE} ({columns}) SELECT {columns.replace('action', 'kind', 1)} FROM {TABLE}"
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits to be checked would forbid it for another reason
        sql = f"TRUNCATE {TABLE}"
    with pytest.raises(DatabaseError, match=f"{TABLE} is append-only"):
        run(sql)
    assert events(company) == before


@pytest.mark.case("A77")
def test_a_row_changed_behind_the_guard_breaks_the_chain(company: Workspace) -> None:
    _drop_guard()
    run(f"UPDATE {TABLE} SET action = 'nothing' WHERE number = 3")
    assert audit.first_broken() == 3


@pytest.mark.case("A77")
def test_a_last_event_that_is_gone_breaks_the_chain(company: Workspace) -> None:
    _drop_guard()
    last = len(events(company))
    run(f"DELETE FROM {TABLE} WHERE number = {last}")
    assert audit.first_broken() == last


def test_what_cannot_be_audited_is_not_done(company: Workspace) -> None:
    before = events(company)
    run("DELETE FROM people_audithead")
    with pytest.raises(AuditHead.DoesNotExist):
        services.add_team(actor=company.actor(company.admin), name="Unseen", at=AT)
    assert events(company) == before
    assert company.actor(company.hal).team_ids == {company.sales.pk, company.north.pk, company.south.pk}


def _drop_guard() -> None:
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    names = ("rows", "whole") if on_table else ("no_update", "no_delete")
    for name in names:
        run(f"DROP TRIGGER {TABLE}_{name}{on_table}")
