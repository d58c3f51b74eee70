"""What a write replaced, kept so that whoever wrote can take it back: one step per record, one group per act."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from earnest.records.models import Record, UndoStep

# Stands where one side of a write has no such column at all: the row was not there.
NOTHING = object()


@dataclass(frozen=True)
class Who:
    """Who wrote, when, as part of which act; imports and syncs are taken back by their own means and keep nothing."""

    user_id: int
    at: datetime
    group: str
    kept: bool


def keep(row: models.Model, action: str, values: Mapping[str, tuple[Any, Any]], who: Who) -> None:
    """Keep what each field held before and holds now; values are any a column may hold."""
    if not who.kept:
        return
    step = UndoStep(
        user_id=who.user_id,
        group=who.group or secrets.token_hex(8),
        action=action,
        kind=row._meta.label_lower,
        record_id=row.pk,
        before={name: plain(old) for name, (old, _new) in values.items() if old is not NOTHING},
        after={name: plain(new) for name, (_old, new) in values.items() if new is not NOTHING},
        at=who.at,
    )
    UndoStep.objects.bulk_add([step])


def plain(value: object) -> object:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def typed(row: Record, values: Mapping[str, object]) -> dict[str, Any]:
    """Values from JSON as the record's columns hold them."""
    return {name: _typed(row._meta.get_field(name.removesuffix("_id")), value) for name, value in values.items()}


def _typed(field: Any, value: object) -> object:  # noqa: ANN401  # a field of any kind
    if isinstance(value, str) and isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(field, models.DateField):
        return date.fromisoformat(value)
    return value
