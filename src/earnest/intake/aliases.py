"""Which system a file comes from, what its rows are, and what each of its headers means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from earnest.intake.headers import folded
from earnest.intake.shapes import Shape
from earnest.intake.sources import hubspot, odoo, pipedrive, plain, salesforce, small
from earnest.intake.vocabulary import ENTERED, Role

SHAPES: tuple[Shape, ...] = (
    *salesforce.SHAPES,
    *hubspot.SHAPES,
    *pipedrive.SHAPES,
    *odoo.SHAPES,
    *small.SHAPES,
    *plain.SHAPES,
)

Certainty = Literal["given", "known", "guessed", "unused"]

# HubSpot writes one column per stage: `Date entered "Demo (Sales Pipeline)"`, `hs_v2_date_entered_123`.
_ENTERED = (
    re.compile(r"""^date entered\s+["'“‘]?(?P<stage>.+?)(?:\s+\([^()]*\))?["'”’]?$""", re.IGNORECASE),
    re.compile(r"^(?:property_)?hs_(?:v2_)?date_entered_(?P<stage>.+)$", re.IGNORECASE),
)

_TEAMS_BY_NAME = re.compile(r"(^|[^a-z])teams?([^a-z]|$)", re.IGNORECASE)
_TICKETS = re.compile(r"(^|[^a-z])tickets?([^a-z]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """What a file was taken for: its system, its role, and the column and certainty of each header that is used."""

    system: str
    role: Role
    columns: Mapping[str, str] = field(default_factory=dict)
    certainty: Mapping[str, Certainty] = field(default_factory=dict)


def recognise(headers: Sequence[str], name: str = "") -> Recognised:
    """The system, role and columns of a file, from its headers; its name decides only where the headers say nothing."""
    keys = {header: folded(header) for header in headers}
    present = frozenset(keys.values())
    if _TICKETS.search(PurePath(name).stem.replace("_", " ")):
        return Recognised("", Role.UNUSED)
    found = [(one, one.sign(present)) for one in SHAPES]
    matching = [(one, size) for one, size in found if size]
    if not matching:
        return _by_name(keys, name)
    best, _size = max(matching, key=lambda pair: (pair[1], pair[0].certain, len(present & pair[0].names.keys())))
    return _columns(best, keys)


def _by_name(keys: Mapping[str, str], name: str) -> Recognised:
    stem = PurePath(name).stem.replace("_", " ")
    if {"id", "name"} <= set(keys.values()) and _TEAMS_BY_NAME.search(stem):
        by_key = {key: header for header, key in keys.items()}
        columns = {by_key["id"]: "team_id", by_key["name"]: "team"}
        return Recognised(plain.SYSTEM, Role.TEAMS, columns, dict.fromkeys(columns, "guessed"))
    return Recognised("", Role.UNUSED)


def _columns(best: Shape, keys: Mapping[str, str]) -> Recognised:
    own: Certainty = "known" if best.certain else "guessed"
    taken: dict[str, tuple[int, str]] = {}
    _claim(taken, keys, best)
    columns = {header: column for column, (_rank, header) in taken.items()}
    certainty: dict[str, Certainty] = dict.fromkeys(columns, own)
    for other in (one for one in plain.SHAPES if one.role is best.role and one is not best):
        spare: dict[str, tuple[int, str]] = {}
        _claim(spare, {header: key for header, key in keys.items() if header not in columns}, other)
        for column, (_rank, header) in spare.items():
            if column not in taken:
                columns[header] = column
                certainty[header] = "guessed"
    if best.role is Role.DEALS:
        _stage_entries(keys, columns, certainty)
    if best.role in (Role.DEALS, Role.LINES):
        _paired_currency(keys, columns, certainty)
    return Recognised(best.system, best.role, columns, certainty)


def _claim(taken: dict[str, tuple[int, str]], keys: Mapping[str, str], shape: Shape) -> None:
    """Give each column the header that names it best; the first in the file where two do equally."""
    for header, key in keys.items():
        if key not in shape.names:
            continue
        column, rank = shape.names[key]
        if column not in taken or rank < taken[column][0]:
            taken[column] = (rank, header)


def _stage_entries(keys: Mapping[str, str], columns: dict[str, str], certainty: dict[str, Certainty]) -> None:
    for header in keys:
        for pattern in _ENTERED:
            match = pattern.match(header.strip())
            if match and header not in columns:
                columns[header] = ENTERED + match["stage"].strip()
                certainty[header] = "known"


def _paired_currency(keys: Mapping[str, str], columns: dict[str, str], certainty: dict[str, Certainty]) -> None:
    """Salesforce writes «Total Amount Currency» beside «Total Amount»: that one is the currency of the amount."""
    by_key = {key: header for header, key in keys.items()}
    for amount, currency in (("amount", "currency"), ("line_amount", "line_currency")):
        header = next((header for header, column in columns.items() if column == amount), None)
        pair = by_key.get(keys[header] + "currency") if header else None
        if pair is None:
            continue
        for other in [name for name, column in columns.items() if column == currency]:
            del columns[other], certainty[other]
        columns[pair] = currency
        certainty[pair] = "known"
