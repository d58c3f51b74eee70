"""The pages of accounts, contacts and leads, as people with and without rights see and write them."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.records.models import Account, Contact, Lead
from earnest.records.reads import parties
from tests.surfaces.web.desk import HOSTILE, LOGIN
from tests.workspace import Workspace

KINDS = ("account", "contact", "lead")


def client(company: Workspace, name: str = "bo") -> Client:
    made = Client()
    made.force_login(getattr(company, name), backend=LOGIN)
    return made


def text(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


def add(company: Workspace, kind: str, name: str, /, who: str = "bo", **values: object) -> int:
    make: Callable[..., Account | Contact | Lead] = getattr(services, f"add_{kind}")
    return make(by=company.by(getattr(company, who)), name=name, **values).pk


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_teaches_and_offers_the_first_act(company: Workspace, kind: str) -> None:
    page = text(client(company).get(f"/{kind}s").content)
    assert "Add the first one" in page
    assert "Add the first one" not in text(client(company, "ann").get(f"/{kind}s").content)


@pytest.mark.case("A01", "A13")
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_shows_what_is_mine_and_no_trace_of_the_rest(company: Workspace, kind: str) -> None:
    mine, theirs = add(company, kind, "Mine"), add(company, kind, "Theirs", who="dana")
    seen = client(company)
    page = seen.get(f"/{kind}s").content.decode()
    assert "Mine" in page
    assert "Theirs" not in page
    assert seen.get(f"/{kind}s/{mine}").status_code == 200
    hidden, missing = seen.get(f"/{kind}s/{theirs}"), seen.get(f"/{kind}s/999999")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert text(hidden.content).replace(str(theirs), "") == text(missing.content).replace("999999", "")


def written() -> int:
    """How many events the audit holds, but for those of what was refused."""
    return AuditEvent.objects.unscoped(reason="a test counts").exclude(action="denied").count()


@pytest.mark.case("A02", "A10")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ["edit", "discard", "notes", "files"])
def test_nobody_writes_what_is_not_theirs(company: Workspace, kind: str, act: str) -> None:
    theirs = add(company, kind, "Theirs", who="dana")
    model = parties.MODELS[kind]
    sent = {"name": "Taken", "was-name": "Theirs", "version": "1", "text": "Mine now"}
    before = written()
    assert client(company).post(f"/{kind}s/{theirs}/{act}", sent).status_code in (302, 404)
    row = model.objects.unscoped(reason="a test looks").get(pk=theirs)
    assert (str(row), row.version, row.deleted_at) == ("Theirs", 1, None)
    assert written() == before
    if act != "edit":
        assert client(company, "dana").get(f"/{kind}s/{theirs}/{act}").status_code == 405


@pytest.mark.case("A09")
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_only_reads_is_refused_before_anything_is_looked_at(company: Workspace, kind: str) -> None:
    number = add(company, kind, "Read")
    analyst = client(company, "ann")
    assert analyst.get(f"/{kind}s/{number}").status_code == 200
    assert "Put into the bin" not in text(analyst.get(f"/{kind}s/{number}").content)
    for act in ("edit", "discard", "notes"):
        assert (
            analyst.post(f"/{kind}s/{number}/{act}", {"text": "x", "name": "", "was-name": "Read"}).status_code == 403
        )
    assert analyst.post(f"/{kind}s/new", {"name": "New"}).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_one_can_be_taken_back(company: Workspace, kind: str) -> None:
    seen = client(company)
    answer = seen.post(f"/{kind}s/new", {"name": "Fresh", "key": "k1"}, follow=True)
    assert "Fresh is here now." in text(answer.content)
    assert seen.post(f"/{kind}s/new", {"name": "Fresh", "key": "k1"}).status_code in (302, 422)
    rows = parties.MODELS[kind].objects.unscoped(reason="a test counts")
    assert rows.count() == 1
    seen.post("/undo")
    assert rows.filter(deleted_at=None).count() == 0


@pytest.mark.case("A06")
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_writes_its_own_fields_and_nothing_else(company: Workspace, kind: str) -> None:
    number = add(company, kind, "Old")
    sent = {
        "name": "New", "was-name": "Old", "version": "1", "owner_id": company.dana.pk, "owner": "x", "id": 7,
        "team_id": company.south.pk, "created_at": "2020-01-01", "origin": "api", "deleted_at": "2020-01-01",
    }  # fmt: skip
    client(company).post(f"/{kind}s/{number}/edit", sent)
    row = parties.MODELS[kind].objects.unscoped(reason="a test looks").get(pk=number)
    assert (str(row), row.version, row.owner_id, row.team_id, row.origin, row.deleted_at) == (
        "New", 2, company.bo.pk, company.north.pk, "ui", None,
    )  # fmt: skip


def test_two_people_in_different_fields_are_merged_and_in_the_same_field_both_are_shown(company: Workspace) -> None:
    number = add(company, "account", "Old")
    bo, grete = client(company), client(company, "grete")
    grete.post(f"/accounts/{number}/edit", {"name": "Of Grete", "was-name": "Old", "version": "1"})
    industry = {"name": "Old", "was-name": "Old", "industry": "Food", "was-industry": "", "version": "1"}
    assert bo.post(f"/accounts/{number}/edit", industry).status_code == 302
    clash = bo.post(f"/accounts/{number}/edit", {"name": "Of Bo", "was-name": "Old", "version": "1"})
    page = text(clash.content)
    assert clash.status_code == 409
    assert all(word in page for word in ("Of Grete", "Of Bo", "Grete", "you, just now"))
    row = Account.objects.unscoped(reason="a test looks").get(pk=number)
    assert (row.name, row.industry) == ("Of Grete", "Food")
    chosen = {"keep-name": "yours", "name": "Of Bo", "was-name": "Of Grete", "version": str(row.version)}
    bo.post(f"/accounts/{number}/edit", {**chosen, "keep-name": "theirs"})
    row.refresh_from_db()
    assert row.name == "Of Grete"
    bo.post(f"/accounts/{number}/edit", chosen)
    row.refresh_from_db()
    assert row.name == "Of Bo"


@pytest.mark.case("A03")
def test_a_contact_belongs_only_to_an_account_that_i_see(company: Workspace) -> None:
    theirs = add(company, "account", "Theirs", who="dana")
    seen = client(company)
    by_name = seen.post("/contacts/new", {"name": "Ines", "account": "Theirs"})
    missing = seen.post("/contacts/new", {"name": "Ines", "account": "Nobody's"})
    assert (by_name.status_code, missing.status_code) == (422, 422)
    assert "No account of yours is called «Theirs»." in text(by_name.content)
    assert seen.post("/contacts/new", {"name": "Ines", "account": f"x #{theirs}"}).status_code == 404
    assert Contact.objects.unscoped(reason="a test counts").count() == 0


@pytest.mark.case("A12")
def test_a_contact_does_not_tell_the_name_of_an_account_that_is_not_mine(company: Workspace) -> None:
    theirs = add(company, "account", "Secretholm", who="admin")
    number = add(company, "contact", "Ines")
    Contact.objects.unscoped(reason="a test arranges").filter(pk=number).update(account_id=theirs)
    seen = client(company)
    for address in (f"/contacts/{number}", "/contacts", f"/contacts/{number}/edit", "/search?q=ines"):
        assert "Secretholm" not in seen.get(address).content.decode(), address


@pytest.mark.case("A11", "A12")
@pytest.mark.parametrize("order", ["owner__password", "custom", "entry__words", "misspelt", "-name"])
def test_a_list_has_only_its_own_orders_and_says_the_same_of_hidden_and_misspelt_ones(
    company: Workspace, order: str
) -> None:
    answer = client(company).get("/accounts", {"by": order, "owner__password__startswith": "a"})
    assert answer.status_code == 422
    assert f"This list has no order «{order}»." in text(answer.content)


@pytest.mark.parametrize("mark", ["x", "bnVsbA", "WzEsMl0", "WyJhIiwgMV0", "WyJhIiwgLTFd", "[" * 900])
def test_a_mark_that_no_page_wrote_is_refused_or_harmless(company: Workspace, mark: str) -> None:
    assert client(company).get("/accounts", {"after": mark}).status_code in (200, 422)
    assert client(company).get("/leads", {"after": mark}).status_code == 422


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_a_list_show_every_row_once(company: Workspace, kind: str) -> None:
    for number in range(parties.PAGE_ROWS + 3):
        add(company, kind, f"Same {number % 3}")
    for order in parties.ORDERS[kind]:
        seen, address = [], f"/{kind}s?by={order}"
        for _page in range(3):
            html = client(company).get(address).content.decode()
            seen += re.findall(rf'class="row" href="/{kind}s/(\d+)"', html)
            going_on = re.search(r'href="([^"]+)" rel="next"', html)
            if going_on is None:
                break
            address = going_on.group(1).replace("&amp;", "&")
        assert len(seen) == len(set(seen)) == parties.PAGE_ROWS + 3, order


@pytest.mark.parametrize("kind", KINDS)
def test_queries_do_not_grow_with_rows(company: Workspace, kind: str) -> None:
    seen, counts = client(company), []
    for size in (2, 12):
        for number in range(size):
            add(company, kind, f"Row {size} {number}")
        for address in (f"/{kind}s", f"/{kind}s?q=row", "/search?q=row"):
            seen.get(address)
            with CaptureQueriesContext(connection) as caught:
                seen.get(address)
            counts.append(len(caught))
    assert counts[:3] == counts[3:]


@pytest.mark.case("A31", "A35")
@pytest.mark.parametrize("payload", HOSTILE)
def test_what_somebody_wrote_is_shown_and_never_run(company: Workspace, payload: str) -> None:
    account = add(company, "account", payload, industry=payload[:200], domain=payload[:200])
    contact = add(company, "contact", payload, job_title=payload, account_id=account)
    lead = add(company, "lead", payload, company=payload, note=payload, source=payload)
    seen = client(company)
    seen.post(f"/accounts/{account}/notes", {"text": payload})
    for address in (
        "/accounts", f"/accounts/{account}", f"/accounts/{account}/edit", "/contacts", f"/contacts/{contact}",
        f"/contacts/{contact}/edit", "/leads", f"/leads/{lead}", f"/leads/{lead}/deal", f"/leads/{lead}/edit",
        "/search?q=alert", "/search/palette?typed=1&q=alert", "/bin", "/duplicates/account",
    ):  # fmt: skip
        answer = seen.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert payload not in html or "<" not in payload, address
        assert "<svg onload" not in html, address
        assert "<img src=x" not in html, address
        assert not re.search(r'href="\s*javascript:', html), address


def test_a_lead_waits_for_its_day(company: Workspace) -> None:
    number = add(company, "lead", "Ines")
    seen = client(company)
    refused = seen.post(f"/leads/{number}/not-yet", {"version": "1"})
    assert refused.status_code == 422
    assert "«Not yet» needs a day." in text(refused.content)
    seen.post(f"/leads/{number}/not-yet", {"version": "1", "ready_on": "2026-06-15"})
    assert "Ready on 15 Jun 2026" in text(client(company).get(f"/leads/{number}").content)
    seen.post("/undo")
    row = Lead.objects.unscoped(reason="a test looks").get(pk=number)
    assert (row.state, row.ready_on) == ("new", None)


def test_a_lead_becomes_a_deal_opened_on_the_day_of_the_first_talk(company: Workspace) -> None:
    number = add(company, "lead", "Ines", company="Brackenfold")
    seen = client(company)
    assert "No such talk is written down yet" in text(seen.get(f"/leads/{number}/deal").content)
    assert seen.post(f"/leads/{number}/deal", {"account": "Brackenfold", "opened_on": ""}).status_code == 422
    assert seen.post(f"/leads/{number}/deal", {"account": "B", "opened_on": "2099-01-01"}).status_code == 422
    sent = {"account": "Brackenfold", "title": "Slots", "opened_on": "2025-12-12", "version": "1"}
    answer = seen.post(f"/leads/{number}/deal", sent, follow=True)
    assert "Ines is a deal now." in text(answer.content)
    assert "became a deal" in text(seen.get(f"/leads/{number}").content)


def test_own_fields_are_asked_for_and_shown(company: Workspace) -> None:
    services.add_custom_field(
        by=company.by(company.admin), kind="records.account", key="sites", label="Sites", field_type="whole", choices=[]
    )
    number = add(company, "account", "Holt")
    seen = client(company)
    seen.post(f"/accounts/{number}/edit", {"own-sites": "12", "was-own-sites": "", "version": "1"})
    assert "Sites 12" in text(seen.get(f"/accounts/{number}").content)
    wrong = seen.post(f"/accounts/{number}/edit", {"own-sites": "many", "was-own-sites": "12", "version": "2"})
    assert wrong.status_code == 422
    assert "«many» is no whole number" in text(wrong.content)
