"""How the API answers: one body for every refusal, versions as ETags, lists in one envelope."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import ValidationError
from ninja.params import P, PathEx
from pydantic import ConfigDict, Field, field_validator

from earnest.errors import EarnestError
from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import rows
from earnest.records.services import By

ORIGIN = "api"
# The number of a record in an address.
RecordId: TypeAlias = PathEx[int, P(ge=1, lt=2**63)]
MOST_ROWS = 200


class VersionMissing(EarnestError):
    """A write did not say which version it was made for."""

    code: ClassVar[str] = "version_missing"


class FieldUnknown(EarnestError):
    """A request has fields, filters or values that this address does not take."""

    code: ClassVar[str] = "field_unknown"


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Problem(Schema):
    """What went wrong: a code for programs; what happened, why and what to do next; the values behind it."""

    code: str
    what: str
    why: str
    fix: str
    data: dict[str, Any]  # the values behind the sentences, of any kind JSON holds


class Input(Schema):
    """What may be sent: the fields named here, and no others."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _can_be_kept(cls, value: object) -> object:
        # A zero character or half of a surrogate pair is no text to a database.
        if isinstance(value, str) and ("\0" in value or not _encodes(value)):
            raise ValueError("The text holds a character that cannot be kept")
        return value


Item = TypeVar("Item")


class Listed(Schema, Generic[Item]):
    """One page of a list: its rows, the cursor of the next page, and how many there are where that was asked."""

    items: list[Item]
    next: str | None = None
    total: int | None = None


class ListQuery(Input):
    """What every list takes."""

    after: str = Field("", max_length=600, description="The `next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST_ROWS, description="How many rows at most.")
    sort: str = Field("", max_length=60, description="A column to sort by, with a minus for the greatest first.")
    total: bool = Field(default=False, description="Whether to count all rows.")


FAILS = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
_WRITES = {**FAILS, 404: Problem, 412: Problem, 428: Problem}
Documented = dict[int, Any]  # ninja's own mapping of a status to the type of its body


def listing(item: type[Any]) -> Documented:
    """The answers of a list."""
    return {200: Listed[item], **FAILS}  # type: ignore[valid-type]  # the type of a row is a value here


def reading(item: type[Any]) -> Documented:
    """The answers of one record."""
    return {200: item, 404: Problem, **FAILS}


def making(item: type[Any]) -> Documented:
    """The answers of a create."""
    return {201: item, 404: Problem, **FAILS}


def writing(item: type[Any]) -> Documented:
    """The answers of a write to a record that is there."""
    return {200: item, **_WRITES}


def deleting() -> Documented:
    """The answers of a delete."""
    return {204: None, **_WRITES}


def by(request: Request) -> By:
    """Who writes, when, through the API."""
    return By(request.actor, request.at, ORIGIN)


def told(request: Request, response: HttpResponse, name: str, record_id: int) -> rows.Row:
    """One record as the actor reads it now, with its version as ETag. Raises: NotFound."""
    row = rows.one(request.actor, name, record_id)
    response["ETag"] = f'"{row["version"]}"'
    return row


def listed(request: Request, name: str, query: ListQuery) -> dict[str, Any]:  # rows, in their envelope
    """One page of a list. Raises: FieldUnknown, CursorUnread."""
    items, cursor, total = rows.page(request.actor, name, asked(request, name, query))
    return {"items": items, "next": cursor, "total": total}


def discard(request: Request, name: str, record_id: int) -> None:
    """Put a record into the recycle bin. Raises: VersionMissing, NotFound, NotAllowed, StaleVersion."""
    model = apps.get_model(f"records.{name}")
    services.discard(model, by=by(request), record_id=record_id, version=version_of(request))


def key_of(request: HttpRequest) -> str | None:
    """The key under which a create may be repeated.

    Raises: FieldUnknown when it is too long to be kept.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= 100:
        raise refused("Idempotency-Key", "An Idempotency-Key has 1 to 100 characters.")
    return key


def version_of(request: HttpRequest) -> int:
    """The version that a write was made for, from If-Match.

    Raises: VersionMissing where there is none; a tag that is none of ours is version 0, and so always stale.
    """
    told = request.headers.get("If-Match")
    if told is None:
        raise VersionMissing(
            "This write does not say which version it was made for.",
            why="Without it, what somebody else wrote in between would be lost.",
            fix='Read the record and send its ETag back as If-Match, for example If-Match: "3".',
        )
    number = told.strip().removeprefix("W/").strip('"')
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def asked(request: HttpRequest, name: str, query: ListQuery) -> rows.Asked:
    """What a list was asked for.

    Raises: FieldUnknown for a filter or an order that this list has not, hidden or misspelt.
    """
    kind = rows.KINDS[name]
    demand_known(request.GET, [*type(query).model_fields])
    if query.sort and query.sort.removeprefix("-") not in kind.orders:
        raise refused("sort", f"This list can be sorted by: {', '.join(kind.orders) or 'nothing'}.")
    filters = {
        field: value for field in kind.filters if (value := getattr(query, field, None)) is not None and value != ""
    }
    return rows.Asked(filters, query.sort, query.after, query.limit, query.total)


def demand_known(query: Mapping[str, Any], names: list[str]) -> None:
    """Refuse names in the address that nothing reads. Raises: FieldUnknown."""
    unknown = sorted(set(query) - set(names))
    if unknown:
        raise refused(unknown[0][:60], f"This address takes: {', '.join(sorted(names))}.")


def refused(name: str, fix: str) -> FieldUnknown:
    """The refusal of a field, a filter or a value."""
    return FieldUnknown(
        f"«{name}» cannot be used here as it was sent.",
        why="It is not one of the names or values that this address takes.",
        fix=fix,
        data={"fields": [name]},
    )


def unfit(error: ValidationError) -> FieldUnknown:
    """The refusal of a body or a query whose shape is wrong, naming every field."""
    places: dict[str, str] = {}
    for each in error.errors:
        # Before the field stand where it was sent and the name of the operation's own parameter.
        path = [str(part) for part in each["loc"][2:] or each["loc"][1:]]
        places.setdefault(".".join(path) or "body", str(each["msg"]))
    return FieldUnknown(
        f"The request has {'a field' if len(places) == 1 else 'fields'} that cannot be used: {', '.join(places)}.",
        why=" ".join(f"{name}: {told}." for name, told in places.items()),
        fix="Send only the fields that the description of this address names, each with a value of its kind.",
        data={"fields": list(places)},
    )


def plain(value: object) -> object:
    """A value that JSON does not hold, as text."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
