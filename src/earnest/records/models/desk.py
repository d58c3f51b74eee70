"""What people keep beside the shared nouns: notes, files, views, what was merged, and the steps that can be undone."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.models import User
from earnest.people.scoping import AdminsOnly, Everyone, Private, Scope, ScopedManager, Through
from earnest.records.models.base import Record
from earnest.records.models.deals import Deal
from earnest.records.models.parties import Account, Contact, Lead

PARENTS = ("deal", "contact", "lead", "account")


class Note(Record):
    """Something a person wrote down about a deal, an account, a contact or a lead."""

    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="notes")
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="notes")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="notes")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="notes")
    text = models.TextField()
    mentioned = models.JSONField(default=list)  # the numbers of the people named with an @

    scope: ClassVar[Scope] = Through(PARENTS)

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(Record):
    """A file beside a record. Its bytes lie in the data folder under their hash; it is only ever sent as a download."""

    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="attachments")
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="attachments")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="attachments")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="attachments")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    byte_count = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    scope: ClassVar[Scope] = Through(PARENTS)

    def __str__(self) -> str:
        return self.name


class SavedView(Record):
    """A list as somebody likes to see it: its filters, order and columns; shared ones are there for everybody."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="views")
    page = models.CharField(max_length=24)
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)

    scope: ClassVar[Scope] = Private("owner", shared="shared")

    class Meta(Record.Meta):
        indexes: ClassVar = [Index(fields=["owner", "page"], name="records_view_of_owner")]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=~Q(name=""), name="records_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Merge(models.Model):
    """Two records that turned out to be one: which was kept, what was moved, and whether it was taken apart again."""

    kind = models.CharField(max_length=24)
    kept_id = models.BigIntegerField()
    merged_id = models.BigIntegerField()
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    merged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["kind", "kept_id"], name="records_merge_of_kept")]

    def __str__(self) -> str:
        return f"{self.kind} {self.merged_id} into {self.kept_id}"


class UndoStep(models.Model):
    """What one write of a person replaced, so that it can be undone; steps of one act share their group."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    group = models.CharField(max_length=32)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = Private("user")
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [
            Index(fields=["user", "-id"], name="records_undo_of_user"),
            Index(fields=["group"], name="records_undo_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.record_id}"


class Holiday(models.Model):
    """A day on which this team does not work."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=120)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.name}, {self.on}"
