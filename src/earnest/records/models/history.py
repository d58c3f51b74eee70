"""What changed, from what to what, by whom, when, and who says so. Append-only on both databases."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import AdminsOnly, ByKind, Scope, ScopedManager
from earnest.records.models.base import OWN_ORIGINS, Origin

TRACKED_KINDS = (
    "records.deal",
    "records.account",
    "records.contact",
    "records.lead",
    "records.activity",
    "records.stakeholder",
    "records.quota",
    "records.pipeline",
    "records.stage",
    "records.product",
    "records.note",
    "records.attachment",
    "records.savedview",
    "need.need",
    "need.musthave",
    "need.claim",
    "need.meeting",
    "pipeline.comparison",
    "pipeline.pathchoice",
    "pipeline.effort",
    "pipeline.goodno",
    "pipeline.sale",
    "pipeline.review",
    "pipeline.reviewaction",
)


class Change(models.Model):
    """One change of one field of one record.

    `at` is when it changed, as far as anybody told; `observed_at` is when Earnest wrote it down. Only what Earnest saw
    itself has the two equal by rule, so imported history never looks like our own observation.
    """

    kind = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    # The record's version after this change; null for what a source told. It says what has changed since a version.
    record_version = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=80)
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    old_position = models.IntegerField(null=True)
    new_position = models.IntegerField(null=True)
    old_on = models.DateField(null=True)
    new_on = models.DateField(null=True)
    old_minor = models.BigIntegerField(null=True)
    new_minor = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()
    origin = models.CharField(max_length=6, choices=Origin.choices)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    changed_by_name = models.CharField(max_length=200, blank=True)
    import_run = models.BigIntegerField(null=True)
    # For history that a source told: what it said, as a hash, so that hearing it again adds nothing.
    source_key = models.CharField(max_length=32, null=True)  # noqa: DJ001  # null and not "": most rows have none

    scope: ClassVar[Scope] = ByKind(TRACKED_KINDS)
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["kind", "record_id", "id"], name="records_change_of_record")]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["source_key", "import_run"],
                condition=Q(source_key__isnull=False),
                name="records_change_told_once",
            ),
            CheckConstraint(condition=one_of("origin", Origin.values), name="records_change_origin_is_known"),
            CheckConstraint(
                condition=~one_of("origin", OWN_ORIGINS) | Q(at__isnull=False, at=F("observed_at")),
                name="records_change_seen_by_us_is_dated_by_us",
            ),
            CheckConstraint(
                condition=Q(origin="import", import_run__isnull=False)
                | (~Q(origin="import") & Q(import_run__isnull=True)),
                name="records_change_imported_names_its_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.field}: {self.old_text} → {self.new_text}"


class VoidedImport(models.Model):
    """An import that was taken back: the history it brought stays written and is no longer read. Append-only."""

    import_run = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"import {self.import_run}, taken back {self.at}"
