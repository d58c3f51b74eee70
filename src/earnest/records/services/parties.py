"""Write accounts, contacts, leads and activities."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from earnest.records.models import Account, Activity, Contact, Lead
from earnest.records.services import custom, writing
from earnest.records.services.writing import By


class AccountValues(TypedDict, total=False):
    """What a person may write on an account."""

    name: str
    domain: str
    industry: str
    country: str
    employee_count: int | None
    parent_id: int | None
    custom: dict[str, object]


class ContactValues(TypedDict, total=False):
    """What a person may write on a contact."""

    name: str
    email: str
    phone: str
    job_title: str
    account_id: int | None
    custom: dict[str, object]


class LeadValues(TypedDict, total=False):
    """What a person may write on a lead."""

    name: str
    company: str
    email: str
    phone: str
    source: str
    state: str
    received_at: datetime | None
    ready_on: date | None
    note: str
    account_id: int | None
    contact_id: int | None
    custom: dict[str, object]


class ActivityValues(TypedDict, total=False):
    """What a person may write on an activity."""

    deal_id: int | None
    account_id: int | None
    lead_id: int | None
    contact_id: int | None
    channel: str
    direction: str
    at: datetime | None
    subject: str
    duration_seconds: int | None
    seller_talk_seconds: int | None
    buyer_talk_seconds: int | None
    done: bool | None


def add_account(*, by: By, key: str | None = None, **values: Unpack[AccountValues]) -> Account:
    """Add an account. Raises: NotAllowed, NotFound, KeyReused, CustomValueRefused."""
    return writing.create(Account, by=by, values=_owned("records.account", by, values), key=key)


def edit_account(*, by: By, account_id: int, version: int, **values: Unpack[AccountValues]) -> Account:
    """Write fields of an account. Raises: NotFound, NotAllowed, StaleVersion, CustomValueRefused."""
    full = {**values, **custom.checked("records.account", values)}
    return writing.edit(Account, by=by, record_id=account_id, version=version, values=full)


def add_contact(*, by: By, key: str | None = None, **values: Unpack[ContactValues]) -> Contact:
    """Add a person on the buyer's side. Raises: NotAllowed, NotFound, KeyReused, CustomValueRefused."""
    return writing.create(Contact, by=by, values=_owned("records.contact", by, values), key=key)


def edit_contact(*, by: By, contact_id: int, version: int, **values: Unpack[ContactValues]) -> Contact:
    """Write fields of a contact. Raises: NotFound, NotAllowed, StaleVersion, CustomValueRefused."""
    full = {**values, **custom.checked("records.contact", values)}
    return writing.edit(Contact, by=by, record_id=contact_id, version=version, values=full)


def add_lead(*, by: By, key: str | None = None, **values: Unpack[LeadValues]) -> Lead:
    """Add a lead. Raises: NotAllowed, NotFound, KeyReused, CustomValueRefused."""
    return writing.create(Lead, by=by, values=_owned("records.lead", by, values), key=key)


def edit_lead(*, by: By, lead_id: int, version: int, **values: Unpack[LeadValues]) -> Lead:
    """Write fields of a lead. Raises: NotFound, NotAllowed, StaleVersion, CustomValueRefused."""
    full = {**values, **custom.checked("records.lead", values)}
    return writing.edit(Lead, by=by, record_id=lead_id, version=version, values=full)


def log_activity(*, by: By, key: str | None = None, **values: Unpack[ActivityValues]) -> Activity:
    """Write down a meeting, a call, a message. Raises: NotAllowed, NotFound, KeyReused."""
    return writing.create(Activity, by=by, values={**values, "owner_id": by.actor.user_id}, key=key)


def edit_activity(*, by: By, activity_id: int, version: int, **values: Unpack[ActivityValues]) -> Activity:
    """Write fields of an activity. Raises: NotFound, NotAllowed, StaleVersion."""
    return writing.edit(Activity, by=by, record_id=activity_id, version=version, values=values)


def _owned(kind: str, by: By, values: AccountValues | ContactValues | LeadValues) -> dict[str, object]:
    owner = {"owner_id": by.actor.user_id, "team_id": writing.team_of(by.actor.user_id)}
    return {**values, **custom.checked(kind, values), **owner}
