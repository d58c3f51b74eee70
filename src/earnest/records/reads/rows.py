"""Rows as programs read them: one kind at a time, columns by name, filters and orders from lists."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import F, Model, Q, QuerySet

from earnest.errors import EarnestError
from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import User
from earnest.records.models import (
    Account,
    Activity,
    Contact,
    Deal,
    DealLine,
    Lead,
    Note,
    Pipeline,
    SavedView,
    Stage,
    Stakeholder,
)

# A row by column; what each holds is typed where it is shown.
Row = dict[str, Any]
_RECORD = ("id", "version", "created_at", "written_at")
_LARGEST_ID = 2**63


class CursorUnread(EarnestError):
    """A list was to go on from a mark that it never gave."""

    code: ClassVar[str] = "cursor_unread"


@dataclass(frozen=True)
class Kind:
    """One kind of row: its columns, the filters with the lookup that each is, and the columns to sort by."""

    model: type[Model]
    columns: tuple[str, ...]
    filters: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)


_WRITTEN = {"written_since": "written_at__gte"}
_OWNED = {"owner_id": "owner_id", "team_id": "team_id"}
KINDS: dict[str, Kind] = {
    "deal": Kind(
        Deal,
        (
            *_RECORD,
            *("title", "account_id", "owner_id", "team_id", "stage_id", "segment", "sector", "region", "source"),
            *("deal_type", "outcome", "lost_reason", "amount_minor", "list_amount_minor", "currency_id"),
            *("currency__minor_digits", "opened_on", "closed_on", "seller_close_on", "buyer_by_when_on"),
            *("lead_time_days", "next_step", "next_step_on", "next_step_side", "next_step_contact_id"),
            *("next_step_agreed_on", "next_step_agreed_by", "next_step_result", "next_step_their_day"),
            *("offer_ends_on", "end_reason", "stage_changed_on", "custom"),
        ),
        {
            **_WRITTEN,
            **_OWNED,
            "account_id": "account_id",
            "stage_id": "stage_id",
            "pipeline_id": "stage__pipeline_id",
            "outcome": "outcome",
            "title": "title__icontains",
            "seller_close_from": "seller_close_on__gte",
            "seller_close_to": "seller_close_on__lte",
        },
        {"seller_close_on": "seller_close_on", "written_at": "written_at", "title": "title"},
    ),
    "account": Kind(
        Account,
        (
            *_RECORD,
            "name",
            "domain",
            "industry",
            "country",
            "employee_count",
            "parent_id",
            "owner_id",
            "team_id",
            "custom",
        ),
        {**_WRITTEN, **_OWNED, "name": "name__icontains", "domain": "domain"},
        {"name": "name", "written_at": "written_at"},
    ),
    "contact": Kind(
        Contact,
        (*_RECORD, "name", "email", "phone", "job_title", "account_id", "owner_id", "team_id", "custom"),
        {**_WRITTEN, **_OWNED, "account_id": "account_id", "name": "name__icontains", "email": "email"},
        {"name": "name", "written_at": "written_at"},
    ),
    "lead": Kind(
        Lead,
        (
            *_RECORD,
            *("name", "company", "email", "phone", "source", "state", "received_at", "ready_on", "note"),
            *("account_id", "contact_id", "owner_id", "team_id", "custom"),
        ),
        {**_WRITTEN, **_OWNED, "state": "state", "name": "name__icontains", "email": "email"},
        {"name": "name", "received_at": "received_at", "written_at": "written_at"},
    ),
    "activity": Kind(
        Activity,
        (
            *_RECORD,
            *("deal_id", "account_id", "lead_id", "contact_id", "owner_id", "channel", "direction", "at", "subject"),
            *("duration_seconds", "seller_talk_seconds", "buyer_talk_seconds", "done"),
        ),
        {
            **_WRITTEN,
            **{name: name for name in ("deal_id", "account_id", "lead_id", "contact_id", "owner_id", "channel")},
            "at_from": "at__gte",
            "at_to": "at__lt",
        },
        {"at": "at", "written_at": "written_at"},
    ),
    "stakeholder": Kind(
        Stakeholder,
        (*_RECORD, "deal_id", "contact_id", "contact__name", "role"),
        {**_WRITTEN, "deal_id": "deal_id", "contact_id": "contact_id", "role": "role"},
        {"written_at": "written_at"},
    ),
    "line": Kind(
        DealLine,
        (
            *("id", "deal_id", "deal__version", "position", "product_id", "product__name", "quantity"),
            *("list_price_minor", "price_minor", "product__currency_id", "product__currency__minor_digits"),
            *("deal__currency_id", "deal__currency__minor_digits"),
        ),
        {"deal_id": "deal_id", "product_id": "product_id"},
    ),
    "note": Kind(
        Note,
        (*_RECORD, "deal_id", "account_id", "contact_id", "lead_id", "author_id", "text"),
        {**_WRITTEN, **{name: name for name in ("deal_id", "account_id", "contact_id", "lead_id", "author_id")}},
        {"written_at": "written_at"},
    ),
    "pipeline": Kind(Pipeline, (*_RECORD, "name", "position")),
    "stage": Kind(
        Stage,
        (*_RECORD, "pipeline_id", "name", "position", "meaning"),
        {"pipeline_id": "pipeline_id", "meaning": "meaning"},
    ),
    "view": Kind(
        SavedView, (*_RECORD, "page", "name", "query", "shared", "owner_id"), {"page": "page", "owner_id": "owner_id"}
    ),
    "user": Kind(
        User, ("id", "name", "role", "is_active"), {"role": "role", "is_active": "is_active"}, {"name": "name"}
    ),
}


@dataclass(frozen=True)
class Asked:
    """Which rows of a kind: typed filters, the column to sort by with a minus for the greatest first, the mark."""

    filters: Mapping[str, object] = field(default_factory=dict)
    sort: str = ""
    after: str = ""
    limit: int = 50
    total: bool = False


def page(actor: Actor, name: str, asked: Asked) -> tuple[list[Row], str | None, int | None]:
    """One page of the rows that the actor sees, the mark of the next one, and how many there are where that was asked.

    Shape: two queries at most. Rows without a value to sort by stand last.
    Raises: CursorUnread. Filters and orders were checked against the kind before.
    """
    kind = KINDS[name]
    rows = _narrowed(actor, kind, asked.filters)
    total = rows.count() if asked.total else None
    column, down = kind.orders.get(asked.sort.removeprefix("-"), "pk"), asked.sort.startswith("-")
    if asked.after:
        rows = rows.filter(_beyond(kind, column, down, asked.after))
    way = F(column).desc(nulls_last=True) if down else F(column).asc(nulls_last=True)
    found = list(rows.order_by(way, "-pk" if down else "pk").values(*kind.columns)[: asked.limit + 1])
    shown = found[: asked.limit]
    return shown, _mark(shown[-1], column) if len(found) > asked.limit else None, total


def one(actor: Actor, name: str, record_id: int) -> Row:
    """One row. Raises: NotFound, in the same words for a foreign and an absent one."""
    kind = KINDS[name]
    found = _narrowed(actor, kind, {}).filter(pk=record_id).values(*kind.columns).first()
    if found is None:
        raise authority.not_found(str(kind.model._meta.verbose_name), record_id)
    row: Row = dict(found)
    return row


def _narrowed(actor: Actor, kind: Kind, filters: Mapping[str, object]) -> "QuerySet[Any]":
    rows = visibility.visible(actor, kind.model)
    return rows.filter(**{kind.filters[name]: value for name, value in filters.items()})


def _mark(row: Row, column: str) -> str:
    value = row.get(column) if column != "pk" else None
    told = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([column, told, row["id"]]).encode()).decode().rstrip("=")


def _beyond(kind: Kind, column: str, down: bool, mark: str) -> Q:  # noqa: FBT001  # one of two ways
    try:
        value, number = _read(kind, column, mark)
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as reason:
        raise CursorUnread(
            "The list cannot go on from this cursor.",
            why="It was not given by this list in this order.",
            fix="Ask for the first page again, and follow its «next».",
            data={"cursor": mark[:80]},
        ) from reason
    later = Q(**{f"pk__{'lt' if down else 'gt'}": number})
    if column == "pk":
        return later
    if value is None:
        return Q(**{f"{column}__isnull": True}) & later
    way = "lt" if down else "gt"
    beyond = Q(**{f"{column}__{way}": value}) | (Q(**{column: value}) & later)
    nullable = kind.model._meta.get_field(column).null
    return beyond | Q(**{f"{column}__isnull": True}) if nullable else beyond


def _read(kind: Kind, column: str, mark: str) -> tuple[object, int]:
    told: Sequence[Any] = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    of, value, number = told
    if of != column or type(number) is not int or not 0 < number < _LARGEST_ID:
        raise ValueError(mark)
    if column == "pk" or value is None:
        return None, number
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(mark)
    inner = kind.model._meta.get_field(column).get_internal_type()
    if inner == "DateTimeField":
        at = datetime.fromisoformat(value)
        return at.astimezone() if at.tzinfo is None else at, number
    return date.fromisoformat(value) if inner == "DateField" else value, number
