"""Imports that are worked on behind the page: the job in the queue, and what the worker does with it.

Safe to run twice: files are read again, an import that was half written goes on where it stopped.
"""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.utils import timezone
from django_tasks import task

from earnest.errors import EarnestError
from earnest.intake import mapping as mappings
from earnest.intake import preview, staging
from earnest.intake import services as intake
from earnest.intake.raw import RawTable
from earnest.intake.services import jobs
from earnest.intake.services.jobs import Claimed
from earnest.people import actors
from earnest.people import reads as people
from earnest.people.actors import Actor
from earnest.surfaces import importing

_TOLD_EVERY_SECONDS = 0.4
_SHOWN_KEPT = 200
_LOG = logging.getLogger("earnest.imports")


class ImportFailed(EarnestError):
    """Earnest itself failed while it worked on an import."""

    code: ClassVar[str] = "import_failed"


@task()
def import_job(*, number: int) -> str:
    """Go on with an import behind the page; returns what was done."""
    claimed = jobs.claim(number, at=_now())
    if claimed is None:
        return "nothing"
    try:
        _WORK[claimed.doing](claimed, _acting(claimed), _teller(claimed))
    except jobs.TakenOver:
        return "taken over"
    except EarnestError as error:
        jobs.stop(claimed, error=error, at=_now())
        return error.code
    except Exception:  # noqa: BLE001  # whatever fails, the page that waits must say so
        reference = secrets.token_hex(4)
        _LOG.exception("Unexpected, reference %s: an import behind the page.", reference)
        jobs.stop(claimed, error=_failed(reference), at=_now())
        return ImportFailed.code
    return claimed.doing


def start(number: int) -> None:
    """Put an import into the queue."""
    import_job.enqueue(number=number)


def _read(claimed: Claimed, actor: Actor, tell: importing.Tell) -> None:
    tables = _tables(claimed, tell)
    found: dict[str, Any] = {"files": _files(tables, claimed.mapping)}
    try:
        made = importing.understood(tables, given=claimed.mapping, today=_today(), tell=tell)
        found |= preview.of_intake(made)
        plan = importing.foreseen(made, actor=actor, system=claimed.system, label=claimed.label, tell=tell)
    except EarnestError as error:
        jobs.stop(claimed, error=error, found=found, at=_now())
        return
    staging.keep_held_back(claimed.folder, intake.refused_of_plan(plan))
    found["plan"] = intake.of_plan(plan)
    jobs.read(claimed, found=found, system=plan.source.system, at=_now())


def _write(claimed: Claimed, actor: Actor, tell: importing.Tell) -> None:
    made = importing.understood(_tables(claimed, tell), given=claimed.mapping, today=_today(), tell=tell)
    plan = importing.foreseen(made, actor=actor, system=claimed.system, label=claimed.label, tell=tell)
    outcome = importing.written(plan, actor=actor, at=_now(), as_of=_today(), tell=tell)
    told = {"wrote": outcome.wrote, "resumed": outcome.resumed}
    jobs.done(claimed, run_id=outcome.run_id, found={**claimed.found, "outcome": told}, at=_now())


def _revert(claimed: Claimed, actor: Actor, tell: importing.Tell) -> None:
    number = claimed.run_id or 0
    done = importing.taken_back(number, actor=actor, at=_now(), as_of=_today(), tell=tell)
    kept = [{"kind": one.kind, "record_id": one.record_id, "reason": one.reason} for one in done.kept]
    found = {
        "deleted": done.deleted,
        "restored": done.restored,
        "kept_count": len(kept),
        "kept": kept[:_SHOWN_KEPT],
    }
    jobs.done(claimed, run_id=number, found=found, at=_now())


_WORK: Mapping[str, Callable[[Claimed, Actor, importing.Tell], None]] = {
    "read": _read,
    "write": _write,
    "revert": _revert,
}


def _tables(claimed: Claimed, tell: importing.Tell) -> list[RawTable]:
    files = staging.paths(claimed.folder, len(claimed.names))
    return importing.read(files, names=claimed.names, tell=tell)


def _files(tables: list[RawTable], given: mappings.Mapping | None) -> list[preview.Shown]:
    guessed = mappings.guess(tables)
    return preview.of_files(tables, mappings.merge(guessed, importing.chosen_for(tables, given)))


def _acting(claimed: Claimed) -> Actor:
    # Read anew: whoever lost the right to import since loses it here too.
    return actors.actor_of(get_user_model().objects.get(pk=claimed.user_id), today=_today())


def _teller(claimed: Claimed) -> importing.Tell:
    """What keeps the page told, at most a few times a second."""
    latest = {"": 0.0}

    def tell(what: str, share: float | None) -> None:
        now = time.monotonic()
        if now - latest.get(what, 0.0) > _TOLD_EVERY_SECONDS:
            latest.clear()
            latest[what] = now
            jobs.tell(claimed, what=what, share=share, at=_now())

    return tell


def _failed(reference: str) -> ImportFailed:
    return ImportFailed(
        "Earnest itself failed here, and it is not your files' doing.",
        why=f"The cause is in the server's log under the reference {reference}.",
        fix="Go on with it once more; if it stays, give the reference to whoever runs this server.",
        data={"reference": reference},
    )


def _today() -> date:
    return people.demo_day() or timezone.localdate()


def _now() -> datetime:
    return datetime.now(UTC)
