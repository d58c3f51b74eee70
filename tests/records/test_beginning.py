"""A new workspace has all that a first deal needs, and nothing of it where its founding is refused."""

import pytest
from django.test import Client
from pytest_django import Settings

from earnest.people.models import User
from earnest.records.models import Deal, Pipeline, Stage

FIRST = {
    "workspace": "Tarnholt",
    "name": "Ada",
    "email": "ada@example.test",
    "password": "correct horse battery",
    "currency": "SEK",
    "time_zone": "Europe/Stockholm",
}


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are hashed quickly here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.django_db
def test_a_new_workspace_has_a_pipeline_a_currency_and_a_word_on_what_to_do_first(client: Client) -> None:
    assert '<option value="SEK">' in client.get("/set-up").content.decode()
    client.post("/set-up", FIRST)
    stages = Stage.objects.unscoped(reason="test").order_by("position").values_list("name", "meaning")
    assert list(stages) == [
        ("Conversation", "conversation"),
        ("Gap understood", "gap_understood"),
        ("Need quantified", "need_quantified"),
        ("Fit confirmed", "fit_confirmed"),
        ("Proposal agreed", "proposal_agreed"),
        ("Contracting", "contracting"),
    ]
    assert User.objects.get().time_zone == "Europe/Stockholm"
    assert "There is no deal yet for you to see" in client.get("/").content.decode()
    assert '<option value="SEK" selected>' in client.get("/deals/new").content.decode()


@pytest.mark.django_db
def test_the_first_deal_stands_on_the_board_at_once(client: Client) -> None:
    client.post("/set-up", FIRST)
    first = Stage.objects.unscoped(reason="test").get(position=1).pk
    assert f'<option value="{first}" selected>' in client.get("/deals/new").content.decode()
    sent = {"account": "Brackenfold", "amount": "71000", "currency": "SEK", "stage": str(first)}
    assert client.post("/deals/new", sent).status_code == 302
    assert Deal.objects.unscoped(reason="test").get().stage_id == first
    assert "Brackenfold" in client.get("/board").content.decode()
    assert "There is no deal yet" not in client.get("/").content.decode()


@pytest.mark.parametrize("wrong", [{"currency": "ZZZ"}, {"currency": "XXX"}, {"time_zone": "Mars/Base"}])
@pytest.mark.django_db
def test_what_is_refused_leaves_nothing(client: Client, wrong: dict[str, str]) -> None:
    assert client.post("/set-up", FIRST | wrong).status_code == 422
    assert not User.objects.exists()
    assert not Pipeline.objects.unscoped(reason="test").exists()
