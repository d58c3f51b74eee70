"""The stream of a deal: merged from its sources by time, paged by key, each source for whoever sees the deal."""

from datetime import UTC, datetime, timedelta

import pytest

from earnest.people import visibility
from earnest.people.authority import NotFound
from earnest.records import services
from earnest.records.models import Activity, Deal, Note
from earnest.records.reads import deal as deals
from earnest.records.reads import stream
from earnest.records.reads.stream import Mark, PageMarkUnread
from earnest.records.services import notes
from tests.workspace import AT, Workspace

SOURCES = (stream.activities, stream.notes, stream.changes)


@pytest.fixture
def deal(company: Workspace) -> Deal:
    """A deal of Bo's with five talks and two notes at one and the same moment."""
    by = company.by(company.bo)
    made = services.open_deal(by=by, title="Yard slots")
    for _ in range(5):
        services.log_activity(by=by, deal_id=made.pk, channel="call", direction="in", at=AT)
    for number in range(2):
        notes.add_note(by=by, text=f"note {number}", deal_id=made.pk)
    return made


def test_every_entry_stands_on_exactly_one_page_even_at_one_moment(company: Workspace, deal: Deal) -> None:
    actor = company.actor(company.bo)
    found: list[Mark] = []
    mark = None
    for _ in range(20):
        entries, going_on = stream.page(actor, deal.pk, sources=SOURCES, after=mark, rows=1)
        found += [entry.mark for entry in entries]
        if not going_on:
            break
        mark = stream.read_mark(going_on)
    assert len(found) == len(set(found)) == 8
    assert found == sorted(found, reverse=True)
    assert [mark.rank for mark in found] == [3, 3, 3, 3, 3, 2, 2, 1]


def test_changes_of_one_person_at_one_moment_are_one_entry(company: Workspace, deal: Deal) -> None:
    by = company.by(company.grete, at=AT + timedelta(hours=1))
    services.edit_deal(by=by, deal_id=deal.pk, version=1, title="Dock slots", segment="mid")
    entries, _ = stream.page(company.actor(company.bo), deal.pk, sources=(stream.changes,), after=None)
    assert [(entry.who, [(step.field, step.old, step.new) for step in entry.steps]) for entry in entries] == [
        ("Grete", [("the title", "Yard slots", "Dock slots"), ("the segment", "", "mid")]),
        ("Bo", [("the deal", "", "written down")]),
    ]


@pytest.mark.case("A01")
def test_each_source_is_empty_for_whoever_does_not_see_the_deal(company: Workspace, deal: Deal) -> None:
    dana = company.actor(company.dana)
    assert [source(dana, deal.pk, None, 10) for source in SOURCES] == [[], [], []]
    assert [len(source(company.actor(company.ann), deal.pk, None, 10)) for source in SOURCES] == [5, 2, 1]  # type: ignore[arg-type]  # lists, all three
    with pytest.raises(NotFound):
        deals.facts(dana, deal.pk)


@pytest.mark.parametrize("model", [Activity, Note])
def test_what_hangs_on_a_record_is_what_the_predicate_shows(
    company: Workspace, deal: Deal, model: type[Activity] | type[Note]
) -> None:
    for user in (company.bo, company.chidi, company.dana, company.grete, company.hal, company.ann, company.admin):
        actor = company.actor(user)
        beneath = visibility.beneath(actor, model, deal.pk).order_by("pk").values_list("pk", flat=True)
        shown = visibility.visible(actor, model).filter(deal_id=deal.pk).order_by("pk").values_list("pk", flat=True)
        assert list(beneath) == list(shown)
    note = Note.objects.unscoped(reason="a test looks").first()
    assert note is not None
    services.discard(Note, by=company.by(company.bo), record_id=note.pk, version=1)
    binned = {
        user.name: visibility.beneath(company.actor(user), Note, deal.pk, binned=True).count()
        for user in (company.bo, company.chidi, company.dana, company.grete, company.ann)
    }
    assert binned == {"Bo": 1, "Chidi": 0, "Dana": 0, "Grete": 1, "Ann": 0}
    services.discard(Deal, by=company.by(company.bo), record_id=deal.pk, version=1)
    assert not visibility.beneath(company.actor(company.admin), model, deal.pk).exists()


def test_what_hangs_on_nothing_is_asked_for_in_another_way(company: Workspace) -> None:
    with pytest.raises(TypeError, match="Deal does not hang on another record"):
        visibility.beneath(company.actor(company.bo), Deal, 1)


def test_a_mark_is_read_as_it_was_written() -> None:
    mark = Mark(datetime(2026, 1, 5, 9, 30, 0, 123456, tzinfo=UTC), 3, 17)
    assert stream.read_mark(str(mark)) == mark
    assert stream.read_mark("") is None


@pytest.mark.case("A25")
@pytest.mark.parametrize(
    "text", ["2026-01-05T09:30:00+00:00~1~0", f"2026-01-05T09:30:00+00:00~1~{2**63}", "~1~2", "\0"]
)
def test_any_other_mark_is_refused(text: str) -> None:
    with pytest.raises(PageMarkUnread, match="The page cannot go on after"):
        stream.read_mark(text)
