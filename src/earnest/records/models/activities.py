"""What happened between the buyer and us."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import Scope, Through
from earnest.records.models.base import Record
from earnest.records.models.deals import Deal
from earnest.records.models.parties import Account, Contact, Lead


class Channel(models.TextChoices):
    """How we met, spoke or wrote."""

    MEETING = "meeting", "meeting"
    CALL = "call", "call"
    EMAIL = "email", "e-mail"
    MESSAGE = "message", "message"
    NOTE = "note", "note"
    TASK = "task", "task"
    OTHER = "other", "other"


class Direction(models.TextChoices):
    """Who acted."""

    IN = "in", "the buyer"
    OUT = "out", "us"
    BOTH = "both", "both"


class Activity(Record):
    """A meeting, a call, a message: which channel, who acted, when, with whom, for how long."""

    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="activities", db_index=False)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="activities", db_index=False
    )
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="activities", db_index=False)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="activities", db_index=False
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="activities", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    subject = models.TextField(blank=True)
    duration_seconds = models.PositiveIntegerField(null=True, blank=True)
    seller_talk_seconds = models.PositiveIntegerField(null=True, blank=True)
    buyer_talk_seconds = models.PositiveIntegerField(null=True, blank=True)
    done = models.BooleanField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal", "lead", "account"))

    class Meta(Record.Meta):
        indexes: ClassVar = [
            Index(fields=["deal", "at"], name="records_activity_of_deal"),
            Index(fields=["owner", "at"], name="records_activity_of_owner"),
            Index(fields=["account"], name="records_activity_of_account", condition=Q(account__isnull=False)),
            Index(fields=["lead"], name="records_activity_of_lead", condition=Q(lead__isnull=False)),
            Index(fields=["contact"], name="records_activity_of_contact", condition=Q(contact__isnull=False)),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(
                condition=one_of("channel", ["", *Channel.values]), name="records_activity_channel_is_known"
            ),
            CheckConstraint(
                condition=one_of("direction", ["", *Direction.values]), name="records_activity_direction_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at}"
