"""The way in: setting up, and the page behind an invitation."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from earnest.people import services
from earnest.people.models import User
from tests.people.views.browsers import logged_in
from tests.workspace import AT, Workspace

PASSWORD = "correct horse battery"
FIRST = {"workspace": "Tarnholt", "name": "Ada", "email": "ada@example.test", "password": PASSWORD}


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are hashed quickly here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.django_db
def test_the_first_visitor_sets_the_workspace_up_and_is_in(client: Client) -> None:
    asked = client.get("/deals")
    assert (asked.status_code, asked.headers["Location"]) == (302, "/set-up")
    assert client.get("/set-up").status_code == 200
    done = client.post("/set-up", FIRST)
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert "Ada" in client.get("/account").content.decode()
    for again in (Client().get("/set-up"), Client().post("/set-up", FIRST | {"email": "eve@example.test"})):
        assert again.status_code == 404
    assert list(User.objects.values_list("email", flat=True)) == ["ada@example.test"]


@pytest.mark.django_db
def test_what_was_typed_stays_and_the_password_does_not(client: Client) -> None:
    answer = client.post("/set-up", FIRST | {"password": "elevenchars"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ada@example.test"' in page
    assert "elevenchars" not in page
    assert re.search(r'id="f-password"[^>]*aria-invalid="true" aria-describedby="e-password"', page)


@pytest.mark.case("A49")
@pytest.mark.django_db
def test_the_session_of_the_founder_is_listed_and_gets_another_name(client: Client) -> None:
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    client.post("/set-up", FIRST)
    assert client.cookies["sessionid"].value != session.session_key
    assert services.end_sessions(user_id=User.objects.get().pk) == 1
    assert client.get("/account").status_code == 302


def test_an_invitation_sets_a_password_and_then_is_spent(company: Workspace, client: Client) -> None:
    invited = services.invite(actor=company.actor(company.admin), name="Elif", email="elif@example.test", at=AT)
    path = (
        f"/invitation/{services.invite_again(actor=company.actor(company.admin), user_id=invited.user_id, at=AT).token}"
    )
    assert client.get(path).status_code == 404  # a week after 5 January 2026 is long over
    token = _invited_now(company, client)
    page = client.get(f"/invitation/{token}")
    assert (page.status_code, page.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert client.post(f"/invitation/{token}", {"password": "elevenchars"}).status_code == 422
    done = client.post(f"/invitation/{token}", {"password": PASSWORD})
    assert (done.status_code, done.headers["Location"]) == (302, "/login/login/")
    assert client.get(f"/invitation/{token}").status_code == 404
    client.post("/login/login/", {"login": "new@example.test", "password": PASSWORD})
    assert client.get("/account").status_code == 200


@pytest.mark.case("A43")
def test_the_link_stands_at_the_address_of_the_site(company: Workspace, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://crm.example.test/"
    page = logged_in(company.grete).post("/settings/people/invite", _form(company)).content.decode()
    assert re.search(r'value="https://crm\.example\.test/invitation/[\w-]{43}"', page)
    (letter,) = mail.outbox
    assert letter.to == ["new@example.test"]
    assert "https://crm.example.test/invitation/" in str(letter.body)


def test_without_a_mail_server_the_link_is_handed_over(company: Workspace, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = logged_in(company.grete).post("/settings/people/invite", _form(company)).content.decode()
    assert "No letter went out, so hand this link over yourself." in page
    assert "/invitation/" in page


def test_a_mail_server_that_refuses_loses_no_link(company: Workspace, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = logged_in(company.grete).post("/settings/people/invite", _form(company)).content.decode()
    assert "No letter went out, so hand this link over yourself." in page


def _form(company: Workspace) -> dict[str, object]:
    return {"name": "New", "email": "new@example.test", "role": "rep", "team_id": company.north.pk}


def _invited_now(company: Workspace, client: Client) -> str:
    page = logged_in(company.grete).post("/settings/people/invite", _form(company)).content.decode()
    found = re.search(r"/invitation/([\w-]+)", page)
    assert found is not None
    return found.group(1)
