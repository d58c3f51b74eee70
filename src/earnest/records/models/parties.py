"""Who may buy: accounts, the people in them, and leads that are not deals yet."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.checks import one_of
from earnest.people.models import Team, User
from earnest.people.scoping import Owned, Scope
from earnest.records.models.base import Record


class Account(Record):
    """An organisation that buys or may buy."""

    name = models.CharField(max_length=500)
    domain = models.CharField(max_length=253, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    employee_count = models.PositiveIntegerField(null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="accounts")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="accounts")
    custom = models.JSONField(default=dict, blank=True)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [
            Index(fields=["name", "id"], name="records_account_by_name"),
            Index(fields=["domain"], name="records_account_by_domain", condition=~Q(domain="")),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Record):
    """A person on the buyer's side. The name is empty when an import told only that there was somebody."""

    name = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=320, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    job_title = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="contacts")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="contacts")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="contacts")
    custom = models.JSONField(default=dict, blank=True)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [
            Index(fields=["name", "id"], name="records_contact_by_name"),
            Index(fields=["email"], name="records_contact_by_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return self.name or f"contact {self.pk}"


class LeadState(models.TextChoices):
    """How far a lead has come."""

    NEW = "new", "new"
    WORKING = "working", "working"
    NOT_YET = "not_yet", "not yet"
    BECAME_DEAL = "became_deal", "became a deal"
    DECLINED = "declined", "declined"
    NO_ANSWER = "no_answer", "no answer"


class Lead(Record):
    """Somebody who may have a need, before there is a deal; «not yet» keeps the day on which they are ready."""

    name = models.CharField(max_length=500)
    company = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=320, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=LeadState.choices, default=LeadState.NEW)
    received_at = models.DateTimeField(null=True, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="leads", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="leads")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="leads")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="leads")
    custom = models.JSONField(default=dict, blank=True)

    scope: ClassVar[Scope] = Owned()

    class Meta(Record.Meta):
        indexes: ClassVar = [Index(fields=["owner", "state", "id"], name="records_lead_of_owner")]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("state", LeadState.values), name="records_lead_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
