"""Several first visitors at once: one becomes the admin, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

pytestmark = pytest.mark.database
FOUND = "import sys; from tests.people import racing; racing.found(sys.argv[1])"
COUNT = "from tests.people import racing; from earnest.people.models import User; print(User.objects.count())"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database of its own with every table."""
    with databases.template(tmp_path) as made:
        yield made


def test_one_of_several_first_visitors_becomes_the_admin(address: str) -> None:
    processes = [databases.python(FOUND, address, str(number)) for number in range(3)]
    said = [process.communicate(timeout=120) for process in processes]
    assert sorted(out for out, _ in said) == ["late", "late", "made"], said
    assert databases.told(COUNT, address).strip() == "1"
