"""Accounts, contacts and leads: a page of each list, and one of them with what its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Count, DateField, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access
from earnest.records.models import Account, Activity, Contact, Lead, Outcome, Record, Stakeholder
from earnest.records.models.deals import BuyerRole
from earnest.records.models.parties import LeadState
from earnest.records.reads import paging, search
from earnest.records.reads.paging import DAY, MOMENT, Order

PAGE_ROWS = 50
STATES = tuple((str(value), str(word)) for value, word in LeadState.choices)
_NEVER = date(9999, 12, 31)

Row = TypeVar("Row", bound=Record)


ORDERS: dict[str, dict[str, Order]] = {
    "account": {
        "name": Order("Name", "name"),
        "industry": Order("Industry", "industry"),
        "latest": Order("Written last", "written_at", down=True, kind=MOMENT),
    },
    "contact": {
        "name": Order("Name", "name"),
        "title": Order("Title", "job_title"),
        "latest": Order("Written last", "written_at", down=True, kind=MOMENT),
    },
    "lead": {
        "received": Order("Received", "came_at", down=True, kind=MOMENT),
        "name": Order("Name", "name"),
        "company": Order("Company", "company"),
        "ready": Order("Ready on", "ready", kind=DAY),
    },
}


@dataclass(frozen=True)
class Asked:
    """What a list is asked for: words, whose, a state, an order by name, and the mark after which it goes on."""

    words: str = ""
    mine: bool = False
    state: str = ""
    order: str = ""
    after: str = ""


@dataclass(frozen=True)
class AccountRow:
    """An account as its list shows it."""

    id: int
    name: str
    domain: str
    industry: str
    owner: str
    contact_count: int = 0
    latest_at: datetime | None = None


@dataclass(frozen=True)
class ContactRow:
    """A contact as its list shows it; the account only where the reader may see it."""

    id: int
    name: str
    job_title: str
    account_id: int | None
    account: str
    email: str
    phone: str
    deal_count: int


@dataclass(frozen=True)
class LeadRow:
    """A lead as its list shows it."""

    id: int
    name: str
    company: str
    source: str
    received_at: datetime | None
    state: str
    ready_on: date | None
    owner: str

    @property
    def state_words(self) -> str:
        """How far it has come, in words."""
        return str(LeadState(self.state).label)


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the mark after which it goes on; empty at its end."""

    rows: list[Any]  # rows of the list's own kind
    after: str = ""


@dataclass(frozen=True)
class Facts:
    """What is stored of one account, contact or lead, by column, and whether the reader may write it."""

    kind: str
    id: int
    version: int
    name: str
    owner: str
    may_write: bool
    values: Mapping[str, Any] = field(default_factory=dict)  # of its own columns
    custom: Mapping[str, Any] = field(default_factory=dict)  # as its own fields hold them
    account: str = ""

    @property
    def label(self) -> str:
        """The kind, as its history and its fields name it."""
        return f"records.{self.kind}"


@dataclass(frozen=True)
class Part:
    """A deal that somebody takes part in, and their role there."""

    deal_id: int
    title: str
    role: str
    outcome: str


_KINDS: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "account": (Account, ("name", "domain", "industry", "country", "employee_count", "parent_id")),
    "contact": (Contact, ("name", "email", "phone", "job_title", "account_id")),
    "lead": (
        Lead,
        (
            "name", "company", "email", "phone", "source", "state", "received_at", "ready_on", "note",
            "account_id", "contact_id",
        ),
    ),
}  # fmt: skip
MODELS: dict[str, type[Record]] = {kind: model for kind, (model, _columns) in _KINDS.items()}


def facts(actor: Actor, kind: str, record_id: int) -> Facts:
    """One account, contact or lead, in at most three queries.

    Raises: NotFound for one that is not there or not for this reader.
    """
    model, columns = _KINDS[kind]
    rows = visibility.visible(actor, model).filter(pk=record_id)
    found: dict[str, Any] | None = rows.values("version", "custom", *columns, owner_name=F("owner__name")).first()
    if found is None:
        raise authority.not_found(kind, record_id)
    above = found.get("account_id") or found.get("parent_id")
    return Facts(
        kind,
        record_id,
        found.pop("version"),
        found["name"] or f"{kind} {record_id}",
        found.pop("owner_name") or "",
        visibility.visible(actor, model, Access.WRITE).filter(pk=record_id).exists(),
        custom=found.pop("custom"),
        values=found,
        account=_names(actor, [above]).get(above, "") if above else "",
    )


def accounts(actor: Actor, asked: Asked) -> Page:
    """A page of accounts, in four queries."""
    rows, after = _page(actor, "account", visibility.visible(actor, Account), asked)
    read = list(rows.values_list("id", "name", "domain", "industry", "owner__name"))
    numbers = [row[0] for row in read]
    people = _counts(visibility.visible(actor, Contact).filter(account_id__in=numbers), "account_id")
    latest = _latest_of_accounts(actor, numbers)
    shown = [
        AccountRow(number, name, domain, industry, owner or "", people.get(number, 0), latest.get(number))
        for number, name, domain, industry, owner in read
    ]
    return Page(*_cut(shown, after))


def contacts(actor: Actor, asked: Asked, *, account_id: int | None = None) -> Page:
    """A page of contacts, of one account or of all, in three queries."""
    every = visibility.visible(actor, Contact)
    rows, after = _page(actor, "contact", every if account_id is None else every.filter(account_id=account_id), asked)
    read = list(rows.values_list("id", "name", "job_title", "account_id", "email", "phone"))
    stakes = visibility.visible(actor, Stakeholder).filter(contact_id__in=[row[0] for row in read])
    deals = _counts(stakes, "contact_id")
    names = _names(actor, [row[3] for row in read])
    shown = [
        ContactRow(
            number, name or f"contact {number}", title, account, names.get(account or 0, ""), email, phone,
            deals.get(number, 0),
        )
        for number, name, title, account, email, phone in read
    ]  # fmt: skip
    return Page(*_cut(shown, after))


def leads(actor: Actor, asked: Asked) -> Page:
    """A page of leads, in one query."""
    every = visibility.visible(actor, Lead).annotate(
        came_at=Coalesce("received_at", "created_at"),
        ready=Coalesce("ready_on", Value(_NEVER), output_field=DateField()),
    )
    if asked.state in dict(STATES):
        every = every.filter(state=asked.state)
    rows, after = _page(actor, "lead", every, asked)
    read = rows.values_list("id", "name", "company", "source", "received_at", "state", "ready_on", "owner__name")
    return Page(*_cut([LeadRow(*row[:-1], row[-1] or "") for row in read], after))


def parts(actor: Actor, contact_id: int) -> list[Part]:
    """The deals that a contact takes part in, open ones first, the latest first."""
    rows = visibility.visible(actor, Stakeholder).filter(contact_id=contact_id).order_by("-deal_id", "id")
    read = rows.values_list("deal_id", "deal__title", "role", "deal__outcome")[:PAGE_ROWS]
    found = [
        Part(number, title or f"Deal {number}", str(BuyerRole(role).label), str(Outcome(outcome).label))
        for number, title, role, outcome in read
    ]
    return sorted(found, key=lambda each: each.outcome != Outcome.OPEN.label)


def _page(actor: Actor, kind: str, rows: "QuerySet[Row]", asked: Asked) -> "tuple[QuerySet[Row], paging.Going]":
    order = paging.order_of(ORDERS[kind], asked.order)
    if asked.mine:
        rows = rows.filter(Q(owner_id=actor.user_id))
    return paging.page(search.narrowed(rows, kind, asked.words), order, after=asked.after, rows_count=PAGE_ROWS)


def _cut(shown: list[Any], going: "paging.Going") -> tuple[list[Any], str]:  # rows of any list
    if len(shown) <= PAGE_ROWS:
        return shown, ""
    return shown[:PAGE_ROWS], going.after(shown[PAGE_ROWS - 1].id)


def _counts(rows: "QuerySet[Any]", column: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))


def _latest_of_accounts(actor: Actor, numbers: list[int]) -> dict[int, datetime]:
    """When somebody last spoke or wrote with each account, in its deals or beside them."""
    talks = visibility.visible(actor, Activity).order_by()
    found: dict[int, datetime] = {}
    for path in ("account_id", "deal__account_id"):
        rows = talks.filter(Q(**{f"{path}__in": numbers}), at__isnull=False)
        for number, at in rows.values_list(path).annotate(Max("at")):
            found[number] = max(at, found.get(number, at))
    return found


def _names(actor: Actor, numbers: list[int | None]) -> dict[int, str]:
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    return dict(visibility.visible(actor, Account).filter(pk__in=wanted).values_list("pk", "name"))
