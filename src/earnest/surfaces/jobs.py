"""What is done in the background: the book judged when the day turns, and once a day what nobody should wait for.

A job is a thin wrapper around services and safe to run twice: a worker that was killed leaves its job to the next one.
The worker's loop stands in `surfaces.server.worker`.
"""

from datetime import UTC, date, datetime
from typing import TypeAlias

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from earnest.people import actors
from earnest.people import reads as people
from earnest.people import services as people_services
from earnest.people.actors import Actor
from earnest.pipeline import services as pipeline
from earnest.records import services as records
from earnest.records.services import files, pruning
from earnest.surfaces import digest

MOST_TRIES = 3


@task()
def judge_book_job(*, day: str) -> int:
    """Judge every open deal as of a day; returns how many there are."""
    return pipeline.judge_book(as_of=date.fromisoformat(day), at=_now())


@task()
def empty_bin_job(*, day: str) -> int:
    """Delete for good what has lain in the recycle bin for too long, and the bytes that no file holds any more.

    Returns how many records went.
    """
    gone = records.empty(actor=_local_admin(day), at=_now())
    files.sweep(at=_now())
    return gone


@task()
def prune_job(*, day: str) -> int:
    """Forget what has had its time: keys of creates, steps to undo, sessions; returns how many keys and steps."""
    SessionStore.clear_expired()
    return pruning.prune(actor=_local_admin(day), at=_now())


@task()
def digest_job(*, day: str) -> int:
    """Mail what is new to everybody who asked for it; returns how many letters went out."""
    letters = digest.letters(on=date.fromisoformat(day), site=settings.SITE_ADDRESS)
    return get_connection().send_messages(letters) or 0 if letters else 0


Job: TypeAlias = Task[..., int]
DAILY: tuple[Job, ...] = (empty_bin_job, prune_job)


def enqueue_due(*, at: datetime) -> list[str]:
    """Put into the queue what this day still lacks; returns the names of the jobs that were put there.

    The book is judged for the workspace's day (a demo stands still), the rest is done once a day of the calendar.
    """
    today = timezone.localdate(at)
    shown = people.demo_day() or today
    wanted = [(job, today) for job in DAILY]
    if "console" not in settings.EMAIL_BACKEND:
        wanted.append((digest_job, today))
    if pipeline.is_behind(shown):
        wanted.insert(0, (judge_book_job, shown))
    return [job.name for job, day in wanted if enqueue_once(job, day=day)]


def judge_again(*, day: date) -> None:
    """Have the book judged again, because something that every verdict rests on has changed."""
    if not _runs(judge_book_job, day).filter(status="READY").exists():
        judge_book_job.enqueue(day=day.isoformat())


def enqueue_once(job: Job, *, day: date) -> bool:
    """Put a job of a day into the queue unless it is there or was done; false when it was."""
    if _runs(job, day).exists():
        return False
    job.enqueue(day=day.isoformat())
    return True


def _runs(job: Job, day: date) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(task_path=job.module_path, args_kwargs__kwargs__day=day.isoformat())


def _local_admin(day: str) -> Actor:
    return actors.actor_of(people_services.local_admin(at=_now()), today=date.fromisoformat(day))


def _now() -> datetime:
    return datetime.now(UTC)
