"""What a person wrote here since wins over an older source and is reported; what nobody touched follows the source."""

from datetime import date, timedelta
from typing import Any

import pytest

from earnest.intake import services
from earnest.intake.models import RefusedRow
from earnest.intake.services import Outcome, Plan, Source
from earnest.people import visibility
from earnest.records import services as records
from earnest.records.models import Change, Deal
from tests import canonical, workspace
from tests.intake import books
from tests.workspace import AT, LATER, Workspace

WHY = "a test looks"
CRM = Source("salesforce", "deals.csv")
LATEST = LATER + timedelta(days=1)


@pytest.fixture
def company(db: None) -> Workspace:
    """A company that has imported one deal, whose next step Bo changed since."""
    made = workspace.make()
    bring(made, {"next_step": "Call", "amount": 100_00}, at=AT)
    records.edit_deal(by=made.by(made.admin, LATER), deal_id=the_deal(made).pk, version=1, next_step="Visit")
    return made


def foreseen(company: Workspace, values: dict[str, Any]) -> Plan:
    book = books.book_of([books.deal(1, **values)])
    return services.plan(book, actor=company.actor(company.admin), source=CRM)


def bring(company: Workspace, values: dict[str, Any], at: Any = LATEST) -> Outcome:
    return services.apply(foreseen(company, values), actor=company.actor(company.admin), at=at)


def the_deal(company: Workspace) -> Deal:
    return visibility.visible(company.actor(company.admin), Deal).get()


@pytest.mark.case("A75")
def test_a_newer_edit_here_wins_and_is_reported(company: Workspace) -> None:
    plan = foreseen(company, {"next_step": "Write"})
    assert [(count.changed, count.conflicts) for count in plan.counts] == [(0, 1)]
    reason = "Edited here since: next_step is «Visit» here and «Write» in the file."
    assert [conflict["reason"] for conflict in plan.conflicts] == [reason]
    done = bring(company, {"next_step": "Write"})
    assert (done.new, done.changed, done.same, done.conflicts) == (0, 0, 0, 1)
    deal = the_deal(company)
    assert (deal.next_step, deal.version) == ("Visit", 2)
    (held,) = RefusedRow.objects.unscoped(reason=WHY)
    assert (held.held, held.table, held.external_id, held.reason) == ("conflict", "deals", "D1", reason)
    assert held.content == {"next_step": {"here": "Visit", "file": "Write"}}


def test_a_source_that_says_what_it_said_before_has_no_objection(company: Workspace) -> None:
    """Only the amount is new in the file; the next step is the one that Bo replaced."""
    done = bring(company, {"next_step": "Call", "amount": 200_00})
    deal = the_deal(company)
    assert (done.changed, done.conflicts) == (1, 0)
    assert (deal.next_step, deal.amount_minor, deal.version) == ("Visit", 200_00, 3)


def test_fields_that_nobody_touched_follow_the_source_beside_a_conflict(company: Workspace) -> None:
    done = bring(company, {"next_step": "Write", "amount": 200_00})
    deal = the_deal(company)
    assert (done.changed, done.conflicts) == (1, 1)
    assert (deal.next_step, deal.amount_minor) == ("Visit", 200_00)


def test_a_conflict_stays_a_conflict_and_writes_nothing_again(company: Workspace) -> None:
    bring(company, {"next_step": "Write", "amount": 200_00})
    before = canonical.lines()
    again = bring(company, {"next_step": "Write", "amount": 200_00}, at=LATEST + timedelta(days=1))
    assert (again.wrote, again.conflicts) == (False, 1)
    assert canonical.lines() == before


def test_a_source_that_changed_after_the_edit_is_followed(company: Workspace) -> None:
    newer = int((LATER + timedelta(hours=1)).timestamp())
    done = bring(company, {"next_step": "Write", "updated_at": newer})
    assert (done.changed, done.conflicts) == (1, 0)
    assert the_deal(company).next_step == "Write"
    lines = Change.objects.unscoped(reason=WHY).filter(field="next_step").order_by("id")
    assert list(lines.values_list("old_text", "new_text", "origin")) == [
        ("Call", "Visit", "ui"),
        ("Visit", "Write", "import"),
    ]


def test_a_source_that_changed_before_the_edit_is_not(company: Workspace) -> None:
    older = int((LATER - timedelta(hours=1)).timestamp())
    done = bring(company, {"next_step": "Write", "updated_at": older})
    assert (done.changed, done.conflicts) == (0, 1)
    assert (the_deal(company).next_step, the_deal(company).changed_at) == ("Visit", LATER)


def test_an_edit_that_the_source_caught_up_with_is_no_conflict(company: Workspace) -> None:
    done = bring(company, {"next_step": "Visit"})
    assert (done.changed, done.same, done.conflicts) == (0, 1, 0)
    assert the_deal(company).version == 2


def test_an_edit_after_the_source_was_followed_counts_from_there(company: Workspace) -> None:
    newer = int((LATER + timedelta(hours=1)).timestamp())
    bring(company, {"next_step": "Write", "updated_at": newer})
    records.edit_deal(by=company.by(company.admin, LATEST), deal_id=the_deal(company).pk, version=3, next_step="Phone")
    done = bring(company, {"next_step": "Write", "updated_at": newer, "title": "Renamed"}, at=LATEST)
    assert (done.changed, done.conflicts) == (1, 0)
    assert (the_deal(company).next_step, the_deal(company).title) == ("Phone", "Renamed")


def test_how_a_deal_ended_is_one_thing(company: Workspace) -> None:
    """Bo closed it as lost; the file says won on another day: neither half of the file's word is written."""
    deal = the_deal(company)
    records.end_deal(
        by=company.by(company.admin, LATER), deal_id=deal.pk, version=2, outcome="lost", closed_on=date(2026, 1, 6)
    )
    done = bring(company, {"outcome": "won", "closed_on": books.TODAY - 2, "amount": 7})
    deal = the_deal(company)
    assert (done.conflicts, deal.outcome, deal.closed_on, deal.amount_minor) == (1, "lost", date(2026, 1, 6), 7)


def test_what_lies_in_the_bin_is_not_brought_back(company: Workspace) -> None:
    records.discard(Deal, by=company.by(company.admin), record_id=the_deal(company).pk, version=2)
    done = bring(company, {"amount": 7})
    assert (done.changed, done.conflicts) == (0, 1)
    (held,) = RefusedRow.objects.unscoped(reason=WHY)
    assert held.reason == "It lies in the recycle bin here, and the file says something new about it."
    assert Deal.objects.unscoped(reason=WHY).get().amount_minor == 100_00


def test_the_owner_and_the_stage_are_told_by_name(company: Workspace) -> None:
    bring(company, {"owner": "Amara", "pipeline": "New business", "stage": "Talking"}, at=LATEST)
    deal = the_deal(company)
    records.edit_deal(
        by=company.by(company.admin, LATEST), deal_id=deal.pk, version=deal.version, stage_id=company.second.pk
    )
    plan = foreseen(company, {"owner": "Amara", "pipeline": "New business", "stage": "Signing"})
    assert [conflict["content"] for conflict in plan.conflicts] == [{"stage": {"here": "Offer", "file": ""}}]
    done = bring(company, {"owner": "Bo", "pipeline": "New business", "stage": "Signing"}, at=LATEST)
    deal = the_deal(company)
    assert (done.changed, done.conflicts) == (1, 1)
    assert (deal.owner_id, deal.stage_id) == (company.bo.pk, company.second.pk)
    assert RefusedRow.objects.unscoped(reason=WHY).get().content == {"stage": {"here": "Offer", "file": "Signing"}}
