"""An import that is killed goes on where it stopped, and ends as if it had never been killed."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import databases

pytestmark = pytest.mark.database

CODE = "import sys; from tests.intake import dying; dying.play(sys.argv[1])"
# Fixed, so that a failure can be played again: three databases, and seven kills on the way of each.
SEED, DATABASES, KILLS = 20_260_105, 3, 7
# The whole import is 62 writes in bulk; this many at most before each kill leave something to do at the end.
WRITES = 12

Step = tuple[str, int | None]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with every table and no row."""
    with databases.template(tmp_path_factory.mktemp("template")) as made:
        yield made


def played(template: str, folder: Path, steps: Sequence[Step]) -> list[Any]:
    """What became of each step, on a database of its own."""
    with databases.copy(template, folder) as address:
        return json.loads(databases.told(CODE, address, json.dumps(steps)))


@pytest.mark.duty("S1.9")
def test_a_killed_import_ends_as_one_that_was_not(template: str, tmp_path: Path) -> None:
    rng = random.Random(SEED)
    ((*counts, whole),) = played(template, tmp_path, [("1", None)])
    assert counts == [120, 0, 0, False]
    kills = 0
    for _ in range(DATABASES):
        steps: list[Step] = [("1", rng.randint(1, WRITES)) for _ in range(KILLS)]
        *died, last = played(template, tmp_path, [*steps, ("1", None)])
        assert died == [["killed"]] * KILLS
        assert last == [120, 0, 0, True, whole]
        kills += len(died)
    assert kills == 21


def test_a_killed_second_edition_ends_as_one_that_was_not(template: str, tmp_path: Path) -> None:
    """Rows that change, not only rows that are new: their history and what stood before are written once."""
    _, (*counts, whole) = played(template, tmp_path, [("1", None), ("2", None)])
    assert counts == [2, 8, 112, False]
    kills: list[Step] = [("2", write) for write in (5, 4, 3, 2, 1)]
    _, *died, last = played(template, tmp_path, [("1", None), *kills, ("2", None)])
    assert died == [["killed"]] * 5
    assert last == [2, 8, 112, True, whole]


def test_a_killed_revert_goes_on(template: str, tmp_path: Path) -> None:
    _, (_, whole) = played(template, tmp_path, [("1", None), ("revert", None)])
    kills: list[Step] = [("revert", write) for write in (2, 1, 3)]
    _, *died, last = played(template, tmp_path, [("1", None), *kills, ("revert", None)])
    assert died == [["killed"]] * 3
    assert last == ["reverted", whole]
