"""The weekly pipeline review: what the book held each Monday, what was said about it, and what was agreed."""

from typing import ClassVar

from django.db import models
from django.db.models import Index

from earnest.people.models import Team, User
from earnest.people.scoping import Everyone, Owned, Scope, ScopedManager, Through
from earnest.records.models import Deal
from earnest.records.models.base import Record


class WeekTotal(models.Model):
    """The open deals of one owner, team and currency on a Monday: how many, what they claim, what is real, and why not.

    `reasons` holds, by hard rule, {"deals", "minor", "only_deals", "only_minor"}: with this reason, and with no other.
    """

    on = models.DateField()
    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    deal_count = models.IntegerField(default=0)
    hard_count = models.IntegerField(default=0)
    claimed_minor = models.BigIntegerField(default=0)
    hard_minor = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict)

    # Whose totals a person may read is decided where they are read, by the same predicate as for deals.
    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["on", "owner_id"], name="pipeline_weektotal_of_owner")]

    def __str__(self) -> str:
        return f"{self.deal_count} open of {self.owner_id} on {self.on}"


class Review(Record):
    """One pipeline review: of which team, over which days, by whom, and what was noted."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="reviews", db_index=False)
    on = models.DateField()
    since_on = models.DateField()
    notes = models.TextField(blank=True)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [Index(fields=["on"], name="pipeline_review_by_day")]

    def __str__(self) -> str:
        return f"review of {self.on}"


class ReviewAction(Record):
    """What was agreed in a review: who does what by when, about which deal."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="actions")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="review_actions")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(User, models.PROTECT, related_name="review_actions")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal", "review"))

    def __str__(self) -> str:
        return self.text
