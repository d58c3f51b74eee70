"""People edit deals while an import rewrites them: every accepted edit stays, and nobody meets a lock."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

pytestmark = pytest.mark.database

DEALS, EDITS = 120, 60
COMMON = f"""
import json, sys
from tests.records import racing
from tests.intake import books
from earnest.intake import services as intake
from earnest.people import visibility
from earnest.records import services
from earnest.records.models import Change, Deal
by = racing.by_admin()
def bring(edition):
    told = [(f"Edition {{edition}}", edition * 100)] * {DEALS}
    rows = [books.deal(number, next_step=step, amount=amount) for number, (step, amount) in enumerate(told, start=1)]
    plan = intake.plan(books.book_of(rows), actor=by.actor, source=intake.Source("crm", "files"))
    return intake.apply(plan, actor=by.actor, at=racing.AT, batch_rows=6)
"""
IMPORT = COMMON + "\nfor edition in (2, 3, 4): bring(edition)\nprint(json.dumps('done'))"
EDIT = (
    COMMON
    + f"""
accepted = {{}}
for number in range({EDITS}):
    deal = visibility.visible(by.actor, Deal).order_by("id")[number % 20]
    try:
        services.edit_deal(by=by, deal_id=deal.pk, version=deal.version, next_step=f"Mine {{number}}")
        accepted[deal.pk] = f"Mine {{number}}"
    except services.StaleVersion:
        pass
print(json.dumps(accepted))
"""
)
READ = (
    COMMON
    + """
rows = visibility.visible(by.actor, Deal).order_by("id").values_list("pk", "next_step", "amount_minor")
print(json.dumps(list(rows)))
"""
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database of its own with every table."""
    with databases.template(tmp_path) as made:
        yield made


def test_every_accepted_edit_stays(address: str) -> None:
    databases.told(COMMON + "\nbring(1)", address)
    both = [databases.python(code, address) for code in (IMPORT, EDIT)]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    accepted = {int(number): text for number, text in json.loads(said[1][0]).items()}
    rows = json.loads(databases.told(READ, address))
    assert {number: text for number, text, _ in rows if number in accepted} == accepted
    assert {text for number, text, _ in rows if number not in accepted} == {"Edition 4"}
    # The amount, which nobody touched, follows the source on every deal.
    assert {amount for _, _, amount in rows} == {400}
    assert len(rows) == DEALS
