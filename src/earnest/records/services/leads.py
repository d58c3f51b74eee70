"""What becomes of a lead: not yet, or a deal with its account and its person."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.db import transaction
from django.db.models import Q

from earnest.errors import EarnestError
from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.people.models import Access
from earnest.records.models import Account, Activity, Contact, Deal, Lead
from earnest.records.models.deals import BuyerRole
from earnest.records.models.parties import LeadState
from earnest.records.services import deals, parties, writing
from earnest.records.services.search import fold
from earnest.records.services.writing import By


class LeadRefused(EarnestError):
    """A lead cannot become this."""

    code: ClassVar[str] = "lead_refused"


@dataclass(frozen=True)
class Becomes:
    """What a lead becomes: the deal's title and the day of the first talk in both directions, and who buys."""

    opened_on: date
    account: str
    title: str = ""


def not_yet(*, by: By, lead_id: int, version: int, ready_on: date | None) -> Lead:
    """Keep a lead for the day on which they are ready.

    Raises: NotFound, NotAllowed, StaleVersion, LeadRefused without a day.
    """
    if ready_on is None:
        raise LeadRefused(
            "«Not yet» needs a day.",
            why="Without it nobody comes back to this lead, and it is lost without a decision.",
            fix="Give the day on which they said they will be ready, or your best guess.",
        )
    values = {"state": LeadState.NOT_YET.value, "ready_on": ready_on}
    return writing.edit(Lead, by=by, record_id=lead_id, version=version, values=values)


def become_deal(*, by: By, lead_id: int, version: int, becomes: Becomes) -> Deal:
    """Open a deal for a lead, with its account and its person; the lead's talks come along.

    An account of the same name and a person of the same e-mail are taken where the actor sees them. It is one act and
    undone as one.
    Raises: NotFound, NotAllowed, StaleVersion, LeadRefused when it is one already or the account has no name.
    """
    by = replace(by, group=by.group or secrets.token_hex(8))
    with transaction.atomic():
        lead = writing.writable(Lead, by.actor, lead_id)
        _demand_open(lead, becomes)
        account_id = _account(by, becomes.account.strip(), lead)
        contact_id = _person(by, lead, account_id)
        deal = deals.open_deal(
            by=by, title=becomes.title, account_id=account_id, opened_on=becomes.opened_on, source=lead.source
        )
        deals.add_stakeholder(by=by, deal_id=deal.pk, contact_id=contact_id, role=BuyerRole.UNTOLD.value)
        values = {"state": LeadState.BECAME_DEAL.value, "account_id": account_id, "contact_id": contact_id}
        writing.edit(Lead, by=by, record_id=lead_id, version=version, values=values)
        for talk in _talks(by.actor, lead_id):
            writing.write_now(talk, by=by, values={"deal_id": deal.pk, "contact_id": contact_id}, action="become_deal")
        return deal


def _demand_open(lead: Lead, becomes: Becomes) -> None:
    if lead.state == LeadState.BECAME_DEAL:
        raise LeadRefused(
            f"«{lead}» has become a deal already.",
            why="One lead becomes one deal; a second one would count the same buyer twice.",
            fix="Open the deal, or a new one from the account.",
        )
    if not becomes.account.strip():
        raise LeadRefused("Who buys?", why="A deal belongs to an account.", fix="Give the name of the company.")


def _account(by: By, name: str, lead: Lead) -> int:
    if lead.account_id is not None:
        seen = visibility.visible(by.actor, Account).filter(pk=lead.account_id)
        if seen.exists():
            return lead.account_id
    same = visibility.visible(by.actor, Account).filter(entry__key=fold(name)[:500]).order_by("pk")
    found = same.values_list("pk", flat=True).first()
    return found if found is not None else parties.add_account(by=by, name=name).pk


def _person(by: By, lead: Lead, account_id: int) -> int:
    people = visibility.visible(by.actor, Contact)
    if lead.contact_id is not None and people.filter(pk=lead.contact_id).exists():
        return lead.contact_id
    mail = fold(lead.email)
    found = (
        people.filter(entry__same_address=mail).order_by("pk").values_list("pk", flat=True).first() if mail else None
    )
    if found is not None:
        return found
    made = parties.add_contact(by=by, name=lead.name, email=lead.email, phone=lead.phone, account_id=account_id)
    return made.pk


def _talks(actor: Actor, lead_id: int) -> list[Activity]:
    rows = visibility.visible(actor, Activity, Access.WRITE).filter(Q(lead_id=lead_id) & Q(deal_id__isnull=True))
    return list(rows.order_by("pk"))
