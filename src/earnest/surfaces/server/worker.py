"""The background worker: one at a time per database, so that whoever works knows that what is half done is nobody's.

A worker that dies loses its lock with its process, and the next one takes its job up again at once.
"""

import fcntl
import logging
import os
import resource
import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from earnest.surfaces import jobs

INTERVAL = 1.0
_SCHEDULE_SECONDS = 10.0
_RETRY_AFTER = timedelta(seconds=30)
# Judging a large book fills memory that an idle process should not hold; a fresh one is started in its place.
_LEAVES_ABOVE_KB = 200 * 1024
# Any number that no other program locks on the same server.
_LOCK_NUMBER = 0x4561_726E
_LOG = logging.getLogger("earnest.worker")
# A job in the queue; what it takes and returns is the job's own affair.
Result = DBTaskResult[..., Any]


class Background(Worker):
    """Works off the queue, retries what failed, takes up what a dead worker left, and puts in what the day lacks."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=INTERVAL,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{os.getpid()}-{secrets.token_hex(8)}",
            excluded_queue_names=[],
        )
        self._lock = Lock()
        self._scheduled = 0.0

    def run(self) -> None:
        """Work until stopped; a database that is away for a while is waited for."""
        while self.running and not _orphaned():
            try:
                self._round()
            except OperationalError:
                _LOG.warning("The database does not answer; trying again.", exc_info=True)
            if self.running:
                time.sleep(self.interval)
            if _peak_kb() > _LEAVES_ABOVE_KB:
                return

    def once(self) -> None:
        """Take up what was left, put in what is due, and work off the queue as it stands."""
        self._round()

    def _round(self) -> None:
        close_old_connections()
        if not self._lock.held():
            return
        take_up()
        if time.monotonic() - self._scheduled > _SCHEDULE_SECONDS or not self._scheduled:
            self._scheduled = time.monotonic()
            jobs.enqueue_due(at=datetime.now(UTC))
        if DBTaskResult.objects.ready().exists():
            super().run()

    def run_task(self, db_task_result: Result) -> None:
        """Run one job; one that fails is tried again later, three times at most."""
        super().run_task(db_task_result)
        if db_task_result.status == "FAILED":
            again(db_task_result, at=datetime.now(UTC) + _RETRY_AFTER * len(db_task_result.worker_ids))


def take_up() -> int:
    """Make jobs that a dead worker left half done ready again; returns how many. Only for whoever holds the lock."""
    left = list(DBTaskResult.objects.running())
    for job in left:
        _LOG.warning("The job %s was left half done and is taken up again.", job.task_path)
        again(job, at=datetime.now(UTC))
    return len(left)


def again(job: Result, *, at: datetime) -> None:
    """Make a job ready for another try, or give it up after the third and say so in the log."""
    tries = len(job.worker_ids)
    if tries >= jobs.MOST_TRIES:
        job.status, job.finished_at = "FAILED", datetime.now(UTC)
        _LOG.error("The job %s was given up after %s tries.\n%s", job.task_path, tries, job.traceback)
    else:
        job.status, job.run_after, job.finished_at = "READY", at, None
    job.save(update_fields=["status", "run_after", "finished_at"])


class Lock:
    """The right to work: a lock in PostgreSQL, or on a file beside the SQLite database; it ends with its holder."""

    def __init__(self) -> None:
        self._descriptor: int | None = None

    def held(self) -> bool:
        """Whether this process may work, taking the right where nobody has it."""
        if connection.vendor == "postgresql":
            return self._held_in_server()
        return self._descriptor is not None or self._taken_on_file()

    def _held_in_server(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_NUMBER])
            return bool(cursor.fetchone()[0])

    def _taken_on_file(self) -> bool:
        name = str(connection.settings_dict["NAME"])
        if "mode=memory" in name:
            return True  # no other process can see this database
        path = Path(f"{name}.worker")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True


def _orphaned() -> bool:
    """Whether the server that started this worker is gone without having stopped it."""
    parent = os.environ.get("EARNEST_SERVED_BY")
    return parent is not None and os.getppid() != int(parent)


def _peak_kb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def main() -> None:
    """Work until told to stop."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    worker = Background()
    worker.configure_signals()
    worker.run()
