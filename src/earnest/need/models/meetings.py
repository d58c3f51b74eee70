"""Meetings with a buyer: what each question is for, who was expected, who came, and what a new person had been told."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index

from earnest.people.checks import one_of
from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.records.models import Activity, Contact, Deal
from earnest.records.models.base import Record


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "planned"
    HELD = "held", "held"
    CANCELLED = "cancelled", "cancelled"


class Meeting(Record):
    """A meeting with a buyer, from its plan to what came of it.

    `questions` is a list of {"question", "purpose", "hoped"} in the order of asking; the first is the opening question.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="meetings", db_index=False)
    title = models.CharField(max_length=300)
    at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=60)
    place = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    # What came of it: whether the buyer agreed to a dated next one (again-rate), and what it did for them.
    next_agreed = models.BooleanField(null=True, blank=True)
    helped = models.TextField(blank=True)
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))

    class Meta(Record.Meta):
        indexes: ClassVar = [
            Index(fields=["deal", "at"], name="need_meeting_of_deal"),
            Index(fields=["state", "at"], name="need_meeting_by_day"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("state", MeetingState.values), name="need_meeting_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendee(models.Model):
    """Somebody of the buyer who was expected at a meeting, or came to it.

    `is_new` is true for whoever came to a meeting of this deal for the first time; what they had been told, and what of
    it was corrected, is recorded within a day (L3.3).
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="attended")
    name = models.CharField(max_length=300)
    expected = models.BooleanField(default=True)
    came = models.BooleanField(null=True)
    is_new = models.BooleanField(default=False)
    had_been_told = models.TextField(blank=True)
    corrected = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    briefed_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = Through(("meeting",))
    objects = ScopedManager()

    def __str__(self) -> str:
        return self.name
