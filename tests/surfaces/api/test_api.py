"""The API: lists in one envelope, writes against a version, creates that may be repeated, refusals in one body."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from earnest.pipeline import services as pipeline
from earnest.records import services
from earnest.records.models import Change, Deal
from earnest.surfaces.api import access
from tests.surfaces.api.conftest import Program, program
from tests.workspace import Workspace

PRESS = {"title": "Press line", "amount": {"minor": 7_100_050, "currency": "EUR"}}


def opened(asks: Program, **values: object) -> dict[str, object]:
    answer = asks("POST", "/deals", PRESS | values)
    assert answer.status_code == 201, answer.told
    told: dict[str, object] = answer.told
    return told


def test_a_deal_is_opened_read_edited_and_ended(company: Workspace, bo: Program) -> None:
    made = bo("POST", "/deals", PRESS | {"stage_id": company.first.pk})
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert made.told["amount"] == {"minor": 7_100_050, "currency": "EUR", "decimal": "71000.50"}
    path = f"/deals/{made.told['id']}"
    edited = bo("PATCH", path, {"next_step": "Meet the buyer"}, If_Match='"1"')
    assert (edited.status_code, edited["ETag"], edited.told["title"]) == (200, '"2"', "Press line")
    ended = bo("POST", f"{path}/end", {"outcome": "no_decision", "closed_on": "2026-01-05"}, If_Match='"2"')
    assert (ended.status_code, ended.told["outcome"], ended.told["closed_on"]) == (200, "no_decision", "2026-01-05")
    again = bo("POST", f"{path}/reopen", {}, If_Match='"3"')
    assert (again.status_code, again.told["outcome"]) == (200, "open")
    gone = bo("DELETE", path, If_Match='"4"')
    assert (gone.status_code, bo("GET", path).status_code) == (204, 404)
    origins = Change.objects.unscoped(reason="a test looks").filter(kind="records.deal")
    assert set(origins.values_list("origin", flat=True)) == {"api"}


def test_the_same_key_makes_one_deal_and_another_request_under_it_is_refused(bo: Program) -> None:
    made = [bo("POST", "/deals", PRESS, Idempotency_Key="k1") for _ in range(2)]
    assert made[0].told == made[1].told
    other = bo("POST", "/deals", {"title": "Other"}, Idempotency_Key="k1")
    assert (other.status_code, other.told["code"]) == (422, "key_reused")
    assert bo("GET", "/deals?total=true").told["total"] == 1


def test_a_write_without_its_version_is_428_and_a_stale_one_412_with_both_values(bo: Program) -> None:
    number = opened(bo)["id"]
    path = f"/deals/{number}"
    assert bo("PATCH", path, {"title": "A"}).told["code"] == "version_missing"
    assert bo("PATCH", path, {"title": "A"}).status_code == 428
    bo("PATCH", path, {"title": "Theirs"}, If_Match='"1"')
    stale = bo("PATCH", path, {"title": "Mine"}, If_Match='"1"')
    assert (stale.status_code, stale.told["code"]) == (412, "stale_version")
    field = stale.told["data"]["fields"]["title"]
    assert (field["yours"], field["theirs"], field["by"]) == ("Mine", "Theirs", "Bo")
    # Over the API not even different fields are merged.
    assert bo("PATCH", path, {"next_step": "Call"}, If_Match='"1"').status_code == 412
    assert bo("PATCH", path, {"next_step": "Call"}, If_Match="*").status_code == 412
    assert bo("GET", path).told["title"] == "Theirs"


def test_a_list_goes_on_by_its_cursor_in_every_order(company: Workspace, bo: Program) -> None:
    for day in (None, "2026-02-01", "2026-01-15", "2026-02-01", None):
        opened(bo, seller_close_on=day)
    for sort in ("", "seller_close_on", "-seller_close_on", "title", "-written_at"):
        seen: list[int] = []
        cursor = ""
        while True:
            page = bo("GET", f"/deals?limit=2&sort={sort}&after={cursor}").told
            seen += [row["id"] for row in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert sorted(seen) == sorted(Deal.objects.unscoped(reason="x").values_list("pk", flat=True)), sort
    by_close = [row["seller_close_on"] for row in bo("GET", "/deals?sort=seller_close_on").told["items"]]
    assert by_close == ["2026-01-15", "2026-02-01", "2026-02-01", None, None]


def test_filters_narrow_and_totals_count_what_is_seen(company: Workspace, bo: Program, chidi: Program) -> None:
    opened(bo, title="100% real", stage_id=company.first.pk)
    opened(bo, title="Other", stage_id=company.second.pk)
    opened(chidi, title="Foreign")
    assert bo("GET", "/deals?total=true").told["total"] == 2
    assert [row["title"] for row in bo("GET", f"/deals?stage_id={company.first.pk}").told["items"]] == ["100% real"]
    assert [row["title"] for row in bo("GET", "/deals?title=%25").told["items"]] == ["100% real"]
    assert bo("GET", "/deals?outcome=won").told["items"] == []


def test_verdicts_say_what_clears_them_and_can_be_set_aside(company: Workspace, bo: Program) -> None:
    number = opened(bo)["id"]
    pipeline.judge_book(as_of=timezone.localdate(), at=timezone.now())
    told = bo("GET", f"/deals/{number}/verdicts").told
    first = next(line for line in told["verdicts"] if line["rule"] == "no_next_step")
    assert (first["state"], first["since_on"], first["source"]) == (
        "flagged",
        timezone.localdate().isoformat(),
        first["source"],
    )
    assert first["clears"].startswith("Agree one thing")
    until = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {"rule": "no_next_step", "reason": "They are away.", "until_on": until}
    assert bo("POST", f"/deals/{number}/set-aside", sent).status_code == 201
    again = bo("GET", f"/deals/{number}/verdicts").told
    assert next(line["aside"] for line in again["verdicts"] if line["rule"] == "no_next_step") == {
        "who": "Bo",
        "reason": "They are away.",
        "until_on": until,
    }
    assert bo("GET", "/totals").told == [
        {
            "deal_count": 1,
            "hard_count": 1,
            "claimed": {"minor": 7_100_050, "currency": "EUR", "decimal": "71000.50"},
            "real": {"minor": 0, "currency": "EUR", "decimal": "0.00"},
        }
    ]
    assert {rule["name"]: rule["deal_count"] for rule in bo("GET", "/rules").told}["no_next_step"] == 1


def test_the_latest_act_is_taken_back(bo: Program) -> None:
    number = opened(bo)["id"]
    bo("PATCH", f"/deals/{number}", {"title": "Wrong"}, If_Match='"1"')
    assert bo("POST", "/undo", {}).told == [{"action": "edit_deal", "kind": "records.deal", "record_id": number}]
    assert bo("GET", f"/deals/{number}").told["title"] == "Press line"


def test_everything_that_hangs_on_a_deal_can_be_written(company: Workspace, bo: Program) -> None:
    account = bo("POST", "/accounts", {"name": "Papierwerk", "domain": "papier.example"}).told["id"]
    contact = bo("POST", "/contacts", {"name": "Ines", "account_id": account}).told["id"]
    number = opened(bo, account_id=account)["id"]
    stake = bo("POST", "/stakeholders", {"deal_id": number, "contact_id": contact, "role": "decider"})
    assert (stake.status_code, stake.told["role"]) == (201, "decider")
    path = f"/stakeholders/{stake.told['id']}"
    assert bo("PATCH", path, {"role": "owner"}, If_Match='"1"').told["role"] == "owner"
    talk = {"deal_id": number, "channel": "call", "direction": "in", "at": "2026-01-05T10:00:00+01:00"}
    assert bo("POST", "/activities", talk).told["at"] == "2026-01-05T09:00:00Z"
    note = bo("POST", "/notes", {"deal_id": number, "text": "{{7*7}} ${x}"})
    assert (note.status_code, note.told["text"]) == (201, "{{7*7}} ${x}")
    lead = bo("POST", "/leads", {"name": "Ola", "state": "working"})
    assert (lead.status_code, lead.told["state"]) == (201, "working")
    view = bo("POST", "/views", {"page": "deals", "name": "Mine", "query": "outcome=open"})
    assert view.status_code == 201
    assert bo("DELETE", f"/views/{view.told['id']}").status_code == 204
    assert [found["title"] for found in bo("GET", "/search?q=papierwerk").told if found["kind"] == "account"] == [
        "Papierwerk"
    ]
    for kind, many in (("account", "accounts"), ("contact", "contacts"), ("lead", "leads")):
        row = bo("GET", f"/{many}").told["items"][0]
        assert bo("PATCH", f"/{many}/{row['id']}", {"name": "New"}, If_Match=f'"{row["version"]}"').status_code == 200
        gone = bo("DELETE", f"/{many}/{row['id']}", If_Match=f'"{row["version"] + 1}"')
        assert gone.status_code == 204, kind


def test_the_lines_of_a_deal_are_written_against_its_version(company: Workspace, bo: Program, chidi: Program) -> None:
    values = {"name": "GTX Pro", "list_price_minor": 482_100, "currency": "EUR"}
    product = services.add_product(by=company.by(company.admin), **values)
    deal = opened(bo)["id"]
    sent = {"deal_id": deal, "product_id": product.pk, "quantity": 2}
    made = bo("POST", "/lines", sent, Idempotency_Key="k1")
    assert (made.status_code, made["ETag"], made.told["list_price"]["decimal"]) == (201, '"2"', "4821.00")
    assert bo("POST", "/lines", sent, Idempotency_Key="k1").told == made.told
    path = f"/lines/{made.told['id']}"
    price = {"minor": 450_000, "currency": "EUR"}
    assert bo("PATCH", path, {"price": price}).status_code == 428
    assert bo("PATCH", path, {"price": price}, If_Match='"1"').status_code == 412
    assert bo("PATCH", path, {"price": price | {"currency": "USD"}}, If_Match='"2"').told["data"]["fields"] == ["price"]
    changed = bo("PATCH", path, {"price": price}, If_Match='"2"')
    assert (changed["ETag"], changed.told["price"]["decimal"], changed.told["quantity"]) == ('"3"', "4500.00", 2)
    assert [row["id"] for row in bo("GET", f"/lines?deal_id={deal}").told["items"]] == [made.told["id"]]
    assert (chidi("GET", path).status_code, chidi("GET", "/lines").told["items"]) == (404, [])
    assert bo("DELETE", path, If_Match='"3"').status_code == 204
    assert bo("GET", path).status_code == 404
    assert bo("POST", "/undo", {}).told == [
        {"action": "remove_line", "kind": "records.dealline", "record_id": made.told["id"]}
    ]
    assert bo("GET", path).told["price"]["decimal"] == "4500.00"


def test_a_deal_is_handed_over_by_its_manager_only(company: Workspace, bo: Program) -> None:
    number = opened(bo)["id"]
    sent = {"to_user_id": company.chidi.pk}
    assert bo("POST", f"/deals/{number}/hand-over", sent, If_Match='"1"').status_code == 403
    grete = program(company, company.grete)
    assert grete("POST", f"/deals/{number}/hand-over", sent, If_Match='"1"').told["owner_id"] == company.chidi.pk


def test_a_budget_answers_429_and_says_when_to_come_back(bo: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "BUDGET", access.Budget(2))
    answers = [bo("GET", "/stages") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60


def test_an_address_that_is_not_there_answers_in_the_same_body(bo: Program) -> None:
    answer = bo("GET", "/warehouse")
    assert (answer.status_code, sorted(answer.told)) == (404, ["code", "data", "fix", "what", "why"])


@pytest.fixture
def page(company: Workspace) -> Client:
    """A browser that is logged in as Bo, whose forms are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(company.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.case("A52")
def test_a_logged_in_browser_reads_and_writes_only_with_the_page_s_token(page: Client) -> None:
    assert page.get("/api/v1/deals").status_code == 200
    sent = {"data": json.dumps(PRESS), "content_type": "application/json"}
    assert page.post("/api/v1/deals", **sent).status_code == 403
    page.cookies["csrftoken"] = "a" * 32
    assert page.post("/api/v1/deals", headers={"X-CSRFToken": "a" * 32}, **sent).status_code == 201


def test_opening_a_deal_asks_a_constant_number_of_questions(
    bo: Program, company: Workspace, django_assert_max_num_queries: object
) -> None:
    bo("GET", "/stages")
    with django_assert_max_num_queries(45):  # type: ignore[operator]  # pytest-django's own
        opened(bo, stage_id=company.first.pk)
