"""One deal on somebody's desk, and browsers without a browser: a client for each person."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from earnest.people import services as people
from earnest.people.models import User
from earnest.pipeline import services as pipeline
from earnest.records import services
from earnest.records.models import Account, Contact, Deal, Stakeholder
from tests import workspace
from tests.workspace import AT, TODAY, Workspace

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% debug %}${7*7}",
    "javascript:alert(1)",
    "</textarea><svg onload=alert(1)>",
)


@dataclass
class Desk:
    """Bo's deal with Brackenfold, where Ines owns the problem; the workspace stands still on one day."""

    company: Workspace
    account: Account
    ines: Contact
    stake: Stakeholder
    deal: Deal

    def client(self, user: User) -> Client:
        """A client that is logged in as this person."""
        opened = Client()
        opened.force_login(user, backend=LOGIN)
        return opened

    def fresh(self) -> Deal:
        """The deal as it stands now."""
        return Deal.objects.unscoped(reason="a test looks").get(pk=self.deal.pk)


def make() -> Desk:
    """The desk, from nothing."""
    company = workspace.make()
    boss = company.actor(company.admin)
    people.set_setting(actor=boss, name="demo_day", value=TODAY.isoformat(), reason="a test stands still", at=AT)
    by = company.by(company.bo)
    account = services.add_account(by=by, name="Brackenfold Foods")
    ines = services.add_contact(by=by, name="Ines Falkenrath", job_title="Operations", account_id=account.pk)
    deal = services.open_deal(
        by=by,
        title="Yard slots",
        account_id=account.pk,
        stage_id=company.first.pk,
        amount_minor=7_100_000,
        currency_id="EUR",
        opened_on=date(2025, 9, 8),
        seller_close_on=date(2026, 1, 16),
        buyer_by_when_on=date(2026, 3, 2),
        lead_time_days=45,
        next_step="Ines and finance agree the measure",
        next_step_on=date(2025, 12, 18),
    )
    stake = services.add_stakeholder(by=by, deal_id=deal.pk, contact_id=ines.pk, role="owner")
    pipeline.judge_book(as_of=TODAY, at=AT)
    return Desk(company, account, ines, stake, deal)


def talk(desk: Desk, count: int = 1, *, words: str = "They need it by March") -> None:
    """So many talks with Ines, an hour apart."""
    for number in range(count):
        services.log_activity(
            by=desk.company.by(desk.company.bo),
            deal_id=desk.deal.pk,
            contact_id=desk.ines.pk,
            channel="call",
            direction="both",
            at=datetime(2025, 12, 1 + number // 24, number % 24, tzinfo=UTC),
            subject=f"{words} {number}",
            duration_seconds=1500,
        )
