"""Values of the fields that a team added for itself: each is checked against its definition before it is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from urllib.parse import urlsplit

from earnest.errors import EarnestError
from earnest.people import authority
from earnest.records.models import CustomField
from earnest.records.models.custom import CUSTOM_KINDS, FieldType
from earnest.records.services import writing
from earnest.records.services.writing import By

LONGEST_TEXT = 2000


class CustomValueRefused(EarnestError):
    """A value does not fit the custom field it was given for, or there is no such field."""

    code: ClassVar[str] = "custom_value_refused"


def add_custom_field(*, by: By, kind: str, key: str, label: str, field_type: str, choices: list[str]) -> CustomField:
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
    values = {"kind": kind, "key": key, "label": label, "field_type": field_type, "choices": choices}
    return writing.create(CustomField, by=by, values=values)


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
