"""Who works here: users, teams, memberships, what is shared with whom, and the audit."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from earnest.people.checks import one_of
from earnest.people.scoping import AdminsOnly, Everyone, Owned, Private, Scope, ScopedManager


class Role(models.TextChoices):
    """What a person may do; whose rows they see follows from it."""

    REP = "rep", "rep"
    MANAGER = "manager", "manager"
    ANALYST = "analyst", "analyst"
    ADMIN = "admin", "admin"


class Users(BaseUserManager["User"]):
    """The users as Django's login reads them; everything else goes through `people.visibility`."""


class User(AbstractBaseUser):
    """A person who works here, or who owned something in a system that was imported.

    The e-mail is the login, in small letters; an imported owner has none and is not active until somebody invites them.
    """

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True, null=True, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.REP)
    is_active = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    # A view without quotas, for whoever works better without a weight (S2.6); and the daily digest by mail.
    hides_quota = models.BooleanField(default=False)
    wants_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    scope: ClassVar[Scope] = Everyone()
    objects: ClassVar[Users] = Users()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("role", Role.values), name="people_user_role_is_known"),
            CheckConstraint(condition=~Q(email=""), name="people_user_email_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team; teams form a tree, and a manager of one sees those below it."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    version = models.PositiveIntegerField(default=1)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["parent", "name"], name="people_team_name_once_per_parent", nulls_distinct=False),
            CheckConstraint(condition=~Q(parent=F("id")), name="people_team_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a team; `leads` makes them see the whole team and the teams below."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    leads = models.BooleanField(default=False)

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["user", "team"], name="people_membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class Access(models.TextChoices):
    """What was shared: reading, or reading and writing."""

    READ = "read", "read"
    WRITE = "write", "write"


class Grant(models.Model):
    """One record shared with one person, by whom, why, and until when."""

    grantee = models.ForeignKey(User, models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    access = models.CharField(max_length=5, choices=Access.choices)
    reason = models.CharField(max_length=500)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="grants_given")
    granted_at = models.DateTimeField()
    until_on = models.DateField()

    scope: ClassVar[Scope] = Owned(owner="grantee", team="")
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["grantee", "until_on"], name="people_grant_of_person")]
        constraints: ClassVar = [
            CheckConstraint(condition=one_of("access", Access.values), name="people_grant_access_is_known"),
            CheckConstraint(condition=~Q(reason=""), name="people_grant_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} for {self.grantee_id} until {self.until_on}"


class Invitation(models.Model):
    """A link that lets one person set their password; only its hash is kept, and it works once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"invitation of {self.user_id} until {self.expires_at}"


class ApiToken(models.Model):
    """A key for programs: its owner's rights narrowed to its scopes, until a day. Only its hash is kept."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    latest_use_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = Private("owner")
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [CheckConstraint(condition=~Q(name=""), name="people_token_has_a_name")]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.owner_id}"


class Setting(models.Model):
    """A value that the workspace has chosen. Append-only: the newest row of a name holds, older ones say since when.

    Which names there are, their defaults and units is declared where each is used.
    """

    name = models.CharField(max_length=80)
    value = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["name", "id"], name="people_setting_by_name")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class Notification(models.Model):
    """Something that one person should know, with the place to look."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = Private("user")
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["user", "-id"], name="people_notification_of_user")]

    def __str__(self) -> str:
        return self.text


class AuditEvent(models.Model):
    """One thing that somebody did. Append-only, and each event carries the hash of the one before it."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True)
    origin = models.CharField(max_length=10)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["kind", "record_id"], name="people_audit_of_record")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class AuditHead(models.Model):
    """The newest link of the audit's chain: one row, locked while the next event is written."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    scope: ClassVar[Scope] = AdminsOnly()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
