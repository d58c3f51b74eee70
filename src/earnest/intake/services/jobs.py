"""Imports that are worked on behind the page: begun by a person, gone on with by a worker, and never lost between them.

The work itself stands in the surfaces, which put themselves into `STARTERS`; here is what is known of it.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from earnest.errors import EarnestError
from earnest.intake import mapping as mappings
from earnest.intake import staging
from earnest.intake.models import Doing, ImportJob, JobState
from earnest.intake.services import reverts, runs
from earnest.intake.staging import Upload
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor

# Who puts a job into the queue of the background; a surface adds itself when the program starts.
STARTERS: list[Callable[[int], None]] = []
IMPORT = "import"
_WHY = "the worker goes on with every import, whoever began it"
_AT_WORK = (JobState.WAITING.value, JobState.GOING.value)


class NotNow(EarnestError):
    """An import under way is not at the point at which this can be done."""

    code: ClassVar[str] = "import_not_now"


class TakenOver(EarnestError):
    """Another worker goes on with this import."""

    code: ClassVar[str] = "import_taken_over"


@dataclass(frozen=True)
class Claimed:
    """A job in a worker's hands: what to do with which files, and for whom."""

    number: int
    claim: str
    doing: str
    folder: str
    names: tuple[str, ...]
    label: str
    system: str
    mapping: mappings.Mapping | None
    found: Mapping[str, Any]  # JSON for the page
    run_id: int | None
    user_id: int


def bring(*, actor: Actor, files: Sequence[Upload], at: datetime) -> ImportJob:
    """Lay uploaded files down and have them read; nothing of them is written to the records yet.

    Raises: NotAllowed, NothingUploaded, UploadTooLarge.
    """
    authority.demand_admin(actor, action=IMPORT)
    folder, staged = staging.stage(files)
    kept: Any = staged  # what a column of JSON takes
    label = ", ".join(str(file["name"]) for file in kept)
    job = ImportJob(label=label[:500], folder=folder, files=kept, told="Waiting for its turn", told_at=at)
    try:
        return _begun(job, actor, at, "import_uploaded")
    except BaseException:
        staging.forget(folder)
        raise


def read_otherwise(*, actor: Actor, job_id: int, mapping: mappings.Mapping, system: str, at: datetime) -> ImportJob:
    """Have the files read again with what a person said of their columns.

    Raises: NotAllowed, NotFound, NotNow, WrongMapping.
    """
    mappings.check(mapping)
    values = {"mapping": msgspec.to_builtins(mapping), "system": system.strip()[:60], "doing": Doing.READ.value}
    return _restarted(actor, job_id, (JobState.READY, JobState.STOPPED), values, at)


def write(*, actor: Actor, job_id: int, at: datetime) -> ImportJob:
    """Have the files written as the dry run foresees.

    Raises: NotAllowed, NotFound, NotNow.
    """
    return _restarted(actor, job_id, (JobState.READY,), {"doing": Doing.WRITE.value}, at)


def go_on(*, actor: Actor, job_id: int, at: datetime) -> ImportJob:
    """Have a job taken up again that nobody works on any more.

    Raises: NotAllowed, NotFound, NotNow.
    """
    return _restarted(actor, job_id, (JobState.WAITING, JobState.GOING, JobState.STOPPED), {}, at)


def take_back(*, actor: Actor, run_id: int, at: datetime) -> ImportJob:
    """Have an import taken back.

    Raises: NotAllowed, ImportNotFound, CannotRevert.
    """
    run = runs.get(actor, run_id)
    reverts.demand_open(run, at)
    job = ImportJob(doing=Doing.REVERT, label=run.label, run=run, told="Waiting for its turn", told_at=at)
    return _begun(job, actor, at, "import_revert_asked")


def drop(*, actor: Actor, job_id: int, at: datetime) -> None:
    """Let uploaded files go without writing them.

    Raises: NotAllowed, NotFound, NotNow.
    """
    with transaction.atomic():
        job = _at_one_of(actor, job_id, (JobState.READY, JobState.STOPPED))
        _change(job, state=JobState.DROPPED.value, finished_at=at)
        _note(job, actor, "import_dropped", at)
    staging.forget(job.folder)


# --- for the worker --------------------------------------------------------------------------------------------


def claim(job_id: int, *, at: datetime) -> Claimed | None:
    """Take a job in hand; None when it is over, or waits for a person. Whoever had it before has lost it."""
    mark = secrets.token_hex(8)
    rows = _rows().filter(pk=job_id, state__in=_AT_WORK)
    if not rows.update(state=JobState.GOING, claim=mark, told_at=at):
        return None
    job = _rows().get(pk=job_id)
    return Claimed(
        number=int(job.pk),
        claim=mark,
        doing=job.doing,
        folder=job.folder,
        names=tuple(str(file["name"]) for file in job.files),
        label=job.label,
        system=job.system,
        mapping=msgspec.convert(job.mapping, mappings.Mapping) if job.mapping else None,
        found=job.found,
        run_id=job.run_id,
        user_id=job.started_by_id,
    )


def tell(claimed: Claimed, *, what: str, share: float | None, at: datetime) -> None:
    """Say how far the job is.

    Raises: TakenOver when another worker goes on with it.
    """
    _mine(claimed, told=what[:300], share=share, told_at=at)


def read(claimed: Claimed, *, found: Mapping[str, object], system: str, at: datetime) -> None:
    """The files were read, and a person may look. Raises: TakenOver."""
    _mine(claimed, state=JobState.READY.value, found=found, system=system, refusal={}, told="", share=None, told_at=at)


def stop(claimed: Claimed, *, error: EarnestError, found: Mapping[str, object] | None = None, at: datetime) -> None:
    """The job cannot go on; the page says why. Raises: TakenOver."""
    refusal = {"code": error.code, "what": error.what, "why": error.why, "fix": error.fix}
    extra = {} if found is None else {"found": found}
    _mine(claimed, state=JobState.STOPPED.value, refusal=refusal, told="", share=None, told_at=at, **extra)


def done(claimed: Claimed, *, run_id: int, found: Mapping[str, object], at: datetime) -> None:
    """The job is done; the files are no longer needed. Raises: TakenOver."""
    _mine(
        claimed,
        state=JobState.DONE.value,
        run_id=run_id,
        found=found,
        refusal={},
        told="",
        share=None,
        told_at=at,
        finished_at=at,
    )
    staging.forget(claimed.folder)


# --- inside ----------------------------------------------------------------------------------------------------


def _begun(job: ImportJob, actor: Actor, at: datetime, action: str) -> ImportJob:
    job.started_by_id, job.created_at = actor.user_id, at
    with transaction.atomic():
        job.save(force_insert=True)
        _note(job, actor, action, at)
        _start(job)
    return job


def _restarted(
    actor: Actor, job_id: int, states: Sequence[str], values: Mapping[str, object], at: datetime
) -> ImportJob:
    with transaction.atomic():
        job = _at_one_of(actor, job_id, states)
        waiting = {"state": JobState.WAITING.value, "told": "Waiting for its turn", "share": None, "told_at": at}
        _change(job, **waiting, refusal={}, **values)
        _note(job, actor, f"import_{values.get('doing', 'taken_up')}", at)
        _start(job)
    return job


def _start(job: ImportJob) -> None:
    number = int(job.pk)
    for starter in STARTERS:
        starter(number)


def _at_one_of(actor: Actor, job_id: int, states: Sequence[str]) -> ImportJob:
    authority.demand_admin(actor, action=IMPORT)
    job = visibility.visible(actor, ImportJob).select_for_update().filter(pk=job_id).first()
    if job is None:
        raise authority.not_found("import under way", job_id)
    if job.state not in {str(state) for state in states}:
        raise NotNow(
            f"This cannot be done with {job.label} now.",
            why=f"It is {JobState(job.state).label}: {Doing(job.doing).label}.",
            fix="Open its page again and see how far it is.",
            data={"job": job_id, "state": job.state},
        )
    return job


def _change(job: ImportJob, **values: object) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))


def _mine(claimed: Claimed, **values: object) -> None:
    rows = _rows().filter(pk=claimed.number, claim=claimed.claim, state=JobState.GOING)
    if not rows.update(**values):
        raise TakenOver(
            "Another worker goes on with this import.",
            why="This one was silent for long, so it was taken for dead.",
            fix="Nothing needs doing; what was written is kept, and nothing is written twice.",
            data={"job": claimed.number},
        )


def _rows() -> "QuerySet[ImportJob]":
    return ImportJob.objects.unscoped(reason=_WHY)


def _note(job: ImportJob, actor: Actor, action: str, at: datetime) -> None:
    record = ("intake.importjob", int(job.pk))
    detail = {"label": job.label, "system": job.system}
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="ui", record=record, detail=detail)
