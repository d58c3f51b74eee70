"""Several processes write at once: no update is lost, no create is done twice, and no lock is seen by anybody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

pytestmark = pytest.mark.database

WRITERS, ROUNDS = 4, 25
RACE = "import sys; from tests.records import racing; racing.race(sys.argv[1])"
CREATE = "import sys; from tests.records import racing; racing.create(sys.argv[1])"
START = "from tests.records import racing; racing.services.open_deal(by=racing.by_admin(), title='One')"
READ = """
import json
from tests.records import racing
from earnest.people import audit
from earnest.records.models import Change
deal = racing.visibility.visible(racing.by_admin().actor, racing.Deal).get()
changes = racing.visibility.visible(racing.by_admin().actor, Change).filter(kind="records.deal", field="lead_time_days")
steps = list(changes.order_by("id").values_list("old_text", "new_text"))
print(json.dumps([deal.version, deal.lead_time_days, steps, audit.first_broken()]))
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database of its own with every table."""
    with databases.template(tmp_path) as made:
        yield made


def at_once(code: str, address: str, argument: str) -> list[int]:
    """What several processes printed that ran the same at the same time."""
    processes = [databases.python(code, address, argument) for _ in range(WRITERS)]
    said = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0] * WRITERS, said
    return [json.loads(out) for out, _ in said]


def test_no_update_is_lost(address: str) -> None:
    databases.told(START, address)
    at_once(RACE, address, str(ROUNDS))
    version, lead_time, steps, broken = json.loads(databases.told(READ, address))
    written = WRITERS * ROUNDS
    assert (version, lead_time) == (1 + written, written)
    assert steps == [[str(step) if step else "", str(step + 1)] for step in range(written)]
    assert broken is None


def test_one_key_makes_one_record(address: str) -> None:
    databases.told("from tests.records import racing; racing.by_admin()", address)
    numbers = at_once(CREATE, address, "k1")
    assert len(set(numbers)) == 1
    assert json.loads(databases.told(READ, address))[0] == 1
