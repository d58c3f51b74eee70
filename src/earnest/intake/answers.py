"""What a person chose on the page of an import, as a mapping; and what the page offers to choose from."""

from collections.abc import Mapping as AnyMapping
from typing import Any

import msgspec

from earnest.intake import vocabulary
from earnest.intake.mapping import FileMapping, Mapping, StageMeaning, check
from earnest.intake.vocabulary import ENTERED, Role
from earnest.records.tables import OUTCOMES

# Up to so many headers each has its own list to choose from; of more, only those that mean something.
_MOST_LISTS = 80
_ROLE_WORDS = {
    Role.DEALS: "deals",
    Role.LINES: "lines of deals",
    Role.ACCOUNTS: "accounts",
    Role.CONTACTS: "contacts",
    Role.PRODUCTS: "products",
    Role.OWNERS: "owners",
    Role.TEAMS: "teams",
    Role.STAGES: "stages",
    Role.PIPELINES: "pipelines",
    Role.ACTIVITIES: "activities",
    Role.CHANGES: "history of changes",
    Role.LEADS: "leads",
    Role.LINKS: "links between files",
    Role.MERGES: "merged deals",
    Role.UNUSED: "not used",
}
_OUTCOME_WORDS = {outcome: outcome.replace("_", " ") for outcome in OUTCOMES}
_ENDS = ("lost", "no_decision", "declined")

# What stands on the page; JSON of many shapes.
Shown = dict[str, Any]
Form = AnyMapping[str, str]


def page_of(job: AnyMapping[str, Any]) -> Shown:
    """What the page of an import offers to choose from, for each of its files."""
    files = job["found"].get("files", [])
    mapping = job["found"].get("mapping") or {}
    return {
        "currency": mapping.get("currency", ""),
        "deleted": mapping.get("deleted", "leave_out"),
        "roles": [(role.value, word) for role, word in _ROLE_WORDS.items()],
        "columns": [_columns_of(file) for file in files],
        "headers": [_listed(file) for file in files],
        "outcomes": list(_OUTCOME_WORDS.items()),
        "ends": [(end, _OUTCOME_WORDS[end]) for end in _ENDS],
    }


def mapping_of(form: Form, found: AnyMapping[str, Any]) -> Mapping:
    """The mapping that a form says; what it leaves out stays as it was understood.

    Raises: WrongMapping.
    """
    before = found.get("mapping") or {}
    chosen = Mapping(
        currency=form.get("currency", before.get("currency", "")).strip().upper()[:3],
        deleted="keep" if form.get("deleted") == "keep" else "leave_out",
        stages=_stages(form, found),
        lost_reasons=_reasons(form, found),
        repairs=_repairs(form, found),
        files=tuple(_file(form, file, place) for place, file in enumerate(found.get("files", []))),
    )
    check(chosen)
    return chosen


def _file(form: Form, file: AnyMapping[str, Any], place: int) -> FileMapping:
    role = form.get(f"role-{place}", file["role"])
    # Columns of another role mean nothing in this one.
    kept = role == file["role"]
    columns = {
        header["header"]: form.get(f"column-{place}-{number}", header["column"]).strip() if kept else ""
        for number, header in enumerate(file["headers"])
    }
    return msgspec.convert(
        {
            "fingerprint": file["fingerprint"],
            "name": file["name"],
            "system": file["system"],
            "role": role,
            "date_order": _one_of(form.get(f"dates-{place}", ""), ("day first", "month first", "year first")),
            "decimal_mark": _one_of(form.get(f"decimal-{place}", ""), (".", ",")),
            "columns": columns if kept else {},
        },
        FileMapping,
    )


def _one_of(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _stages(form: Form, found: AnyMapping[str, Any]) -> dict[str, StageMeaning]:
    before = (found.get("mapping") or {}).get("stages", {})
    said = {name: msgspec.convert(meaning, StageMeaning) for name, meaning in before.items()}
    for place, stage in enumerate(found.get("stages", [])):
        given = form.get(f"stage-{place}", stage["given"])
        if given:
            position = said[stage["name"]].position if stage["name"] in said else None
            said[stage["name"]] = StageMeaning(given, position)
        else:
            said.pop(stage["name"], None)
    return said


def _reasons(form: Form, found: AnyMapping[str, Any]) -> dict[str, str]:
    said = dict((found.get("mapping") or {}).get("lost_reasons", {}))
    for place, reason in enumerate(found.get("reasons", [])):
        given = form.get(f"reason-{place}", reason["given"])
        if given:
            said[reason["name"]] = given
        else:
            said.pop(reason["name"], None)
    return said


def _repairs(form: Form, found: AnyMapping[str, Any]) -> dict[str, dict[str, str]]:
    """The spellings that a person accepted, and those that they forbade by the empty text."""
    said = {column: dict(pairs) for column, pairs in (found.get("mapping") or {}).get("repairs", {}).items()}
    for place, one in enumerate(found.get("spellings", [])):
        wanted = form.get(f"spelling-{place}")
        if wanted is None:
            continue
        pairs = said.setdefault(one["column"], {})
        if wanted == "yes":
            pairs[one["name"]] = one["meant"]
        elif one["applied"]:
            pairs[one["name"]] = ""
    return {column: pairs for column, pairs in said.items() if pairs}


def _columns_of(file: AnyMapping[str, Any]) -> list[tuple[str, str]]:
    """The columns that a header of this file may fill, by what people call them."""
    role = Role(file["role"]) if file["role"] else Role.UNUSED
    known = [(column.name, column.label.removeprefix("the ")) for column in vocabulary.COLUMNS[role]]
    entered = [header["column"] for header in file["headers"] if header["column"].startswith(ENTERED)]
    return [*known, *((name, f"day it entered {name.removeprefix(ENTERED)}") for name in entered)]


def _listed(file: AnyMapping[str, Any]) -> list[tuple[int, Shown]]:
    """The headers that the page shows, with their place in the file."""
    few = len(file["headers"]) <= _MOST_LISTS
    return [(place, header) for place, header in enumerate(file["headers"]) if few or header["column"]]
