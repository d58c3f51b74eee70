"""What is shared with a buyer: a signed link that ends, can be called back, and asks for no account."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint

from earnest.need.models.meetings import Meeting
from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.records.models import Contact, Deal


class ShareKind(models.TextChoices):
    """What a link opens."""

    GAP_SHEET = "gap_sheet", "the gap sheet"
    AGENDA = "agenda", "the agenda of a meeting"


class ShareLink(models.Model):
    """A link that opens one sheet for one person at the buyer. Only the hash of its secret is kept."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="share_links")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="share_links")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="share_links", db_index=False)
    kind = models.CharField(max_length=9, choices=ShareKind.choices, default=ShareKind.GAP_SHEET)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # the first time
    opened_count = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)  # the last time they wrote

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("kind", ShareKind.values), name="need_sharelink_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.deal_id} for {self.contact_id}"
