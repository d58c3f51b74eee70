"""The recycle bin: discarded rows are gone from every list, can be restored, and go for good after 90 days."""

from datetime import timedelta

import pytest

from earnest.people import visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.records import services
from earnest.records.models import Account, Attachment, Change, Contact, Deal, Note
from earnest.records.services import notes
from tests.workspace import AT, Workspace


def test_a_discarded_deal_is_in_no_list_and_can_be_restored(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Gone")
    services.discard(Deal, by=company.by(company.bo), record_id=deal.pk, version=1)
    assert visibility.visible(company.actor(company.admin), Deal).count() == 0
    assert [row.pk for row in visibility.in_bin(company.actor(company.bo), Deal)] == [deal.pk]
    with pytest.raises(NotFound):
        services.edit_deal(by=company.by(company.bo), deal_id=deal.pk, version=2, title="Edited")
    with pytest.raises(NotFound):
        services.restore(Deal, by=company.by(company.dana), record_id=deal.pk)
    back = services.restore(Deal, by=company.by(company.bo), record_id=deal.pk)
    assert (back.deleted_at, back.version) == (None, 3)
    rows = visibility.visible(company.actor(company.bo), Change).filter(record_id=deal.pk, kind="records.deal")
    assert list(rows.order_by("id").values_list("field", flat=True)) == ["created", "deleted_at", "deleted_at"]


@pytest.mark.parametrize(("days", "gone"), [(89, 0), (90, 0), (91, 1)])
def test_the_bin_keeps_for_ninety_days(company: Workspace, days: int, gone: int) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Gone")
    services.discard(Deal, by=company.by(company.bo), record_id=deal.pk, version=1)
    assert services.empty(actor=company.actor(company.admin), at=AT + timedelta(days=days)) == gone
    assert Deal.objects.unscoped(reason="a test counts").count() == 1 - gone


@pytest.mark.case("A73")
def test_history_outlives_what_it_is_about(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Gone")
    services.discard(Deal, by=company.by(company.bo), record_id=deal.pk, version=1)
    services.empty(actor=company.actor(company.admin), at=AT + timedelta(days=365))
    rows = visibility.visible(company.actor(company.admin), Change).filter(record_id=deal.pk, kind="records.deal")
    assert rows.count() == 2


def test_what_something_still_needs_stays(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Needed")
    contact = services.add_contact(by=company.by(company.bo), name="Ines", account_id=account.pk)
    services.discard(Account, by=company.by(company.bo), record_id=account.pk, version=1)
    assert services.empty(actor=company.actor(company.admin), at=AT + timedelta(days=365)) == 0
    services.discard(Contact, by=company.by(company.bo), record_id=contact.pk, version=1)
    assert services.empty(actor=company.actor(company.admin), at=AT + timedelta(days=365)) == 2


def test_notes_and_files_go_too(company: Workspace) -> None:
    by = company.by(company.bo)
    deal = services.open_deal(by=by, title="One")
    row = notes.add_note(by=by, text="Nobody needs this", deal_id=deal.pk)
    services.discard(Note, by=by, record_id=row.pk, version=1)
    file = Attachment(deal=deal, name="a.txt", byte_count=1, sha256="0" * 64, origin="ui", created_at=AT, written_at=AT)
    file.save()
    services.discard(Attachment, by=by, record_id=file.pk, version=1)
    assert services.empty(actor=company.actor(company.admin), at=AT + timedelta(days=365)) == 2


def test_only_admins_empty_the_bin(company: Workspace) -> None:
    with pytest.raises(NotAllowed):
        services.empty(actor=company.actor(company.grete), at=AT)
