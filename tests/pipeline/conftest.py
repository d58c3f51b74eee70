"""Deals on a shelf, for the tests of what is read and shown."""

import pytest

from tests.pipeline import shelf as shelves
from tests.pipeline.shelf import Shelf


@pytest.fixture
def shelf(db: None) -> Shelf:
    """A company whose people have five deals."""
    return shelves.make()
