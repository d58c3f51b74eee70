"""What cannot become a record is refused with its reason, kept with everything it said, and given back safely."""

import csv
import io
from typing import Any

import polars as pl
import pytest

from earnest.intake import services
from earnest.intake.landing import deals as landing
from earnest.intake.models import RefusedRow
from earnest.intake.notes import REFUSED
from earnest.intake.services import Source, downloads
from earnest.people.authority import NotAllowed
from earnest.records.models import Activity, Change, Deal
from earnest.records.tables import DEALS
from tests import workspace
from tests.intake import books
from tests.workspace import AT, Workspace

WHY = "a test looks"
CRM = Source("salesforce", "deals.csv")


@pytest.fixture
def company(db: None) -> Workspace:
    """A small company in an empty database."""
    return workspace.make()


def held(company: Workspace, *args: Any) -> list[tuple[str, int | None, str]]:
    actor = company.actor(company.admin)
    done = services.apply(services.plan(books.book_of(*args), actor=actor, source=CRM), actor=actor, at=AT)
    rows = RefusedRow.objects.unscoped(reason=WHY).filter(run_id=done.run_id).order_by("pk")
    assert done.refused == len(rows)
    return list(rows.values_list("table", "line", "reason"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"outcome": None}, "The row does not tell whether the deal is open or how it ended."),
        (
            {"outcome": "postponed"},
            "«postponed» is no outcome that Earnest knows (open, won, lost, no_decision, declined).",
        ),
        ({"closed_on": 20_000}, "The deal is open and has a day on which it ended."),
        ({"currency": "EURO"}, "«EURO» is no currency of ISO 4217 that Earnest knows (one of 158 known)."),
        ({"probability": 1000.0}, "A probability of 1000.0 is no share between 0 and 1."),
        ({"opened_on": -30_000}, "The value for the day the deal was opened is before 1900 or after 2199."),
        ({"updated_at": 10**12}, "The value for when the deal was last changed is before 1900 or after 2199."),
        ({"title": "x" * 501}, "The value for the deal's name is 501 characters long; 500 is the limit."),
        ({"next_step": "a\0b"}, "The value for the next step holds a NUL character, so the file is damaged there."),
        ({"pushes_stated": -1}, "The value for the number of pushes the CRM states is -1, which cannot be."),
        ({"external_id": "D1"}, "The id D1 already stands on an earlier row of this import, for another row."),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_value(
    company: Workspace, values: dict[str, Any], reason: str
) -> None:
    assert held(company, [books.deal(1), books.deal(2, **values)]) == [("deals", 2, reason)]
    assert Deal.objects.unscoped(reason=WHY).count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"title": "x" * 500},
        {"title": "é" * 500},
        {"probability": 1.0},
        {"probability": float("nan")},
        {"opened_on": None, "amount": None, "currency": None},
        {"outcome": "lost", "closed_on": None},
        {"outcome": "won", "closed_on": books.TODAY - 400},
        {"amount": -1},
    ],
)
def test_a_row_that_may_be_is_not_refused(company: Workspace, values: dict[str, Any]) -> None:
    assert held(company, [books.deal(1, **values)]) == []


def test_a_file_that_does_not_tell_outcomes_is_refused_as_a_whole(company: Workspace) -> None:
    rows = [{"external_id": f"D{number}", "title": "T"} for number in (1, 2)]
    reason = "The files do not tell whether deals are open or how they ended; say it for each stage in the mapping."
    assert held(company, rows) == [("deals", 1, reason), ("deals", 2, reason)]


def test_rows_that_cannot_be_told_apart_are_refused_together(company: Workspace) -> None:
    twins = [books.deal(1, external_id=None), books.deal(1, external_id=None), books.deal(2, external_id=None)]
    reason = "Several rows have no id and the same name, account and opening day, so they cannot be told apart."
    assert held(company, twins) == [("deals", 1, reason), ("deals", 2, reason)]
    assert Deal.objects.unscoped(reason=WHY).count() == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"deal_id": 9}, "Its deal is not among the deals of this import, or was refused itself."),
        ({"deal_id": 2}, "Its deal is not among the deals of this import, or was refused itself."),
        (
            {"channel": "fax"},
            "«fax» is no channel that Earnest knows (meeting, call, email, message, note, task, other).",
        ),
        ({"direction": "up"}, "«up» is no direction that Earnest knows (in, out, both)."),
        ({"at": -(10**11)}, "The value for when it happened is before 1900 or after 2199."),
        ({"duration_minutes": -5.0}, "The value for how long it took is -5.0, which cannot be."),
    ],
)
def test_an_activity_that_cannot_be_is_refused(company: Workspace, values: dict[str, Any], reason: str) -> None:
    happened = [{"deal_id": 1, "channel": "call", "direction": "out", "at": 1, "duration_minutes": 1.0, **values}]
    bad = books.deal(2, outcome="maybe")
    assert ("activities", 1, reason) in held(company, [books.deal(1), bad], happened)
    assert Activity.objects.unscoped(reason=WHY).count() == 0


def test_an_activity_without_a_deal_is_kept(company: Workspace) -> None:
    assert held(company, [books.deal(1)], [{"deal_id": None, "channel": "call", "at": 1}]) == []
    assert Activity.objects.unscoped(reason=WHY).get().deal_id is None


def test_a_change_that_cannot_be_is_refused(company: Workspace) -> None:
    told = [{"deal_id": 1, "field": None, "at": 1}, {"deal_id": 7, "field": "stage", "at": 1}]
    assert held(company, [books.deal(1)], [], told) == [
        ("changes", 1, "The row does not tell which field changed."),
        ("changes", 2, "Its deal is not among the deals of this import, or was refused itself."),
    ]
    assert Change.objects.unscoped(reason=WHY).filter(source_key__isnull=False).count() == 0


def test_nothing_is_lost_between_refused_and_written(company: Workspace) -> None:
    actor = company.actor(company.admin)
    rows = [books.deal(number, probability=number / 10) for number in range(1, 21)]
    plan = services.plan(books.book_of(rows), actor=actor, source=CRM)
    (count,) = plan.counts
    assert (count.new, count.refused) == (10, 10)
    assert count.landed + count.refused == len(rows)


def test_refused_rows_come_back_as_a_file_with_everything_they_said(company: Workspace) -> None:
    actor = company.actor(company.admin)
    rows = [books.deal(1, title="=HYPERLINK(1)", amount=-5, next_step="+49 30 1", outcome="maybe")]
    done = services.apply(services.plan(books.book_of(rows), actor=actor, source=CRM), actor=actor, at=AT)
    body = services.refused_rows(done.run_id, actor=actor)
    assert body.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    assert (line["held"], line["table"], line["line"], line["id"]) == ("refused", "deals", "1", "D1")
    assert line["reason"].startswith("«maybe» is no outcome")
    assert (line["title"], line["next_step"], line["amount"], line["owner"]) == (
        "'=HYPERLINK(1)",
        "'+49 30 1",
        "-5",
        "Amara",
    )
    plan = services.plan(books.book_of(rows), actor=actor, source=CRM)
    assert services.refused_of_plan(plan) == body


@pytest.mark.case("A37")
@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 call", "'+1 call"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("|x", "'|x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-5", "-5"),
        ("+1,234.50", "+1,234.50"),
        ("plain = text", "plain = text"),
        (None, ""),
        (-5, "-5"),
        (True, "true"),
        ({"a": "é"}, '{"a": "é"}'),
    ],
)
def test_a_cell_is_never_a_formula(value: object, cell: str) -> None:
    assert downloads.safe(value) == cell


def test_what_intake_refused_before_is_kept_too(company: Workspace) -> None:
    actor = company.actor(company.admin)
    earlier = pl.DataFrame(
        [
            ("deals.csv", 7, "row", "", "The row names no deal.", '{"Name": "", "Amount": "5"}'),
            ("deals.csv", 9, "value", "Amount", "«abc» is no amount.", "abc"),
        ],
        schema=REFUSED,
        orient="row",
    )
    plan = services.plan(books.book_of([books.deal(1)]), actor=actor, source=CRM, refused=earlier)
    done = services.apply(plan, actor=actor, at=AT)
    assert (done.new, done.refused) == (1, 1)
    rows = RefusedRow.objects.unscoped(reason=WHY).order_by("pk")
    assert list(rows.values_list("held", "table", "line", "reason")) == [
        ("refused", "deals.csv", 7, "The row names no deal."),
        ("value", "deals.csv", 9, "«abc» is no amount."),
    ]
    text = services.refused_rows(done.run_id, actor=actor).decode("utf-8-sig")
    assert text.splitlines() == [
        "held,table,line,id,reason,Name,Amount",
        "refused,deals.csv,7,,The row names no deal.,,5",
        "value,deals.csv,9,,«abc» is no amount.,,abc",
    ]


def test_only_admins_get_the_refused_rows(company: Workspace) -> None:
    actor = company.actor(company.admin)
    book = books.book_of([books.deal(1)])
    done = services.apply(services.plan(book, actor=actor, source=CRM), actor=actor, at=AT)
    with pytest.raises(NotAllowed):
        services.refused_rows(done.run_id, actor=company.actor(company.bo))


def test_every_column_of_a_deal_is_landed_or_named() -> None:
    landed = {*landing.TEXTS, *landing.DAYS, *landing.NUMBERS, *landing.NAMED, *landing.OWN, *landing.WRITTEN_HERE}
    assert landed == set(DEALS.names())
    record = {field.name for field in Deal._meta.concrete_fields}
    assert {*landing.TEXTS.values(), *landing.DAYS.values(), *landing.NUMBERS.values()} <= record
