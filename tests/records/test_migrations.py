"""The migrations go forward and back on both databases, and the rows that may stay do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

pytestmark = pytest.mark.database
MIGRATIONS = Path(__file__).parents[2] / "src" / "earnest"

# Rows in, back to the first migration and forward again, then all the way back and forward.
THERE_AND_BACK = """
import json
from earnest.surfaces import workspace as database
database.connect()
from django.core.management import call_command
from django.db import connection, DatabaseError, transaction
from tests import workspace
company = workspace.make()
from earnest.records import services
from earnest.people import audit
deal = services.open_deal(by=company.by(company.bo), title="Stays", amount_minor=100, currency_id="EUR")

def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]

def guarded(table):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = 0 OR id = (SELECT min(id) FROM {table})")
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False

tables = ("records_deal", "records_change", "people_auditevent", "people_user", "records_currency")
seen = [{table: count(table) for table in tables} | {"guarded": guarded("records_change")}]
for label, name in (("records", "0001"), ("people", "0001"), ("records", None), ("people", None)):
    call_command("migrate", label, *([name] if name else []), verbosity=0)
    seen.append({table: count(table) for table in tables} | {"guarded": guarded("records_change")})
seen.append({"chain": audit.first_broken()})
for label in ("intake", "records", "people"):
    call_command("migrate", label, "zero", verbosity=0)
left = [name for name in connection.introspection.table_names() if name.startswith(("people", "records", "intake"))]
waiting = [name for name in database.pending() if name.startswith(("people.", "records.", "intake."))]
seen.append({"pending": len(waiting), "tables": left})
database.prepare()
counts = {"deals": count("records_deal"), "currencies": count("records_currency")}
seen.append({"pending": len(database.pending())} | counts)
print(json.dumps(seen))
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database of its own with every table."""
    with databases.template(tmp_path) as made:
        yield made


def test_rows_survive_going_back_and_forward(address: str) -> None:
    first, *between, chain, gone, back = json.loads(databases.told(THERE_AND_BACK, address))
    assert first["records_deal"] == 1
    assert first["guarded"] is True
    rows = {name: count for name, count in first.items() if name != "guarded"}
    assert [{name: count for name, count in step.items() if name != "guarded"} for step in between] == [rows] * 4
    assert [step["guarded"] for step in between] == [False, False, True, True]
    assert chain == {"chain": None}
    written = [path for room in ("people", "records", "intake") for path in MIGRATIONS.glob(f"{room}/migrations/0*.py")]
    assert gone == {"pending": len(written), "tables": []}
    assert back == {"pending": 0, "deals": 0, "currencies": first["records_currency"]}


def test_models_and_migrations_say_the_same(address: str) -> None:
    code = (
        "from earnest.surfaces import workspace; workspace.connect();"
        "from django.core.management import call_command; call_command('makemigrations', check=True, dry_run=True)"
    )
    assert databases.told(code, address) == "No changes detected\n"
