"""Fields that a team adds for itself: typed definitions here, validated values on the records."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from earnest.people.checks import one_of
from earnest.people.scoping import Everyone, Scope
from earnest.records.models.base import Record

CUSTOM_KINDS = ("records.deal", "records.account", "records.contact", "records.lead")


class FieldType(models.TextChoices):
    """What a custom field may hold."""

    TEXT = "text", "text"
    WHOLE = "whole", "whole number"
    DECIMAL = "decimal", "decimal number"
    DAY = "day", "date"
    FLAG = "flag", "yes or no"
    CHOICE = "choice", "one of a list"
    CHOICES = "choices", "several of a list"
    LINK = "link", "web address"


class CustomField(Record):
    """A field that a team added to one kind of record."""

    kind = models.CharField(max_length=24)
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    field_type = models.CharField(max_length=8, choices=FieldType.choices)
    choices = models.JSONField(default=list, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField(default=1)

    scope: ClassVar[Scope] = Everyone()

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("kind", CUSTOM_KINDS), name="records_custom_field_kind_is_known"),
            CheckConstraint(
                condition=one_of("field_type", FieldType.values), name="records_custom_field_type_is_known"
            ),
            UniqueConstraint(
                fields=["kind", "key"], condition=Q(deleted_at=None), name="records_custom_field_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label
