"""One import while it runs: who, when, under which number, and how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import Count

from earnest.intake.models import ImportedRow, ImportRun, Landing, RunState
from earnest.intake.services.kinds import Kind, moment_text
from earnest.intake.services.references import source_object
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.authority import NotFound
from earnest.records.models import Change

# People who write beside an import wait for a batch, which is about half a second. Smaller ones write the same pages of
# the indexes again and again: at 5,000 rows an import into SQLite took half as long again.
BATCH_ROWS = 20_000


@dataclass(frozen=True)
class Step:
    """How far an import is: what it writes now, and how many of how many rows are done."""

    name: str
    done: int
    total: int


# Called after each batch has been committed.
Progress = Callable[[Step], None]


def silence(_step: Step) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Run:
    """An import that is under way."""

    row: ImportRun
    actor: Actor
    progress: Progress
    batch_rows: int

    @property
    def number(self) -> int:
        """The number of the import."""
        return int(self.row.pk)

    @property
    def at(self) -> str:
        """The moment of the import, for every row that it writes; the same when it is taken up again after a kill."""
        return moment_text(self.row.started_at)

    def source(self, kind: Kind) -> int:
        """The number of this kind of row in this system."""
        return source_object(kind, system=self.row.system)


class ImportNotFound(NotFound):
    """There is no import with this number for this actor."""

    code: ClassVar[str] = "import_not_found"


def unfinished(actor: Actor, fingerprint: str) -> ImportRun | None:
    """The import of the same files that was killed on its way, if there is one."""
    return _latest(actor, fingerprint, RunState.RUNNING)


def finished(actor: Actor, fingerprint: str) -> ImportRun | None:
    """The import of the same files that was done, if there is one."""
    return _latest(actor, fingerprint, RunState.DONE)


def _latest(actor: Actor, fingerprint: str, state: str) -> ImportRun | None:
    rows = visibility.visible(actor, ImportRun).filter(fingerprint=fingerprint, state=state)
    return rows.order_by("-id").first()


def begin(*, actor: Actor, system: str, label: str, fingerprint: str, at: datetime) -> ImportRun:
    """Note that an import begins, with its audit event; the caller's transaction holds it."""
    row = ImportRun(
        system=system, label=label[:500], fingerprint=fingerprint, started_by_id=actor.user_id, started_at=at
    )
    row.save(force_insert=True)
    note(row, actor, "import_begun", at)
    return row


def finish(run: Run, *, at: datetime, landed_count: int, conflict_count: int, refused_count: int) -> ImportRun:
    """Note that an import is done, with its counts as the database has them."""
    with transaction.atomic():
        row = run.row
        counts = written(run.actor, row)
        row.new_count = counts[Landing.NEW]
        row.changed_count = counts[Landing.CHANGED]
        row.conflict_count = conflict_count
        row.refused_count = refused_count
        row.same_count = max(0, landed_count - row.new_count - row.changed_count - conflict_count)
        row.state, row.finished_at = RunState.DONE, at
        row.save()
        note(row, run.actor, "import_done", at)
    return row


def written(actor: Actor, row: ImportRun) -> dict[str, int]:
    """How many rows of the files an import wrote, new and changed."""
    rows = visibility.visible(actor, ImportedRow).filter(run=row, kind__in=("records.deal", "records.activity"))
    found = dict(rows.values_list("landing").annotate(rows=Count("pk")).order_by("landing"))
    told = visibility.visible(actor, Change).filter(import_run=row.pk, source_key__isnull=False).count()
    return {Landing.NEW: found.get("new", 0) + told, Landing.CHANGED: found.get("changed", 0)}


def get(actor: Actor, run_id: int) -> ImportRun:
    """An import by its number.

    Raises: ImportNotFound.
    """
    authority.demand_admin(actor, action="look at imports")
    row = visibility.visible(actor, ImportRun).filter(pk=run_id).first()
    if row is None:
        raise ImportNotFound(
            f"There is no import with the number {run_id}.",
            why="Imports are numbered from 1 as they are begun.",
            fix="List the imports and take the number from there.",
            data={"run": run_id},
        )
    return row


def note(row: ImportRun, actor: Actor, action: str, at: datetime) -> None:
    """The audit event of an import."""
    detail = {
        "label": row.label,
        "new": row.new_count,
        "changed": row.changed_count,
        "conflicts": row.conflict_count,
        "refused": row.refused_count,
    }
    record = ("intake.importrun", int(row.pk))
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="import", record=record, detail=detail)
