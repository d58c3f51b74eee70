"""What the API sends and takes of accounts, people, leads, activities, notes and how a team is set up."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from earnest.surfaces.api.answers import Input, ListQuery
from earnest.surfaces.api.shapes import Channel, Direction, LeadState, Recorded, Role

_Id = Field(None, ge=1, lt=2**63)
_Seconds = Field(None, ge=0, le=86_400)
_Custom: dict[str, Any] = Field(default_factory=dict)  # as below
Own = dict[str, Any]  # the team's own fields, each of the kind it was defined with


class Account(Recorded):
    """An organisation that buys or may buy."""

    name: str
    domain: str
    industry: str
    country: str
    employee_count: int | None
    parent_id: int | None
    owner_id: int | None
    team_id: int | None
    custom: Own


class AccountFields(Input):
    """What may be written on an account."""

    name: str = Field("", min_length=1, max_length=500)
    domain: str = Field("", max_length=253)
    industry: str = Field("", max_length=200)
    country: str = Field("", max_length=100)
    employee_count: int | None = Field(None, ge=0, lt=2**31)
    parent_id: int | None = _Id
    custom: Own = _Custom


class NewAccount(AccountFields):
    """An account to be added; it needs a name."""

    name: str = Field(min_length=1, max_length=500)


class OwnedQuery(ListQuery):
    """Which rows of what has an owner."""

    owner_id: int | None = _Id
    team_id: int | None = _Id
    written_since: datetime | None = None


class AccountsQuery(OwnedQuery):
    """Which accounts. Sort by name or written_at."""

    name: str = Field("", max_length=200)
    domain: str = Field("", max_length=253)


class Contact(Recorded):
    """A person on the buyer's side."""

    name: str
    email: str
    phone: str
    job_title: str
    account_id: int | None
    owner_id: int | None
    team_id: int | None
    custom: Own


class ContactFields(Input):
    """What may be written on a contact."""

    name: str = Field("", min_length=1, max_length=500)
    email: str = Field("", max_length=320)
    phone: str = Field("", max_length=100)
    job_title: str = Field("", max_length=300)
    account_id: int | None = _Id
    custom: Own = _Custom


class NewContact(ContactFields):
    """A contact to be added; they need a name."""

    name: str = Field(min_length=1, max_length=500)


class ContactsQuery(OwnedQuery):
    """Which contacts. Sort by name or written_at."""

    account_id: int | None = _Id
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=320)


class Lead(Recorded):
    """Somebody who may have a need, before there is a deal."""

    name: str
    company: str
    email: str
    phone: str
    source: str
    state: LeadState
    received_at: datetime | None
    ready_on: date | None
    note: str
    account_id: int | None
    contact_id: int | None
    owner_id: int | None
    team_id: int | None
    custom: Own


class LeadFields(Input):
    """What may be written on a lead."""

    name: str = Field("", min_length=1, max_length=500)
    company: str = Field("", max_length=500)
    email: str = Field("", max_length=320)
    phone: str = Field("", max_length=100)
    source: str = Field("", max_length=200)
    state: LeadState = "new"
    received_at: datetime | None = None
    ready_on: date | None = None
    note: str = Field("", max_length=20_000)
    account_id: int | None = _Id
    contact_id: int | None = _Id
    custom: Own = _Custom


class NewLead(LeadFields):
    """A lead to be added; it needs a name."""

    name: str = Field(min_length=1, max_length=500)


class LeadsQuery(OwnedQuery):
    """Which leads. Sort by name, received_at or written_at."""

    state: LeadState | None = None
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=320)


class Activity(Recorded):
    """A meeting, a call, a message."""

    deal_id: int | None
    account_id: int | None
    lead_id: int | None
    contact_id: int | None
    owner_id: int | None
    channel: Channel
    direction: Direction
    at: datetime | None
    subject: str
    duration_seconds: int | None
    seller_talk_seconds: int | None
    buyer_talk_seconds: int | None
    done: bool | None


class ActivityFields(Input):
    """What may be written on an activity."""

    deal_id: int | None = _Id
    account_id: int | None = _Id
    lead_id: int | None = _Id
    contact_id: int | None = _Id
    channel: Channel = ""
    direction: Direction = ""
    at: datetime | None = None
    subject: str = Field("", max_length=20_000)
    duration_seconds: int | None = _Seconds
    seller_talk_seconds: int | None = _Seconds
    buyer_talk_seconds: int | None = _Seconds
    done: bool | None = None


class ActivitiesQuery(ListQuery):
    """Which activities. Sort by at or written_at."""

    deal_id: int | None = _Id
    account_id: int | None = _Id
    lead_id: int | None = _Id
    contact_id: int | None = _Id
    owner_id: int | None = _Id
    channel: Channel | None = None
    at_from: datetime | None = None
    at_to: datetime | None = None
    written_since: datetime | None = None


class Stakeholder(Recorded):
    """A person on the buyer's side who takes part in a deal, and their role in it."""

    deal_id: int
    contact_id: int
    role: Role


class StakeholderRole(Input):
    """The role that somebody has in a deal."""

    role: Role


class NewStakeholder(StakeholderRole):
    """Who takes part in which deal."""

    deal_id: int = Field(ge=1, lt=2**63)
    contact_id: int = Field(ge=1, lt=2**63)


class StakeholdersQuery(ListQuery):
    """Which parts in deals. Sort by written_at."""

    deal_id: int | None = _Id
    contact_id: int | None = _Id
    role: Role | None = None
    written_since: datetime | None = None


class Note(Recorded):
    """Something a person wrote down beside a record."""

    deal_id: int | None
    account_id: int | None
    contact_id: int | None
    lead_id: int | None
    author_id: int | None
    text: str


class NoteText(Input):
    """The words of a note."""

    text: str = Field(min_length=1, max_length=20_000)


class NewNote(NoteText):
    """A note beside one record."""

    deal_id: int | None = _Id
    account_id: int | None = _Id
    contact_id: int | None = _Id
    lead_id: int | None = _Id


class NotesQuery(ListQuery):
    """Which notes. Sort by written_at."""

    deal_id: int | None = _Id
    account_id: int | None = _Id
    contact_id: int | None = _Id
    lead_id: int | None = _Id
    author_id: int | None = _Id
    written_since: datetime | None = None


class Pipeline(Recorded):
    """A way of selling."""

    name: str
    position: int


class Stage(Recorded):
    """A step of a pipeline, and what it means."""

    pipeline_id: int
    name: str
    position: int | None
    meaning: str


class StagesQuery(ListQuery):
    """Which stages."""

    pipeline_id: int | None = _Id
    meaning: str = Field("", max_length=20)


class Person(Schema):
    """Somebody who works here: their name, and no more than every page shows."""

    id: int
    name: str
    role: str
    is_active: bool


class PeopleQuery(ListQuery):
    """Which people. Sort by name."""

    role: str = Field("", max_length=10)
    is_active: bool | None = None


class View(Recorded):
    """A saved list."""

    page: str
    name: str
    query: str
    shared: bool
    owner_id: int


class NewView(Input):
    """A list to be saved under a name; the same name again writes over it."""

    page: Literal["deals", "board", "accounts", "contacts", "leads"]
    name: str = Field(min_length=1, max_length=120)
    query: str = Field("", max_length=2000)
    shared: bool = False


class ViewsQuery(ListQuery):
    """Which saved lists: yours, and those that were shared."""

    page: str = Field("", max_length=24)
    owner_id: int | None = _Id


class Found(Schema):
    """A record that was found."""

    kind: str
    record_id: int
    title: str
    detail: str
    account_id: int | None
    account: str


class SearchQuery(Input):
    """What to look for."""

    q: str = Field(min_length=1, max_length=200)


class UndoneStep(Schema):
    """One write that was taken back."""

    action: str
    kind: str
    record_id: int


class Undoing(Input):
    """Which act to take back; your latest one where none is named."""

    group: str = Field("", max_length=32)
