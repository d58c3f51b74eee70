"""One deal on a desk for the forms of the shared nouns."""

import pytest

from tests.surfaces.web import desk as desks
from tests.surfaces.web.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Bo's deal with Brackenfold."""
    return desks.make()
