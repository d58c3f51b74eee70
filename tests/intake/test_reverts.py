"""An import can be taken back for 30 days: what it added goes, what it changed returns, what people wrote stays."""

from datetime import timedelta

import pytest

from earnest.intake import services
from earnest.intake.models import ImportRun
from earnest.intake.services import Outcome, Source
from earnest.intake.services.reverts import CannotRevert
from earnest.intake.services.runs import ImportNotFound
from earnest.people import visibility
from earnest.people.authority import NotAllowed
from earnest.people.models import AuditEvent, Team, User
from earnest.records import book as database_book
from earnest.records import services as records
from earnest.records.models import (
    Account,
    Activity,
    Change,
    Contact,
    Deal,
    DealLine,
    ExternalReference,
    Pipeline,
    Product,
    Stage,
    ToldColumn,
)
from earnest.rulebook import engine
from earnest.rulebook.book import Book
from tests import workspace
from tests.intake import books
from tests.workspace import AT, LATER, Workspace

WHY = "a test looks"
CRM = Source("salesforce", "deals.csv")
LATEST = LATER + timedelta(days=1)
TABLES = (Deal, DealLine, Activity, Contact, Account, Product, Stage, Pipeline, Team, ExternalReference, ToldColumn)


@pytest.fixture
def company(db: None) -> Workspace:
    """A small company in an empty database."""
    return workspace.make()


def bring(company: Workspace, book: Book, at: object = AT) -> Outcome:
    actor = company.actor(company.admin)
    return services.apply(services.plan(book, actor=actor, source=CRM), actor=actor, at=at)  # type: ignore[arg-type]


def counts() -> list[int]:
    return [User.objects.count(), *(model.objects.unscoped(reason=WHY).count() for model in TABLES)]


def told(company: Workspace) -> list[dict[str, object]]:
    """The book as the company reads it, without the numbers that the database gave."""
    found = database_book.read(company.actor(company.admin), as_of=books.AS_OF)
    rows = [
        {"table": name, **row}
        for name in found.tables
        for row in engine.collect(found.table(name).rows).rows(named=True)
    ]
    numbers = ("deal_id", "activity_id", "change_id", "contact_id")
    return sorted(({key: row[key] for key in row if key not in numbers} for row in rows), key=str)


def test_what_an_import_added_goes(company: Workspace) -> None:
    before = counts()
    done = bring(company, books.generated())
    assert counts() != before
    undone = services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    assert counts() == before
    assert (undone.restored, undone.kept) == (0, ())
    assert ImportRun.objects.unscoped(reason=WHY).get().state == "reverted"
    assert told(company) == []


def test_what_it_changed_stands_as_before(company: Workspace) -> None:
    bring(company, books.generated())
    before, there = counts(), told(company)
    done = bring(company, books.generated(edition=2), at=LATER)
    assert told(company) != there
    undone = services.revert(done.run_id, actor=company.actor(company.admin), at=LATEST)
    assert undone.restored == done.changed == 20
    assert undone.kept == ()
    assert counts() == before
    assert told(company) == there


def test_the_same_files_can_come_again_afterwards(company: Workspace) -> None:
    bring(company, books.generated())
    second = bring(company, books.generated(edition=2), at=LATER)
    there = told(company)
    services.revert(second.run_id, actor=company.actor(company.admin), at=LATEST)
    again = bring(company, books.generated(edition=2), at=LATER)
    assert (again.new, again.changed, again.conflicts) == (second.new, second.changed, 0)
    assert told(company) == there


def test_all_of_it_can_come_again_after_all_of_it_went(company: Workspace) -> None:
    first = bring(company, books.generated())
    there = told(company)
    services.revert(first.run_id, actor=company.actor(company.admin), at=LATER)
    again = bring(company, books.generated(), at=LATEST)
    assert (again.new, again.same, again.conflicts) == (first.new, 0, 0)
    assert told(company) == there


def test_what_people_wrote_since_stays_and_is_named(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1), books.deal(2), books.deal(3)]))
    first, second, third = visibility.visible(company.actor(company.admin), Deal).order_by("id")
    by = company.by(company.admin, LATER)
    records.edit_deal(by=by, deal_id=first.pk, version=1, next_step="Visit")
    records.log_activity(by=by, deal_id=second.pk, channel="call")
    undone = services.revert(done.run_id, actor=company.actor(company.admin), at=LATEST)
    kept = [(one.kind, one.record_id, one.reason) for one in undone.kept if one.kind == "records.deal"]
    assert kept == [
        ("records.deal", first.pk, "It was edited here since."),
        ("records.deal", second.pk, "An activity here still needs it."),
    ]
    assert {(one.kind, one.reason) for one in undone.kept} > {
        ("records.account", "A deal here still needs it."),
        ("people.user", "A deal here still needs it."),
    }
    left = visibility.visible(company.actor(company.admin), Deal).order_by("id")
    assert list(left.values_list("pk", "next_step")) == [(first.pk, "Visit"), (second.pk, "Call")]
    assert not Deal.objects.unscoped(reason=WHY).filter(pk=third.pk).exists()


def test_a_change_that_people_wrote_over_stays(company: Workspace) -> None:
    bring(company, books.book_of([books.deal(1), books.deal(2)]))
    rows = [books.deal(number, amount=7) for number in (1, 2)]
    done = bring(company, books.book_of(rows), at=LATER)
    first, second = visibility.visible(company.actor(company.admin), Deal).order_by("id")
    records.edit_deal(by=company.by(company.admin, LATER), deal_id=first.pk, version=2, next_step="Visit")
    undone = services.revert(done.run_id, actor=company.actor(company.admin), at=LATEST)
    assert undone.restored == 1
    assert [(one.record_id, one.reason) for one in undone.kept] == [(first.pk, "It was written here since.")]
    amounts = (
        visibility.visible(company.actor(company.admin), Deal).order_by("id").values_list("amount_minor", "version")
    )
    assert list(amounts) == [(7, 3), (100_00, 3)]
    assert second.version == 2


def test_what_was_taken_for_ours_by_name_stays_ours(company: Workspace) -> None:
    account = records.add_account(by=company.by(company.bo), name="Brackenfold")
    done = bring(company, books.book_of([books.deal(1, owner="Bo")]))
    services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    assert [row.pk for row in Account.objects.unscoped(reason=WHY)] == [account.pk]
    assert User.objects.filter(pk=company.bo.pk, is_active=True).exists()
    assert ExternalReference.objects.unscoped(reason=WHY).count() == 0


def test_the_history_stays_written_and_is_no_longer_read(company: Workspace) -> None:
    done = bring(company, books.generated())
    lines = Change.objects.unscoped(reason=WHY).filter(import_run=done.run_id).count()
    services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    assert Change.objects.unscoped(reason=WHY).filter(import_run=done.run_id).count() == lines


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (30, True), (31, False)])
def test_an_import_can_be_taken_back_for_thirty_days(company: Workspace, days: int, *, allowed: bool) -> None:
    done = bring(company, books.book_of([books.deal(1)]))
    at = AT + timedelta(days=days)
    if allowed:
        services.revert(done.run_id, actor=company.actor(company.admin), at=at)
    else:
        with pytest.raises(CannotRevert) as refused:
            services.revert(done.run_id, actor=company.actor(company.admin), at=at)
        assert refused.value.why == "It was begun on 2026-01-05, and an import can be taken back for 30 days."
    assert Deal.objects.unscoped(reason=WHY).count() == (0 if allowed else 1)


def test_an_import_is_taken_back_once(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1)]))
    services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    with pytest.raises(CannotRevert) as refused:
        services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    assert refused.value.why == "It has been taken back already."
    actions = AuditEvent.objects.unscoped(reason=WHY).filter(kind="intake.importrun").order_by("number")
    assert list(actions.values_list("action", flat=True)) == ["import_begun", "import_done", "import_reverted"]


def test_an_import_that_was_stopped_is_finished_first(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1)]))
    ImportRun.objects.unscoped(reason="as if it had been killed").update(state="running")
    with pytest.raises(CannotRevert) as refused:
        services.revert(done.run_id, actor=company.actor(company.admin), at=LATER)
    assert refused.value.fix == "Run the same import again first; it goes on where it stopped."


def test_only_admins_take_imports_back(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1)]))
    for user in (company.bo, company.grete, company.ann):
        with pytest.raises(NotAllowed):
            services.revert(done.run_id, actor=company.actor(user), at=LATER)
    with pytest.raises(ImportNotFound):
        services.revert(done.run_id + 1, actor=company.actor(company.admin), at=LATER)
    assert Deal.objects.unscoped(reason=WHY).count() == 1
