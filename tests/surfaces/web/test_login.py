"""The way in: who gets in, what a browser keeps, and where it goes next."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from earnest.people import services
from tests.surfaces.web.entrance import PASSWORD, QUICK, is_in, log_in, with_password
from tests.workspace import AT, Workspace


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are hashed quickly here."""
    settings.PASSWORD_HASHERS = QUICK


def test_a_person_logs_in_with_e_mail_and_password_and_out_again(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    answer = log_in(client, company.bo.email)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    client.post("/login/logout/")
    assert not is_in(client)


def test_the_login_has_labels_and_no_way_to_sign_up(company: Workspace, client: Client) -> None:
    page = client.get("/login/login/").content.decode()
    inputs = re.findall(r'<input type="(?:email|password)"[^>]*id="([^"]+)"', page)
    assert inputs == ["id_login", "id_password"]
    assert all(f'<label for="{each}">' in page for each in inputs)
    assert "sign up" not in page.lower()
    assert client.get("/login/signup/").status_code == 404
    assert client.post("/login/signup/", {"email": "x@example.test", "password1": PASSWORD}).status_code == 404


@pytest.mark.case("A48")
def test_a_wrong_password_and_a_wrong_e_mail_read_the_same(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    told = [
        re.findall(r'role="alert">([^<]*)<', log_in(client, email, "wrong horse battery").content.decode())  # type: ignore[attr-defined]
        for email in (company.bo.email, "nobody@example.test")
    ]
    assert told == [["This e-mail and this password do not belong together. Check both."]] * 2


@pytest.mark.case("A49")
def test_the_session_gets_another_name_with_the_login(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    client.get("/login/login/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    log_in(client, company.bo.email)
    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


@pytest.mark.case("A49")
def test_an_old_cookie_is_dead_after_the_logout(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    log_in(client, company.bo.email)
    old = client.cookies["sessionid"].value
    client.post("/login/logout/")
    client.cookies["sessionid"] = old
    assert not is_in(client)


@pytest.mark.case("A49")
def test_a_new_password_ends_the_other_sessions(company: Workspace) -> None:
    with_password(company.bo)
    here, there = Client(), Client()
    for each in (here, there):
        log_in(each, company.bo.email)
    changed = here.post(
        "/login/password/change/",
        {"oldpassword": PASSWORD, "password1": "another horse battery", "password2": "another horse battery"},
    )
    assert changed.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.case("A49")
def test_a_closed_account_is_out_with_its_next_request_and_stays_out(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    log_in(client, company.bo.email)
    assert is_in(client)
    services.deactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    assert not is_in(client)
    services.reactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    assert not is_in(client)
    log_in(client, company.bo.email)
    assert is_in(client)


def test_a_closed_account_cannot_log_in(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    services.deactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    log_in(client, company.bo.email)
    assert not is_in(client)


@pytest.mark.case("A49")
def test_the_session_cookie_is_for_this_site_and_no_script(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    cookie = log_in(client, company.bo.email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


@pytest.mark.case("A43")
@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/deals",
        "\\evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
    ],
)
def test_the_login_never_leads_to_another_site(company: Workspace, client: Client, target: str) -> None:
    with_password(company.bo)
    answer = log_in(client, company.bo.email, next=target)
    assert answer.status_code == 302
    assert answer.headers["Location"] in {"/", "%5Cevil.example", "/%0D%0ASet-Cookie:%20a=b"}
    assert "a" not in answer.cookies


def test_the_login_leads_to_the_page_that_was_asked_for(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    asked = client.get("/notifications?after=3")
    assert asked.headers["Location"] == "/login/login/?next=%2Fnotifications%3Fafter%3D3"
    assert log_in(client, company.bo.email, next="/notifications?after=3").headers["Location"] == (
        "/notifications?after=3"
    )


@pytest.mark.case("A52")
@pytest.mark.parametrize("path", ["login/", "logout/", "password/reset/", "password/change/", "2fa/webauthn/login/"])
def test_no_form_of_the_login_is_taken_from_elsewhere(company: Workspace, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(f"/login/{path}", {"login": "bo@example.test", "password": PASSWORD}).status_code == 403
    assert is_in(strict)


def test_a_person_sees_where_they_are_logged_in_and_ends_the_others(company: Workspace) -> None:
    with_password(company.bo)
    here, there = Client(), Client(headers={"user-agent": "A phone"})
    for each in (here, there):
        log_in(each, company.bo.email)
    assert "A phone" in here.get("/login/sessions/").content.decode()
    here.post("/login/sessions/")
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize("path", ["login/", "password/reset/", "inactive/", "password/reset/done/"])
def test_the_way_in_carries_the_strict_policy(company: Workspace, client: Client, path: str) -> None:
    answer = client.get(f"/login/{path}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("path", ["/login/reauthenticate/", "/login/password/change/"])
def test_a_page_of_the_login_stands_in_no_place_of_the_rail(company: Workspace, path: str) -> None:
    client = Client()
    with_password(company.bo)
    log_in(client, company.bo.email)
    page = client.get(path, follow=True).content.decode()
    assert 'aria-label="Places"' not in page or 'aria-current="page"' not in page
