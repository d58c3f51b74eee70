"""The need as a whole: what kind it is, its figures, what the buyer must have, and what we claimed to them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint

from earnest.people.checks import one_of
from earnest.people.scoping import Scope, Through
from earnest.records.models import Contact, Deal
from earnest.records.models.base import Record
from earnest.records.models.money import Currency


class Need(Record):
    """What a deal's buyer needs, once for each deal; what they said of it stands in the evidence.

    `types` holds any of opportunity, problem, threat. `figures` holds the inputs of what waiting costs (need.value), by
    name: each {"low", "likely", "high", "source"}, where the source is "buyer" or "seller".
    """

    deal = models.OneToOneField(Deal, models.CASCADE, related_name="need")
    types = models.JSONField(default=list, blank=True)
    goal = models.TextField(blank=True)
    measure = models.CharField(max_length=300, blank=True)  # what is counted, such as missed slots a month
    unit = models.CharField(max_length=60, blank=True)  # what one of it is called; money unless said otherwise
    consequence = models.TextField(blank=True)
    bearer = models.CharField(max_length=300, blank=True)  # who bears the consequence
    since_on = models.DateField(null=True, blank=True)
    event = models.CharField(max_length=300, blank=True)  # what fixes the date
    figures = models.JSONField(default=dict, blank=True)
    currency = models.ForeignKey(Currency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))

    def __str__(self) -> str:
        return self.goal or f"need of {self.deal_id}"


class Answer(models.TextChoices):
    """Whether we can do what the buyer must have."""

    UNKNOWN = "unknown", "not checked yet"
    YES = "yes", "yes"
    NO = "no", "no"
    WORK = "work", "with work"


class MustHave(Record):
    """Something that the buyer must have to reach their outcome, against what we can do."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="must_haves")
    text = models.CharField(max_length=500)
    answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    answered_on = models.DateField(null=True, blank=True)
    # With work: by when it is done, and what it costs.
    work_on = models.DateField(null=True, blank=True)
    work_cost_minor = models.BigIntegerField(null=True, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    scope: ClassVar[Scope] = Through(("deal",))

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("answer", Answer.values), name="need_musthave_answer_is_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Claim(Record):
    """Something we told a buyer as a fact, and what it rests on (S2.7); without a source it is flagged."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="claims")
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=500, blank=True)
    made_on = models.DateField()

    scope: ClassVar[Scope] = Through(("deal",))

    def __str__(self) -> str:
        return self.text
