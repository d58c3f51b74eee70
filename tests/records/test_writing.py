"""Versions, idempotency and where a write is refused: no update is lost and no create is done twice."""

import pytest

from earnest.people import visibility
from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.records.models import Account, Change, Deal, IdempotencyKey
from earnest.records.services import KeyReused, StaleVersion
from tests.workspace import AT, LATER, Workspace


def test_a_stale_write_is_refused_with_both_versions(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="First", next_step="Call")
    services.edit_deal(by=company.by(company.grete, LATER), deal_id=deal.pk, version=1, next_step="Visit")
    with pytest.raises(StaleVersion) as refused:
        services.edit_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, next_step="Write", title="First")
    error = refused.value
    assert error.what == "This deal was changed since you read it: you have version 1, now it is 2."
    assert error.data == {
        "record_id": deal.pk,
        "your_version": 1,
        "their_version": 2,
        "fields": {"next_step": {"yours": "Write", "theirs": "Visit", "by": "Grete", "at": LATER}},
    }
    deal.refresh_from_db()
    assert (deal.version, deal.next_step) == (2, "Visit")


def test_a_version_that_never_was_is_stale_too(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="First")
    with pytest.raises(StaleVersion):
        services.edit_deal(by=company.by(company.bo), deal_id=deal.pk, version=7, title="Second")


def test_a_row_written_between_reading_and_writing_is_stale(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second writer read version 1 as well: the condition is in the UPDATE itself, not in a look before it."""
    from earnest.records.services import history, writing

    deal = services.open_deal(by=company.by(company.bo), title="First")
    original = history.changes

    def overtaken(row: Deal, *args: object, **kwargs: object) -> list[Change]:
        Deal.objects.unscoped(reason="another process").filter(pk=row.pk).update(title="Theirs", version=2)
        return original(row, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(writing.history, "changes", overtaken)
    with pytest.raises(StaleVersion) as refused:
        services.edit_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, title="Mine")
    assert refused.value.data["their_version"] == 2


def test_the_same_key_gives_the_same_record_and_writes_nothing(company: Workspace) -> None:
    first = services.add_account(by=company.by(company.bo), name="Hollin", key="k1")
    events = visibility.visible(company.actor(company.admin), AuditEvent).count()
    again = services.add_account(by=company.by(company.bo, LATER), name="Hollin", key="k1")
    assert again.pk == first.pk
    assert Account.objects.unscoped(reason="a test counts").count() == 1
    assert Change.objects.unscoped(reason="a test counts").filter(kind="records.account").count() == 1
    assert visibility.visible(company.actor(company.admin), AuditEvent).count() == events


def test_a_key_belongs_to_its_user_and_to_one_request(company: Workspace) -> None:
    services.add_account(by=company.by(company.bo), name="Hollin", key="k1")
    services.add_account(by=company.by(company.chidi), name="Hollin", key="k1")
    with pytest.raises(KeyReused) as refused:
        services.add_account(by=company.by(company.bo), name="Another", key="k1")
    assert refused.value.what == "The key «k1» was used for another request."
    with pytest.raises(KeyReused):
        services.add_contact(by=company.by(company.bo), name="Hollin", key="k1")
    assert Account.objects.unscoped(reason="a test counts").count() == 2
    assert IdempotencyKey.objects.unscoped(reason="a test counts").count() == 2


def test_without_a_key_each_request_is_its_own(company: Workspace) -> None:
    for _ in range(2):
        services.add_account(by=company.by(company.bo), name="Hollin")
    assert Account.objects.unscoped(reason="a test counts").count() == 2


def test_two_at_once_with_one_key_give_one_record(company: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other request commits after this one looked for its key: the unique key decides, not the look."""
    from earnest.records.services import writing

    first = services.add_account(by=company.by(company.bo), name="Hollin", key="k1")
    original, looks = writing._made_before, []

    def blind_at_first(*args: object) -> Account | None:
        looks.append(args)
        return None if len(looks) == 1 else original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "_made_before", blind_at_first)
    again = services.add_account(by=company.by(company.bo), name="Hollin", key="k1")
    assert again.pk == first.pk
    assert Account.objects.unscoped(reason="a test counts").count() == 1


def test_the_origin_says_through_which_surface(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo, AT, "api"), title="By program")
    rows = visibility.visible(company.actor(company.bo), Change).filter(record_id=deal.pk, kind="records.deal")
    assert list(rows.values_list("origin", "at", "observed_at")) == [("api", AT, AT)]
