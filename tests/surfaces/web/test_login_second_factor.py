"""Codes work once, and nothing that decides who gets in is changed without showing once more who it is."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from earnest.people import services
from tests.surfaces.web.entrance import PASSWORD, QUICK, code, is_in, log_in, with_app, with_password
from tests.workspace import AT, Workspace

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are hashed quickly here, and a code of half a minute ago still counts, so that no test waits."""
    settings.PASSWORD_HASHERS = QUICK
    settings.MFA_TOTP_TOLERANCE = 1


def second(client: Client, typed: str) -> bool:
    client.post("/login/2fa/authenticate/", {"code": typed})
    return is_in(client)


def browser_at_the_second_factor(company: Workspace) -> Client:
    client = Client()
    log_in(client, company.bo.email)
    assert not is_in(client)
    return client


def test_a_password_alone_does_not_get_in(company: Workspace) -> None:
    with_app(with_password(company.bo))
    client = browser_at_the_second_factor(company)
    assert not second(client, "000000")
    assert second(client, code())


@pytest.mark.case("A46")
def test_a_code_works_once_in_whatever_letters(company: Workspace) -> None:
    with_app(with_password(company.bo))
    shown = code()
    assert second(browser_at_the_second_factor(company), shown)
    spaced = f" {shown[:3]} {shown[3:]} "
    for again in (shown, spaced, f"{shown}\u200b", shown.translate(FULL_WIDTH)):
        assert not second(browser_at_the_second_factor(company), again)


@pytest.mark.case("A46")
def test_a_code_on_paper_works_once(company: Workspace) -> None:
    with_app(with_password(company.bo))
    paper = Authenticator.objects.get(user=company.bo, type=Authenticator.Type.RECOVERY_CODES).wrap()
    first, other = paper.get_unused_codes()[:2]
    assert second(browser_at_the_second_factor(company), first)
    assert not second(browser_at_the_second_factor(company), first)
    assert second(browser_at_the_second_factor(company), other)


@pytest.mark.case("A53")
@pytest.mark.parametrize(
    "path", ["2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"]
)
def test_what_decides_who_gets_in_asks_once_more_who_it_is(company: Workspace, path: str) -> None:
    with_password(company.bo)
    client = Client()
    log_in(client, company.bo.email)
    if path != "2fa/totp/activate/":
        with_app(company.bo)
    for send in (client.get, client.post):
        answer = send(f"/login/{path}")
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/login/reauthenticate/")


@pytest.mark.case("A53")
def test_a_passkey_is_not_added_by_whoever_finds_the_browser_open(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    log_in(client, company.bo.email)
    client.post("/login/2fa/webauthn/add/", {"name": "Mine now", "credential": "{}"})
    assert not Authenticator.objects.filter(user=company.bo).exists()
    client.post("/login/reauthenticate/", {"password": "wrong horse battery"})
    assert client.get("/login/2fa/webauthn/add/").status_code == 302
    client.post("/login/reauthenticate/", {"password": PASSWORD})
    assert client.get("/login/2fa/webauthn/add/").status_code == 200


@pytest.mark.case("A53")
def test_a_link_of_an_invitation_is_no_way_around_the_second_factor(company: Workspace) -> None:
    with_app(with_password(company.bo))
    _, token = services.break_glass(email="bo@example.test", name="", at=AT)
    services.accept(token=token, password="another horse battery", at=AT)
    client = Client()
    log_in(client, company.bo.email, "another horse battery")
    assert not is_in(client)
    assert second(client, code())


def test_a_code_of_another_person_does_not_get_in(company: Workspace) -> None:
    with_app(with_password(company.bo))
    with_password(company.chidi)
    passkey = Authenticator.objects.get(user=company.bo, type=Authenticator.Type.TOTP)
    client = Client()
    log_in(client, company.chidi.email)
    client.post("/login/reauthenticate/", {"password": PASSWORD})
    for act in ("remove", "edit"):
        assert client.post(f"/login/2fa/webauthn/keys/{passkey.pk}/{act}/", {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
