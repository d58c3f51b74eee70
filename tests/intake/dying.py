"""Imports in processes of their own, which may kill themselves before their n-th bulk write. For test_kills.py."""

import json
import os
import signal
import sys
from datetime import UTC, date, datetime

from earnest.surfaces import workspace

workspace.connect()

from earnest.intake import services  # noqa: E402  # models need Django to be ready
from earnest.people import actors  # noqa: E402
from earnest.people import services as people  # noqa: E402
from earnest.records import bulk  # noqa: E402
from tests import canonical  # noqa: E402
from tests.intake import books  # noqa: E402

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def play(steps: str) -> None:
    """Take each step in a child of its own, and print what became of it.

    A step is what to do («1» or «2» imports that edition, «revert» takes the first import back) and before which write
    the child dies, or null. The children are forked before the engine or the database was used, and so start at once.
    """
    sys.stdout.write(json.dumps([_in_a_child(what, write) for what, write in json.loads(steps)]))


def _in_a_child(what: str, write: int | None) -> list[object]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(_take(what, write)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return ["killed"] if os.WIFSIGNALED(status) else json.loads(said)


def _take(what: str, write: int | None) -> list[object]:
    actor = actors.actor_of(people.local_admin(at=AT), today=date(2026, 1, 5))
    if write is not None:
        _die_before(write)
    if what == "revert":
        services.revert(1, actor=actor, at=AT)
        return ["reverted", canonical.digest()]
    book = books.generated(count=24, edition=int(what))
    plan = services.plan(book, actor=actor, source=services.Source("crm", "files"))
    done = services.apply(plan, actor=actor, at=AT, batch_rows=12)
    return [done.new, done.changed, done.same, done.resumed, canonical.digest()]


def _die_before(write: int) -> None:
    left = [write]

    def counted(name: str) -> None:
        original = getattr(bulk, name)

        def dying(*args: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args)

        setattr(bulk, name, dying)

    for name in ("insert", "derive", "update", "rewrite", "remove"):
        counted(name)
