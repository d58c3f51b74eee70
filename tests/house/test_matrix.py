"""The permission matrix holds: each address answers each role as its row says, and none is without a row."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from earnest.people.models import AuditEvent
from tests.house import world
from tests.house.matrix import ROWS
from tests.house.matrix_rows import ADMIN, Row, page
from tests.house.world import ABSENT, World

pytestmark = [pytest.mark.django_db, pytest.mark.case("A01"), pytest.mark.case("A02"), pytest.mark.case("A09")]

# The numbers, the nonce and the form's token differ from page to page; all else must be the same.
_OWN_TO_EACH = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|\d+')


@pytest.fixture(scope="module")
def company(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The company, made once for the module and taken back after it: every request is taken back by itself."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), taken_back():
        yield world.make()


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def names(resolver: URLResolver, space: str = "") -> dict[str, set[str]]:
    """The names of all addresses, each with the names of its parts."""
    found: dict[str, set[str]] = {}
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            found[f"{space}{each.name}"] = set(each.pattern.regex.groupindex) | found.get(f"{space}{each.name}", set())
        else:
            inner = names(each, f"{space}{each.namespace}:" if each.namespace else space)
            found |= {name: parts | set(each.pattern.regex.groupindex) for name, parts in inner.items()}
    return found


ADDRESSES = names(get_resolver())


def rows(name: str) -> tuple[Row, ...]:
    row = ROWS[name]
    return row if isinstance(row, tuple) else (row,)


def address(company: World, name: str, row: Row, role: str, state: str) -> str:
    owner = company.owner(role, state)
    parts = {key: company.part(value, owner) for key, value in row.parts.items()}
    owned = company.owned.get(owner, {})
    for key in ADDRESSES[name] - parts.keys():
        parts[key] = owned.get(key, ABSENT)
    return reverse(name, kwargs=parts)


def asked(company: World, client: Client, row: Row, path: str) -> HttpResponseBase:
    data = {key: company.part(value) for key, value in row.data.items()}
    client.cookies.pop("messages", None)
    with taken_back():
        response = sent(client, row, path, data)
        # A file that was sent is closed here; the connection stays, as the test client keeps it.
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
    return response


def sent(client: Client, row: Row, path: str, data: dict[str, object]) -> HttpResponseBase:
    if row.reads:
        headers = {"HX-Request": "true"} if row.htmx else {}
        return client.get(path, {key: str(value) for key, value in data.items()}, headers=headers)
    if row.json:
        body = json.dumps(data)
        headers = {"If-Match": '"1"'}
        return client.generic(row.method.upper(), path, body, content_type="application/json", headers=headers)
    return client.post(path, data)


def answer(response: HttpResponseBase) -> str:
    if response.status_code == 302 and response["Location"].startswith("/login/login/?"):
        return "login"
    if 500 <= response.status_code or response.status_code == 405:
        return f"failed with {response.status_code}"
    return {401: "login", 403: "refused", 404: "absent"}.get(response.status_code, "open")


def fits(expected: str, told: str) -> bool:
    return {
        "public": told in {"open", "login"},
        "closed": told in {"refused", "absent"},
    }.get(expected, told == expected)


def wrong_cells(company: World, name: str) -> list[str]:
    found: list[str] = []
    for row in rows(name):
        for (role, state), expected in sorted(row.expected().items()):
            before = events()
            path = address(company, name, row, role, state)
            told = answer(asked(company, company.clients[role], row, path))
            if not fits(expected, told):
                found.append(f"{row.method} {path} by {role} ({state}): {told}, and not {expected}")
            if events() != before:
                found.append(f"{row.method} {path} by {role} left something behind")
    return found


def events() -> int:
    return AuditEvent.objects.unscoped(reason="a test looks").exclude(action="denied").count()


def test_every_address_has_a_row() -> None:
    assert sorted(ADDRESSES.keys() - ROWS.keys()) == []


def test_no_row_is_without_an_address() -> None:
    assert sorted(ROWS.keys() - ADDRESSES.keys()) == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_role_gets_what_the_row_says(company: World, name: str) -> None:
    assert wrong_cells(company, name) == []


@pytest.mark.parametrize(
    "name", sorted(name for name in ROWS if any(row.kind in ("record", "mine") for row in rows(name)))
)
def test_a_forbidden_record_and_a_missing_one_read_the_same(company: World, name: str) -> None:
    for row in rows(name):
        if row.kind in ("record", "mine"):
            foreign, absent = (told_to_a_rep(company, name, row, state) for state in ("foreign", "absent"))
            assert foreign == absent


def told_to_a_rep(company: World, name: str, row: Row, state: str) -> str:
    response = asked(company, company.clients["rep"], row, address(company, name, row, "rep", state))
    assert isinstance(response, HttpResponse)
    return _OWN_TO_EACH.sub("", response.content.decode())


@pytest.mark.case("A52")
@pytest.mark.parametrize("name", sorted(name for name in ROWS if any(not row.reads for row in rows(name))))
def test_a_form_from_elsewhere_is_not_taken(company: World, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = company.clients["admin"].cookies
    for row in rows(name):
        if not row.reads:
            path = address(company, name, row, "admin", "own")
            data = {key: company.part(value) for key, value in row.data.items()}
            with taken_back():
                assert sent(strict, row, path, data).status_code == 403
                assert strict.generic("POST", path, '{"a": 1}', content_type="text/plain").status_code in {403, 405}


def test_a_new_address_is_found() -> None:
    assert "undo" in ADDRESSES
    assert sorted({*ADDRESSES, "brand_new"} - ROWS.keys()) == ["brand_new"]


def test_a_page_that_forgets_to_ask_is_found(company: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROWS, "my_account", page(ADMIN))
    assert wrong_cells(company, "my_account") == [
        f"get /account by {role} (): open, and not refused" for role in ("analyst", "manager", "rep")
    ]


def test_the_matrix_takes_everything_back(company: World) -> None:
    assert connection.in_atomic_block
