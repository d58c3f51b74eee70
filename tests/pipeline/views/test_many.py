"""Several deals at once: all of them or none, and one undo."""

from datetime import date

import pytest
from django.test import Client

from earnest.pipeline.models import Override
from earnest.records.models import Deal, UndoStep
from tests.pipeline.shelf import Shelf


def chosen(*deals: Deal) -> list[str]:
    """The deals as a form chooses them."""
    return [f"{deal.pk}.{deal.version}" for deal in deals]


def send(client: Client, *deals: Deal, **values: str) -> int:
    """The status of the answer to a change of several deals."""
    return client.post("/deals/many", {"chosen": chosen(*deals), "next": "/deals", **values}).status_code


def test_the_form_lists_what_was_chosen(shelf: Shelf) -> None:
    page = shelf.client(shelf.company.bo).get("/deals/many", {"chosen": chosen(shelf.large, shelf.small)})
    told = page.content.decode()
    assert "Change 2 deals at once" in told.replace("\u00a0", " ")
    assert ("Brackenfold Foods" in told, "Dock planner" in told, "Hand over to" in told) == (True, True, False)
    leads = shelf.client(shelf.company.grete).get("/deals/many", {"chosen": chosen(shelf.large)}).content.decode()
    assert "Hand over to" in leads


def test_all_are_changed_and_one_undo_takes_it_back(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    assert send(client, shelf.large, shelf.small, seller_close_on="2026-05-01", segment="ent") == 302
    found = [shelf.fresh(deal) for deal in (shelf.large, shelf.small)]
    assert {(deal.seller_close_on, deal.segment) for deal in found} == {(date(2026, 5, 1), "ent")}
    page = client.get("/deals").content.decode().replace("\u00a0", " ")
    assert "2 deals changed." in page
    client.post("/undo", {"group": page.split('name="group" value="')[1].split('"')[0]})
    back = [shelf.fresh(deal) for deal in (shelf.large, shelf.small)]
    assert [(deal.seller_close_on, deal.segment) for deal in back] == [
        (date(2026, 3, 2), ""),
        (date(2026, 1, 30), "mid"),
    ]


@pytest.mark.case("A05")
@pytest.mark.parametrize("values", [{"segment": "ent"}, {"act": "discard"}])
def test_a_mix_of_visible_and_foreign_deals_changes_none(shelf: Shelf, values: dict[str, str]) -> None:
    client = shelf.client(shelf.company.bo)
    assert send(client, shelf.large, shelf.danas, **values) == 404
    assert client.get("/deals/many", {"chosen": chosen(shelf.large, shelf.danas)}).status_code == 404
    assert [shelf.fresh(deal).version for deal in (shelf.large, shelf.danas)] == [1, 1]
    assert send(client, shelf.large, **values) == 302


@pytest.mark.case("A05")
def test_a_stage_for_a_mix_is_refused_before_anything_is_said_of_evidence(shelf: Shelf) -> None:
    second = str(shelf.company.second.pk)
    assert send(shelf.client(shelf.company.bo), shelf.large, shelf.danas, stage=second) == 404
    assert shelf.fresh(shelf.large).version == 1


@pytest.mark.case("A04")
def test_only_a_leader_hands_deals_over(shelf: Shelf) -> None:
    company = shelf.company
    bo = shelf.client(company.bo)
    send(bo, shelf.large, owner=str(company.chidi.pk))
    assert shelf.fresh(shelf.large).owner_id == company.bo.pk
    assert send(shelf.client(company.grete), shelf.large, shelf.small, owner=str(company.chidi.pk)) == 302
    assert {shelf.fresh(deal).owner_id for deal in (shelf.large, shelf.small)} == {company.chidi.pk}
    assert send(shelf.client(company.grete), shelf.fresh(shelf.large), owner=str(company.dana.pk)) == 403
    assert shelf.fresh(shelf.large).owner_id == company.chidi.pk


def test_a_stage_that_lacks_evidence_asks_once_and_keeps_the_reason_for_each(shelf: Shelf) -> None:
    client, second = shelf.client(shelf.company.bo), str(shelf.company.second.pk)
    answer = client.post(
        "/deals/many", {"chosen": chosen(shelf.large, shelf.untold), "stage": second, "segment": "ent"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "«Offer» asks for more" in page, 'value="ent"' in page) == (422, True, True)
    assert [shelf.fresh(deal).version for deal in (shelf.large, shelf.untold)] == [1, 1]
    reason = {"reason": "Their board sees both on Friday", "until_on": "2026-12-31"}
    assert send(client, shelf.large, shelf.untold, stage=second, **reason) == 302
    rows = Override.objects.unscoped(reason="a test looks").order_by("deal_id")
    assert [(row.deal_id, row.about, row.until_on) for row in rows] == [
        (shelf.large.pk, "stage:proposal_agreed", date(2026, 12, 31)),
        (shelf.untold.pk, "stage:proposal_agreed", date(2026, 12, 31)),
    ]


def test_what_is_put_into_the_bin_is_gone_from_the_list_and_comes_back_with_one_undo(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    assert send(client, shelf.large, shelf.small, act="discard") == 302
    page = client.get("/deals").content.decode()
    assert ("Dock planner" in page, page.count("data-row")) == (False, 1)
    client.post("/undo", {"group": page.split('name="group" value="')[1].split('"')[0]})
    assert client.get("/deals").content.decode().count("data-row") == 3
    groups = UndoStep.objects.unscoped(reason="a test looks").filter(kind="records.deal", undone_at__isnull=False)
    assert len(set(groups.values_list("group", flat=True))) == 1


@pytest.mark.case("A61")
def test_more_than_anybody_looks_at_is_refused(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    many = [f"{number}.1" for number in range(1, 202)]
    assert client.post("/deals/many", {"chosen": many, "segment": "ent"}).status_code == 422
    assert client.post("/deals/many", {"segment": "ent"}).status_code == 422


@pytest.mark.parametrize("text", ["1", "x.1", "1.x", "1.1.1", "9" * 30 + ".1", "-1.1"])
def test_what_is_no_deal_is_not_there(shelf: Shelf, text: str) -> None:
    client = shelf.client(shelf.company.bo)
    assert client.post("/deals/many", {"chosen": [text], "segment": "ent"}).status_code == 404


def test_a_form_that_says_nothing_changes_nothing(shelf: Shelf) -> None:
    assert send(shelf.client(shelf.company.bo), shelf.large) == 302
    assert shelf.fresh(shelf.large).version == 1


def test_a_day_that_cannot_be_read_stays_as_typed(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    answer = client.post("/deals/many", {"chosen": chosen(shelf.large), "seller_close_on": "soon"})
    assert (answer.status_code, 'value="soon"' in answer.content.decode()) == (422, True)
