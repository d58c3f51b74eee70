"""The board: columns with claimed and real, moves with their evidence or a reason, and the way back."""

from datetime import date

import pytest
from django.test import Client

from earnest.people.models import AuditEvent
from earnest.pipeline.models import Override
from earnest.records import services
from earnest.records.models import Deal
from tests.pipeline import shelf as shelves
from tests.pipeline.shelf import Shelf

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/board?owner=me"}


def move(client: Client, deal: Deal, stage_id: int, **values: str) -> tuple[int, str]:
    """A move by a script: the status and what is swapped in."""
    sent = {"version": str(deal.version), "stage": str(stage_id), **values}
    answer = client.post(f"/deals/{deal.pk}/move?owner=me", sent, headers=HTMX)
    return answer.status_code, answer.content.decode().replace("\u00a0", " ")


def columns(page: str) -> list[str]:
    """The columns of a board, each as its own text."""
    return page.replace("\u00a0", " ").split('<section class="column"')[1:]


@pytest.mark.duty("S1.9")
def test_every_column_says_what_is_claimed_and_what_is_real(shelf: Shelf) -> None:
    first, second = columns(shelf.client(shelf.company.bo).get("/board").content.decode())
    assert "Talking <small>2</small>" in first
    assert "<span>claimed</span> <span>EUR 71 k</span></p><p><span>real</span> <b>EUR 71 k</b>" in first
    assert "Offer <small>1</small>" in second
    assert "<span>claimed</span> <span>EUR 9.0 k</span></p><p><span>real</span> <b>EUR 0</b>" in second
    assert "Cold store" not in first


def test_a_leader_sees_the_teams_cards_the_largest_first(shelf: Shelf) -> None:
    first, _second = columns(shelf.client(shelf.company.grete).get("/board").content.decode())
    assert first.index("Brackenfold Foods") < first.index("Cold store") < first.index("Somebody called")


def test_a_long_column_goes_on_by_its_last_card(shelf: Shelf) -> None:
    shelves.fill(shelf, 20)
    client = shelf.client(shelf.company.bo)
    first, _second = columns(client.get("/board").content.decode())
    assert first.count('class="card"') == 10
    address = first.split(f'hx-get="/board/{shelf.company.first.pk}?')[1].split('"')[0].replace("&amp;", "&")
    seen = set(first.split('data-deal="')[1:])
    seen_ids = {text.split('"')[0] for text in seen}
    while address:
        part = client.get(f"/board/{shelf.company.first.pk}?{address}", headers=HTMX).content.decode()
        found = {text.split('"')[0] for text in part.split('data-deal="')[1:]}
        assert found
        assert not found & seen_ids
        seen_ids |= found
        address = (
            part.split(f'hx-get="/board/{shelf.company.first.pk}?')[1].split('"')[0].replace("&amp;", "&")
            if "hx-get" in part
            else ""
        )
    assert len(seen_ids) == 22


def test_a_deal_without_a_stage_has_a_column_of_its_own(shelf: Shelf) -> None:
    shelf.add(shelf.company.bo, title="No stage told", stage_id=None, amount_minor=100)
    none, *_others = columns(shelf.client(shelf.company.bo).get("/board").content.decode())
    assert ("No stage yet <small>1</small>" in none, "No stage told" in none) == (True, True)


def test_each_pipeline_has_its_own_board(shelf: Shelf) -> None:
    by = shelf.company.by(shelf.company.admin)
    other = services.add_pipeline(by=by, name="Renewals")
    services.add_stage(by=by, pipeline_id=other.pk, name="Due", position=1, meaning="conversation")
    client = shelf.client(shelf.company.bo)
    page = client.get(f"/board?pipeline={other.pk}").content.decode()
    assert (len(columns(page)), "Due" in columns(page)[0], "Brackenfold" in page) == (1, True, False)
    assert 'aria-current="page">Renewals' in page


@pytest.mark.duty("S3.5")
def test_a_move_that_lacks_evidence_is_asked_about_kept_with_its_reason_and_shown(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    status, asks = move(client, shelf.large, shelf.company.second.pk)
    assert status == 422
    for word in (
        "a meeting, a call or a message from the buyer",
        "who decides at the buyer",
        "see «Is it real» on its page",
    ):
        assert word in asks
    assert "the buyer&#39;s own date</span>" not in asks
    assert '<span class="chip soft">an amount' not in asks
    assert shelf.fresh(shelf.large).version == 1
    status, board = move(
        client, shelf.large, shelf.company.second.pk, reason="Ines asked for the offer now", until_on="2026-12-31"
    )
    assert status == 200
    assert "Brackenfold Foods" in columns(board)[1]
    assert "without its evidence until 31 Dec 2026" in columns(board)[1]
    row = Override.objects.unscoped(reason="a test looks").get()
    assert (row.about, row.reason, row.until_on, row.made_by_id) == (
        "stage:proposal_agreed",
        "Ines asked for the offer now",
        date(2026, 12, 31),
        shelf.company.bo.pk,
    )
    actions = AuditEvent.objects.unscoped(reason="a test looks").order_by("-number").values_list("action", flat=True)
    assert list(actions[:2]) == ["set_aside", "edit_deal"]
    assert "until 31 Dec 2026" in client.get("/deals").content.decode().replace("\u00a0", " ")


def test_a_move_is_undone_in_one_act_and_the_reason_stays_written(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    _status, board = move(client, shelf.large, shelf.company.second.pk, reason="Ines asked", until_on="2026-12-31")
    assert "The deal is in «Offer»." in board
    assert 'name="next" value="/board?owner=me"' in board
    client.post("/undo", {"group": board.split('name="group" value="')[1].split('"')[0]})
    assert shelf.fresh(shelf.large).stage_id == shelf.company.first.pk
    assert "without its evidence" not in client.get("/board").content.decode()
    assert Override.objects.unscoped(reason="a test looks").count() == 1


def test_going_back_to_where_a_deal_really_is_asks_for_nothing(shelf: Shelf) -> None:
    status, board = move(shelf.client(shelf.company.bo), shelf.small, shelf.company.first.pk)
    assert (status, "Dock planner" in columns(board)[0]) == (200, True)
    assert Override.objects.unscoped(reason="a test looks").count() == 0


def test_a_deal_with_its_evidence_moves_without_a_word(shelf: Shelf) -> None:
    company = shelf.company
    by = company.by(company.bo)
    services.log_activity(by=by, deal_id=shelf.untold.pk, channel="meeting", direction="both", at=by.at)
    third = services.add_stage(
        by=company.by(company.admin), pipeline_id=company.pipeline.pk, name="Talked", position=3, meaning="conversation"
    )
    status, _board = move(shelf.client(company.bo), shelf.untold, third.pk)
    assert (status, shelf.fresh(shelf.untold).stage_id) == (200, third.pk)


def test_a_move_without_a_script_asks_on_a_page_and_goes_back_to_the_board(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    sent = {"version": "1", "stage": str(shelf.company.second.pk), "next": "/board?owner=me"}
    asks = client.post(f"/deals/{shelf.large.pk}/move", sent)
    assert (asks.status_code, "<html" in asks.content.decode()) == (422, True)
    done = client.post(f"/deals/{shelf.large.pk}/move", {**sent, "reason": "Ines asked"})
    assert (done.status_code, done["Location"]) == (302, "/board?owner=me")


@pytest.mark.case("A01", "A02")
def test_a_foreign_deal_cannot_be_moved_and_looks_like_none(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    for number in (shelf.danas.pk, 987654):
        sent = {"version": "1", "stage": str(shelf.company.second.pk)}
        assert client.post(f"/deals/{number}/move", sent).status_code == 404
    assert move(client, shelf.large, 987654)[0] == 404
    assert [shelf.fresh(deal).version for deal in (shelf.large, shelf.danas)] == [1, 1]
    assert shelf.client(shelf.company.ann).post(f"/deals/{shelf.large.pk}/move", sent).status_code == 403


def test_a_stale_move_loses_nothing(shelf: Shelf) -> None:
    company = shelf.company
    third = services.add_stage(
        by=company.by(company.admin), pipeline_id=company.pipeline.pk, name="Earlier", position=0, meaning="untold"
    )
    services.edit_deal(by=company.by(company.grete), deal_id=shelf.small.pk, version=1, stage_id=company.first.pk)
    status, refusal = move(shelf.client(company.bo), shelf.small, third.pk)
    assert (status, "was changed since you read it" in refusal) == (409, True)
    assert shelf.fresh(shelf.small).stage_id == company.first.pk


@pytest.mark.case("A10")
def test_a_move_is_not_there_for_get(shelf: Shelf) -> None:
    assert shelf.client(shelf.company.bo).get(f"/deals/{shelf.large.pk}/move").status_code == 405
