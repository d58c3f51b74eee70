"""The forms of a deal: only what was changed is written, two who write one field see both, and all of it is undone."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.records import services
from earnest.records.models import Account, Deal
from tests.surfaces.web.desk import Desk
from tests.workspace import LATER, TODAY


def form_of(page: str) -> dict[str, str]:
    """The fields of the page's form, as a browser would send them back untouched."""
    form = page.split('<form method="post" action="/deals/', 1)[1].split("</form>", 1)[0]
    sent = {}
    for tag, name in re.findall(r'(<input[^>]* name="([^"]+)"[^>]*>)', form):
        found = re.search(r' value="([^"]*)"', tag)
        if 'type="radio"' not in tag or " checked" in tag:
            sent[name] = found.group(1) if found else ""
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found = re.search(r'value="([^"]*)" selected', body)
        sent[name] = found.group(1) if found else ""
    for name, body in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        sent[name] = body
    return sent


def test_only_what_was_changed_is_written(desk: Desk) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/edit/dates"
    sent = form_of(client.get(path).content.decode())
    answer = client.post(path, {**sent, "seller_close_on": "2026-03-13"})
    assert answer["Location"] == f"/deals/{desk.deal.pk}#dates"
    deal = desk.fresh()
    assert (deal.seller_close_on, deal.buyer_by_when_on, deal.lead_time_days, deal.version) == (
        date(2026, 3, 13),
        date(2026, 3, 2),
        45,
        2,
    )
    page = client.get(f"/deals/{desk.deal.pk}").content.decode()
    client.post("/undo", {"group": re.findall(r'name="group" value="([0-9a-f]+)"', page)[0]})
    assert desk.fresh().seller_close_on == date(2026, 1, 16)


def test_a_form_that_nobody_touched_writes_nothing(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    for part in ("about", "money", "dates", "step"):
        path = f"/deals/{desk.deal.pk}/edit/{part}"
        client.post(path, form_of(client.get(path).content.decode()))
    assert desk.fresh().version == 1


def test_two_who_write_different_fields_both_hold(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    path = f"/deals/{desk.deal.pk}/edit/dates"
    mine, hers = form_of(bo.get(path).content.decode()), form_of(grete.get(path).content.decode())
    grete.post(path, {**hers, "seller_close_on": "2025-12-30"})
    answer = bo.post(path, {**mine, "buyer_by_when_on": "2026-04-27"})
    deal = desk.fresh()
    assert (answer.status_code, deal.seller_close_on, deal.buyer_by_when_on) == (
        302,
        date(2025, 12, 30),
        date(2026, 4, 27),
    )


def test_two_who_write_one_field_see_both_with_their_authors_and_choose(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    path = f"/deals/{desk.deal.pk}/edit/dates"
    mine, hers = form_of(bo.get(path).content.decode()), form_of(grete.get(path).content.decode())
    grete.post(path, {**hers, "seller_close_on": "2025-12-30"})
    answer = bo.post(path, {**mine, "seller_close_on": "2026-03-13", "lead_time_days": "30"})
    text = answer.content.decode()
    assert (answer.status_code, desk.fresh().seller_close_on, desk.fresh().lead_time_days) == (
        409,
        date(2025, 12, 30),
        45,
    )
    assert "<b><bdi>2025-12-30</bdi></b> <small><bdi>Grete</bdi>" in text
    assert "<b><bdi>2026-03-13</bdi></b> <small>you, just now</small>" in text
    assert "What else you typed is kept as you typed it: Lead time, in days <bdi>30</bdi>." in text
    theirs = form_of(text)
    assert bo.post(path, theirs).status_code == 302
    assert (desk.fresh().seller_close_on, desk.fresh().lead_time_days) == (date(2025, 12, 30), 30)
    again = {**theirs, "version": str(desk.fresh().version), "keep-seller_close_on": "yours"}
    bo.post(path, again)
    assert desk.fresh().seller_close_on == date(2026, 3, 13)


def test_two_who_write_the_same_have_no_quarrel(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    path = f"/deals/{desk.deal.pk}/edit/dates"
    mine, hers = form_of(bo.get(path).content.decode()), form_of(grete.get(path).content.decode())
    grete.post(path, {**hers, "seller_close_on": "2026-03-13"})
    answer = bo.post(path, {**mine, "seller_close_on": "2026-03-13"})
    assert (answer.status_code, desk.fresh().seller_close_on) == (302, date(2026, 3, 13))


def test_nobody_can_be_talked_into_a_lost_update(desk: Desk) -> None:
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    path = f"/deals/{desk.deal.pk}/edit/step"
    mine, hers = form_of(bo.get(path).content.decode()), form_of(grete.get(path).content.decode())
    grete.post(path, {**hers, "next_step": "Ines shows the log"})
    for version in ("1", "0", "", "x", "-1"):
        answer = bo.post(path, {**mine, "next_step": "Call", "version": version})
        assert desk.fresh().next_step == ("Call" if answer.status_code == 302 else "Ines shows the log")
        services.edit_deal(
            by=desk.company.by(desk.company.grete),
            deal_id=desk.deal.pk,
            version=desk.fresh().version,
            next_step="Ines shows the log",
        )


@pytest.mark.parametrize(
    ("part", "field", "typed", "said"),
    [
        ("dates", "buyer_by_when_on", "31/12/2026", "«31/12/2026» is no day; write it as 2026-01-31."),
        ("dates", "seller_close_on", "0026-01-16", "16 Jan 26 is too far away; is the year right?"),
        ("dates", "lead_time_days", "six weeks", "«six weeks» is no whole number between 0 and 1,000,000."),
        ("money", "amount", "about 70k", "«about 70k» is no amount; write it as 71,000.00 or 71000."),
        ("money", "amount", "1.234", "at most 2 stand after the point."),
        ("money", "amount", "9" * 30, "at most 2 stand after the point."),
        ("money", "currency", "", "An amount needs its currency."),
        ("money", "currency", "QQQ", "«QQQ» is not one of the choices."),
        ("about", "stage", "999999", "«999999» is not one of the choices."),
        ("about", "title", "x" * 501, "This is 501 characters long; 500 fit."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_kept(
    desk: Desk, part: str, field: str, typed: str, said: str
) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/edit/{part}"
    answer = client.post(path, {**form_of(client.get(path).content.decode()), field: typed})
    text = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, said in text, desk.fresh().version) == (422, True, 1)
    assert field in ("currency", "stage") or f'value="{typed}"' in text


def test_money_is_read_exactly_and_shown_as_it_was_typed(desk: Desk) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/edit/money"
    shown = form_of(client.get(path).content.decode())
    assert (shown["amount"], shown["currency"]) == ("71,000.00", "EUR")
    client.post(path, {**shown, "amount": "1,234,567.89"})
    assert desk.fresh().amount_minor == 123_456_789
    client.post(path, {**form_of(client.get(path).content.decode()), "currency": "JPY", "amount": "71000"})
    assert (desk.fresh().amount_minor, desk.fresh().currency_id) == (71_000, "JPY")


@pytest.mark.case("A04", "A06")
def test_a_form_writes_its_own_fields_and_no_others(desk: Desk) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/edit/about"
    extra = {"owner_id": desk.company.dana.pk, "team_id": desk.company.south.pk, "outcome": "won", "deleted_at": "2026"}
    client.post(path, {**form_of(client.get(path).content.decode()), **extra, "segment": "mid"})
    deal = desk.fresh()
    assert (deal.owner_id, deal.team_id, deal.outcome, deal.segment) == (
        desk.company.bo.pk,
        desk.company.north.pk,
        "open",
        "mid",
    )


def test_own_fields_are_written_one_by_one(desk: Desk) -> None:
    admin = desk.company.by(desk.company.admin)
    kinds = (("site", "text", []), ("docks", "whole", []), ("tier", "choice", ["one", "two"]), ("live", "flag", []))
    for key, field_type, choices in kinds:
        services.add_custom_field(
            by=admin, kind="records.deal", key=key, label=key, field_type=field_type, choices=choices
        )
    bo, grete = desk.client(desk.company.bo), desk.client(desk.company.grete)
    path = f"/deals/{desk.deal.pk}/edit/own"
    mine, hers = form_of(bo.get(path).content.decode()), form_of(grete.get(path).content.decode())
    grete.post(path, {**hers, "own-site": "Hull", "own-live": "no"})
    assert bo.post(path, {**mine, "own-docks": "12", "own-tier": "two"}).status_code == 302
    assert desk.fresh().custom == {"site": "Hull", "live": False, "docks": 12, "tier": "two"}
    answer = bo.post(path, {**mine, "own-site": "Leeds"})
    assert (answer.status_code, desk.fresh().custom["site"]) == (409, "Hull")
    page = bo.get(f"/deals/{desk.deal.pk}").content.decode()
    assert "<dt><bdi>docks</bdi></dt><dd><bdi>12</bdi></dd>" in page
    assert "<dt><bdi>live</bdi></dt><dd><bdi>no</bdi></dd>" in page


def test_a_part_that_is_not_there_is_no_page(desk: Desk) -> None:
    assert desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}/edit/quota").status_code == 404


def test_for_htmx_the_form_alone_is_sent(desk: Desk) -> None:
    path = f"/deals/{desk.deal.pk}/edit/step"
    text = desk.client(desk.company.bo).get(path, headers={"HX-Request": "true"}).content.decode()
    assert text.lstrip().startswith("<form")
    assert "<html" not in text


@pytest.mark.duty("S2.2")
def test_a_deal_is_opened_with_nothing_but_its_buyer(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    page = client.get("/deals/new").content.decode()
    assert len(re.findall(r'<(?:input|select|textarea) id="f-', page)) == 5
    answer = client.post("/deals/new", {"account": "Everleigh", "key": "k1"})
    deal = Deal.objects.unscoped(reason="a test looks").latest("id")
    assert answer["Location"] == f"/deals/{deal.pk}"
    assert (deal.account.name, deal.owner_id, deal.opened_on, deal.amount_minor) == (
        "Everleigh",
        desk.company.bo.pk,
        TODAY,
        None,
    )
    client.post("/deals/new", {"account": "Everleigh", "key": "k1"})
    assert Account.objects.unscoped(reason="a test looks").filter(name="Everleigh").count() == 1
    assert Deal.objects.unscoped(reason="a test looks").count() == 2
    text = client.get(f"/deals/{deal.pk}").content.decode()
    client.post("/undo", {"group": re.findall(r'name="group" value="([0-9a-f]+)"', text)[0]})
    assert client.get(f"/deals/{deal.pk}").status_code == 404


def test_a_buyer_who_is_here_already_is_not_added_again(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    sent = {"account": "brackenfold foods", "amount": "1 000", "currency": "EUR", "stage": desk.company.first.pk}
    client.post("/deals/new", sent)
    deal = Deal.objects.unscoped(reason="a test looks").latest("id")
    assert (deal.account_id, deal.amount_minor, deal.stage_id) == (desk.account.pk, 100_000, desk.company.first.pk)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"account": " "}, "Who is the buyer? A name is enough."),
        ({"account": "Everleigh", "amount": "12", "currency": ""}, "An amount needs its currency."),
    ],
)
def test_a_deal_is_not_opened_without_what_it_stands_on(desk: Desk, sent: dict[str, str], said: str) -> None:
    answer = desk.client(desk.company.bo).post("/deals/new", sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Deal.objects.unscoped(reason="a test looks").count() == 1


def test_a_deal_ends_with_its_day_and_its_reason_and_is_opened_again(desk: Desk) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/end"
    sent = {"version": "1", "outcome": "declined", "closed_on": "2026-01-02", "reason": "We are no fit"}
    assert client.post(path, sent)["Location"] == f"/deals/{desk.deal.pk}"
    deal = desk.fresh()
    assert (deal.outcome, deal.closed_on, deal.lost_reason) == ("declined", date(2026, 1, 2), "We are no fit")
    client.post(f"/deals/{desk.deal.pk}/reopen", {"version": deal.version})
    assert (desk.fresh().outcome, desk.fresh().closed_on) == ("open", None)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"outcome": "", "closed_on": "2026-01-02"}, "How it ended is needed here."),
        ({"outcome": "open", "closed_on": "2026-01-02"}, "«open» is not one of the choices."),
        ({"outcome": "won", "closed_on": ""}, "On which day is needed here."),
        (
            {"outcome": "won", "closed_on": "2026-01-06"},
            "This day is still to come; a deal ends on a day that has been.",
        ),
        ({"outcome": "won", "closed_on": "2025-09-07"}, "It was opened after this day; one of the two is wrong."),
    ],
)
def test_an_end_that_cannot_be_is_refused_beside_its_field(desk: Desk, sent: dict[str, str], said: str) -> None:
    answer = desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/end", {"version": "1", **sent})
    assert (answer.status_code, desk.fresh().outcome) == (422, "open")
    assert said in answer.content.decode()


def test_an_end_against_an_older_version_is_refused(desk: Desk) -> None:
    by = desk.company.by(desk.company.grete, at=LATER)
    services.end_deal(by=by, deal_id=desk.deal.pk, version=1, outcome="won", closed_on=TODAY)
    sent = {"version": "1", "outcome": "lost", "closed_on": "2026-01-02"}
    answer = desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/end", sent)
    assert (answer.status_code, desk.fresh().outcome) == (422, "won")


def test_a_product_is_added_with_how_many_and_at_what_price(desk: Desk) -> None:
    product = services.add_product(by=desk.company.by(desk.company.admin), name="Dock plan")
    client = desk.client(desk.company.bo)
    client.post(f"/deals/{desk.deal.pk}/lines", {"product": product.pk, "quantity": "3", "price": "1,200.50"})
    text = client.get(f"/deals/{desk.deal.pk}").content.decode()
    assert "3 × <bdi>Dock plan</bdi></th>" in text
    assert "1,200.50</td>" in text


def test_a_line_is_changed_and_taken_out_on_the_page_with_a_way_back(desk: Desk) -> None:
    product = services.add_product(by=desk.company.by(desk.company.admin), name="Dock plan")
    line = services.add_line(by=desk.company.by(desk.company.bo), deal_id=desk.deal.pk, product_id=product.pk)
    client, home = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}"
    sent = {"version": "2", "was-quantity": "1", "quantity": "4", "was-price": "", "price": "950.00"}
    text = client.post(f"{home}/lines/{line.pk}", sent, follow=True).content.decode()
    assert 'name="quantity" inputmode="numeric" size="6" value="4"' in text
    assert 'name="price" inputmode="decimal" size="10" value="950.00"' in text
    assert "1 × Dock plan" in text and "4 × Dock plan at 950.00 EUR" in text  # noqa: PT018  # one line of the history
    text = client.post(f"{home}/lines/{line.pk}", {**sent, "quantity": "many"}, follow=True).content.decode()
    assert "«many» is no whole number" in text
    text = client.post(f"{home}/lines/{line.pk}/out", {"version": "3"}, follow=True).content.decode()
    assert 'id="quantity-' not in text
    text = client.post("/undo", {"next": home}, follow=True).content.decode()
    assert 'name="quantity" inputmode="numeric" size="6" value="4"' in text


@pytest.mark.parametrize("sent", [{}, {"product": "9999"}, {"product": "x"}])
def test_a_product_that_is_not_there_is_not_added(desk: Desk, sent: dict[str, str]) -> None:
    client = desk.client(desk.company.bo)
    assert client.post(f"/deals/{desk.deal.pk}/lines", sent).status_code == 302
    assert desk.fresh().version == 1


def test_a_form_takes_as_many_queries_whatever_it_holds(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    client.get(f"/deals/{desk.deal.pk}/edit/about")
    with CaptureQueriesContext(connection) as found:
        client.get(f"/deals/{desk.deal.pk}/edit/about")
    assert len(found) <= 12
