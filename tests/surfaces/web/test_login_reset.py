"""The link of a new password works once, for one person, and ends what was open."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.surfaces.web.entrance import QUICK, is_in, log_in, with_app, with_password
from tests.workspace import Workspace

NEW = "another horse battery"
NO_MORE = "This link does not work, or no longer."


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are hashed quickly here."""
    settings.PASSWORD_HASHERS = QUICK


def link_for(email: str | None, **headers: str) -> str:
    Client().post("/login/password/reset/", {"email": str(email)}, headers=headers)
    found = re.search(r"http://[^/]+(/login/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def follow(link: str, password: str = NEW) -> str:
    """Open the link, set the password; what the last page says."""
    client = Client()
    form = client.get(link, follow=True)
    path = form.request["PATH_INFO"]
    return client.post(path, {"password1": password, "password2": password}, follow=True).content.decode()


def logs_in(email: str | None, password: str) -> bool:
    client = Client()
    log_in(client, email, password)
    return is_in(client)


@pytest.mark.case("A47")
def test_a_link_sets_the_password_once_and_ends_every_session(company: Workspace) -> None:
    with_password(company.bo)
    open_one = Client()
    log_in(open_one, company.bo.email)
    link = link_for(company.bo.email)
    assert "Your password is set." in follow(link)
    assert not is_in(open_one)
    assert logs_in(company.bo.email, NEW)
    assert NO_MORE in follow(link, "a third horse battery")
    assert logs_in(company.bo.email, NEW)


@pytest.mark.case("A47")
def test_a_link_is_dead_after_the_password_or_the_e_mail_has_changed(company: Workspace) -> None:
    with_password(company.bo)
    before = link_for(company.bo.email)
    with_password(company.bo, "in between horse")
    assert NO_MORE in follow(before)
    moved = link_for(company.bo.email)
    company.bo.email = "bo.new@example.test"
    company.bo.save()
    assert NO_MORE in follow(moved)


@pytest.mark.case("A47")
def test_a_link_is_dead_after_a_login(company: Workspace) -> None:
    with_password(company.bo)
    link = link_for(company.bo.email)
    log_in(Client(), company.bo.email)
    assert NO_MORE in follow(link)


@pytest.mark.case("A47")
def test_a_link_is_dead_after_three_days(company: Workspace, settings: Settings) -> None:
    with_password(company.bo)
    link = link_for(company.bo.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert NO_MORE in follow(link)


@pytest.mark.case("A47")
def test_a_link_is_for_one_person(company: Workspace) -> None:
    with_password(company.bo)
    with_password(company.chidi)
    own, other = link_for(company.bo.email), link_for(company.chidi.email)
    person = other.rpartition("/key/")[2].partition("-")[0]
    swapped = re.sub(r"/key/[^-]+-", f"/key/{person}-", own)
    assert NO_MORE in follow(swapped)
    assert not logs_in(company.chidi.email, NEW)


@pytest.mark.case("A43")
def test_the_link_names_no_host_that_somebody_invented(company: Workspace) -> None:
    with_password(company.bo)
    link_for(company.bo.email, **{"x-forwarded-host": "evil.example"})
    assert "evil.example" not in str(mail.outbox[-1].body)
    answer = Client().post("/login/password/reset/", {"email": "bo@example.test"}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert len(mail.outbox) == 1


@pytest.mark.case("A53")
def test_a_new_password_does_not_get_around_the_second_factor(company: Workspace) -> None:
    with_app(with_password(company.bo))
    follow(link_for(company.bo.email))
    assert not logs_in(company.bo.email, NEW)


@pytest.mark.parametrize("password", ["short", "password1234", "bo@example.test", "123456789012"])
def test_a_weak_password_is_told_why(company: Workspace, password: str) -> None:
    with_password(company.bo)
    assert 'class="wrong"' in follow(link_for(company.bo.email), password)
    assert not logs_in(company.bo.email, password)
