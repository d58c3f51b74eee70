"""Tarnholt, loaded once for all tests of this room, and gone when they are done."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from earnest.demo import story
from earnest.demo.story import Loaded

LOADED_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
PASSWORD = "quay-side-2025"


@pytest.fixture(scope="package")
def tarnholt(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The loaded story; tests may write, because each of them is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield story.load(at=LOADED_AT, password=PASSWORD)
        transaction.set_rollback(True)
