"""A worker that is killed loses nothing: the next one takes its job up, and it is done once."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from earnest.surfaces import jobs
from earnest.surfaces.server import worker
from tests import databases
from tests.workspace import TODAY

DYING = "import sys; from tests.surfaces.server import dying; getattr(dying, sys.argv[1])(*sys.argv[2:])"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with every table."""
    with databases.template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.mark.database
@pytest.mark.parametrize("dies", ["before", "within", "after"])
def test_a_killed_worker_leaves_its_job_to_the_next_and_it_is_done_once(
    template: str, tmp_path: Path, dies: str
) -> None:
    with databases.copy(template, tmp_path) as address:
        databases.told(DYING, address, "enqueue", dies)
        with databases.python(DYING, address, "work") as killed:
            try:
                assert killed.stdout is not None
                assert killed.stdout.readline() == "here\n"
                if dies != "within":  # a second worker waits while the first one lives
                    databases.told(DYING, address, "work_once")
                    assert json.loads(databases.told(DYING, address, "told"))[0] == [["RUNNING", 1]]
            finally:
                killed.send_signal(signal.SIGKILL)
        databases.told(DYING, address, "work_once")
        assert json.loads(databases.told(DYING, address, "told")) == [[["SUCCESSFUL", 2]], ["Once"]]


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_three_times_and_then_given_up() -> None:
    jobs.judge_book_job.enqueue(day="no day")
    made = worker.Background()
    states = []
    for _ in range(3):
        job = DBTaskResult.objects.get()
        job.claim(made.worker_id)
        made.run_task(job)
        states.append((job.status, job.run_after > timezone.now()))
    assert states == [("READY", True), ("READY", True), ("FAILED", True)]


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_given_up_after_its_third_try() -> None:
    jobs.prune_job.enqueue(day=TODAY.isoformat())
    job = DBTaskResult.objects.get()
    for name in ("one", "two"):
        job.claim(name)
        assert worker.take_up() == 1
        job.refresh_from_db()
        assert job.status == "READY"
    job.claim("three")
    worker.take_up()
    job.refresh_from_db()
    assert (job.status, job.finished_at is not None) == ("FAILED", True)


@pytest.mark.database
def test_a_round_does_what_the_day_lacks(template: str, tmp_path: Path) -> None:
    with databases.copy(template, tmp_path) as address:
        databases.told(DYING, address, "work_once")
        done = json.loads(databases.told(DYING, address, "told_daily"))
        assert done == [["empty_bin_job", "SUCCESSFUL"], ["prune_job", "SUCCESSFUL"]]
