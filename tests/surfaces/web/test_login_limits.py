"""Guessing costs time, whoever guesses and however; and trying tells nothing about who works here."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from earnest.people import services
from tests.surfaces.web.entrance import PASSWORD, QUICK, CountingHasher, is_in, log_in, with_app, with_password
from tests.workspace import AT, Workspace

WRONG = "wrong horse battery"
ENOUGH = "That was often enough for now."


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> Iterator[None]:
    """Passwords are hashed quickly here, and counted."""
    settings.PASSWORD_HASHERS = QUICK
    CountingHasher.asked.clear()
    yield
    CountingHasher.asked.clear()


def told(client: Client, email: str | None, password: str, address: str = "127.0.0.1", spoofed: str = "") -> str:
    headers = {"x-forwarded-for": spoofed} if spoofed else {}
    form = {"login": str(email), "password": password}
    return client.post("/login/login/", form, REMOTE_ADDR=address, headers=headers).content.decode()


@pytest.mark.case("A45")
def test_five_wrong_passwords_for_one_person_make_the_next_wait(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    for number in range(5):
        assert ENOUGH not in told(client, company.bo.email, WRONG, address=f"10.0.0.{number}")
    assert ENOUGH in told(client, company.bo.email, PASSWORD, address="10.0.0.9")
    assert not is_in(client)


@pytest.mark.case("A45")
def test_an_invented_address_does_not_help(company: Workspace, client: Client) -> None:
    for number in range(10):
        told(client, f"person{number}@example.test", WRONG, spoofed=f"203.0.113.{number}")
    assert ENOUGH in told(client, "another@example.test", WRONG, spoofed="203.0.113.99")


@pytest.mark.case("A45")
def test_behind_a_proxy_of_ours_only_what_the_proxy_says_counts(
    company: Workspace, client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        told(client, f"person{number}@example.test", WRONG, spoofed=f"203.0.113.{number}, 198.51.100.7")
    assert ENOUGH in told(client, "another@example.test", WRONG, spoofed="203.0.113.99, 198.51.100.7")
    assert ENOUGH not in told(client, "another@example.test", WRONG, spoofed="203.0.113.99, 198.51.100.8")


@pytest.mark.case("A45")
def test_guessing_at_one_person_locks_nobody_else_out(company: Workspace, client: Client) -> None:
    with_password(company.chidi)
    for number in range(6):
        told(client, company.bo.email, WRONG, address=f"10.0.0.{number}")
    log_in(client, company.chidi.email)
    assert is_in(client)


@pytest.mark.case("A45")
def test_a_lock_is_over_within_five_minutes(settings: Settings) -> None:
    from allauth.account import app_settings  # settings must be read first

    limits = dict(app_settings.RATE_LIMITS)
    assert limits["login_failed"] == "10/m/ip,5/300s/key"
    assert limits["reset_password"] == "20/m/ip,5/m/key"


@pytest.mark.case("A45")
def test_too_many_resets_are_told_so_in_kind_words(company: Workspace, client: Client) -> None:
    answers = [client.post("/login/password/reset/", {"email": "bo@example.test"}) for _ in range(6)]
    assert [each.status_code for each in answers] == [302] * 5 + [429]
    page = answers[-1].content.decode()
    assert ENOUGH in page
    assert "Wait a little, then try again." in page


@pytest.mark.case("A45")
def test_codes_of_an_app_are_not_guessed_either(company: Workspace, client: Client) -> None:
    with_app(with_password(company.bo))
    log_in(client, company.bo.email)
    for number in range(12):
        client.post("/login/2fa/authenticate/", {"code": f"{number:06}"}, REMOTE_ADDR=f"10.0.1.{number}")
    page = client.post("/login/2fa/authenticate/", {"code": "999999"}, REMOTE_ADDR="10.0.2.1").content.decode()
    assert ENOUGH in page
    assert not is_in(client)


@pytest.mark.case("A48")
def test_every_wrong_login_costs_the_same_work(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    with_password(company.dana)
    services.deactivate(actor=company.actor(company.admin), user_id=company.dana.pk, at=AT)
    company.chidi.set_unusable_password()
    company.chidi.save()
    work = []
    for email in (company.bo.email, company.dana.email, company.chidi.email, "nobody@example.test"):
        CountingHasher.asked.clear()
        log_in(client, email, WRONG)
        work.append(len(CountingHasher.asked))
    assert work == [1, 1, 1, 1]


@pytest.mark.case("A48")
def test_a_reset_says_the_same_for_everybody_and_sends_one_mail(company: Workspace, client: Client) -> None:
    with_password(company.bo)
    invited = services.invite(actor=company.actor(company.admin), name="New", email="new@example.test", at=AT)
    pages = []
    for email in (company.bo.email, "nobody@example.test", invited.email):
        answer = client.post("/login/password/reset/", {"email": str(email)}, follow=True)
        pages.append((answer.status_code, re.sub(r'nonce="[^"]*"', "", answer.content.decode())))
    assert len(set(pages)) == 1
    assert [message.to for message in mail.outbox] == [[company.bo.email], ["nobody@example.test"], [invited.email]]
    links = [re.findall(r"/password/reset/key/", str(message.body)) for message in mail.outbox]
    assert [len(each) for each in links] == [1, 0, 0]


@pytest.mark.case("A48")
def test_spent_wrong_and_old_invitations_read_the_same(company: Workspace, client: Client) -> None:
    boss = company.actor(company.admin)
    spent = services.invite(actor=boss, name="New", email="new@example.test", at=AT)
    pages = {client.get(f"/invitation/{token}").content.decode() for token in (spent.token, "wrong", "x" * 500)}
    assert len(pages) == 1
