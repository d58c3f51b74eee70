"""Take an import back: what it added goes, what it changed stands as before, and what people wrote since stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction

from earnest.errors import EarnestError
from earnest.intake.models import ImportedRow, ImportRun, Landing, RunState
from earnest.intake.services import kinds, runs
from earnest.intake.services.kinds import Kind
from earnest.intake.services.merges import PRODUCT
from earnest.intake.services.runs import BATCH_ROWS, Progress, Step
from earnest.intake.services.updates import SAID
from earnest.people.actors import Actor
from earnest.records import bulk
from earnest.records.models import DealLine, ExternalReference, ToldColumn, VoidedImport

WITHIN = timedelta(days=30)
_WHY = "taking an import back touches the rows of the whole workspace"


class CannotRevert(EarnestError):
    """An import cannot be taken back any more, or was not finished."""

    code: ClassVar[str] = "cannot_revert"


@dataclass(frozen=True)
class Kept:
    """A record that was left as it stands, and why."""

    kind: str
    record_id: int
    reason: str


@dataclass(frozen=True)
class Reverted:
    """What taking an import back did: records deleted, put back, and left alone because people wrote them since."""

    run_id: int
    deleted: int
    restored: int
    kept: tuple[Kept, ...]


def revert(run_id: int, *, actor: Actor, at: datetime, progress: Progress = runs.silence) -> Reverted:
    """Take an import back, within 30 days; run again after a kill, it goes on.

    Raises: NotAllowed, ImportNotFound, CannotRevert.
    """
    row = runs.get(actor, run_id)
    demand_open(row, at)
    kept: list[Kept] = []
    deleted = restored = 0
    for kind in reversed(kinds.LANDING_ORDER):
        for batch in _batches(row, kind, Landing.CHANGED):
            with bulk.batch():
                restored += _restore(kind, batch, kinds.moment_text(at), kept)
            progress(Step(f"{kind.object} put back", restored, 0))
        for batch in _batches(row, kind, Landing.NEW):
            with bulk.batch():
                deleted += _delete(kind, batch, kept)
            progress(Step(f"{kind.object} deleted", deleted, 0))
    with transaction.atomic():
        _close(row, actor, at)
    return Reverted(run_id, deleted, restored, tuple(kept))


def demand_open(row: ImportRun, at: datetime) -> None:
    """Refuse to take back what was not finished, was taken back already, or is older than 30 days.

    Raises: CannotRevert.
    """
    if row.state == RunState.DONE and at - row.started_at <= WITHIN:
        return
    why = {
        RunState.RUNNING: "It has not been finished: it was stopped on its way.",
        RunState.REVERTED: "It has been taken back already.",
        RunState.DONE: f"It was begun on {row.started_at:%Y-%m-%d}, and an import can be taken back for 30 days.",
    }
    fix = {
        RunState.RUNNING: "Run the same import again first; it goes on where it stopped.",
        RunState.REVERTED: "Import the files again if you want them back.",
        RunState.DONE: "Put the records that bother you into the recycle bin.",
    }
    state = RunState(row.state)
    raise CannotRevert(
        f"Import {row.pk} cannot be taken back.",
        why=why[state],
        fix=fix[state],
        data={"run": row.pk, "state": row.state},
    )


def _batches(row: ImportRun, kind: Kind, landing: str) -> Iterator[list[ImportedRow]]:
    """The rows of an import of one kind, latest first, in batches."""
    rows = ImportedRow.objects.unscoped(reason=_WHY).filter(run=row, kind=kind.label, landing=landing, undone=False)
    below: int | None = None
    while True:
        page = rows if below is None else rows.filter(pk__lt=below)
        batch = list(page.order_by("-pk")[:BATCH_ROWS])
        if not batch:
            return
        below = int(batch[-1].pk)
        yield batch


# --- rows that the import added --------------------------------------------------------------------------------


def _delete(kind: Kind, batch: Sequence[ImportedRow], kept: list[Kept]) -> int:
    versions = _versions(kind, [row.record_id for row in batch])
    there = [row for row in batch if row.record_id in versions]
    untouched = [row.record_id for row in there if versions[row.record_id] == row.version_after]
    kept += [
        Kept(kind.label, row.record_id, "It was edited here since.")
        for row in there
        if versions[row.record_id] != row.version_after
    ]
    needed = _needed(kind, untouched)
    kept += [
        Kept(kind.label, number, f"{needed[number]} here still needs it.") for number in untouched if number in needed
    ]
    gone = [number for number in untouched if number not in needed]
    if kind is kinds.DEALS:
        DealLine.objects.unscoped(reason=_WHY).filter(deal_id__in=gone).delete()
    ExternalReference.objects.unscoped(reason=_WHY).filter(kind=kind.label, record_id__in=gone).delete()
    _forget_worked_out(kind, gone)
    bulk.remove(kind.model, gone)
    return len(gone)


def _versions(kind: Kind, numbers: Sequence[int]) -> dict[int, int]:
    rows = kinds.all_rows(kind.model, reason=_WHY).filter(pk__in=list(numbers))
    return dict(rows.select_for_update().order_by("pk").values_list("pk", "version"))


def _needed(kind: Kind, numbers: Sequence[int]) -> dict[int, str]:
    """Which of these records something else points at, and what."""
    found: dict[int, str] = {}
    for relation in _relations(kind):
        if relation.related_model._meta.label_lower in kinds.WORKED_OUT or (
            kind is kinds.DEALS and relation.related_model is DealLine
        ):
            continue
        column = relation.field.name
        rows = kinds.all_rows(relation.related_model, reason=_WHY).filter(**{f"{column}__in": list(numbers)})
        noun = _article(str(relation.related_model._meta.verbose_name))
        found |= dict.fromkeys(rows.order_by().values_list(f"{column}_id", flat=True).distinct(), noun)
    return found


def _forget_worked_out(kind: Kind, numbers: Sequence[int]) -> None:
    for relation in _relations(kind):
        if relation.related_model._meta.label_lower in kinds.WORKED_OUT:
            rows = kinds.all_rows(relation.related_model, reason=_WHY)
            rows.filter(**{f"{relation.field.name}__in": list(numbers)}).delete()


def _relations(kind: Kind) -> list[models.ManyToOneRel]:
    """What points at records of this kind."""
    found = kind.model._meta.get_fields(include_hidden=True)
    return [relation for relation in found if isinstance(relation, models.ManyToOneRel)]


def _article(noun: str) -> str:
    return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun}"


# --- rows that the import changed ------------------------------------------------------------------------------


def _restore(kind: Kind, batch: Sequence[ImportedRow], at: str, kept: list[Kept]) -> int:
    """Put rows back as they stood. Their history of this import is void from then on, so no further line is written."""
    versions = _versions(kind, [row.record_id for row in batch])
    mine = [row for row in batch if versions.get(row.record_id) == row.version_after]
    kept += [
        Kept(kind.label, row.record_id, "It was written here since.")
        for row in batch
        if versions.get(row.record_id, row.version_after) != row.version_after
    ]
    by_columns: dict[tuple[str, ...], list[ImportedRow]] = {}
    for row in mine:
        by_columns.setdefault(tuple(sorted(_before(row)["columns"])), []).append(row)
    for columns, rows in by_columns.items():
        _put_back(kind, columns, rows, at)
    said = [(_before(row)[SAID], kind.label, row.record_id) for row in mine]
    bulk.rewrite(ExternalReference, ["content_hash"], ["kind", "record_id"], said)
    ImportedRow.objects.unscoped(reason=_WHY).filter(pk__in=[row.pk for row in mine]).update(undone=True)
    return len(mine)


def _put_back(kind: Kind, columns: Sequence[str], rows: Sequence[ImportedRow], at: str) -> None:
    written = [name for name in columns if name != PRODUCT]
    cells = [
        (*(_before(row)["columns"][name] for name in written), at, row.record_id, row.version_after) for row in rows
    ]
    bulk.update(kind.model, [*written, "written_at"], cells)
    if PRODUCT in columns:
        products = {row.record_id: _before(row)["columns"][PRODUCT] for row in rows}
        DealLine.objects.unscoped(reason=_WHY).filter(deal_id__in=list(products), position=1).delete()
        lines = [
            DealLine(deal_id=deal, product_id=product, position=1) for deal, product in products.items() if product
        ]
        DealLine.objects.bulk_add(lines)


def _before(row: ImportedRow) -> dict[str, Any]:  # JSON that the import wrote
    return dict(row.before or {SAID: "", "columns": {}})


# --- the end ---------------------------------------------------------------------------------------------------


def _close(row: ImportRun, actor: Actor, at: datetime) -> None:
    _forget_links(row)
    ToldColumn.objects.unscoped(reason=_WHY).filter(told_by=f"import {row.pk}").delete()
    VoidedImport.objects.bulk_add([VoidedImport(import_run=row.pk, at=at, voided_by_id=actor.user_id)])
    row.state, row.reverted_at, row.reverted_by_id = RunState.REVERTED, at, actor.user_id
    row.save()
    runs.note(row, actor, "import_reverted", at)


def _forget_links(row: ImportRun) -> None:
    """The rows that the import took for records of ours by their name are no longer taken for them."""
    for kind in kinds.LANDING_ORDER:
        written = ImportedRow.objects.unscoped(reason=_WHY).filter(run=row, kind=kind.label).values("record_id")
        references = ExternalReference.objects.unscoped(reason=_WHY).filter(import_run=row.pk, kind=kind.label)
        if kind.by_name or kind is kinds.STAGES:
            references.exclude(record_id__in=written).delete()
