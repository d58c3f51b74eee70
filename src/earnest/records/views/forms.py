"""What a form sends, read field by field: values as the services take them, and what is wrong beside its field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.http import QueryDict

from earnest.rulebook import words

# The value that a field held when its form was drawn: what somebody left alone is not written over.
WAS = "was-"
_EARLIEST, _LATEST = date(1950, 1, 1), date(2199, 12, 31)
_MOST_WHOLE, _MOST_MAJOR = 1_000_000, Decimal(10) ** 13
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?", re.ASCII)
_LINES = "\t\n"


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG = "long"
    DAY = "date"
    WHOLE = "number"
    MONEY = "money"
    CHOICE = "choice"
    FLAG = "flag"
    CHOICES = "choices"


@dataclass(frozen=True)
class Field:
    """One field of a form. Of a choice, `choices` are value and word; empty text is no value."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    longest: int = 500
    required: bool = False
    choices: Sequence[tuple[object, str]] = ()


@dataclass(frozen=True)
class Read:
    """What was sent: `values` by field where it could be read, `wrong` where not, `typed` as it stood in the form."""

    values: Mapping[str, Any]  # a field's value is of its kind
    wrong: Mapping[str, str]
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """A field as the page draws it, with what stands in it and what is wrong with that."""

    asked: Field
    value: str
    was: str
    wrong: str = ""
    chosen: frozenset[str] = field(default_factory=frozenset)


class Unread(ValueError):
    """What stands in a field is not of its kind; the text says how to write it."""


def read(sent: QueryDict, fields: Sequence[Field], *, digits: int = 2) -> Read:
    """Read the fields that were sent and that somebody changed; what the form still holds as drawn is left out.

    Args:
        sent: the form.
        fields: the fields it may hold; others are passed over.
        digits: the decimal digits of its currency.
    """
    values: dict[str, object] = {}
    wrong: dict[str, str] = {}
    typed = {each.name: _typed(sent, each) for each in fields if each.name in sent or f"{WAS}{each.name}" in sent}
    for each in fields:
        if each.name not in typed or typed[each.name] == sent.get(f"{WAS}{each.name}"):
            continue
        try:
            values[each.name] = _value(each, sent, digits)
        except Unread as reason:
            wrong[each.name] = str(reason)
    return Read(values, wrong, typed)


def drawn(
    fields: Sequence[Field], values: Mapping[str, Any], *, sent: Read | None = None, digits: int = 2
) -> list[Drawn]:
    """The fields of a form, with the stored values or, where a form came back, with what was typed."""
    found = []
    for each in fields:
        was = shown(each, values.get(each.name), digits)
        value = was if sent is None else sent.typed.get(each.name, was)
        wrong = "" if sent is None else sent.wrong.get(each.name, "")
        found.append(
            Drawn(each, value, was, wrong, frozenset(value.split("\n")) if each.kind is Kind.CHOICES else frozenset())
        )
    return found


def shown(each: Field, value: object, digits: int = 2) -> str:
    """A stored value as its field shows it."""
    if value is None:
        return ""
    if each.kind is Kind.MONEY and isinstance(value, int):
        return f"{Decimal(value) / (Decimal(10) ** digits):,.{digits}f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def with_choices(each: Field, choices: Sequence[tuple[object, str]]) -> Field:
    """The field with what may be chosen."""
    return replace(each, choices=choices)


def whole(sent: QueryDict, name: str, otherwise: int) -> int:
    """A whole number from a form, such as the version it was drawn with; the other one where there is none."""
    text = str(sent.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else otherwise


def clean(text: str, *, keep: str = "") -> str:
    """A text without control characters and marks that hide or turn letters; line ends are one kind."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in plain
        if sign in keep or (unicodedata.category(sign) not in ("Cc", "Cs", "Cn") and sign not in _TURNING)
    ).strip()


# Marks that make a text read in another order than it is written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


def _typed(sent: QueryDict, each: Field) -> str:
    if each.kind is Kind.CHOICES:
        return "\n".join(sent.getlist(each.name))
    return str(sent.get(each.name, "")).replace("\r\n", "\n")


def _value(each: Field, sent: QueryDict, digits: int) -> object:
    if each.kind is Kind.CHOICES:
        return [_chosen(each, one) for one in sent.getlist(each.name)] or None
    text = clean(str(sent.get(each.name, "")), keep=_LINES if each.kind is Kind.LONG else "")
    if each.required and not text:
        raise Unread(f"{each.label} is needed here.")
    if each.kind in (Kind.TEXT, Kind.LONG):
        if len(text) > each.longest:
            raise Unread(f"This is {len(text):,} characters long; {each.longest:,} fit.")
        return text
    return None if not text else _READERS[each.kind](each, text, digits)


def _day(_each: Field, text: str, _digits: int) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as reason:
        raise Unread(f"«{text[:40]}» is no day; write it as 2026-01-31.") from reason
    if not _EARLIEST <= day <= _LATEST:
        raise Unread(f"{words.long_date(day)} is too far away; is the year right?")
    return day


def _whole(_each: Field, text: str, _digits: int) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) > _MOST_WHOLE:
        raise Unread(f"«{text[:40]}» is no whole number between 0 and {_MOST_WHOLE:,}.")
    return int(text)


def _money(_each: Field, text: str, digits: int) -> int:
    plain = re.sub(r"[\s'_\u00a0\u202f]", "", text)
    if not _GROUPED.fullmatch(plain):
        raise Unread(f"«{text[:40]}» is no amount; write it as 71,000.00 or 71000.")
    try:
        amount = Decimal(plain.replace(",", ""))
    except InvalidOperation as reason:
        raise Unread(f"«{text[:40]}» is no amount; write it as 71,000.00 or 71000.") from reason
    minor = amount.scaleb(digits)
    if minor != minor.to_integral_value() or abs(amount) > _MOST_MAJOR:
        raise Unread(f"«{text[:40]}» has more digits than this currency; at most {digits} stand after the point.")
    return int(minor)


def _chosen(each: Field, text: str) -> object:
    for value, _word in each.choices:
        if str(value) == text:
            return value
    raise Unread(f"«{text[:40]}» is not one of the choices.")


def _flag(_each: Field, text: str, _digits: int) -> bool:
    if text not in ("yes", "no"):
        raise Unread("Choose yes or no.")
    return text == "yes"


_READERS = {
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.MONEY: _money,
    Kind.CHOICE: lambda each, text, _digits: _chosen(each, text),
    Kind.FLAG: _flag,
}
