"""Single sign-on: an existing, active person with a verified e-mail gets in, and nothing else does."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from earnest.people import services
from earnest.people.models import User
from tests.surfaces.web import company_login
from tests.surfaces.web.company_login import CLIENT_ID, CompanyLogin
from tests.surfaces.web.entrance import QUICK, is_in, with_app, with_password
from tests.workspace import AT, Workspace

LOGIN = "/login/oidc/company/login/"


@pytest.fixture
def server(settings: Settings) -> Iterator[CompanyLogin]:
    """The company's login, set up as the environment would."""
    settings.PASSWORD_HASHERS = QUICK
    with company_login.running() as running:
        app = {
            "provider_id": "company",
            "name": "Tarnholt",
            "client_id": CLIENT_ID,
            "secret": "s",
            "settings": {"server_url": running.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield running


def come_back(client: Client, *, state: str | None = None) -> HttpResponseBase:
    """Go to the company's login and come back from it, with its state or another one."""
    there = urlsplit(client.post(LOGIN).headers["Location"])
    asked = parse_qs(there.query)
    return client.get(f"{LOGIN}callback/", {"code": "c", "state": asked["state"][0] if state is None else state})


def test_a_known_person_gets_in(company: Workspace, server: CompanyLogin, client: Client) -> None:
    page = client.get("/login/login/").content.decode()
    assert "Log in with Tarnholt" in page
    asked = parse_qs(urlsplit(client.post(LOGIN).headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    done = come_back(client)
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.case("A51")
@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"exp": 1},
        {"iss": None},
    ],
)
def test_a_token_for_another_or_of_another_or_too_old_is_refused(
    company: Workspace, server: CompanyLogin, client: Client, claims: dict[str, object]
) -> None:
    server.claims = claims
    page = come_back(client)
    assert "That login did not work." in page.content.decode()  # type: ignore[attr-defined]
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0


@pytest.mark.case("A51")
@pytest.mark.parametrize("state", ["", "another", "x" * 1000])
def test_an_answer_that_nobody_asked_for_is_refused(
    company: Workspace, server: CompanyLogin, client: Client, state: str
) -> None:
    victim = Client()
    victim.post(LOGIN)
    assert come_back(client, state=state or "none").status_code in {200, 401}
    assert not is_in(client)
    assert "/token" not in server.asked


@pytest.mark.case("A51")
def test_a_state_is_used_once_and_in_the_browser_that_asked(
    company: Workspace, server: CompanyLogin, client: Client
) -> None:
    asked = parse_qs(urlsplit(client.post(LOGIN).headers["Location"]).query)["state"][0]
    thief = Client()
    thief.get(f"{LOGIN}callback/", {"code": "c", "state": asked})
    assert not is_in(thief)
    client.get(f"{LOGIN}callback/", {"code": "c", "state": asked})
    assert is_in(client)
    client.post("/login/logout/")
    client.get(f"{LOGIN}callback/", {"code": "c", "state": asked})
    assert not is_in(client)


@pytest.mark.case("A51")
@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email": "stranger@example.test"}, {"email": None}, {"email": ""}]
)
def test_an_unverified_or_unknown_e_mail_gets_nobody_in_and_makes_nobody(
    company: Workspace, server: CompanyLogin, client: Client, claims: dict[str, object]
) -> None:
    before = User.objects.count()
    server.claims = claims
    answer = come_back(client)
    assert answer.status_code == 403
    assert "this workspace does not yet" in answer.content.decode()  # type: ignore[attr-defined]
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.case("A51")
def test_somebody_else_with_the_same_e_mail_later_is_not_the_same_person(
    company: Workspace, server: CompanyLogin, client: Client
) -> None:
    come_back(client)
    assert is_in(client)
    server.claims = {"sub": "bo-at-company", "email": "chidi@example.test"}
    second = Client()
    come_back(second)
    assert SocialAccount.objects.get().user_id == company.bo.pk


def test_a_closed_account_stays_closed(company: Workspace, server: CompanyLogin, client: Client) -> None:
    services.deactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    come_back(client)
    assert not is_in(client)


@pytest.mark.case("A53")
def test_the_company_s_login_is_no_way_around_a_second_factor(
    company: Workspace, server: CompanyLogin, client: Client
) -> None:
    with_app(with_password(company.bo))
    come_back(client)
    assert not is_in(client)


def test_a_person_keeps_their_password(company: Workspace, server: CompanyLogin, client: Client) -> None:
    with_password(company.bo)
    come_back(client)
    assert is_in(client)
    company.bo.refresh_from_db()
    assert company.bo.has_usable_password()
