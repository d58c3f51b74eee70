"""How deals end well: a good no of ours, a no that we heard, and whether a sale is one (D25)."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index

from earnest.people.checks import one_of
from earnest.people.models import User
from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.records.models import Account, Contact, Deal, Lead
from earnest.records.models.base import Record


class GoodNo(Record):
    """A no that we said: why, in which words, whom we sent them to, and when to look again (L3.10)."""

    deal = models.OneToOneField(Deal, models.CASCADE, related_name="good_no")
    case = models.CharField(max_length=20)  # which of the ten wordings
    words = models.TextField()
    referred_to = models.CharField(max_length=300, blank=True)
    revisit_condition = models.CharField(max_length=500, blank=True)
    revisit_on = models.DateField(null=True, blank=True)
    # What came of it: somebody they sent to us.
    thanked_by = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))

    def __str__(self) -> str:
        return f"no to {self.deal_id}: {self.case}"


class HeardNo(models.Model):
    """A no that a buyer said to us: contact with the account stops until their condition is met (S4.70)."""

    deal = models.ForeignKey(Deal, models.CASCADE, null=True, related_name="heard_noes", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="heard_noes")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", db_index=False)
    words = models.TextField()
    heard_on = models.DateField()
    condition = models.CharField(max_length=500, blank=True)
    revisit_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    # The condition came about, or the buyer spoke to us again: who says so, when, and how they know.
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    lifted_because = models.CharField(max_length=500, blank=True)

    scope: ClassVar[Scope] = Through(("deal", "account"))
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["deal"], name="pipeline_heardno_of_deal")]

    def __str__(self) -> str:
        return f"no of {self.account_id} on {self.heard_on}"


class SaleKind(models.TextChoices):
    """What an ended deal really is."""

    SALE = "sale", "a sale"
    PILOT = "pilot", "a pilot"
    GIFT = "gift", "a gift"


TESTS = ("approved", "clear_terms", "payment_terms", "substance", "collectable")


class Sale(Record):
    """What a won deal is worth: the five tests, the floor, and the three lines booked, invoiced and collected.

    `tests` holds an answer (true, false, or null for not told) by the name of each test.
    """

    deal = models.OneToOneField(Deal, models.CASCADE, related_name="sale")
    kind = models.CharField(max_length=5, choices=SaleKind.choices, default=SaleKind.SALE)
    tests = models.JSONField(default=dict, blank=True)
    failed_count = models.PositiveSmallIntegerField(default=0)  # how many of the tests it fails
    cost_to_serve_minor = models.BigIntegerField(null=True, blank=True)
    # A pilot has a measure, an end, and a price afterwards.
    pilot_measure = models.CharField(max_length=300, blank=True)
    pilot_ends_on = models.DateField(null=True, blank=True)
    price_after_minor = models.BigIntegerField(null=True, blank=True)
    reference_right = models.BooleanField(null=True, blank=True)  # the logo was part of the terms
    invoiced_minor = models.BigIntegerField(null=True, blank=True)
    collected_minor = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("kind", SaleKind.values), name="pipeline_sale_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.deal_id}"
