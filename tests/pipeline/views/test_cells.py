"""One cell of the list: changed where it stands, by whoever may, and taken back."""

import pytest
from django.test import Client

from earnest.records import services
from tests.pipeline.shelf import GOOD_STEP, Shelf

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/deals?real=hard"}


def sent(client: Client, shelf: Shelf, name: str, **values: str) -> tuple[int, str]:
    """What comes back when a cell of the small deal is sent by a script."""
    answer = client.post(f"/deals/{shelf.small.pk}/cells/{name}", {"version": "1", **values}, headers=HTMX)
    return answer.status_code, answer.content.decode()


def test_the_form_of_a_cell_holds_what_the_cell_holds(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    part = client.get(f"/deals/{shelf.small.pk}/cells/ours?cols=ours", headers=HTMX).content.decode()
    assert '<input type="hidden" name="version" value="1">' in part
    assert 'name="seller_close_on" type="date" value="2026-01-30" autofocus' in part
    assert f'hx-post="/deals/{shelf.small.pk}/cells/ours?cols=ours"' in part
    page = client.get(f"/deals/{shelf.small.pk}/cells/amount").content.decode()
    assert ("<html" in page, 'value="9,000.00"' in page) == (True, True)


@pytest.mark.duty("S2.2")
def test_a_next_step_is_written_in_the_row_and_its_verdict_follows(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    status, row = sent(client, shelf, "step", next_step=GOOD_STEP, next_step_on="2026-01-12")
    assert (status, row.count("<tr "), "no_next_step" in row) == (200, 1, False)
    assert f"{shelf.small.pk}.2" in row
    assert "The next step is changed." in row
    assert 'name="next" value="/deals?real=hard"' in row
    client.post("/undo", {"group": row.split('name="group" value="')[1].split('"')[0]})
    assert shelf.fresh(shelf.small).next_step == ""


@pytest.mark.parametrize(
    ("name", "field", "value", "column", "stored"),
    [
        ("amount", "amount_minor", "12,500.50", "amount_minor", 1_250_050),
        ("ours", "seller_close_on", "2026-02-01", "seller_close_on", "2026-02-01"),
        ("ours", "seller_close_on", "", "seller_close_on", "None"),
    ],
)
def test_a_cell_writes_its_column(shelf: Shelf, name: str, field: str, value: str, column: str, stored: object) -> None:
    was = {"was-amount_minor": "9,000.00", "was-seller_close_on": "2026-01-30"}
    status, _row = sent(shelf.client(shelf.company.bo), shelf, name, **{field: value}, **was)
    found = getattr(shelf.fresh(shelf.small), column)
    assert (status, found if isinstance(found, int) else str(found)) == (200, stored)


def test_what_cannot_be_read_stays_as_typed_beside_its_field(shelf: Shelf) -> None:
    status, form = sent(shelf.client(shelf.company.bo), shelf, "amount", amount_minor="a lot")
    assert (status, 'value="a lot"' in form, "«a lot» is no amount" in form) == (422, True, True)
    assert shelf.fresh(shelf.small).version == 1


def test_an_amount_without_a_currency_is_asked_for_it(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    answer = client.post(f"/deals/{shelf.untold.pk}/cells/amount", {"version": "1", "amount_minor": "100"})
    assert (answer.status_code, "Choose its currency" in answer.content.decode()) == (422, True)


def test_nothing_typed_writes_nothing(shelf: Shelf) -> None:
    sent(
        shelf.client(shelf.company.bo),
        shelf,
        "ours",
        seller_close_on="2026-01-30",
        **{"was-seller_close_on": "2026-01-30"},
    )
    assert shelf.fresh(shelf.small).version == 1


def test_two_people_in_one_cell_lose_nothing(shelf: Shelf) -> None:
    by = shelf.company.by(shelf.company.grete)
    services.edit_deal(by=by, deal_id=shelf.small.pk, version=1, next_step="Their lawyer reads the draft on Monday")
    status, refusal = sent(shelf.client(shelf.company.bo), shelf, "step", next_step="Something else is agreed now")
    assert (status, "was changed since you read it" in refusal) == (409, True)
    assert shelf.fresh(shelf.small).next_step == "Their lawyer reads the draft on Monday"


@pytest.mark.case("A01", "A02", "A14")
@pytest.mark.parametrize("part", ["row", "cells/step", "cells/ours", "cells/amount"])
def test_a_foreign_deal_and_a_missing_one_look_the_same(shelf: Shelf, part: str) -> None:
    client = shelf.client(shelf.company.bo)
    foreign, missing = (client.get(f"/deals/{number}/{part}") for number in (shelf.danas.pk, 987654))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    first, second = (each.content.decode().split("<main")[1] for each in (foreign, missing))
    assert first.replace(f"number {shelf.danas.pk}.", "number 987654.") == second
    assert client.post(f"/deals/{shelf.danas.pk}/cells/step", {"version": "1", "next_step": "x"}).status_code == 404
    assert shelf.fresh(shelf.danas).version == 1


@pytest.mark.case("A09")
def test_who_only_reads_writes_no_cell(shelf: Shelf) -> None:
    status, _refusal = sent(shelf.client(shelf.company.ann), shelf, "step", next_step="Something else")
    assert (status, shelf.fresh(shelf.small).version) == (403, 1)


@pytest.mark.case("A06")
def test_a_field_that_the_cell_does_not_have_is_not_written(shelf: Shelf) -> None:
    sent(
        shelf.client(shelf.company.bo),
        shelf,
        "ours",
        seller_close_on="2026-02-02",
        owner_id="1",
        version="1",
        outcome="won",
    )
    fresh = shelf.fresh(shelf.small)
    assert (str(fresh.seller_close_on), fresh.owner_id, fresh.outcome) == ("2026-02-02", shelf.company.bo.pk, "open")
    assert shelf.client(shelf.company.bo).get(f"/deals/{shelf.small.pk}/cells/owner").status_code == 404
