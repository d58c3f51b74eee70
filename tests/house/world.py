"""The company of the permission matrix: people of every role, and the same records once for each of three reps.

`numbers` are named by a row with `@`; `owned` holds, for each rep, the number behind each part of an address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from earnest.people import services as people
from earnest.people.models import User
from earnest.people.services import tokens
from earnest.records import services as records
from earnest.records.models import Deal
from earnest.records.services import By, files, notes, views
from earnest.records.services import stakeholders as persons
from tests import workspace
from tests.workspace import AT

ABSENT = 999_999
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Who asks in each role, and whose record stands for which state.
ASKS = {"rep": "bo", "manager": "grete", "analyst": "ann", "admin": "ada"}
OWNERS = {"own": "bo", "team": "chidi", "foreign": "dana"}
# For a manager, the team's record is one of a rep in it.
OF_MANAGER = {"own": "grete", "team": "bo", "foreign": "dana"}


@dataclass
class World:
    """The company, a browser for each role, and the numbers that addresses are made of."""

    clients: dict[str, Client]
    numbers: dict[str, int]
    owned: dict[str, dict[str, int]]

    def owner(self, role: str, state: str) -> str:
        """Whose record stands for a state when this role asks."""
        return (OF_MANAGER if role == "manager" else OWNERS).get(state, "")

    def part(self, value: object, owner: str = "") -> object:
        """A part of an address or of a form, with the number of what it names."""
        if value == "@upload":
            return SimpleUploadedFile("offer.txt", b"An offer.")
        if isinstance(value, str) and value.startswith("~"):
            return self.owned.get(owner, {}).get(value[1:], ABSENT)
        return self.numbers[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def make() -> World:
    """The company, from nothing."""
    company = workspace.make()
    boss = company.actor(company.admin)
    ada = people.add_user(actor=boss, name="Ada", email="ada@example.test", role="admin", at=AT)
    new = people.invite(actor=boss, name="New", email="new@example.test", team_id=company.north.pk, at=AT)
    left = people.add_user(actor=boss, name="Left", email="left@example.test", at=AT)
    left.set_password("one that was good once")
    left.save()
    people.deactivate(actor=boss, user_id=left.pk, at=AT)
    asked = {"bo": company.bo, "chidi": company.chidi, "dana": company.dana, "grete": company.grete}
    numbers = {name: user.pk for name, user in asked.items()}
    numbers |= {"north": company.north.pk, "south": company.south.pk, "new": new.user_id, "left": left.pk}
    numbers |= {"stage": company.first.pk, "pipeline": company.pipeline.pk}
    numbers["product"] = records.add_product(by=company.by(company.admin), name="Line").pk
    owned = {name: _records(company.by(user), user, company, numbers["product"]) for name, user in asked.items()}
    numbers["shared"] = _one_everybody_writes(company, ada)
    users = {"rep": company.bo, "manager": company.grete, "analyst": company.ann, "admin": ada}
    clients = {role: _client(user) for role, user in users.items()} | {"anonymous": Client()}
    return World(clients, numbers, owned)


def _client(user: User) -> Client:
    # A password that nobody can type: some pages are for whoever has one.
    user.password = "pbkdf2_sha256$1$salt$none"
    user.save(update_fields=["password"])
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def _records(by: By, user: User, company: workspace.Workspace, product: int) -> dict[str, int]:
    account = records.add_account(by=by, name=f"Account of {user.name}")
    contact = records.add_contact(by=by, name=f"Contact of {user.name}", account_id=account.pk)
    deal = records.open_deal(by=by, title=f"Deal of {user.name}", account_id=account.pk, stage_id=company.first.pk)
    made: dict[str, Callable[[], int]] = {
        "note_id": lambda: notes.add_note(by=by, text="A note.", deal_id=deal.pk).pk,
        "file_id": lambda: files.attach(by=by, name="offer.txt", chunks=[b"offer"], deal_id=deal.pk).pk,
        "stakeholder_id": lambda: persons.add_somebody(by=by, deal_id=deal.pk, name="Ines Q", role="owner").pk,
        "line_id": lambda: records.add_line(by=by, deal_id=deal.pk, product_id=product).pk,
        "lead_id": lambda: records.add_lead(by=by, name=f"Lead of {user.name}").pk,
        "token_id": lambda: (
            tokens.create_token(actor=by.actor, name="A key", scopes=["read"], expires_on=date(2026, 3, 1), at=AT)[0].pk
        ),
        "notification_id": lambda: people.notify(user_id=user.pk, kind="test", text="Look.", link="/", at=AT).pk,
    }
    gone = records.open_deal(by=by, title="Gone")
    records.discard(Deal, by=by, record_id=gone.pk, version=gone.version)
    binned = files.attach(by=by, name="old.txt", chunks=[b"old"], deal_id=deal.pk)
    files.discard_file(by=by, file_id=binned.pk, version=binned.version)
    grant = people.share(
        actor=by.actor,
        record=("records.deal", deal.pk),
        with_user_id=company.hal.pk,
        reason="A test.",
        until_on=date(2099, 1, 1),
        at=AT,
    )
    return {
        "activity_id": records.log_activity(by=by, deal_id=deal.pk, subject="A call").pk,
        "view_id": views.save_view(by=by, page="deals", name="Mine", query="").pk,
        "gone_deal_id": gone.pk,
        "gone_file_id": binned.pk,
        "twin_id": records.add_contact(by=by, name=contact.name, account_id=account.pk).pk,
        "grant_id": grant.pk,
        "deal_id": deal.pk,
        "account_id": account.pk,
        "contact_id": contact.pk,
        **{name: make_one() for name, make_one in made.items()},
    }


def _one_everybody_writes(company: workspace.Workspace, ada: User) -> int:
    deal = records.open_deal(by=company.by(company.hal), title="Shared with all")
    for user in (company.bo, company.grete, company.ann, ada):
        people.share(
            actor=company.actor(company.admin),
            record=("records.deal", deal.pk),
            with_user_id=user.pk,
            reason="A test.",
            until_on=date(2099, 1, 1),
            access="write",
            at=AT,
        )
    return deal.pk
