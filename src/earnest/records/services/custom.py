"""Values of the fields that a team added for itself: each is checked against its definition before it is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from urllib.parse import urlsplit

from earnest.errors import EarnestError
from earnest.people import authority, visibility
from earnest.records.models import CustomField
from earnest.records.models.custom import CUSTOM_KINDS, FieldType
from earnest.records.services import bin as bins
from earnest.records.services import writing
from earnest.records.services.writing import By

LONGEST_TEXT = 2000


class CustomValueRefused(EarnestError):
    """A value does not fit the custom field it was given for, or there is no such field."""

    code: ClassVar[str] = "custom_value_refused"


def add_custom_field(
    *, by: By, kind: str, key: str, label: str, field_type: str, choices: list[str], unit: str = ""
) -> CustomField:
    """Add a field to one kind of record; admins only. A list of choices is needed for those types only.

    Raises: NotAllowed, CustomValueRefused.
    """
    authority.demand_admin(by.actor, action="add a custom field")
    needs_choices = field_type in (FieldType.CHOICE, FieldType.CHOICES)
    if kind not in CUSTOM_KINDS or field_type not in FieldType.values or needs_choices != bool(choices):
        raise CustomValueRefused(
            f"The field {label} cannot be added to {kind} as {field_type} with {len(choices)} choices.",
            why="A field belongs to deals, accounts, contacts or leads, and a list needs its choices.",
            fix=f"Use one of {', '.join(CUSTOM_KINDS)} and one of {', '.join(FieldType.values)}.",
            data={"kind": kind, "field_type": field_type},
        )
    _demand_free(by, kind, key, label)
    values = {"kind": kind, "key": key, "label": label, "field_type": field_type, "choices": choices, "unit": unit}
    return writing.create(CustomField, by=by, values=values)


def edit_custom_field(*, by: By, field_id: int, version: int, label: str, choices: list[str], unit: str) -> CustomField:
    """Change what a field is called, its unit, or its choices; what records hold stays as it was written.

    Raises: NotAllowed, NotFound, StaleVersion, CustomValueRefused.
    """
    authority.demand_admin(by.actor, action="change a custom field")
    row = writing.writable(CustomField, by.actor, field_id)
    if not label.strip() or bool(row.choices) != bool(choices):
        raise CustomValueRefused(
            f"The field {row.label} cannot be changed to «{label}» with {len(choices)} choices.",
            why="A field has a name, and a list keeps at least one choice.",
            fix="Give a name and, for a list, its choices, one a line.",
            data={"field": row.key},
        )
    values = {"label": label.strip(), "choices": choices, "unit": unit.strip()}
    return writing.edit(CustomField, by=by, record_id=field_id, version=version, values=values)


def retire_custom_field(*, by: By, field_id: int, version: int) -> CustomField:
    """Take a field off its records; what they hold in it is kept. Raises: NotAllowed, NotFound, StaleVersion."""
    authority.demand_admin(by.actor, action="retire a custom field")
    return bins.discard(CustomField, by=by, record_id=field_id, version=version)


def restore_custom_field(*, by: By, field_id: int) -> CustomField:
    """Put a retired field back, with what records hold in it. Raises: NotAllowed, NotFound, CustomValueRefused."""
    authority.demand_admin(by.actor, action="restore a custom field")
    row = visibility.in_bin(by.actor, CustomField).filter(pk=field_id).first()
    if row is not None:
        _demand_free(by, row.kind, row.key, row.label)
    return bins.restore(CustomField, by=by, record_id=field_id)


def _demand_free(by: By, kind: str, key: str, label: str) -> None:
    if not key or not label.strip() or visibility.visible(by.actor, CustomField).filter(kind=kind, key=key).exists():
        raise CustomValueRefused(
            f"There is already a field with the key «{key}» there." if key else "A field needs a name in letters.",
            why="Values are kept under the key, so it stands for one field.",
            fix="Give another name.",
            data={"kind": kind, "key": key, "label": label},
        )


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    """The custom values among the values of a record, each as it is kept; nothing where there are none.

    Raises: CustomValueRefused, naming the field and the value.
    """
    given = values.get("custom")
    if given is None:
        return {}
    fields = CustomField.objects.unscoped(reason="definitions are the same for everybody")
    known = {field.key: field for field in fields.filter(kind=kind, deleted_at=None)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise CustomValueRefused(
            f"There is no custom field «{unknown[0]}» on {kind}.",
            why="A value is kept only in a field that somebody defined.",
            fix="Add the field first, or use one of: " + (", ".join(sorted(known)) or "none yet") + ".",
            data={"kind": kind, "unknown": unknown},
        )
    return {"custom": {key: _kept(known[key], value) for key, value in given.items() if value is not None}}


def _kept(field: CustomField, value: object) -> object:
    try:
        return _READERS[FieldType(field.field_type)](value, field.choices)
    except (ValueError, TypeError, InvalidOperation) as reason:
        raise CustomValueRefused(
            f"«{value}» does not fit the field {field.label}.",
            why=f"The field holds {FieldType(field.field_type).label}.",
            fix=f"Choose one of: {', '.join(field.choices)}." if field.choices else "Give a value of that kind.",
            data={"field": field.key, "field_type": field.field_type},
        ) from reason


def _text(value: object, _choices: list[str]) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        raise ValueError(value)
    return value


def _whole(value: object, _choices: list[str]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _decimal(value: object, _choices: list[str]) -> str:
    # Kept as text: exact, and the same on both databases.
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise TypeError(value)
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return str(number)


def _day(value: object, _choices: list[str]) -> str:
    day = value if type(value) is date else date.fromisoformat(str(value))
    return day.isoformat()


def _flag(value: object, _choices: list[str]) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _choice(value: object, choices: list[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ValueError(value)
    return value


def _choices(value: object, choices: list[str]) -> list[str]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return [_choice(one, choices) for one in value]


def _link(value: object, choices: list[str]) -> str:
    text = _text(value, choices)
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc or text != text.strip():
        raise ValueError(value)
    return text


_READERS: dict[FieldType, Callable[[object, list[str]], object]] = {
    FieldType.TEXT: _text,
    FieldType.WHOLE: _whole,
    FieldType.DECIMAL: _decimal,
    FieldType.DAY: _day,
    FieldType.FLAG: _flag,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.LINK: _link,
}
