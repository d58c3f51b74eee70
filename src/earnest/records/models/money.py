"""Currencies, the dated rates between them, and quotas. Money is whole minor units beside its currency, everywhere."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact

from earnest.people.models import Team, User
from earnest.people.scoping import Everyone, Owned, Scope, ScopedManager
from earnest.records.models.base import Record

# ISO 4217's own code for «no currency»: an amount whose currency nobody told.
UNTOLD_CURRENCY = "XXX"
RATE_SCALE = 10**12


class Currency(models.Model):
    """A currency of ISO 4217, and how many decimal digits its smallest unit has."""

    code = models.CharField(max_length=3, primary_key=True)
    minor_digits = models.PositiveSmallIntegerField(default=2)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=Q(code=Upper("code")), name="records_currency_is_upper_case"),
            CheckConstraint(condition=Exact(Length("code"), 3), name="records_currency_has_three_letters"),
        ]

    def __str__(self) -> str:
        return self.code


class ExchangeRate(models.Model):
    """What one major unit of a currency was worth in another on one day.

    Kept as whole millionths of a millionth, because SQLite would make a float of a decimal.
    """

    from_currency = models.ForeignKey(Currency, models.PROTECT, related_name="+")
    to_currency = models.ForeignKey(Currency, models.PROTECT, related_name="+")
    on = models.DateField()
    rate_e12 = models.BigIntegerField()

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["from_currency", "to_currency", "on"], name="records_rate_once_a_day"),
            CheckConstraint(condition=Q(rate_e12__gt=0), name="records_rate_is_positive"),
            CheckConstraint(condition=~Q(from_currency=F("to_currency")), name="records_rate_is_between_two"),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_currency_id} = {self.rate} {self.to_currency_id} on {self.on}"

    @property
    def rate(self) -> Decimal:
        """The rate as an exact decimal number."""
        return Decimal(self.rate_e12) / RATE_SCALE


class Quota(Record):
    """What a person or a team is asked to reach in a period."""

    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="quotas")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="quotas")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [Index(fields=["owner", "starts_on"], name="records_quota_of_owner")]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="records_quota_period_is_forward"),
            CheckConstraint(condition=Q(amount_minor__gte=0), name="records_quota_is_not_negative"),
            CheckConstraint(
                condition=Q(owner__isnull=False) | Q(team__isnull=False), name="records_quota_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id or self.team_id} {self.starts_on} to {self.ends_on}"
