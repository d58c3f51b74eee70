"""Where a record also exists: its number in another system, and the keys that make a repeated create harmless."""

from typing import ClassVar

from django.db import models
from django.db.models import Index, UniqueConstraint

from earnest.people.models import User
from earnest.people.scoping import AdminsOnly, Everyone, Scope, ScopedManager


class SourceObject(models.Model):
    """A kind of thing in another system (the deals of one Salesforce, the stages of one HubSpot), and ours for it."""

    system = models.CharField(max_length=60)
    object = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["system", "object"], name="records_source_object_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.object}"


class ExternalReference(models.Model):
    """One of our records as another system knows it, and what that system last told about it.

    The hash is over everything the source said, so that a row that says the same again is not written.
    """

    # Not checked by the database: sources are never deleted, and the check is a part of every imported row's time.
    source = models.ForeignKey(
        SourceObject, models.PROTECT, related_name="references", db_index=False, db_constraint=False
    )
    external_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    modified_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=32)
    import_run = models.BigIntegerField(null=True)
    line = models.BigIntegerField(null=True)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["kind", "record_id"], name="records_reference_of_record")]
        constraints: ClassVar = [UniqueConstraint(fields=["source", "external_id"], name="records_reference_once")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.external_id}"


class IdempotencyKey(models.Model):
    """A create that was asked for under a key: asking again gives the same record and makes no second one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["created_at"], name="records_idempotency_created")]
        constraints: ClassVar = [UniqueConstraint(fields=["user", "key"], name="records_idempotency_once")]

    def __str__(self) -> str:
        return self.key


class ToldColumn(models.Model):
    """A column of the book that some source has filled, or that people fill here.

    A column nobody has ever told is missing from the book, and unknown; it is not empty.
    """

    table = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    told_by = models.CharField(max_length=40)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["table", "column", "told_by"], name="records_told_once")]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} by {self.told_by}"
