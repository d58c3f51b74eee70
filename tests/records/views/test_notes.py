"""Notes: who is told, who may write them anew, and what a note tells nobody."""

import pytest

from earnest.people.authority import NotAllowed, NotFound
from earnest.people.models import Notification
from earnest.records.models import Note
from earnest.records.services import notes
from earnest.records.services.parents import ParentUnclear
from tests.surfaces.web.desk import Desk


def told() -> list[tuple[str, str, str]]:
    rows = Notification.objects.unscoped(reason="a test looks").order_by("id")
    return list(rows.values_list("user__name", "text", "link"))


def note() -> Note:
    return Note.objects.unscoped(reason="a test looks").get()


def test_whoever_is_named_and_sees_the_deal_is_told(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    client.post(f"/deals/{desk.deal.pk}/notes", {"text": "@grete the audit is in April, @Bo"})
    link = f"/deals/{desk.deal.pk}#stream"
    assert told() == [("Grete", "Bo named you in a note on Yard slots.", link)]
    assert note().mentioned == [desk.company.bo.pk, desk.company.grete.pk]


@pytest.mark.case("A03")
def test_a_note_tells_nobody_of_a_deal_that_is_not_theirs(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    client.post(f"/deals/{desk.deal.pk}/notes", {"text": "@Dana look, and mail grete@example.test"})
    assert (told(), note().mentioned) == ([], [])


def test_only_its_author_writes_a_note_anew_and_tells_only_the_newly_named(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    bo.post(f"/deals/{desk.deal.pk}/notes", {"text": "@Grete once"})
    number = note().pk
    assert "@Grete once" in bo.get(f"/notes/{number}").content.decode()
    assert grete.post(f"/notes/{number}", {"version": 1, "text": "mine"}).status_code == 403
    bo.post(f"/notes/{number}", {"version": 1, "text": "@Grete and @Hal twice"})
    assert [name for name, _text, _link in told()] == ["Grete", "Hal"]
    assert (note().text, note().version) == ("@Grete and @Hal twice", 2)
    assert bo.post(f"/notes/{number}", {"version": 1, "text": "stale"}).status_code == 409


def test_a_note_goes_into_the_bin_by_its_author_or_an_admin(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    bo.post(f"/deals/{desk.deal.pk}/notes", {"text": "for the bin"})
    number = note().pk
    assert grete.post(f"/notes/{number}/discard", {"version": 1}).status_code == 403
    assert bo.post(f"/notes/{number}/discard", {"version": 1})["Location"] == f"/deals/{desk.deal.pk}#stream"
    assert "for the bin" not in bo.get(f"/deals/{desk.deal.pk}?kind=note").content.decode()


@pytest.mark.case("A01", "A02")
def test_a_note_is_not_there_for_whoever_does_not_see_its_deal(desk: Desk) -> None:
    desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/notes", {"text": "ours"})
    number, dana = note().pk, desk.client(desk.company.dana)
    assert dana.get(f"/notes/{number}").status_code == dana.get(f"/notes/{number + 99}").status_code == 404
    assert dana.post(f"/notes/{number}", {"version": 1, "text": "mine"}).status_code == 404
    assert dana.post(f"/notes/{number}/discard", {"version": 1}).status_code == 404
    assert note().text == "ours"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 20_001])
def test_a_note_needs_a_word_and_an_end(desk: Desk, text: str) -> None:
    answer = desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/notes", {"text": text})
    assert answer.status_code == 422
    assert Note.objects.unscoped(reason="a test looks").count() == 0


def test_a_note_hangs_on_exactly_one_record(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo)
    with pytest.raises(ParentUnclear, match="This hangs on 2 records"):
        notes.add_note(by=by, text="two", deal_id=desk.deal.pk, account_id=desk.account.pk)
    with pytest.raises(ParentUnclear, match="This hangs on 0 records"):
        notes.add_note(by=by, text="none")
    for parent in ({"account_id": desk.account.pk}, {"contact_id": desk.ines.pk}):
        assert notes.add_note(by=by, text="@Grete", **parent).mentioned == [desk.company.grete.pk]


def test_services_refuse_what_pages_do_not_offer(desk: Desk) -> None:
    by = desk.company.by
    row = notes.add_note(by=by(desk.company.bo), text="ours", deal_id=desk.deal.pk)
    with pytest.raises(NotAllowed):
        notes.edit_note(by=by(desk.company.admin), note_id=row.pk, version=1, text="theirs")
    with pytest.raises(NotFound):
        notes.discard_note(by=by(desk.company.dana), note_id=row.pk, version=1)
    with pytest.raises(NotAllowed):
        notes.add_note(by=by(desk.company.ann), text="an analyst writes nothing", deal_id=desk.deal.pk)
    assert notes.discard_note(by=by(desk.company.admin), note_id=row.pk, version=1).deleted_at is not None


def test_a_first_name_is_enough_where_one_person_has_it(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    client.post(f"/deals/{desk.deal.pk}/notes", {"text": "@Gretel is somebody else, x@Grete is an address"})
    assert told() == []
