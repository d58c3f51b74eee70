"""The page of keys: shown once, made only by whoever gives their password again, revoked at once."""

import re

import pytest
from django.test import Client

from earnest.people.models import ApiToken
from tests.workspace import Workspace

FORM = {"name": "Sync", "scopes": ["read"]}


@pytest.fixture
def page(company: Workspace) -> Client:
    """A browser that is logged in as Bo."""
    company.bo.set_password("a password of its own")
    company.bo.save()
    client = Client()
    client.force_login(company.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def give_the_password_again(client: Client) -> None:
    answer = client.post("/login/reauthenticate/", {"password": "a password of its own"})
    assert answer.status_code == 302, answer.content


def day(page: Client) -> str:
    found = re.search(r'name="expires_on" type="date" value="([\d-]+)"', page.get("/account/keys").content.decode())
    assert found is not None
    return found[1]


@pytest.mark.case("A53")
def test_a_key_is_made_only_after_the_password_was_given_again(page: Client) -> None:
    answer = page.post("/account/keys", FORM | {"expires_on": day(page)})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/reauthenticate/")
    assert not ApiToken.objects.unscoped(reason="a test looks").exists()


def test_a_key_is_shown_once_and_can_be_revoked(page: Client) -> None:
    give_the_password_again(page)
    answer = page.post("/account/keys", FORM | {"expires_on": day(page)})
    secret = re.search(r"ern_[\w-]{40,}", answer.content.decode())
    assert secret is not None
    assert answer["Cache-Control"] == "no-store"
    assert secret[0] not in page.get("/account/keys").content.decode()
    asked = {"headers": {"Authorization": f"Bearer {secret[0]}"}}
    assert Client().get("/api/v1/deals", **asked).status_code == 200
    row = ApiToken.objects.unscoped(reason="a test looks").get()
    page.post(f"/account/keys/{row.pk}/revoke")
    assert Client().get("/api/v1/deals", **asked).status_code == 401


def test_a_refusal_stands_beside_its_field(page: Client) -> None:
    give_the_password_again(page)
    for form, said in (
        (FORM | {"expires_on": "soon"}, "«soon» is no day."),
        ({"name": "x", "expires_on": day(page)}, "These scopes are not known, or there are none."),
    ):
        answer = page.post("/account/keys", form)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_the_page_of_the_api_names_every_address_and_loads_nothing_from_elsewhere(page: Client) -> None:
    text = page.get("/account/api").content.decode()
    assert "POST /api/v1/deals/{deal_id}/hand-over" in text
    assert "amount" in text
    assert re.findall(r'(?:src|href)="https?://[^"]+"', text) == []
