"""A few deals of three people, judged, and clients that are logged in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from earnest.people import services as people
from earnest.people.models import User
from earnest.pipeline import services as pipeline
from earnest.pipeline.asking import Asked, asked
from earnest.pipeline.models import Standing
from earnest.records import services
from earnest.records.models import Deal
from tests import workspace
from tests.workspace import AT, TODAY, Workspace

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
GOOD_STEP = "Ines and finance agree the measure and sign it off"


@dataclass
class Shelf:
    """Bo has three deals, Chidi one in the same team, Dana one in another; `calls` are theirs."""

    company: Workspace
    large: Deal
    small: Deal
    untold: Deal
    chidis: Deal
    danas: Deal

    def client(self, user: User) -> Client:
        """A client that is logged in as this person."""
        opened = Client()
        opened.force_login(user, backend=LOGIN)
        return opened

    def fresh(self, deal: Deal) -> Deal:
        """A deal as it stands now."""
        return Deal.objects.unscoped(reason="a test looks").get(pk=deal.pk)

    def add(self, user: User, **values: Any) -> Deal:
        """One deal more."""
        return opened(self.company, user, **values)


def opened(company: Workspace, user: User, **values: Any) -> Deal:
    """A deal of somebody's in the first stage, opened two weeks ago, with a good next step unless told otherwise."""
    stage = {"stage_id": company.first.pk, "opened_on": date(2025, 12, 20), "currency_id": "EUR"}
    step = {"next_step": GOOD_STEP, "next_step_on": date(2026, 1, 12)}
    return services.open_deal(by=company.by(user), **{**stage, **step, **values})


def make() -> Shelf:
    """The shelf, from nothing; its workspace stands still on one day."""
    company = workspace.make()
    boss = company.actor(company.admin)
    people.set_setting(actor=boss, name="demo_day", value=TODAY.isoformat(), reason="a test stands still", at=AT)
    by = company.by(company.bo)
    brackenfold = services.add_account(by=by, name="Brackenfold Foods")
    large = opened(
        company,
        company.bo,
        title="Yard slots",
        account_id=brackenfold.pk,
        amount_minor=7_100_000,
        seller_close_on=date(2026, 3, 2),
        buyer_by_when_on=date(2026, 4, 13),
    )
    small = opened(
        company,
        company.bo,
        title="Dock planner",
        amount_minor=900_000,
        seller_close_on=date(2026, 1, 30),
        stage_id=company.second.pk,
        next_step="",
        next_step_on=None,
        segment="mid",
    )
    untold = opened(company, company.bo, title="Somebody called", currency_id=None)
    chidis = opened(
        company, company.chidi, title="Cold store", amount_minor=4_000_000, seller_close_on=date(2026, 2, 10)
    )
    danas = opened(company, company.dana, title="Air cargo", amount_minor=5_000_000, seller_close_on=date(2026, 2, 11))
    pipeline.judge_book(as_of=TODAY, at=AT)
    return Shelf(company, large, small, untold, chidis, danas)


def fill(shelf: Shelf, count: int) -> None:
    """So many deals more of Bo's, each judged as the first one was."""
    made = [
        Deal(
            title=f"Deal {number:03}",
            owner_id=shelf.company.bo.pk,
            team_id=shelf.company.north.pk,
            stage_id=shelf.company.first.pk,
            amount_minor=1000 * (number % 4) or None,
            currency_id="EUR",
            seller_close_on=date(2026, 1, 1 + number % 3) if number % 5 else None,
            origin="ui",
            created_at=AT,
            written_at=AT,
        )
        for number in range(count)
    ]
    Deal.objects.bulk_add(made)
    pipeline.judge_book(as_of=TODAY, at=AT)


def ask(**told: str) -> Asked:
    """A list as an address asks for it; `frm` stands for `from`."""
    return asked({("from" if name == "frm" else name): value for name, value in told.items()})


def standings() -> dict[int, Standing]:
    """Every standing by its deal."""
    return {row.deal_id: row for row in Standing.objects.unscoped(reason="a test looks")}
