"""What the pages of imports show: what is under way, what came in, what was held back, and what was taken back."""

from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from django.db.models import Count, Min

from earnest.intake import staging
from earnest.intake.models import Doing, ImportedRow, ImportJob, ImportRun, JobState, RefusedRow, RunState
from earnest.intake.services import reverts, runs
from earnest.people import authority, visibility
from earnest.people.actors import Actor

PAGE = 50
_REASONS = 60
_UNDER_WAY = (JobState.WAITING.value, JobState.GOING.value, JobState.READY.value, JobState.STOPPED.value)
# A worker says something at each batch; one that is silent for so long is dead, or there is none.
SILENT_SECONDS = 20
# What a page finds of an import that was not read to its end.
_NOTHING_FOUND: dict[str, Any] = {
    **dict.fromkeys(("files", "stages", "reasons", "spellings", "proposals", "dirt"), ()),
    **dict.fromkeys(("mapping", "plan"), None),
}
_WORDS = {
    "records.deal": "deals",
    "records.activity": "activities",
    "records.account": "accounts",
    "records.contact": "contacts",
    "records.stage": "stages",
    "records.pipeline": "pipelines",
    "records.product": "products",
    "people.user": "people",
    "people.team": "teams",
}


class JobLine(TypedDict):
    """An import under way, as the list shows it."""

    id: int
    label: str
    state: str
    told: str
    person: str
    created_at: datetime


class RunLine(TypedDict):
    """A past import, as the list shows it."""

    id: int
    label: str
    system: str
    state: str
    person: str
    started_at: datetime
    new: int
    changed: int
    conflicts: int
    refused: int


def under_way(actor: Actor) -> list[JobLine]:
    """What is being read, waits for a person, or stopped; latest first. Raises: NotAllowed."""
    authority.demand_admin(actor, action="look at imports")
    rows = visibility.visible(actor, ImportJob).filter(state__in=_UNDER_WAY).order_by("-id")[:PAGE]
    columns = ("id", "label", "state", "doing", "told", "started_by__name", "created_at")
    return [
        {
            "id": number,
            "label": label,
            "state": state,
            "told": told or f"{JobState(state).label}: {Doing(doing).label}",
            "person": person,
            "created_at": at,
        }
        for number, label, state, doing, told, person, at in rows.values_list(*columns)
    ]


def past(actor: Actor, *, after: int | None = None) -> tuple[list[RunLine], int | None]:
    """The imports that were written, latest first, and the key of the next page. Raises: NotAllowed."""
    authority.demand_admin(actor, action="look at imports")
    rows = visibility.visible(actor, ImportRun).order_by("-id")
    page = rows if after is None else rows.filter(pk__lt=after)
    found = [_line(row) for row in page.select_related("started_by")[: PAGE + 1]]
    return found[:PAGE], found[PAGE - 1]["id"] if len(found) > PAGE else None


def job(actor: Actor, job_id: int, *, at: datetime) -> dict[str, Any]:  # with JSON of many shapes in it
    """An import under way, with what was found so far.

    Raises: NotAllowed, NotFound.
    """
    authority.demand_admin(actor, action="look at imports")
    row = visibility.visible(actor, ImportJob).filter(pk=job_id).select_related("started_by").first()
    if row is None:
        raise authority.not_found("import under way", job_id)
    working = row.state in (JobState.WAITING, JobState.GOING)
    return {
        "id": int(row.pk),
        "doing": row.doing,
        "state": row.state,
        "working": working,
        "silent": working and (at - row.told_at).total_seconds() > SILENT_SECONDS,
        "told": row.told,
        "share": row.share,
        "label": row.label,
        "system": row.system,
        "files": row.files,
        "found": {**_NOTHING_FOUND, **row.found},
        "refusal": row.refusal or None,
        "run": row.run_id,
        "person": row.started_by.name,
        "created_at": row.created_at,
        "has_held_back": staging.held_back(row.folder) is not None,
    }


def held_back_file(actor: Actor, job_id: int, *, at: datetime) -> Path:
    """The file with the rows that an import under way would hold back.

    Raises: NotAllowed, NotFound.
    """
    found = job(actor, job_id, at=at)
    folder = visibility.visible(actor, ImportJob).filter(pk=found["id"]).values_list("folder", flat=True).get()
    path = staging.held_back(folder)
    if path is None:
        raise authority.not_found("list of held back rows of import", job_id)
    return path


def run(actor: Actor, run_id: int, *, at: datetime) -> dict[str, Any]:  # as above
    """A past import: what came, what was held back with examples, the dirt that was found, whether it can be undone.

    Raises: NotAllowed, ImportNotFound.
    """
    row = runs.get(actor, run_id)
    done = list(visibility.visible(actor, ImportJob).filter(run_id=run_id).order_by("id").select_related("started_by"))
    wrote = next((each for each in done if each.doing == Doing.WRITE), None)
    undone = [each for each in done if each.doing == Doing.REVERT]
    found = {} if wrote is None else wrote.found
    line: RunLine = _line(row)
    return {
        **line,
        "state_word": RunState(row.state).label,
        "same": row.same_count,
        "finished_at": row.finished_at,
        "reverted_at": row.reverted_at,
        "reverted_by": row.reverted_by.name if row.reverted_by else "",
        "can_revert": row.state == RunState.DONE and at - row.started_at <= reverts.WITHIN,
        "until": row.started_at + reverts.WITHIN,
        "landed": _landed(actor, run_id),
        "held": _held(actor, run_id),
        "dirt": found.get("dirt", []),
        "reconciled": found.get("reconciled", {}),
        "reverting": next((int(each.pk) for each in undone if each.state in _UNDER_WAY), None),
        "revert": next((each.found for each in reversed(undone) if each.state == JobState.DONE), None),
    }


def _line(row: ImportRun) -> RunLine:
    return {
        "id": int(row.pk),
        "label": row.label,
        "system": row.system,
        "state": row.state,
        "person": row.started_by.name,
        "started_at": row.started_at,
        "new": row.new_count,
        "changed": row.changed_count,
        "conflicts": row.conflict_count,
        "refused": row.refused_count,
    }


def _landed(actor: Actor, run_id: int) -> list[dict[str, object]]:
    rows = visibility.visible(actor, ImportedRow).filter(run_id=run_id)
    counted = rows.values_list("kind", "landing").annotate(count=Count("pk")).order_by("kind", "landing")
    found: dict[str, dict[str, int]] = {}
    for kind, landing, count in counted:
        found.setdefault(kind, {})[landing] = count
    return [
        {"word": _WORDS.get(kind, kind.partition(".")[2]), "new": each.get("new", 0), "changed": each.get("changed", 0)}
        for kind, each in found.items()
    ]


def _held(actor: Actor, run_id: int) -> list[dict[str, object]]:
    rows = visibility.visible(actor, RefusedRow).filter(run_id=run_id)
    counted = rows.values("held", "table", "reason").annotate(count=Count("pk"), line=Min("line"))
    return [dict(each) for each in counted.order_by("-count", "held", "table", "reason")[:_REASONS]]
