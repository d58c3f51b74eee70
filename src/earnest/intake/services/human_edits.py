"""What people wrote here since the source last had its say: which fields, from what, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from earnest.intake.services.kinds import ORIGIN, Kind
from earnest.records.models import Change, VoidedImport
from earnest.records.services import history

_WHY = "an import asks for the whole workspace what people wrote since"

# Fields that only mean something together: when one of them is disputed, none of them is written.
TOGETHER = (
    frozenset({"outcome", "closed_on", "closed_on_unknown", "lost_reason"}),
    frozenset({"amount_minor", "list_amount_minor", "currency_id"}),
)


@dataclass(frozen=True)
class Edit:
    """A field that a person wrote: what the source had said before, and when the person wrote it last."""

    before: str
    at: datetime


# For each record, the fields that people wrote, by their name in the history.
Edits = Mapping[int, Mapping[str, Edit]]

# A landed row: its columns as the source has them, and `<column>_now` as they stand here.
LandedRow = Mapping[str, Any]


def of(kind: Kind, numbers: Sequence[int]) -> Edits:
    """The fields of these records that people wrote after the last import that wrote them."""
    taken_back = VoidedImport.objects.unscoped(reason=_WHY).values("import_run")
    rows = (
        Change.objects.unscoped(reason=_WHY)
        .filter(kind=kind.label, record_id__in=list(numbers), source_key=None)
        .exclude(field=history.CREATED)
        .exclude(import_run__isnull=False, import_run__in=taken_back)
        .order_by("id")
        .values_list("record_id", "field", "origin", "old_text", "observed_at")
    )
    found: dict[int, dict[str, Edit]] = {}
    for number, field, origin, old, at in rows:
        edits = found.setdefault(number, {})
        if origin == ORIGIN:
            edits.pop(field, None)
        else:
            edits[field] = Edit(edits[field].before if field in edits else old, at)
    return {number: edits for number, edits in found.items() if edits}


def judged(row: LandedRow, columns: Sequence[str], edits: Mapping[str, Edit]) -> tuple[set[str], list[str]]:
    """The columns that stay as they stand here, and those of them on which the source disagrees.

    A source that still says what it said before the person wrote has no objection. One that says something new and was
    changed later than the person wrote is followed.
    """
    told_at = _moment(row.get("told_at"))
    kept: set[str] = set()
    disputed: list[str] = []
    for name in columns:
        edit = edits.get(history.FIELD_NAMES.get(name, name))
        if edit is None or row[name] == row[f"{name}_now"]:
            continue
        if history.words(name, row[name]) == edit.before:
            kept.add(name)
        elif told_at is None or told_at <= edit.at:
            kept.add(name)
            disputed.append(name)
    for group in TOGETHER:
        if kept & group:
            kept |= group & set(columns)
    return kept, disputed


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)
