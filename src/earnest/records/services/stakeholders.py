"""Who takes part on the buyer's side: change the role of a person, take them out, add somebody new in one act."""

from django.db import transaction

from earnest.people import visibility
from earnest.records.models import Account, Deal, Stakeholder
from earnest.records.services import bin as bins
from earnest.records.services import deals, parties, writing
from earnest.records.services.writing import By


def change_role(*, by: By, stakeholder_id: int, version: int, role: str) -> Stakeholder:
    """Say what a person on the buyer's side does in the decision.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    return writing.edit(Stakeholder, by=by, record_id=stakeholder_id, version=version, values={"role": role})


def take_out(*, by: By, stakeholder_id: int, version: int) -> Stakeholder:
    """Say that a person no longer takes part; the contact stays.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    return bins.discard(Stakeholder, by=by, record_id=stakeholder_id, version=version)


def add_somebody(*, by: By, deal_id: int, name: str, role: str, email: str = "", job_title: str = "") -> Stakeholder:
    """Write down a person at the deal's account and that they take part, as one act.

    Raises: NotFound, NotAllowed.
    """
    with transaction.atomic():
        deal = writing.writable(Deal, by.actor, deal_id)
        account_id = _account_seen(by, deal)
        contact = parties.add_contact(by=by, name=name, email=email, job_title=job_title, account_id=account_id)
        return deals.add_stakeholder(by=by, deal_id=deal_id, contact_id=contact.pk, role=role)


def _account_seen(by: By, deal: Deal) -> int | None:
    """The deal's account, where the writer may see it; nothing hangs on what is not theirs."""
    if deal.account_id is None:
        return None
    return visibility.visible(by.actor, Account).filter(pk=deal.account_id).values_list("pk", flat=True).first()
