"""One of several first visitors who set the same workspace up at the same time. Run by test_races.py."""

import sys
from datetime import UTC, datetime

from earnest.surfaces import workspace

workspace.connect()

from earnest.people import services  # noqa: E402  # models need Django to be ready


def found(number: str) -> None:
    """Set the workspace up, or say that somebody was faster."""
    try:
        services.found(
            workspace="W",
            name=f"Visitor {number}",
            email=f"visitor{number}@example.test",
            password="correct horse battery",
            at=datetime(2026, 1, 5, 9, tzinfo=UTC),
        )
        sys.stdout.write("made")
    except services.AlreadySetUp:
        sys.stdout.write("late")
