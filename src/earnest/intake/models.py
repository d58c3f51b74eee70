"""What came in, when, from where, and what was held back: every imported row can be traced and taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index

from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import AdminsOnly, Scope, ScopedManager
from earnest.records.models.base import TextJson


class RunState(models.TextChoices):
    """How far an import has come; a run that was killed stays `running` and is taken up again."""

    RUNNING = "running", "running"
    DONE = "done", "done"
    REVERTED = "reverted", "taken back"


class ImportRun(models.Model):
    """One import of one set of files.

    The fingerprint is over everything the files said, so the same files are recognised whatever they are called.
    """

    system = models.CharField(max_length=60)
    label = models.CharField(max_length=500)
    fingerprint = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.RUNNING)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reverted_at = models.DateTimeField(null=True)
    reverted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    conflict_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["fingerprint", "state"], name="intake_run_by_fingerprint")]
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("state", RunState.values), name="intake_run_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.label}"


class Landing(models.TextChoices):
    """What an import did with a row."""

    NEW = "new", "new"
    CHANGED = "changed", "changed"


class ImportedRow(models.Model):
    """A row that an import wrote: which record it became, from which line, and what stood there before."""

    # Not checked by the database: runs are never deleted, and on PostgreSQL the check of every row took a tenth of the
    # whole import.
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_constraint=False)
    kind = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    landing = models.CharField(max_length=7, choices=Landing.choices)
    line = models.BigIntegerField(null=True)
    version_after = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True)
    # Set when taking the import back has put this row back, so that doing it twice is harmless.
    undone = models.BooleanField(default=False)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.landing}"


class Held(models.TextChoices):
    """What was held back: a row that was refused, one that a person had edited here, or one value of a row."""

    REFUSED = "refused", "refused"
    CONFLICT = "conflict", "conflict"
    VALUE = "value", "one value left out"


class RefusedRow(models.Model):
    """A row that was not written, with the reason, and everything it said, so that it can be mended and sent again."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="held_back")
    held = models.CharField(max_length=8, choices=Held.choices)
    table = models.CharField(max_length=40)
    line = models.BigIntegerField(null=True)
    external_id = models.CharField(max_length=255, blank=True)
    reason = models.CharField(max_length=1000)
    content = TextJson(default=dict)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [CheckConstraint(condition=one_of("held", Held.values), name="intake_held_is_known")]

    def __str__(self) -> str:
        return f"{self.table} line {self.line}: {self.reason}"


class Doing(models.TextChoices):
    """What is worked on behind the page."""

    READ = "read", "reading the files"
    WRITE = "write", "writing"
    REVERT = "revert", "taking back"


class JobState(models.TextChoices):
    """How far the work is; `ready` waits for a person, and `stopped` says why it cannot go on."""

    WAITING = "waiting", "waiting"
    GOING = "going", "going on"
    READY = "ready", "waiting for you"
    STOPPED = "stopped", "stopped"
    DONE = "done", "done"
    DROPPED = "dropped", "dropped"


class ImportJob(models.Model):
    """An import as it is worked on behind the page: its files, what a person said of them, and how far it is.

    `folder` is a random name below the data folder; `files` has the names people know them by, as text only.
    `claim` is the mark of the worker that goes on with it; when that one was killed, another takes over.
    """

    doing = models.CharField(max_length=6, choices=Doing.choices, default=Doing.READ)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    label = models.CharField(max_length=500)
    system = models.CharField(max_length=60, blank=True)
    folder = models.CharField(max_length=40, blank=True)
    files = TextJson(default=list)
    mapping = TextJson(default=dict)
    found = TextJson(default=dict)
    refusal = TextJson(default=dict)
    told = models.CharField(max_length=300, blank=True)
    share = models.FloatField(null=True)
    told_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="jobs")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("doing", Doing.values), name="intake_job_doing_is_known"),
            CheckConstraint(condition=one_of("state", JobState.values), name="intake_job_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.doing} {self.label}: {self.state}"
