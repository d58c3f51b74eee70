"""What it costs to pursue a deal, and the signs that we only fill a column in somebody's comparison (D8, D9)."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.pipeline.tables import SIGNAL_NAMES
from earnest.records.models import Deal
from earnest.records.models.base import Record


class Signal(models.Model):
    """One sign that raises or lowers the likelihood of column fodder: it holds or it does not, from a day to a day.

    Nobody has said anything where there is no row; a new answer ends the one before and never rewrites it.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="signals", db_index=False)
    name = models.CharField(max_length=40)
    holds = models.BooleanField()
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["deal", "name"], name="pipeline_signal_of_deal")]
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("name", SIGNAL_NAMES), name="pipeline_signal_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.deal_id}"


class Comparison(Record):
    """The sheet on which a buyer compares: who wrote it, who stands in each column, who reads it and why (S4.49)."""

    deal = models.OneToOneField(Deal, models.CASCADE, related_name="comparison")
    written_by = models.CharField(max_length=300, blank=True)  # column A: whose words the list is in
    favourite = models.CharField(max_length=300, blank=True)  # column B
    our_place = models.CharField(max_length=300, blank=True)
    read_by = models.CharField(max_length=300, blank=True)
    used_for = models.TextField(blank=True)
    changed_by_us = models.TextField(blank=True)  # the requirement that changed because of us
    our_question_count = models.PositiveIntegerField(null=True, blank=True)
    their_question_count = models.PositiveIntegerField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))

    def __str__(self) -> str:
        return f"comparison of {self.deal_id}"


class PathChoice(Record):
    """The two paths of a deal that looks like column fodder: change the path, or step aside, by a day (L3.4)."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="path_choices")
    decide_by_on = models.DateField()
    path = models.CharField(
        max_length=6, blank=True, choices=(("", "not decided"), ("change", "change the path"), ("aside", "step aside"))
    )
    condition = models.TextField(blank=True)  # what we asked for in order to go on
    sent_words = models.TextField(blank=True)
    met = models.BooleanField(null=True, blank=True)  # whether the buyer met the condition
    decided_at = models.DateTimeField(null=True, blank=True)
    # The hours that stepping aside frees, and when they are spent on prospecting instead.
    freed_minutes = models.PositiveIntegerField(null=True, blank=True)
    block_at = models.DateTimeField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))

    def __str__(self) -> str:
        return f"path of {self.deal_id} by {self.decide_by_on}"


class EffortKind(models.TextChoices):
    """What was spent on a deal."""

    OWN = "own", "the seller's hours"
    SPECIALIST = "expert", "a specialist's hours"
    TRAVEL = "travel", "travel"


class Effort(Record):
    """Time or money spent on a deal beyond what its activities show (D9: cost of pursuit)."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="efforts")
    kind = models.CharField(max_length=6, choices=EffortKind.choices, default=EffortKind.OWN)
    on = models.DateField()
    minutes = models.PositiveIntegerField(default=0)
    cost_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    what = models.CharField(max_length=300, blank=True)
    # Costly help asks for a dated commitment of the buyer first (S3.8): what they gave for it.
    given_for = models.CharField(max_length=300, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("kind", EffortKind.values), name="pipeline_effort_kind_is_known"),
            CheckConstraint(condition=Q(minutes__gt=0) | Q(cost_minor__gt=0), name="pipeline_effort_is_something"),
        ]

    def __str__(self) -> str:
        return self.what or self.get_kind_display()
