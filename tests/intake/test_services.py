"""Importing a book: what is foreseen is what happens, the same again writes nothing, and nothing is lost on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from earnest.intake import services
from earnest.intake.models import ImportedRow, ImportRun, RefusedRow
from earnest.intake.services import Count, Outcome, Plan, Source, Step
from earnest.people import visibility
from earnest.people.authority import NotAllowed
from earnest.people.models import AuditEvent, User
from earnest.pipeline import frames
from earnest.records import book as database_book
from earnest.records import services as records
from earnest.records.models import (
    Account,
    Activity,
    Change,
    Contact,
    Deal,
    ExternalReference,
    Product,
    Stage,
    ToldColumn,
)
from earnest.rulebook import engine
from earnest.rulebook.book import Book
from earnest.rulebook.tables import Threshold
from tests import canonical, workspace
from tests.intake import books
from tests.workspace import AT, LATER, Workspace

WHY = "a test looks"
CRM = Source("salesforce", "deals.csv")


@pytest.fixture
def company(db: None) -> Workspace:
    """A small company in an empty database."""
    return workspace.make()


def plan(company: Workspace, book: Book, source: Source = CRM) -> Plan:
    return services.plan(book, actor=company.actor(company.admin), source=source)


def bring(company: Workspace, book: Book, at: datetime = AT, source: Source = CRM, **options: Any) -> Outcome:
    return services.apply(plan(company, book, source), actor=company.actor(company.admin), at=at, **options)


def table(book: Book, name: str, *drop: str) -> list[dict[str, Any]]:
    rows = engine.collect(book.table(name).rows).rows(named=True)
    return [{key: value for key, value in row.items() if key not in drop} for row in rows]


def deals(company: Workspace) -> list[Deal]:
    return list(visibility.visible(company.actor(company.admin), Deal).order_by("id"))


def test_the_database_tells_the_book_that_was_imported(company: Workspace) -> None:
    """Every column of every table, on the third shelf as on the first."""
    book = books.generated()
    bring(company, book)
    back = database_book.read(company.actor(company.admin), as_of=books.AS_OF)
    numbers = ("deal_id", "activity_id", "change_id", "contact_id")
    blank = {"subject": "", "next_step": ""}
    for name in ("deals", "activities", "changes"):
        rows = table(book, name, *numbers)
        told = [{**row, **{key: row[key] or None for key in blank if key in row}} for row in rows]
        key = "external_id" if name != "changes" else "at"
        assert sorted(table(back, name, *numbers), key=lambda row: str((row[key], *row.values()))) == sorted(
            told, key=lambda row: str((row[key], *row.values()))
        )
        assert back.table(name).present == book.table(name).present


def test_the_database_judges_as_the_file_does(company: Workspace) -> None:
    thresholds: tuple[Threshold, ...] = frames.THRESHOLDS
    book = books.generated(count=120)
    from earnest.rulebook import book as rulebook_books

    book = rulebook_books.book(
        [(one.declared, one.rows.to_native()) for one in book.tables.values()], as_of=books.AS_OF, thresholds=thresholds
    )
    bring(company, book)
    back = database_book.read(company.actor(company.admin), as_of=books.AS_OF, thresholds=thresholds)
    verdicts = []
    for found in (book, back):
        judged = engine.collect(frames.judged(found).rows)
        names = ["external_id", *(rule.name for rule in frames.RULES if rule.name in judged.columns)]
        verdicts.append(judged.select(names).sort("external_id").rows())
    assert verdicts[0] == verdicts[1]
    assert len(verdicts[0]) > 20


def test_what_is_foreseen_is_what_happens(company: Workspace) -> None:
    foreseen = plan(company, books.generated())
    assert foreseen.counts == (
        Count("deals", 60, 0, 0, 0, 0),
        Count("activities", 180, 0, 0, 0, 0),
        Count("changes", 60, 0, 0, 0, 0),
    )
    named = {one.object: (one.new, one.linked) for one in foreseen.names}
    # Bo and Chidi work here already, and so do two of the teams; Amara does not.
    assert named["user"] == (1, ("Bo", "Chidi")) or named["user"] == (1, ("Chidi", "Bo"))
    assert named["team"][0] == 0
    assert ImportRun.objects.unscoped(reason=WHY).count() == 0
    done = services.apply(foreseen, actor=company.actor(company.admin), at=AT)
    assert (done.new, done.changed, done.same, done.conflicts, done.refused) == (300, 0, 0, 0, 0)
    assert [model.objects.unscoped(reason=WHY).count() for model in (Deal, Activity)] == [60, 180]
    told = Change.objects.unscoped(reason=WHY).filter(source_key__isnull=False)
    assert told.count() == 60
    assert User.objects.filter(name="Amara", is_active=False, email=None).count() == 1


def test_the_same_again_writes_nothing_at_all(company: Workspace) -> None:
    first = bring(company, books.generated())
    before = canonical.lines()
    again = bring(company, books.generated(), at=LATER)
    assert (again.wrote, again.run_id, again.new, again.changed, again.same) == (False, first.run_id, 0, 0, 300)
    assert canonical.lines() == before


def test_the_same_rows_in_another_order_write_no_row(company: Workspace) -> None:
    rows = [books.deal(number) for number in (1, 2, 3)]
    bring(company, books.book_of(rows))
    versions = Deal.objects.unscoped(reason=WHY).values_list("version", "written_at")
    before = list(versions.order_by("id"))
    done = bring(company, books.book_of(rows[::-1]), at=LATER)
    assert (done.new, done.changed, done.same) == (0, 0, 3)
    assert list(versions.all().order_by("id")) == before
    assert Change.objects.unscoped(reason=WHY).filter(kind="records.deal").count() == 3


def test_a_new_edition_writes_what_differs_with_its_history(company: Workspace) -> None:
    bring(company, books.generated(count=9))
    foreseen = plan(company, books.generated(count=9, edition=2))
    assert [(count.new, count.changed, count.same) for count in foreseen.counts] == [(1, 3, 6), (1, 0, 27), (0, 0, 9)]
    done = services.apply(foreseen, actor=company.actor(company.admin), at=LATER)
    assert (done.new, done.changed, done.same) == (2, 3, 42)
    changed = [deal for deal in deals(company) if deal.version == 2]
    assert [deal.next_step for deal in changed] == ["Step of edition 2"] * 3
    rows = Change.objects.unscoped(reason=WHY).filter(import_run=done.run_id, source_key=None).exclude(field="created")
    assert set(rows.values_list("origin", "at", "observed_at")) == {("import", LATER, LATER)}
    assert {"next_step", "amount", "product"} >= set(rows.values_list("field", flat=True)) >= {"next_step", "amount"}
    back = database_book.read(company.actor(company.admin), as_of=books.AS_OF)
    products = {row["external_id"]: row["product"] for row in table(back, "deals")}
    assert [products[f"006-{number:05}"] for number in (1, 4, 7)] == ["GTK"] * 3


def test_imported_history_never_looks_like_our_own(company: Workspace) -> None:
    bring(company, books.generated())
    told = Change.objects.unscoped(reason=WHY).filter(source_key__isnull=False)
    assert set(told.values_list("origin", "observed_at", "changed_by")) == {("import", AT, None)}
    assert told.filter(at__gte=AT).count() == 0


def test_every_imported_row_says_where_it_came_from(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1), books.deal(2)]))
    rows = ExternalReference.objects.unscoped(reason=WHY).filter(kind="records.deal").order_by("id")
    assert list(rows.values_list("source__system", "source__object", "external_id", "line", "import_run")) == [
        ("salesforce", "deal", "D1", 1, done.run_id),
        ("salesforce", "deal", "D2", 2, done.run_id),
    ]
    written = ImportedRow.objects.unscoped(reason=WHY).filter(kind="records.deal").order_by("id")
    assert list(written.values_list("record_id", "landing", "line", "version_after")) == [
        (deal.pk, "new", line, 1) for line, deal in enumerate(deals(company), start=1)
    ]
    assert list(Change.objects.unscoped(reason=WHY).filter(kind="records.deal").values_list("field", "new_text")) == [
        ("created", "Deal 1"),
        ("created", "Deal 2"),
    ]


def test_activities_lie_deal_by_deal_whatever_the_order_of_the_file(company: Workspace) -> None:
    happened = [(2, 50), (1, 90), (2, 10), (None, 5), (1, 20)]
    rows = [{"deal_id": deal, "channel": "call", "at": at} for deal, at in happened]
    done = bring(company, books.book_of([books.deal(1), books.deal(2)], rows))
    assert done.new == 7
    written = Activity.objects.unscoped(reason=WHY).order_by("id").values_list("deal__title", "at__second", "pk")
    assert [row[:2] for row in written] == [(None, 5), ("Deal 1", 20), ("Deal 1", 30), ("Deal 2", 10), ("Deal 2", 50)]
    # Each still knows the line that it came from.
    lines = ImportedRow.objects.unscoped(reason=WHY).filter(kind="records.activity").order_by("record_id")
    assert list(lines.values_list("record_id", "line")) == [
        (row[2], line) for row, line in zip(written, (4, 5, 2, 3, 1), strict=True)
    ]


def test_two_systems_keep_their_numbers_apart(company: Workspace) -> None:
    bring(company, books.book_of([books.deal(1)]))
    other = bring(company, books.book_of([books.deal(1)]), source=Source("hubspot", "deals.csv"))
    assert other.new == 1
    assert len(deals(company)) == 2
    # The account has the same name in both, and only one of ours has it.
    assert Account.objects.unscoped(reason=WHY).count() == 1


def test_a_renamed_stage_is_still_found(company: Workspace) -> None:
    row = books.deal(1, pipeline="New business", stage="talking")
    bring(company, books.book_of([row]))
    assert [deal.stage_id for deal in deals(company)] == [company.first.pk]
    records.edit_stage(
        by=company.by(company.admin),
        stage_id=company.first.pk,
        version=1,
        name="Getting to know",
        position=1,
        meaning="conversation",
    )
    bring(company, books.book_of([row, books.deal(2, pipeline="New business", stage="talking")]), at=LATER)
    assert [deal.stage_id for deal in deals(company)] == [company.first.pk] * 2
    assert Stage.objects.unscoped(reason=WHY).count() == 2


def test_a_name_that_two_of_ours_have_is_not_taken_for_either(company: Workspace) -> None:
    for _ in range(2):
        records.add_account(by=company.by(company.bo), name="Brackenfold")
    bring(company, books.book_of([books.deal(1)]))
    assert Account.objects.unscoped(reason=WHY).count() == 3


def test_what_a_file_leaves_out_is_not_emptied(company: Workspace) -> None:
    bring(company, books.book_of([books.deal(1, product="GTX Pro", team="North", stage="Talking", pipeline="P")]))
    short = {"external_id": "D1", "title": "Renamed", "outcome": "open"}
    done = bring(company, books.book_of([short]), at=LATER)
    (deal,) = deals(company)
    assert done.changed == 1
    assert (deal.title, deal.next_step, deal.amount_minor, deal.version) == ("Renamed", "Call", 100_00, 2)
    assert None not in (deal.owner_id, deal.team_id, deal.account_id, deal.stage_id)
    assert deal.lines.model.objects.unscoped(reason=WHY).filter(deal=deal).count() == 1
    fields = Change.objects.unscoped(reason=WHY).filter(import_run=done.run_id).values_list("field", flat=True)
    assert list(fields) == ["title"]


def test_a_team_follows_the_owner_where_the_file_tells_none(company: Workspace) -> None:
    bring(company, books.book_of([books.deal(1, owner="Bo"), books.deal(2, owner="Nobody we know")]))
    assert [deal.team_id for deal in deals(company)] == [company.north.pk, None]
    assert visibility.visible(company.actor(company.grete), Deal).count() == 1


def test_contacts_come_without_a_name_and_with_their_account(company: Workspace) -> None:
    happened = [{"deal_id": 1, "contact_id": 7, "at": books.MORNING}, {"deal_id": 1, "contact_id": 7, "at": 1}]
    bring(company, books.book_of([books.deal(1)], happened))
    (contact,) = Contact.objects.unscoped(reason=WHY).select_related("account")
    assert (contact.name, contact.account and contact.account.name) == ("", "Brackenfold")
    assert Activity.objects.unscoped(reason=WHY).filter(contact=contact).count() == 2


def test_rows_without_a_number_are_known_again_by_what_they_say(company: Workspace) -> None:
    nameless = {"external_id": None}
    happened = [{"deal_id": 1, "at": 1, "channel": "call"}, {"deal_id": 1, "at": 1, "channel": "call"}]
    book = books.book_of([books.deal(1, **nameless), books.deal(2, **nameless)], happened)
    assert bring(company, book).new == 4
    before = canonical.lines()
    assert bring(company, book, at=LATER).same == 4
    assert canonical.lines() == before
    done = bring(company, books.book_of([books.deal(1, next_step="Visit", **nameless)]), at=LATER)
    assert (done.new, done.changed) == (0, 1)


def test_progress_is_told_after_each_batch(company: Workspace) -> None:
    steps: list[Step] = []
    bring(company, books.generated(count=12), progress=steps.append, batch_rows=5)
    assert [(step.done, step.total) for step in steps if step.name == "deal"] == [(5, 12), (10, 12), (12, 12)]
    assert [step.done for step in steps if step.name == "change"] == [5, 10, 12]


@pytest.mark.parametrize("batch_rows", [1, 7, 10_000])
def test_the_size_of_batches_changes_nothing(company: Workspace, batch_rows: int) -> None:
    bring(company, books.generated(count=20), batch_rows=batch_rows)
    back = database_book.read(company.actor(company.admin), as_of=books.AS_OF)
    assert [len(table(back, name)) for name in ("deals", "activities", "changes")] == [20, 60, 20]
    assert Product.objects.unscoped(reason=WHY).count() == 2


def test_only_told_columns_are_told(company: Workspace) -> None:
    done = bring(company, books.book_of([{"external_id": "D1", "outcome": "open"}]))
    rows = ToldColumn.objects.unscoped(reason=WHY).filter(told_by=f"import {done.run_id}")
    assert sorted(rows.values_list("table", "column")) == [("deals", "external_id"), ("deals", "outcome")]


def test_an_import_is_audited(company: Workspace) -> None:
    done = bring(company, books.book_of([books.deal(1)]))
    events = AuditEvent.objects.unscoped(reason=WHY).filter(kind="intake.importrun", record_id=done.run_id)
    assert list(events.order_by("number").values_list("action", flat=True)) == ["import_begun", "import_done"]
    assert events.order_by("-number")[0].detail == {
        "label": "deals.csv",
        "new": 1,
        "changed": 0,
        "conflicts": 0,
        "refused": 0,
    }


def test_only_admins_import(company: Workspace) -> None:
    book = books.book_of([books.deal(1)])
    foreseen = plan(company, book)
    for user in (company.bo, company.grete, company.ann):
        with pytest.raises(NotAllowed):
            services.plan(book, actor=company.actor(user), source=CRM)
        with pytest.raises(NotAllowed):
            services.apply(foreseen, actor=company.actor(user), at=AT)
    assert len(deals(company)) == 0
    assert RefusedRow.objects.unscoped(reason=WHY).count() == 0


def test_moments_are_kept_in_utc(company: Workspace) -> None:
    at = datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    bring(company, books.book_of([books.deal(1, updated_at=int(at.timestamp()))]), at=AT + timedelta(microseconds=5))
    (deal,) = deals(company)
    assert (deal.changed_at, deal.created_at) == (at, AT + timedelta(microseconds=5))
