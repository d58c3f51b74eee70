"""Deals, what they are about, and who on the buyer's side takes part."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from earnest.people.checks import one_of
from earnest.people.models import Team, User
from earnest.people.scoping import Everyone, Owned, Scope, ScopedManager, Through
from earnest.records.models.base import Record
from earnest.records.models.money import Currency
from earnest.records.models.parties import Account, Contact
from earnest.records.models.pipelines import Stage


class Outcome(models.TextChoices):
    """How a deal stands or ended; never derived from a stage's name, position or probability."""

    OPEN = "open", "open"
    WON = "won", "won"
    LOST = "lost", "lost"
    NO_DECISION = "no_decision", "no decision"
    DECLINED = "declined", "declined"


class EndReason(models.TextChoices):
    """Why a deal ended, as one of the usual reasons (L3.7); empty where nobody has said."""

    NEED_WEAK = "need_weak", "the need was too weak"
    DATE_NOT_REAL = "date_not_real", "the date was not real"
    NO_OWNER = "no_owner", "nobody owned the problem"
    NO_AGREEMENT = "no_agreement", "they were not of one mind"
    FEAR = "fear", "fear of a wrong choice"
    OTHER_PRIORITY = "other_priority", "something else came first"
    MONEY_GONE = "money_gone", "the money was withdrawn"
    NO_FIT = "no_fit", "we did not fit"
    FAVOURITE = "favourite", "a supplier they favoured from the start"
    OUR_CONDUCT = "our_conduct", "how we worked with them"
    PRICE = "price", "price against value"
    OUTSIDE = "outside", "something outside"


class Side(models.TextChoices):
    """Who acts in a next step."""

    US = "us", "only we"
    THEM = "them", "the buyer"
    BOTH = "both", "both sides"


_OPEN = Q(outcome="open", closed_on__isnull=True, closed_on_unknown=False)
_ENDED = ~Q(outcome="open") & (
    Q(closed_on__isnull=False, closed_on_unknown=False) | Q(closed_on__isnull=True, closed_on_unknown=True)
)


class Product(Record):
    """Something we sell."""

    name = models.CharField(max_length=300)
    code = models.CharField(max_length=100, blank=True)
    list_price_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.ForeignKey(Currency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Everyone()

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(
                condition=Q(list_price_minor__isnull=True) | Q(currency__isnull=False),
                name="records_product_price_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Deal(Record):
    """A possible sale.

    The seller's expected close, the actual close and the buyer's by-when are three dates, and none fills another.
    The pipeline is the stage's. What another CRM only claims (a probability, a count of pushes) is kept as stated.
    """

    title = models.CharField(max_length=500, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="deals")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deals", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="deals", db_index=False)
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="deals")
    segment = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    deal_type = models.CharField(max_length=200, blank=True)

    outcome = models.CharField(max_length=11, choices=Outcome.choices, default=Outcome.OPEN)
    lost_reason = models.TextField(blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason.choices, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    list_amount_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.ForeignKey(Currency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Only an import may set it: a source that says a deal ended and not when.
    closed_on_unknown = models.BooleanField(default=False)
    seller_close_on = models.DateField(null=True, blank=True)
    buyer_by_when_on = models.DateField(null=True, blank=True)
    lead_time_days = models.PositiveIntegerField(null=True, blank=True)
    next_step = models.TextField(blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    # Who acts in it, who at the buyer agreed to it, when and how, what it is hoped to bring, and whose day it is (D7).
    next_step_side = models.CharField(max_length=4, choices=Side.choices, blank=True)
    next_step_contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    next_step_agreed_on = models.DateField(null=True, blank=True)
    next_step_agreed_by = models.CharField(max_length=100, blank=True)
    next_step_result = models.CharField(max_length=500, blank=True)
    next_step_their_day = models.BooleanField(null=True, blank=True)
    offer_ends_on = models.DateField(null=True, blank=True)
    # Counted on for certain in the forecast; refused on a date that the buyer did not give (S0.2).
    committed = models.BooleanField(default=False)
    stage_changed_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    stated_probability = models.FloatField(null=True, blank=True)
    stated_forecast_category = models.CharField(max_length=100, blank=True)
    stated_latest_activity_on = models.DateField(null=True, blank=True)
    stated_push_count = models.IntegerField(null=True, blank=True)
    stated_contact_count = models.IntegerField(null=True, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [
            Index(fields=["owner", "outcome", "id"], name="records_deal_of_owner"),
            Index(fields=["team", "outcome", "id"], name="records_deal_of_team"),
            Index(fields=["seller_close_on", "id"], name="records_deal_open_by_close", condition=Q(outcome="open")),
            # The list as it opens: whose they are, in the order of our date, a page at a time.
            Index(
                fields=["owner", "seller_close_on", "id"], name="records_deal_owner_close", condition=Q(outcome="open")
            ),
            Index(
                fields=["team", "seller_close_on", "id"], name="records_deal_team_close", condition=Q(outcome="open")
            ),
            Index(fields=["written_at"], name="records_deal_written"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("outcome", Outcome.values), name="records_deal_outcome_is_known"),
            CheckConstraint(
                condition=one_of("end_reason", ["", *EndReason.values]), name="records_deal_end_reason_is_known"
            ),
            CheckConstraint(condition=one_of("next_step_side", ["", *Side.values]), name="records_deal_side_is_known"),
            CheckConstraint(condition=_OPEN | _ENDED, name="records_deal_is_closed_when_it_ended"),
            CheckConstraint(
                condition=Q(amount_minor__isnull=True, list_amount_minor__isnull=True) | Q(currency__isnull=False),
                name="records_deal_amount_has_a_currency",
            ),
            CheckConstraint(
                condition=Q(stated_probability__isnull=True) | Q(stated_probability__gte=0, stated_probability__lte=1),
                name="records_deal_probability_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"deal {self.pk}"


class DealLine(models.Model):
    """A product in a deal, with how many and at what price."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField(default=1)
    product = models.ForeignKey(Product, models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField(default=1)
    list_price_minor = models.BigIntegerField(null=True, blank=True)
    price_minor = models.BigIntegerField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["deal", "position"], name="records_line_once_at_a_position")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"


class BuyerRole(models.TextChoices):
    """What a person does in the buyer's decision."""

    UNTOLD = "untold", "not known yet"
    OWNER = "owner", "owns the problem"
    DECIDER = "decider", "decides"
    USER = "user", "uses it"
    INFLUENCER = "influencer", "is listened to"
    FINANCE = "finance", "holds the money"
    PROCUREMENT = "procurement", "buys"
    BLOCKER = "blocker", "is against it"


class Stakeholder(Record):
    """A person on the buyer's side who takes part in a deal, and their role in it."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="stakeholders", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="stakes")
    role = models.CharField(max_length=12, choices=BuyerRole.choices, default=BuyerRole.UNTOLD)
    # The first day on which this person's own view of the need was recorded; the need room writes it.
    heard_on = models.DateField(null=True, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            UniqueConstraint(
                fields=["deal", "contact"], condition=Q(deleted_at=None), name="records_stakeholder_once_in_a_deal"
            ),
            CheckConstraint(condition=one_of("role", BuyerRole.values), name="records_stakeholder_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.deal_id} as {self.role}"
