"""The one way an editable record is written: scoped, against its version, with its history and its audit event.

Nothing here knows a kind of record; the functions that people and surfaces call stand in the modules beside it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import IntegrityError, models, transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Membership, Role, User
from earnest.records.models import Change, Deal, IdempotencyKey, Origin, Record, ToldColumn
from earnest.records.models.base import OWN_ORIGINS
from earnest.records.services import history, search, undo

Row = TypeVar("Row", bound=Record)
_READ = "the actor was found to see this row"

# The values of a record by column, as its typed function received them; what each may hold is typed there.
Values = Mapping[str, Any]


@dataclass(frozen=True)
class By:
    """Who writes, when, and through which surface."""

    actor: Actor
    at: datetime
    origin: str = Origin.UI.value
    # Steps of one act carry one group, so that they are undone together; empty: each write is an act of its own.
    group: str = ""

    @property
    def merges(self) -> bool:
        """Whether a write against an older version may be merged: on pages yes, over the API never."""
        return self.origin == Origin.UI


# Rooms above that keep something worked out from records are told of each write, in its own transaction: they add
# themselves when the program starts (see `pipeline.apps`). Nothing below knows what they do with it.
Written = Callable[[str, Iterable[int]], None]
WRITTEN: list[Written] = []


def tell_written(kind: str, record_ids: Iterable[int]) -> None:
    """Say that records of a kind were written: whoever keeps something worked out from them does so again."""
    numbers = list(record_ids)
    for listener in WRITTEN:
        listener(kind, numbers)


class StaleVersion(EarnestError):
    """Somebody else wrote this record since it was read. Holds both versions of the fields that differ."""

    code: ClassVar[str] = "stale_version"


class KeyReused(EarnestError):
    """An idempotency key came back with another request."""

    code: ClassVar[str] = "key_reused"


def create(model: type[Row], *, by: By, values: Values, key: str | None = None) -> Row:
    """Write a new record; the same key and request again give the record of the first time and write nothing.

    Raises: NotAllowed, NotFound for a parent that the actor cannot see, KeyReused.
    """
    authority.demand(allowed=by.actor.role != Role.ANALYST, actor=by.actor, action=f"add a {model._meta.verbose_name}")
    found = _made_before(model, by, values, key)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _created(model, by, values, key)
    except IntegrityError:
        # Two at once with the same key: the other one's record is the answer.
        found = _made_before(model, by, values, key)
        if found is None:
            raise
        return found


def edit(model: type[Row], *, by: By, record_id: int, version: int, values: Values) -> Row:
    """Write fields of a record as it was read; nothing is written when they already hold these values.

    Where somebody wrote the record since, the two are merged as long as they wrote different fields; over the API the
    version must be the present one.
    Raises: NotFound, NotAllowed, StaleVersion with both values when somebody wrote one of these fields since.
    """
    with transaction.atomic():
        row = writable(model, by.actor, record_id)
        _demand_visible(model, by.actor, values)
        if row.version != version and not (by.merges and _disjoint(row, version, values)):
            raise _stale(row, version, values)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        return _write(row, by, changed)


def made_before(model: type[models.Model], *, by: By, values: Values, key: str | None) -> int | None:
    """The number of the row that the same key and request made before; None for a new one.

    For rows that are no editable records, whose services write them by themselves.
    Raises: KeyReused.
    """
    found = _key_found(by, key)
    if found is None:
        return None
    _demand_same(found, model, values, key)
    return int(found.record_id)


def keep_key(row: models.Model, *, by: By, values: Values, key: str | None) -> None:
    """Remember the key under which a row was made, so that the same request again makes nothing."""
    if key is not None:
        IdempotencyKey.objects.bulk_add([_key_of(row, by, values, key)])


def tell_tables(*tables: str) -> None:
    """People write these tables of the book here, so every column of theirs is told from now on."""
    rows = [ToldColumn(table=table, column=history.EVERY_COLUMN, told_by="people") for table in tables]
    told = ToldColumn.objects.unscoped(reason="which columns are told is the same for everybody")
    told.bulk_create(rows, ignore_conflicts=True)


def write_now(row: Row, *, by: By, values: Values, action: str) -> Row:
    """Write fields of a record that was read in this transaction, under the name of what was done."""
    return _write(row, by, dict(values), action)


def writable(model: type[Row], actor: Actor, record_id: int) -> Row:
    """The record, for writing.

    Raises: NotFound when the actor cannot see it, NotAllowed when they may only read it.
    """
    row = visibility.visible(actor, model, Access.WRITE).filter(pk=record_id).first()
    if row is None:
        noun = str(model._meta.verbose_name)
        if visibility.visible(actor, model).filter(pk=record_id).exists():
            raise authority.not_allowed(actor, f"change this {noun}", fix="Ask its owner to share it for writing.")
        raise authority.not_found(noun, record_id)
    return row


def _created(model: type[Row], by: By, values: Values, key: str | None) -> Row:
    _demand_visible(model, by.actor, values)
    row = model(origin=by.origin, created_at=by.at, written_at=by.at, **values)
    row.save(force_insert=True)
    if key is not None:
        IdempotencyKey.objects.bulk_add([_key_of(row, by, values, key)])
    Change.objects.bulk_add([history.created(row, actor_id=by.actor.user_id, at=by.at, origin=by.origin)])
    undo.keep(row, f"add_{model._meta.model_name}", {"deleted_at": (by.at, None)}, who(by))
    _tell(model)
    search.keep(row)
    _note(by, f"add_{model._meta.model_name}", row, {})
    tell_written(row._meta.label_lower, _deals_of(row))
    return row


def _write(row: Row, by: By, changed: dict[str, Any], action: str = "") -> Row:
    model, version = type(row), row.version
    changes = history.changes(row, changed, actor_id=by.actor.user_id, at=by.at, origin=by.origin)
    extra = {"changed_at": by.at} if _has(model, "changed_at") else {}
    rows = model.objects.unscoped(reason=_READ).filter(pk=row.pk, version=version)
    if rows.update(**changed, **extra, version=version + 1, written_at=by.at) == 0:
        raise _stale(model.objects.unscoped(reason=_READ).get(pk=row.pk), version, changed)
    Change.objects.bulk_add(changes)
    name = action or f"edit_{model._meta.model_name}"
    undo.keep(row, name, {field: (getattr(row, field), value) for field, value in changed.items()}, who(by))
    row.refresh_from_db()
    search.keep(row, changed)
    _note(by, name, row, {"fields": sorted(changed)})
    tell_written(row._meta.label_lower, _deals_of(row))
    return row


def demand_version(row: Record, *, by: By, version: int, fields: Iterable[str]) -> None:
    """Refuse a write of what hangs on a record when that was written since it was read; where writes merge, when one
    of these fields of its history was.

    Raises: StaleVersion.
    """
    if row.version != version and not (by.merges and _disjoint(row, version, fields)):
        raise _stale(row, version, {})


def _disjoint(row: Record, version: int, fields: Iterable[str]) -> bool:
    """Whether everything written since that version is known, and none of it touches these fields."""
    since = (
        Change.objects.unscoped(reason=_READ)
        .filter(kind=row._meta.label_lower, record_id=row.pk, record_version__gt=version)
        .values_list("record_version", "field")
    )
    told = {number for number, _field in since}
    touched = {field for _number, field in since}
    # A field that both wrote is no merge even where both wrote the same: the second may have counted on the first.
    mine = {history.FIELD_NAMES.get(name, name) for name in fields}
    return version < row.version and told == set(range(version + 1, row.version + 1)) and not (mine & touched)


def who(by: By) -> undo.Who:
    """Who writes, as undoing remembers it."""
    return undo.Who(by.actor.user_id, by.at, by.group, kept=by.origin in OWN_ORIGINS)


def _deals_of(row: Record) -> list[int]:
    """The deals that a record speaks of: itself, or the one that it hangs on."""
    number = row.pk if isinstance(row, Deal) else getattr(row, "deal_id", None)
    return [] if number is None else [number]


def _demand_visible(model: type[Row], actor: Actor, values: Values) -> None:
    """A row may hang only on rows that the actor sees; others answer as if they were not there."""
    for field in model._meta.concrete_fields:
        number = values.get(field.attname)
        parent = field.related_model
        if number is None or not isinstance(parent, type) or (parent is User and number == actor.user_id):
            continue
        if not visibility.sees(actor, parent, number):
            raise authority.not_found(str(parent._meta.verbose_name), number)


def _stale(row: Record, version: int, values: Values) -> StaleVersion:
    noun = str(row._meta.verbose_name)
    clashing = {name: value for name, value in values.items() if getattr(row, name) != value}
    latest = history.latest(row, clashing)
    fields = {
        name: {"yours": value, "theirs": getattr(row, name), **latest.get(name, {})} for name, value in clashing.items()
    }
    return StaleVersion(
        f"This {noun} was changed since you read it: you have version {version}, now it is {row.version}.",
        why="Writing yours would lose what somebody else wrote in between.",
        fix="Compare the two, then send yours again with the new version.",
        data={"record_id": row.pk, "your_version": version, "their_version": row.version, "fields": fields},
    )


def _made_before(model: type[Row], by: By, values: Values, key: str | None) -> Row | None:
    found = _key_found(by, key)
    if found is None:
        return None
    _demand_same(found, model, values, key)
    record: Row = model.objects.unscoped(reason=_READ).get(pk=found.record_id)
    return record


def _key_found(by: By, key: str | None) -> IdempotencyKey | None:
    if key is None:
        return None
    keys = IdempotencyKey.objects.unscoped(reason="the keys are the actor's own")
    return keys.filter(user_id=by.actor.user_id, key=key).first()


def _demand_same(found: IdempotencyKey, model: type[models.Model], values: Values, key: str | None) -> None:
    if found.request_hash != _request_hash(model, values):
        raise KeyReused(
            f"The key «{key}» was used for another request.",
            why="A key stands for one request, so that repeating it is harmless.",
            fix="Use a new key for a new request.",
            data={"key": key},
        )


def _key_of(row: models.Model, by: By, values: Values, key: str) -> IdempotencyKey:
    return IdempotencyKey(
        user_id=by.actor.user_id,
        key=key,
        request_hash=_request_hash(type(row), values),
        kind=row._meta.label_lower,
        record_id=row.pk,
        created_at=by.at,
    )


# Columns that say when a request came; the same request a moment later is still the same.
_OF_THE_MOMENT = frozenset({"changed_at", "stage_changed_on"})


def _request_hash(model: type[models.Model], values: Values) -> str:
    asked = {name: value for name, value in values.items() if name not in _OF_THE_MOMENT}
    text = json.dumps([model._meta.label_lower, asked], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(model: type[Record]) -> None:
    """People write here, so every column of this kind is told from now on: empty means empty."""
    tables = history.TABLES_OF_KIND.get(model._meta.label_lower, ())
    if tables:
        tell_tables(*tables)


def _has(model: type[Record], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _note(by: By, action: str, row: Record, detail: Mapping[str, object]) -> None:
    record = (row._meta.label_lower, row.pk)
    audit.note(actor_id=by.actor.user_id, action=action, at=by.at, origin=by.origin, record=record, detail=detail)


def touch(row: Record, *, by: By, action: str, said: Mapping[str, tuple[str, str]]) -> None:
    """Raise a record's version because something that hangs on it changed, and say so in its history."""
    model = type(row)
    rows = model.objects.unscoped(reason=_READ).filter(pk=row.pk, version=row.version)
    extra = {"changed_at": by.at} if _has(model, "changed_at") else {}
    if rows.update(**extra, version=row.version + 1, written_at=by.at) == 0:
        raise _stale(model.objects.unscoped(reason=_READ).get(pk=row.pk), row.version, {})
    Change.objects.bulk_add(history.told(row, said, actor_id=by.actor.user_id, at=by.at, origin=by.origin))
    row.refresh_from_db()
    _note(by, action, row, {"fields": sorted(said)})
    tell_written(row._meta.label_lower, _deals_of(row))


def team_of(user_id: int) -> int | None:
    """The team in which a person's new records lie: the first they belong to without leading it, else any."""
    memberships = Membership.objects.unscoped(reason="a record lies in its owner's team")
    return memberships.filter(user_id=user_id).order_by("leads", "id").values_list("team_id", flat=True).first()
