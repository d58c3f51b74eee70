"""Merging: two become one with all that hung on them, nothing of others moves, and undoing restores it exactly."""

from datetime import date, timedelta

import pytest

from earnest.people.authority import NotFound
from earnest.records import services
from earnest.records.models import Account, Change, Contact, Deal, ExternalReference, Merge, SourceObject, Stakeholder
from earnest.records.reads import duplicates
from earnest.records.services import By, merging, undoing
from earnest.records.services.merging import MergeRefused, Two
from earnest.records.services.notes import add_note
from tests.workspace import AT, Workspace

DAY = date(2026, 1, 5)


def two(company: Workspace, **values: object) -> tuple[Account, Account]:
    by = company.by(company.bo)
    return services.add_account(by=by, name="Holt Ltd", **values), services.add_account(
        by=by, name="Holt", domain="h.example"
    )


def merged(company: Workspace, kept: Account, other: Account, *take: str, kind: str = "account") -> Merge:
    by = By(company.actor(company.bo), AT + timedelta(hours=1), group="merge-1")
    chosen = Two(kept.pk, kept.version, other.pk, other.version)
    return merging.merge(by=by, kind=kind, two=chosen, take=frozenset(take))


def picture(company: Workspace) -> list[object]:
    rows: list[object] = []
    for model, columns in (
        (Account, ("pk", "name", "domain", "parent_id", "deleted_at")),
        (Deal, ("pk", "account_id", "deleted_at")),
        (Contact, ("pk", "name", "account_id", "deleted_at")),
        (Stakeholder, ("pk", "contact_id", "deleted_at")),
        (ExternalReference, ("pk", "record_id")),
    ):
        table = model.objects.unscoped(reason="a test compares")
        rows += list(table.order_by("pk").values_list(*columns))
    return rows


def test_what_hangs_on_the_second_moves_and_undoing_restores_it_exactly(company: Workspace) -> None:
    by = company.by(company.bo)
    kept, other = two(company)
    child = services.add_account(by=by, name="Holt North", parent_id=other.pk)
    deal = services.open_deal(by=by, title="Slots", account_id=other.pk)
    binned = services.open_deal(by=by, title="Old", account_id=other.pk)
    services.discard(Deal, by=by, record_id=binned.pk, version=1)
    ines = services.add_contact(by=by, name="Ines", account_id=other.pk)
    note = add_note(by=by, text="Calls on Mondays", account_id=other.pk)
    talk = services.log_activity(by=by, account_id=other.pk, channel="call", direction="both", at=AT)
    source = SourceObject.objects.bulk_add([SourceObject(system="s", object="o", kind="records.account")])[0]
    ExternalReference.objects.bulk_add(
        [ExternalReference(source=source, external_id="1", kind="records.account", record_id=other.pk, content_hash="")]
    )
    before = picture(company)
    row = merged(company, kept, other, "domain")
    for each, column in ((child, "parent_id"), (deal, "account_id"), (binned, "account_id"), (ines, "account_id"),
                         (note, "account_id"), (talk, "account_id")):  # fmt: skip
        each.refresh_from_db()
        assert getattr(each, column) == kept.pk, each
    kept.refresh_from_db(), other.refresh_from_db()
    assert (kept.name, kept.domain, kept.deleted_at) == ("Holt Ltd", "h.example", None)
    assert other.deleted_at == AT + timedelta(hours=1)
    assert list(ExternalReference.objects.unscoped(reason="a test looks").values_list("record_id", flat=True)) == [
        kept.pk
    ]
    undoing.undo_act(by=By(company.actor(company.bo), AT + timedelta(hours=2)), group="merge-1")
    assert picture(company) == before
    row.refresh_from_db()
    assert row.undone_at == AT + timedelta(hours=2)


def test_both_histories_say_so(company: Workspace) -> None:
    kept, other = two(company)
    merged(company, kept, other)
    told = Change.objects.unscoped(reason="a test reads").filter(field__startswith="merged").order_by("record_id")
    assert list(told.values_list("record_id", "field", "new_text")) == [
        (kept.pk, "merged", "Holt"),
        (other.pk, "merged_into", "Holt Ltd"),
    ]


def test_somebody_in_a_deal_twice_stays_in_it_once(company: Workspace) -> None:
    by = company.by(company.bo)
    deal = services.open_deal(by=by, title="Slots")
    first = services.add_contact(by=by, name="Ines")
    second = services.add_contact(by=by, name="Ines", email="i@h.example")
    for each in (first, second):
        services.add_stakeholder(by=by, deal_id=deal.pk, contact_id=each.pk, role="owner")
    before = picture(company)
    merged(company, first, second, "email", kind="contact")
    stakes = Stakeholder.objects.unscoped(reason="a test counts").filter(deleted_at=None)
    assert list(stakes.values_list("contact_id", flat=True)) == [first.pk]
    undoing.undo_act(by=By(company.actor(company.bo), AT), group="merge-1")
    assert picture(company) == before


def test_the_kept_one_does_not_hang_on_what_goes_into_it(company: Workspace) -> None:
    by = company.by(company.bo)
    other = services.add_account(by=by, name="Holt")
    kept = services.add_account(by=by, name="Holt Ltd", parent_id=other.pk)
    merged(company, kept, other)
    kept.refresh_from_db()
    assert kept.parent_id is None


@pytest.mark.case("A02", "A05")
def test_nobody_merges_what_is_not_theirs(company: Workspace) -> None:
    kept, other = two(company)
    theirs = services.add_account(by=company.by(company.dana), name="Holt")
    before = picture(company)
    for first, second in ((kept, theirs), (theirs, kept)):
        with pytest.raises(NotFound):
            merged(company, first, second)
    services.open_deal(by=company.by(company.admin), title="Hidden", account_id=other.pk)
    before = picture(company)
    with pytest.raises(MergeRefused) as refusal:
        merged(company, kept, other)
    assert "Hidden" not in str(refusal.value)
    assert "1" not in str(refusal.value)
    assert picture(company) == before


@pytest.mark.case("A06")
def test_only_listed_fields_can_be_chosen_and_never_with_itself(company: Workspace) -> None:
    kept, other = two(company)
    with pytest.raises(MergeRefused):
        merged(company, kept, other, "owner_id")
    with pytest.raises(MergeRefused):
        merged(company, kept, kept)


def test_a_record_that_was_written_since_is_compared_once_more(company: Workspace) -> None:
    kept, other = two(company)
    services.edit_account(by=company.by(company.bo), account_id=other.pk, version=1, name="Holt Group")
    with pytest.raises(MergeRefused):
        merged(company, kept, other)


@pytest.mark.case("A17")
def test_candidates_are_those_that_i_may_write(company: Workspace) -> None:
    kept, other = two(company)
    services.add_account(by=company.by(company.dana), name="HOLT, GmbH", domain="www.h.example")
    found = duplicates.groups(company.actor(company.bo), "account")
    assert [(each.why, [one.id for one in each.members]) for each in found] == [("the same name", [kept.pk, other.pk])]
    assert duplicates.groups(company.actor(company.dana), "account") == []
    assert duplicates.groups(company.actor(company.ann), "account") == []
    assert [each.why for each in duplicates.groups(company.actor(company.hal), "account")] == [
        "the same domain",
        "the same name",
    ]


def test_side_by_side_proposes_what_the_kept_one_lacks(company: Workspace) -> None:
    kept, other = two(company, industry="Food")
    sides = duplicates.sides(company.actor(company.bo), "account", kept.pk, other.pk)
    lines = duplicates.lines(company.actor(company.bo), "account", *sides)
    assert [(each.name, each.takes_merged) for each in lines if each.differs] == [
        ("name", False),
        ("domain", True),
        ("industry", False),
    ]
