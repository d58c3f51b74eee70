"""What buyers said, word for word: append-only, chained by hash, with who said it, when, and where it is written."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from earnest.need.tables import ELEMENTS, LEVELS
from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.records.models import Activity, Contact, Deal


class SourceKind(models.TextChoices):
    """Where words were found."""

    MEETING = "meeting", "said in a meeting"
    CALL = "call", "said in a call"
    EMAIL = "email", "written in an e-mail"
    MESSAGE = "message", "written in a message"
    TRANSCRIPT = "transcript", "a line of a transcript"
    DOCUMENT = "document", "written in a document"
    SHEET = "sheet", "written in the shared gap sheet"
    OTHER = "other", "heard elsewhere"


class Source(models.Model):
    """A text that quotes are taken from, as it was pasted. Append-only."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="sources")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Evidence(models.Model):
    """One thing that somebody said about one element of the need. Append-only: a correction is a new entry.

    `number` counts within the deal, and `hash` covers every fact of the entry and the hash before it, so that a chain
    that was changed, cut or reordered no longer adds up.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="evidence", db_index=False)
    number = models.PositiveIntegerField()
    element = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField()
    words = models.TextField()
    # Who said it; null for what the seller believes, and for words nobody can be named for.
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="evidence")
    said_on = models.DateField()
    channel = models.CharField(max_length=10, choices=SourceKind.choices)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="evidence", db_index=False)
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="+", db_index=False)
    # The day that the words speak of: the buyer's by-when, or the close date that they asked for; and what fixes it.
    about_on = models.DateField(null=True)
    event = models.CharField(max_length=300, blank=True)
    # The earlier entry that this one corrects or takes back.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # The day on which a later entry corrected this one: the only column that is ever written again.
    corrected_on = models.DateField(null=True)
    # Written by the buyer themselves, through the sheet that was shared with them.
    by_buyer = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["deal", "element", "said_on"], name="need_evidence_of_element")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["deal", "number"], name="need_evidence_once_at_a_number"),
            CheckConstraint(condition=one_of("element", ELEMENTS), name="need_evidence_element_is_known"),
            CheckConstraint(condition=Q(level__lte=max(LEVELS)), name="need_evidence_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.level} of {self.deal_id}"


class Influence(models.TextChoices):
    """How much a person's word weighs in the decision."""

    UNTOLD = "", "not known yet"
    LOW = "low", "little"
    MEDIUM = "medium", "some"
    HIGH = "high", "much"


class Style(models.TextChoices):
    """How a person answers a question."""

    UNTOLD = "", "not known yet"
    WIDE = "wide", "at length"
    SHORT = "short", "little more than data"


class Standpoint(models.Model):
    """How one person on the buyer's side sees the need and its date, on a day. Append-only: the latest counts."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="standpoints")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="standpoints")
    influence = models.CharField(max_length=6, choices=Influence.choices, blank=True)
    style = models.CharField(max_length=5, choices=Style.choices, blank=True)
    version = models.TextField(blank=True)  # the need in this person's own words
    by_when_on = models.DateField(null=True)
    concern = models.TextField(blank=True)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.contact_id} on {self.deal_id}"
