"""What every editable record carries: a version, where it came from, and its place in the recycle bin."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint

from earnest.people.checks import one_of
from earnest.people.scoping import ScopedManager


class Origin(models.TextChoices):
    """Where a fact came from."""

    UI = "ui", "ui"
    API = "api", "api"
    IMPORT = "import", "import"
    SYNC = "sync", "sync"


# What Earnest saw happen itself, as against what a file or another system told about the past.
OWN_ORIGINS = (Origin.UI.value, Origin.API.value)


class TextJson(models.TextField[Any, Any]):
    """JSON kept as the text it came as: PostgreSQL's own type would lose the order of its names and refuse a NUL."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """For migrations it is a text."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def from_db_value(self, value: str | None, *_args: object) -> object:
        """The value that the text holds."""
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: object) -> str:
        """The text of a value."""
        return json.dumps(value, ensure_ascii=True)


class Record(models.Model):
    """An editable record. Its version rises with each write, and a write against an older version is refused.

    `created_at` and `written_at` are Earnest's own moments; what a source says about itself stands elsewhere.
    """

    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    created_at = models.DateTimeField()
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("origin", Origin.values), name="%(app_label)s_%(class)s_origin_is_known"),
        ]
