"""The settings in the browser: what admins arrange, what it does to deals, and how it is taken back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from earnest.people import reads as people
from earnest.records import services
from earnest.records.models import CustomField, Deal, ExchangeRate, Holiday, Pipeline, Product, Stage
from earnest.records.services import By
from tests.workspace import Workspace

WHY = "a test looks"
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = (
    "",
    "/workspace",
    "/fiscal-periods",
    "/segments",
    "/pipelines",
    "/fields",
    "/currencies",
    "/products",
    "/holidays",
)


@pytest.fixture
def admin(company: Workspace) -> Client:
    """The admin's browser."""
    found = Client()
    found.force_login(company.admin, backend=LOGIN)
    return found


def rows(model: Any) -> Any:  # any model and its rows
    return model.objects.unscoped(reason=WHY)


def names(company: Workspace) -> list[str]:
    stages = rows(Stage).filter(pipeline_id=company.pipeline.pk, deleted_at=None)
    return list(stages.order_by("position", "id").values_list("name", flat=True))


def test_a_stage_is_renamed_and_its_deals_stay(company: Workspace, admin: Client) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Bins", stage_id=company.first.pk)
    change = {"version": company.first.version, "name": "In talks", "meaning": "gap_understood"}
    admin.post(f"/settings/stages/{company.first.pk}", change)
    assert rows(Stage).get(pk=company.first.pk).meaning == "gap_understood"
    assert (names(company), rows(Deal).get(pk=deal.pk).stage_id) == (["In talks", "Offer"], company.first.pk)


def test_stages_are_moved_and_moved_back_by_undo(company: Workspace, admin: Client) -> None:
    admin.post(f"/settings/stages/{company.second.pk}/move", {"step": "-1"})
    assert names(company) == ["Offer", "Talking"]
    admin.post("/undo")
    assert names(company) == ["Talking", "Offer"]


def test_a_retired_stage_keeps_its_deals_and_comes_back(company: Workspace, admin: Client) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Bins", stage_id=company.second.pk)
    admin.post(f"/settings/stages/{company.second.pk}/retire", {"version": company.second.version})
    assert (names(company), rows(Deal).get(pk=deal.pk).stage_id) == (["Talking"], company.second.pk)
    assert "Restore" in admin.get("/settings/pipelines").content.decode()
    admin.post(f"/settings/stages/{company.second.pk}/restore")
    assert names(company) == ["Talking", "Offer"]


@pytest.mark.parametrize("name", ["Offer", " Offer ", "", "  "])
def test_a_name_is_there_once_and_never_empty(company: Workspace, admin: Client, name: str) -> None:
    sent = admin.post(
        f"/settings/pipelines/{company.pipeline.pk}/stages", {"name": name, "meaning": "untold"}, follow=True
    )
    assert 'class="strip error"' in sent.content.decode()
    assert names(company) == ["Talking", "Offer"]


def test_a_stage_means_one_of_the_known_things(company: Workspace, admin: Client) -> None:
    admin.post(f"/settings/pipelines/{company.pipeline.pk}/stages", {"name": "Magic", "meaning": "certain"})
    assert names(company) == ["Talking", "Offer"]


def test_somebody_elses_change_of_a_stage_is_not_written_over(company: Workspace, admin: Client) -> None:
    version = company.first.version
    address = f"/settings/stages/{company.first.pk}"
    admin.post(address, {"version": version, "name": "In talks", "meaning": "conversation"})
    sent = admin.post(address, {"version": version, "name": "Listening", "meaning": "conversation"})
    assert (sent.status_code, names(company)) == (409, ["In talks", "Offer"])


def test_a_pipeline_is_added_renamed_retired_and_restored(company: Workspace, admin: Client) -> None:
    admin.post("/settings/pipelines/add", {"name": "Partners"})
    made = rows(Pipeline).get(name="Partners")
    admin.post(f"/settings/pipelines/{made.pk}", {"name": "Resellers", "version": made.version})
    admin.post(f"/settings/pipelines/{made.pk}/retire", {"version": made.version + 1})
    assert (rows(Pipeline).get(pk=made.pk).name, rows(Pipeline).filter(deleted_at=None).count()) == ("Resellers", 1)
    admin.post(f"/settings/pipelines/{made.pk}/restore")
    assert rows(Pipeline).filter(deleted_at=None).count() == 2


def test_a_field_is_added_with_choices_and_a_unit(admin: Client) -> None:
    sent = {"kind": "records.deal", "label": "Cold chain?", "field_type": "choice", "choices": "yes\nno\n\nyes"}
    admin.post("/settings/fields/add", {**sent, "unit": "lorries"})
    field = rows(CustomField).get()
    assert (field.key, field.choices, field.unit) == ("cold_chain", ["yes", "no"], "lorries")
    admin.post(f"/settings/fields/{field.pk}", {"version": 1, "label": "Chilled", "choices": "always\nno"})
    admin.post(f"/settings/fields/{field.pk}/retire", {"version": 2})
    admin.post("/settings/fields/add", {**sent, "label": "Cold chain"})
    back = admin.post(f"/settings/fields/{field.pk}/restore", follow=True)
    assert 'class="strip error"' in back.content.decode()
    assert list(rows(CustomField).filter(deleted_at=None).values_list("label", flat=True)) == ["Cold chain"]


def test_money_products_and_days(admin: Client) -> None:
    admin.post("/settings/currencies/rate", {"from": "usd", "to": "EUR", "on": "2026-01-02", "rate": "0.9213"})
    admin.post("/settings/products/add", {"name": "Planner", "price": "1,250.50", "currency": "EUR"})
    admin.post("/settings/holidays/set", {"on": "2026-12-25", "name": "Christmas Day"})
    assert rows(ExchangeRate).get().rate == Decimal("0.9213")
    product = rows(Product).get()
    assert (product.name, product.list_price_minor, product.currency_id) == ("Planner", 125_050, "EUR")
    holiday = rows(Holiday).get()
    admin.post(f"/settings/holidays/{holiday.pk}/remove")
    assert rows(Holiday).count() == 0


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("currencies/rate", {"from": "EUR", "to": "EUR", "on": "2026-01-02", "rate": "1"}),
        ("currencies/rate", {"from": "ZZZ", "to": "EUR", "on": "2026-01-02", "rate": "1"}),
        ("currencies/rate", {"from": "USD", "to": "EUR", "on": "yesterday", "rate": "1"}),
        ("currencies/rate", {"from": "USD", "to": "EUR", "on": "2026-01-02", "rate": "NaN"}),
        ("products/add", {"name": "", "price": "1", "currency": "EUR"}),
        ("products/add", {"name": "A", "price": "1e400", "currency": "EUR"}),
        ("holidays/set", {"on": "2026-02-30", "name": "None"}),
        ("choose/fiscal_period_months", {"value": "5", "reason": "Odd."}),
        ("choose/workspace_name", {"value": "x" * 201, "reason": "Long."}),
        ("choose/workspace_name", {"value": "Earnest", "reason": ""}),
        ("fields/add", {"kind": "records.stage", "label": "A", "field_type": "text"}),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(admin: Client, address: str, sent: dict[str, str]) -> None:
    told = admin.post(f"/settings/{address}", sent, follow=True)
    assert 'class="strip error"' in told.content.decode()
    assert [rows(model).count() for model in (ExchangeRate, Product, Holiday, CustomField)] == [0, 0, 0, 0]
    assert people.setting("workspace_name") is None


def test_the_year_and_the_name_are_chosen_with_a_reason_and_set_back(admin: Client) -> None:
    admin.post("/settings/choose/fiscal_year_starts_on_month", {"value": "4", "reason": "Our year starts in April."})
    admin.post("/settings/choose/fiscal_year_starts_on_month", {"value": "7", "reason": "Moved."})
    assert people.setting("fiscal_year_starts_on_month") == 7
    page = admin.get("/settings/fiscal-periods").content.decode()
    assert "Our year starts in April." in page
    assert "Set back to April" in page


@pytest.mark.case("A31")
def test_markup_in_names_stays_text(company: Workspace, admin: Client) -> None:
    by = By(company.actor(company.admin), company.by(company.admin).at)
    hostile = "<script>alert(1)</script>"
    services.add_stage(by=by, pipeline_id=company.pipeline.pk, name=hostile, position=9)
    services.add_product(by=by, name=hostile)
    for page in ("/settings/pipelines", "/settings/products"):
        assert hostile not in admin.get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_others_read_the_settings_and_see_no_form(company: Workspace, page: str) -> None:
    rep = Client()
    rep.force_login(company.bo, backend=LOGIN)
    shown = rep.get(f"/settings{page}")
    assert shown.status_code == 200
    assert 'action="/settings' not in shown.content.decode()


def test_pages_ask_a_constant_number_of_questions(
    company: Workspace, admin: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    by = company.by(company.admin)
    for number in range(30):
        services.add_stage(by=by, pipeline_id=company.pipeline.pk, name=f"Stage {number}", position=number + 3)
        services.add_product(by=by, name=f"Product {number}")
    for page in PAGES:
        with django_assert_max_num_queries(18):
            admin.get(f"/settings{page}")
