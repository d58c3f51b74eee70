"""The page of the list: what it shows, how it goes on, what it saves and what it gives away."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.records.models import SavedView
from tests.pipeline import shelf as shelves
from tests.pipeline.shelf import Shelf

BUDGETS: dict[str, int] = json.loads((Path(__file__).parent.parent / "query_counts.json").read_text(encoding="utf-8"))
HTMX = {"HX-Request": "true"}


def text(client: Client, address: str, **headers: str) -> str:
    """A page that is there, as text."""
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def body(answer: object) -> str:
    """A streamed file, as text."""
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streaming answer


@pytest.mark.duty("S1.9", "S0.11")
def test_the_list_says_what_is_claimed_and_what_is_real_above_its_rows(shelf: Shelf) -> None:
    page = text(shelf.client(shelf.company.bo), "/deals").replace("\u00a0", " ")
    assert "<span>claimed</span> <b>EUR 80 k</b>" in page
    assert "<span>real</span> <b>EUR 71 k</b>" in page
    assert "<span>not real</span> <b>11 %</b>" in page
    assert page.index("not real") < page.index("<tbody")
    assert page.count("data-row") == 3
    assert 'href="/rules/no_next_step"' in page
    assert "Cold store" not in page


def test_the_column_that_sorts_says_so_and_turns_round(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    assert 'aria-sort="ascending"><a href="?sort=-ours">Our date' in text(client, "/deals")
    assert 'aria-sort="descending"><a href="?sort=amount">Amount' in text(client, "/deals?sort=-amount")


def test_more_rows_come_alone_and_the_last_page_has_no_more(shelf: Shelf) -> None:
    shelves.fill(shelf, 60)
    client = shelf.client(shelf.company.bo)
    first = text(client, "/deals")
    assert first.count("data-row") == 50
    more = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = text(client, more, **HTMX)
    assert (rest.count("data-row"), "<html" in rest, 'rel="next"' in rest) == (13, False, False)
    whole = text(client, more)
    assert (whole.count("data-row"), "Back to the start" in whole) == (13, True)


def test_every_filter_stands_in_words_and_can_be_taken_out(shelf: Shelf) -> None:
    page = text(shelf.client(shelf.company.bo), "/deals?q=yard&their=known&sort=-amount")
    assert '<a href="?their=known&amp;sort=-amount" title="take this out"><bdi>«yard»</bdi>' in page
    assert "<bdi>their date known</bdi>" in page
    assert "<bdi>yours</bdi>" in page


def test_the_filter_and_the_columns_open_with_and_without_a_script(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.grete)
    for panel in ("filter", "columns"):
        part = text(client, f"/deals/panel/{panel}?q=yard", **HTMX)
        assert ("<html" in part, part.count("<form")) == (False, 1)
        assert part.strip() in text(client, f"/deals?panel={panel}&q=yard")
    page = text(client, "/deals?col=amount&col=stage")
    assert page.count('scope="col"') == 3
    assert "cols=amount%2Cstage" in page


def test_a_value_that_cannot_be_is_refused_in_words(shelf: Shelf) -> None:
    answer = shelf.client(shelf.company.bo).get("/deals?sort=owner__password")
    assert answer.status_code == 422
    assert "The list cannot be asked for with sort «owner__password»." in answer.content.decode()


@pytest.mark.case("A11", "A12", "A14", "A25")
@pytest.mark.parametrize(
    "query",
    ["owner__password__startswith=a", "account__deals__title=Air", "_connector=OR", "order_by=owner__password"],
)
def test_what_is_not_listed_changes_nothing(shelf: Shelf, query: str) -> None:
    client = shelf.client(shelf.company.bo)
    plain = text(client, "/deals").split("<tbody")[1].split("</tbody")[0]
    assert text(client, f"/deals?{query}").split("<tbody")[1].split("</tbody")[0] == plain


@pytest.mark.case("A01", "A15")
@pytest.mark.parametrize("query", ["owner=all", "owner=all&q=air", "outcome=any&owner=all", "owner=all&sort=buyer"])
def test_no_way_of_asking_shows_a_foreign_deal(shelf: Shelf, query: str) -> None:
    client = shelf.client(shelf.company.bo)
    assert "Air cargo" not in text(client, f"/deals?{query}")
    assert "Air cargo" not in body(client.post(f"/deals/export?{query}"))
    assert "Air cargo" in text(shelf.client(shelf.company.dana), f"/deals?{query}")


@pytest.mark.case("A31")
def test_what_people_write_is_shown_as_they_wrote_it(shelf: Shelf) -> None:
    hostile = "<script>alert(1)</script>{{7*7}}"
    shelf.add(shelf.company.bo, title=hostile, next_step=hostile, segment=hostile)
    client = shelf.client(shelf.company.bo)
    for address in ("/deals?cols=step,segment", "/board", f"/deals?q={hostile}"):
        page = text(client, address)
        assert hostile not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


@pytest.mark.case("A15", "A37")
def test_an_export_for_a_spreadsheet_runs_nothing_and_is_in_the_audit(shelf: Shelf) -> None:
    shelf.add(shelf.company.bo, title="=HYPERLINK(1)", next_step="@cmd", segment="-5")
    answer = shelf.client(shelf.company.bo).post("/deals/export?q=hyper", {"profile": "spreadsheet"})
    assert answer["Content-Disposition"] == 'attachment; filename="deals-2026-01-05.csv"'
    (row,) = list(csv.DictReader(io.StringIO(body(answer))))
    assert (row["title"], row["next_step"], row["segment"]) == ("'=HYPERLINK(1)", "'@cmd", "-5")
    event = AuditEvent.objects.unscoped(reason="a test looks").order_by("-number").first()
    assert event is not None
    assert (event.action, event.actor_id) == ("export_deals", shelf.company.bo.pk)
    assert event.detail == {"rows": 1, "profile": "spreadsheet", "query": "q=hyper"}


@pytest.mark.case("A15")
def test_an_export_for_a_machine_holds_every_row_exactly(shelf: Shelf) -> None:
    shelves.fill(shelf, 55)
    answer = shelf.client(shelf.company.bo).post("/deals/export", {"profile": "machine"})
    rows = [json.loads(line) for line in body(answer).splitlines()]
    assert len(rows) == 58
    first = next(row for row in rows if row["deal_id"] == shelf.large.pk)
    assert (first["account"], first["amount"], first["currency"]) == ("Brackenfold Foods", "71000.00", "EUR")
    assert (first["their_date"], first["our_date"], first["closed_on"]) == ("2026-04-13", "2026-03-02", None)


@pytest.mark.case("A10")
@pytest.mark.parametrize("address", ["/deals/export", "/deals/views", "/deals/views/1", "/deals/views/1/remove"])
def test_what_writes_is_not_there_for_get(shelf: Shelf, address: str) -> None:
    assert shelf.client(shelf.company.bo).get(address).status_code == 405


def test_a_list_is_saved_for_oneself_or_for_everybody_renamed_and_removed(shelf: Shelf) -> None:
    bo, chidi = shelf.client(shelf.company.bo), shelf.client(shelf.company.chidi)
    bo.post("/deals/views?real=hard&sort=-amount", {"name": "  Not  real ", "next": "/deals"})
    bo.post("/deals/views?their=unknown", {"name": "To ask", "shared": "on"})
    assert 'href="/deals?real=hard&amp;sort=-amount">Not real</a>' in text(bo, "/deals")
    assert "Not real</a>" not in text(chidi, "/deals")
    assert 'href="/deals?their=unknown">To ask <small' in text(chidi, "/deals")
    view = SavedView.objects.unscoped(reason="a test looks").get(name="Not real")
    bo.post(f"/deals/views/{view.pk}", {"name": "Look twice", "shared": "on"})
    assert "Look twice" in text(chidi, "/deals")
    bo.post(f"/deals/views/{view.pk}/remove")
    assert "Look twice" not in text(bo, "/deals").split("</nav>")[2]


@pytest.mark.case("A02")
def test_somebody_elses_saved_list_is_theirs_alone(shelf: Shelf) -> None:
    shelf.client(shelf.company.bo).post("/deals/views?q=yard", {"name": "Shared", "shared": "on"})
    view = SavedView.objects.unscoped(reason="a test looks").get()
    for user in (shelf.company.chidi, shelf.company.admin):
        client = shelf.client(user)
        assert client.post(f"/deals/views/{view.pk}", {"name": "Mine now"}).status_code == 404
        assert client.post(f"/deals/views/{view.pk}/remove").status_code == 404
    view.refresh_from_db()
    assert (view.name, view.deleted_at, view.version) == ("Shared", None, 1)


def test_a_list_without_a_name_is_not_saved(shelf: Shelf) -> None:
    answer = shelf.client(shelf.company.bo).post("/deals/views", {"name": " "})
    assert answer.status_code == 422
    assert SavedView.objects.unscoped(reason="a test looks").count() == 0


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_asks_as_often_for_fifty_rows_as_for_five(shelf: Shelf, address: str) -> None:
    client = shelf.client(shelf.company.grete)
    asked = []
    for count in (3, 60):
        shelves.fill(shelf, count)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            text(client, address)
        asked.append(len(queries))
    assert asked[1] <= asked[0]
    assert asked[0] <= BUDGETS[address], [query["sql"][:120] for query in queries]


def test_a_write_shows_at_once_in_the_list(shelf: Shelf) -> None:
    client = shelf.client(shelf.company.bo)
    by = shelf.company.by(shelf.company.bo)
    services.edit_deal(by=by, deal_id=shelf.small.pk, version=1, next_step=shelves.GOOD_STEP)
    page = text(client, "/deals").replace("\u00a0", " ")
    assert "<span>real</span> <b>EUR 80 k</b>" in page
    assert "/rules/no_next_step" not in page
