"""The company that these tests play in."""

import pytest

from tests import workspace
from tests.workspace import Workspace


@pytest.fixture
def company(db: None) -> Workspace:
    """A small company in an empty database."""
    return workspace.make()
