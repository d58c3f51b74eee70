"""History is append-only on both databases, and imported history never looks like our own observation."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from earnest.people import visibility
from earnest.records import services
from earnest.records.models import Change, Deal, VoidedImport
from tests.workspace import AT, Workspace

TABLE = "records_change"


@pytest.fixture
def deal(company: Workspace) -> Deal:
    """A deal with one change."""
    made = services.open_deal(by=company.by(company.bo), title="First")
    return services.edit_deal(by=company.by(company.bo), deal_id=made.pk, version=1, title="Second")


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def lines(company: Workspace) -> list[tuple[object, ...]]:
    rows = visibility.visible(company.actor(company.admin), Change).order_by("id")
    return list(rows.values_list("id", "field", "old_text", "new_text"))


@pytest.mark.case("A71")
@pytest.mark.parametrize(
    "sql", [f"UPDATE {TABLE} SET new_text = 'x'", f"DELETE FROM {TABLE}", f"DELETE FROM {TABLE} WHERE field = 'title'"]
)
def test_a_line_cannot_be_changed_or_deleted(company: Workspace, deal: Deal, sql: str) -> None:
    before = lines(company)
    with pytest.raises(DatabaseError, match=f"{TABLE} is append-only"):
        run(sql)
    assert lines(company) == before


@pytest.mark.case("A71")
def test_a_line_cannot_be_replaced_nor_the_table_emptied(company: Workspace, deal: Deal) -> None:
    before = lines(company)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA table_info({TABLE})")
            columns = [row[1] for row in cursor.fetchall()]
        chosen = ", ".join("'x'" if name == "new_text" else f'"{name}"' for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f"INSERT OR REPLACE INTO {TABLE} ({names}) SELECT {chosen} FROM {TABLE} WHERE field = 'title'"
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits to be checked would forbid it for another reason
        sql = f"TRUNCATE {TABLE}"
    with pytest.raises(DatabaseError, match=f"{TABLE} is append-only"):
        run(sql)
    assert lines(company) == before


def test_an_import_that_was_taken_back_stays_taken_back(company: Workspace) -> None:
    VoidedImport.objects.bulk_add([VoidedImport(import_run=7, at=AT)])
    with pytest.raises(DatabaseError, match="records_voidedimport is append-only"):
        run("DELETE FROM records_voidedimport")


def line(**values: object) -> Change:
    given: dict[str, object] = {"at": AT, "observed_at": AT, "origin": "ui", **values}
    return Change(kind="records.deal", record_id=1, field="stage", **given)


@pytest.mark.case("A72")
@pytest.mark.parametrize("at", [AT - timedelta(days=1), AT + timedelta(seconds=1), None])
@pytest.mark.parametrize("origin", ["ui", "api"])
def test_what_we_saw_ourselves_is_dated_when_we_saw_it(db: None, origin: str, at: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.bulk_add([line(origin=origin, at=at)])


def test_imported_history_is_dated_by_its_source_and_names_its_run(db: None) -> None:
    Change.objects.bulk_add([line(origin="import", at=AT - timedelta(days=400), import_run=1)])
    for wrong in (
        line(origin="import", at=AT - timedelta(days=400)),
        line(origin="ui", import_run=1),
        line(origin="guess"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Change.objects.bulk_add([wrong])
    assert Change.objects.unscoped(reason="a test counts").count() == 1


def test_what_a_source_told_is_kept_once_per_import(db: None) -> None:
    told = {"origin": "import", "import_run": 1, "source_key": "abc"}
    Change.objects.bulk_add([line(**told)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.bulk_add([line(**told)])
    Change.objects.bulk_add([line(**{**told, "import_run": 2})])


def test_the_guards_stand_after_every_migration(db: None) -> None:
    """SQLite drops the triggers of a table that a later migration rebuilds, and says nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1 ORDER BY 1")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE NOT tgisinternal GROUP BY 1 ORDER BY 1"
            )
        expected = {"people_auditevent": 2, "records_change": 2, "records_voidedimport": 2}
        expected["people_setting"] = 2 if connection.vendor == "sqlite" else 1
        said = dict.fromkeys(("need_evidence", "need_source", "need_standpoint"), 2)
        expected |= said if connection.vendor == "sqlite" else dict.fromkeys(said, 3)
        # The index of the search has triggers of its own on SQLite, which guard nothing.
        guards = {table: count for table, count in cursor.fetchall() if table != "records_searchentry"}
        assert guards == expected
