"""A job that stops in the middle of its first try, so that its worker can be killed there. Run by test_worker.py."""

import json
import sys
import time
from datetime import UTC, date, datetime

from earnest.surfaces import workspace

workspace.connect()

from django.db import transaction  # noqa: E402  # models need Django to be ready
from django_tasks import task  # noqa: E402
from django_tasks.base import TaskContext  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from earnest.people import actors, visibility  # noqa: E402
from earnest.people import services as people  # noqa: E402
from earnest.records import services  # noqa: E402
from earnest.records.models import Account  # noqa: E402
from earnest.records.services import By  # noqa: E402
from earnest.surfaces.server import worker  # noqa: E402

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def by_admin() -> By:
    """The admin of this machine."""
    return By(actors.actor_of(people.local_admin(at=AT), today=date(2026, 1, 5)), AT)


@task(takes_context=True)
def add_account_job(context: TaskContext, *, day: str, dies: str) -> int:
    """Add one account; on the first try it stops before the write, within its transaction, or after it."""
    first = len(context.task_result.worker_ids) == 1
    _stop(first and dies == "before")
    with transaction.atomic():
        account = services.add_account(by=by_admin(), key=f"job of {day}", name="Once")
        _stop(first and dies == "within")
    _stop(first and dies == "after")
    return account.pk


def _stop(here: bool) -> None:
    if here:
        sys.stdout.write("here\n")
        sys.stdout.flush()
        time.sleep(60)


def enqueue(dies: str) -> None:
    """Put the job into the queue."""
    add_account_job.enqueue(day="2026-01-05", dies=dies)


def told() -> None:
    """Print the jobs (status, tries) and the names of the accounts."""
    jobs = DBTaskResult.objects.filter(task_path=add_account_job.module_path)
    rows = [[job.status, len(job.worker_ids)] for job in jobs]
    accounts = list(visibility.visible(by_admin().actor, Account).order_by("id").values_list("name", flat=True))
    sys.stdout.write(json.dumps([rows, accounts]))


def told_daily() -> None:
    """Print each job of the day and how it ended."""
    jobs = DBTaskResult.objects.order_by("task_path").values_list("task_path", "status")
    sys.stdout.write(json.dumps([[path.rpartition(".")[2], status] for path, status in jobs]))


def work() -> None:
    """One worker that goes on until it is stopped."""
    worker.main()


def work_once() -> None:
    """One round of a worker: take up what is left and work off the queue."""
    worker.Background().once()
