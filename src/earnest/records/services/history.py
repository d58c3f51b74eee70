"""What a write leaves behind: one change per field, in words and in typed columns."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db import models

from earnest.people.models import Team, User
from earnest.records.models import Account, Change, Contact, Product, Record, Stage

# A column of a record, and what its history calls it; any other keeps its name.
FIELD_NAMES = {
    "stage_id": "stage",
    "owner_id": "owner",
    "team_id": "team",
    "account_id": "account",
    "contact_id": "contact",
    "parent_id": "parent",
    "product_id": "product",
    "next_step_contact_id": "next_step_contact",
    "currency_id": "currency",
    "amount_minor": "amount",
    "list_amount_minor": "list_amount",
}

# A value of any column; what each may hold is typed where it is received.
Value: TypeAlias = Any

# Columns whose history is the name that the other record had at that time.
_NAMED: dict[str, type[models.Model]] = {
    "stage_id": Stage,
    "owner_id": User,
    "team_id": Team,
    "account_id": Account,
    "contact_id": Contact,
    "product_id": Product,
    "next_step_contact_id": Contact,
}
_WHY = "the history says names, for whoever may see the record that it is about"

CREATED = "created"
DELETED = "deleted"

# The tables of the book that a kind of record fills, those of rooms above too.
TABLES_OF_KIND = {
    "records.deal": ("deals", "changes"),
    "records.activity": ("activities",),
    "records.stakeholder": ("stakes",),
    "need.musthave": ("must_haves",),
    "pipeline.sale": ("sales",),
}
EVERY_COLUMN = "*"


def created(row: Record, *, actor_id: int | None, at: datetime, origin: str) -> Change:
    """The first line of a record's history."""
    return Change(
        kind=row._meta.label_lower,
        record_id=row.pk,
        record_version=row.version,
        field=CREATED,
        new_text=str(row)[:500],
        at=at,
        observed_at=at,
        origin=origin,
        changed_by_id=actor_id,
    )


def changes(
    row: Record, changed: Mapping[str, Value], *, actor_id: int | None, at: datetime, origin: str
) -> list[Change]:
    """One change per field that is about to be written; the record still holds the old values."""
    return [
        Change(
            kind=row._meta.label_lower,
            record_id=row.pk,
            record_version=row.version + 1,
            field=FIELD_NAMES.get(name, name),
            at=at,
            observed_at=at,
            origin=origin,
            changed_by_id=actor_id,
            **_sides(name, getattr(row, name), value),
        )
        for name, value in changed.items()
    ]


def latest(row: Record, fields: Mapping[str, Value]) -> dict[str, dict[str, object]]:
    """Who wrote these fields last, and when, by column."""
    names = {FIELD_NAMES.get(name, name): name for name in fields}
    found = (
        Change.objects.unscoped(reason="whoever writes a record may know who wrote it last")
        .filter(kind=row._meta.label_lower, record_id=row.pk, field__in=names)
        .order_by("id")
        .values_list("field", "changed_by__name", "at")
    )
    return {names[field]: {"by": name or "", "at": at} for field, name, at in found}


def _sides(name: str, old: Value, new: Value) -> dict[str, Value]:
    sides: dict[str, Value] = {"old_text": words(name, old), "new_text": words(name, new)}
    if name.endswith("_minor"):
        sides |= {"old_minor": old, "new_minor": new}
    if name.endswith("_on"):
        sides |= {"old_on": old, "new_on": new}
    if name == "stage_id":
        sides |= {"old_position": position(old), "new_position": position(new)}
    return sides


def words(name: str, value: Value) -> str:
    """A value as the history says it: a stage and a person by their name at that time."""
    if value is None:
        return ""
    if name in _NAMED:
        return _name(_NAMED[name], value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def position(stage_id: int | None) -> int | None:
    """The place of a stage in its pipeline."""
    if stage_id is None:
        return None
    stages = Stage.objects.unscoped(reason=_WHY).filter(pk=stage_id)
    return stages.values_list("position", flat=True).first()


def _name(model: type[models.Model], record_id: int) -> str:
    rows = User.objects.all() if model is User else model.objects.unscoped(reason=_WHY)  # type: ignore[attr-defined]  # every record has the scoped manager
    found = rows.filter(pk=record_id).values_list("name", flat=True).first()
    return str(found or "")


def told(
    row: Record, said: Mapping[str, tuple[str, str]], *, actor_id: int | None, at: datetime, origin: str
) -> list[Change]:
    """Changes that are told in words, old and new, because they are not one column of the record."""
    return [
        Change(
            kind=row._meta.label_lower,
            record_id=row.pk,
            record_version=row.version + 1,
            field=field,
            old_text=old,
            new_text=new,
            at=at,
            observed_at=at,
            origin=origin,
            changed_by_id=actor_id,
        )
        for field, (old, new) in said.items()
    ]
