"""Every address of the API against strangers, readers, unknown names and hostile values, from its own description."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.surfaces.api.mounted import api
from tests.surfaces.api.conftest import Program, program
from tests.workspace import Workspace

DESCRIPTION: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
OPERATIONS = sorted(
    (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
)
OF_RECORDS = [(method, path) for method, path in OPERATIONS if "{" in path]
LISTS = [path for method, path in OPERATIONS if method == "GET" and "{" not in path]
HOSTILE = (
    "' OR 1=1 --",
    "__class__",
    "pk__in",
    "owner__password__regex",
    '"; DROP TABLE x',
    "a\x1bb",
    "%_%_%",
    "(a+)+$",
)


def operation(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = DESCRIPTION["paths"][f"/api/v1{path}"][method.lower()]
    return found


def example(method: str, path: str) -> dict[str, Any] | None:
    """A body with the fields that the description demands."""
    body = operation(method, path).get("requestBody")
    if body is None:
        return None
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    shape = DESCRIPTION["components"]["schemas"][name]
    return {field: _value(shape["properties"][field]) for field in shape.get("required", ())}


def _value(shape: dict[str, Any]) -> object:
    if "enum" in shape:
        return shape["enum"][0]
    if shape.get("format") == "date":
        return "2027-01-05"
    return 1 if shape["type"] == "integer" else "words"


@pytest.fixture
def owned(company: Workspace) -> dict[str, int]:
    """One record of each kind, all of them Dana's, who is in another team."""
    by = company.by(company.dana)
    account = services.add_account(by=by, name="Foreign")
    contact = services.add_contact(by=by, name="Foreign", account_id=account.pk)
    deal = services.open_deal(by=by, title="Foreign", account_id=account.pk)
    product = services.add_product(by=company.by(company.admin), name="Line")
    dana = program(company, company.dana)
    return {
        "account_id": account.pk,
        "contact_id": contact.pk,
        "deal_id": deal.pk,
        "lead_id": services.add_lead(by=by, name="Foreign").pk,
        "activity_id": services.log_activity(by=by, deal_id=deal.pk, channel="call").pk,
        "stakeholder_id": services.add_stakeholder(by=by, deal_id=deal.pk, contact_id=contact.pk, role="user").pk,
        "line_id": services.add_line(by=by, deal_id=deal.pk, product_id=product.pk).pk,
        "note_id": dana("POST", "/notes", {"deal_id": deal.pk, "text": "Foreign"}).told["id"],
        "view_id": dana("POST", "/views", {"page": "deals", "name": "Foreign"}).told["id"],
    }


def events() -> int:
    return AuditEvent.objects.unscoped(reason="a test looks").exclude(action__in=["create_token", "denied"]).count()


@pytest.mark.case("A01")
@pytest.mark.case("A02")
def test_a_foreign_record_answers_as_an_absent_one_and_nothing_is_written(bo: Program, owned: dict[str, int]) -> None:
    before, wrong = events(), []
    for method, path in OF_RECORDS:
        name = re.findall(r"{(\w+)}", path)[0]
        told = []
        for number in (owned[name], 987_654):
            answer = bo(method, path.replace(f"{{{name}}}", str(number)), example(method, path), If_Match='"1"')
            told.append((answer.status_code, json.dumps(answer.told).replace(str(number), "N")))
        if told[0] != told[1] or told[0][0] != 404:
            wrong.append((method, path, told))
    assert wrong == []
    assert events() == before


@pytest.mark.case("A03")
def test_nothing_hangs_on_a_record_that_is_not_seen(bo: Program, owned: dict[str, int]) -> None:
    for path, sent in (
        ("/deals", {"title": "x", "account_id": owned["account_id"]}),
        ("/contacts", {"name": "x", "account_id": owned["account_id"]}),
        ("/activities", {"deal_id": owned["deal_id"]}),
        ("/notes", {"deal_id": owned["deal_id"], "text": "x"}),
        ("/stakeholders", {"deal_id": owned["deal_id"], "contact_id": owned["contact_id"], "role": "user"}),
    ):
        key = next(name for name in sent if name.endswith("_id"))
        foreign, absent = bo("POST", path, sent), bo("POST", path, {**sent, key: 987_654})
        assert (foreign.status_code, absent.status_code) == (404, 404), path
        assert json.dumps(foreign.told).replace(str(sent[key]), "N") == json.dumps(absent.told).replace("987654", "N")


@pytest.mark.case("A04")
@pytest.mark.case("A06")
@pytest.mark.parametrize(
    "field", ["id", "version", "owner_id", "team_id", "created_at", "outcome", "origin", "is_staff", "role_", "stated"]
)
def test_a_field_that_nobody_may_write_is_named_and_nothing_is_saved(bo: Program, field: str) -> None:
    before = events()
    wrong = []
    for method, path in OPERATIONS:
        sent = example(method, path)
        if sent is None or field in sent:
            continue
        filled = re.sub(r"{\w+}", "1", path)
        answer = bo(method, filled, {**sent, field: 1}, If_Match='"1"')
        if (
            (answer.status_code, answer.told["code"], answer.told["data"].get("fields"))
            != (
                422,
                "field_unknown",
                [field],
            )
            and not (path.endswith("hand-over") and field == "team_id")
            and not (path.endswith("/end") and field == "outcome")
        ):
            wrong.append((method, path, answer.status_code, answer.told))
    assert wrong == []
    assert events() == before


@pytest.mark.case("A09")
def test_a_key_that_only_reads_writes_nothing(company: Workspace) -> None:
    reads, before = program(company, company.bo, "read"), events()
    for method, path in OPERATIONS:
        answer = reads(method, re.sub(r"{\w+}", "1", path), example(method, path), If_Match='"1"')
        expected = {404, 200, 422} if method == "GET" else {403}
        assert answer.status_code in expected, (method, path, answer.status_code)
    assert events() == before
    ann = program(company, company.ann)
    assert ann("POST", "/deals", {"title": "x"}).status_code == 403


@pytest.mark.case("A50")
def test_a_key_of_one_module_opens_no_other(company: Workspace) -> None:
    narrow = program(company, company.bo, "people:write")
    assert narrow("POST", "/accounts", {"name": "x"}).status_code == 201
    refused = narrow("GET", "/deals")
    assert (refused.status_code, refused.told["data"]) == (403, {"needs": "deals:read"})


@pytest.mark.case("A10")
def test_no_other_method_writes(bo: Program) -> None:
    before = events()
    paths = {path for _, path in OPERATIONS}
    for path in sorted(paths):
        known = {method for method, each in OPERATIONS if each == path}
        for method in sorted({"GET", "HEAD", "PUT", "DELETE", "PATCH", "POST"} - known):
            answer = bo(method, re.sub(r"{\w+}", "1", path), {}, X_HTTP_Method_Override="POST")
            assert answer.status_code == 405, (method, path)
    assert events() == before


@pytest.mark.case("A11")
@pytest.mark.case("A12")
@pytest.mark.case("A25")
@pytest.mark.parametrize(
    "name", ["owner__password__regex", "contact.salary__startswith", "_connector", "pk__in", "misspelt"]
)
def test_a_hidden_filter_or_order_reads_like_a_misspelt_one(bo: Program, name: str) -> None:
    for path in LISTS:
        if path == "/openapi.json":
            continue
        filtered, misspelt = bo("GET", f"{path}?q=x&{name}=1"), bo("GET", f"{path}?q=x&nothing=1")
        assert (filtered.status_code, filtered.told["code"]) == (422, "field_unknown"), path
        assert sorted(filtered.told) == sorted(misspelt.told)
        if path not in ("/rules", "/totals", "/search"):
            ordered = bo("GET", f"{path}?sort={name}")
            assert (ordered.status_code, ordered.told["code"]) == (422, "field_unknown"), path


@pytest.mark.case("A13")
def test_totals_count_only_what_is_seen(bo: Program, owned: dict[str, int]) -> None:
    for path in ("/deals", "/accounts", "/contacts", "/leads", "/activities", "/notes", "/stakeholders", "/views"):
        assert bo("GET", f"{path}?total=true").told["total"] == 0, path


@pytest.mark.case("A24")
@pytest.mark.case("A26")
@pytest.mark.case("A61")
@pytest.mark.parametrize("value", [*HOSTILE, "1e9", "999999999999999999999", "-1", "\x00", "2026-99-99"])
def test_a_hostile_value_is_taken_as_a_value_or_refused(bo: Program, value: str) -> None:
    for path in LISTS:
        for each in operation("GET", path).get("parameters", ()):
            answer = bo("GET", f"{path}?" + _query({"q": "x"} if path == "/search" else {}, each["name"], value))
            assert answer.status_code in (200, 422), (path, each["name"], answer.told)


def _query(known: dict[str, str], name: str, value: str) -> str:
    return urlencode({**known, name: value})


@pytest.mark.django_db
def test_strangers_see_nothing() -> None:
    for method, path in OPERATIONS:
        for key in ("", "ern_unknown", "ern_" + "x" * 5000):
            answer = Program(key, Client())(method, re.sub(r"{\w+}", "1", path), example(method, path))
            assert (answer.status_code, answer.told["code"]) == (401, "unauthenticated"), (method, path)
            assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.case("A24")
@pytest.mark.parametrize("text", ["a\0b", "half \ud800 a pair"])
def test_a_text_that_no_database_keeps_is_refused(bo: Program, text: str) -> None:
    answer = bo("POST", "/deals", {"title": text})
    assert (answer.status_code, answer.told["data"]) == (422, {"fields": ["title"]})


@pytest.mark.case("A30")
def test_a_refusal_with_line_ends_stays_one_line(bo: Program) -> None:
    answer = bo("GET", "/deals", None, Authorization="Bearer ern_a%0d%0aX-Evil: 1")
    assert answer.status_code == 401
    assert "X-Evil" not in answer.headers


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
    which=st.sampled_from([pair for pair in OPERATIONS if pair[0] in ("POST", "PATCH")]),
)
def test_no_body_makes_the_api_fail(bo: Program, body: object, which: tuple[str, str]) -> None:
    method, path = which
    answer = bo(method, re.sub(r"{\w+}", "1", path), body, If_Match='"1"')
    assert answer.status_code < 500, answer.told
    if answer.status_code >= 400:
        assert sorted(answer.told) == ["code", "data", "fix", "what", "why"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(),
    which=st.sampled_from(
        [("POST", "/deals"), ("POST", "/accounts"), ("POST", "/leads"), ("POST", "/activities"), ("POST", "/contacts")]
    ),
)
def test_what_fits_its_description_is_taken_or_refused_in_words(
    bo: Program, data: st.DataObject, which: tuple[str, str]
) -> None:
    method, path = which
    name = operation(method, path)["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = DESCRIPTION["components"]["schemas"][name]["properties"]
    body = {
        field: data.draw(_fitting(shape), label=field)
        for field, shape in fields.items()
        if field in DESCRIPTION["components"]["schemas"][name].get("required", ()) or data.draw(st.booleans())
    }
    answer = bo(method, path, body)
    assert answer.status_code in (201, 404, 422), answer.told


def _fitting(shape: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "anyOf" in shape:
        return st.one_of(*(_fitting(each) for each in shape["anyOf"]))
    if "$ref" in shape:
        return st.fixed_dictionaries(
            {"minor": st.integers(-(2**63), 2**63 - 1), "currency": st.sampled_from(["EUR", "USD", "XXX", "zzz"])}
        )
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    if shape["type"] == "integer":
        return st.integers(int(shape.get("minimum", 0)), min(int(shape.get("maximum", 2**31)), 2**31))
    if shape.get("format") == "date":
        return st.dates().map(lambda day: day.isoformat())
    if shape.get("format") == "date-time":
        return st.datetimes().map(lambda moment: moment.isoformat() + "Z")
    kinds = {
        "null": st.none(),
        "boolean": st.booleans(),
        "object": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    }
    return (
        kinds[shape["type"]]
        if shape["type"] in kinds
        else st.text(min_size=int(shape.get("minLength", 0)), max_size=min(int(shape.get("maxLength", 50)), 50))
    )


def test_every_operation_documents_how_it_refuses() -> None:
    for method, path in OPERATIONS:
        codes = set(operation(method, path)["responses"])
        assert {"401", "403", "422", "429"} <= codes, (method, path)
        if "{" in path:
            assert "404" in codes, (method, path)
        if method in ("PATCH",) or (method == "DELETE" and not path.startswith("/views")):
            assert {"412", "428"} <= codes, (method, path)


def test_the_description_holds_together() -> None:
    text = json.dumps(DESCRIPTION)
    names = set(DESCRIPTION["components"]["schemas"])
    assert set(re.findall(r"#/components/schemas/([^\"]+)", text)) <= names
    ids = [each["operationId"] for methods in DESCRIPTION["paths"].values() for each in methods.values()]
    assert len(ids) == len(set(ids))
    assert all(each.get("description") for methods in DESCRIPTION["paths"].values() for each in methods.values())
