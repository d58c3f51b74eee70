"""The first admin of a workspace, and the way back in for whoever owns the machine."""

from datetime import datetime, timedelta
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, reads
from earnest.people.actors import Actor
from earnest.people.models import AuditHead, Role, User
from earnest.people.services import entries, invitations, settings

WORKSPACE_NAME = "workspace_name"
# Whoever sits at the machine follows the link now, not next week.
BREAK_GLASS_HOURS = 1


class AlreadySetUp(EarnestError):
    """The workspace has somebody who can log in, so nobody sets it up again."""

    code: ClassVar[str] = "already_set_up"


def found(*, workspace: str, name: str, email: str, password: str, at: datetime, time_zone: str = "UTC") -> User:
    """Make the first admin of a workspace that nobody can log in to yet, and give the workspace its name.

    Raises: AlreadySetUp, EntryRefused.
    """
    title = entries.name(workspace, field="workspace", longest=80)
    user = User(name=entries.name(name), email=entries.email(email), role=Role.ADMIN, created_at=at)
    user.time_zone = entries.time_zone(time_zone)
    user.set_password(entries.password(password, user))
    with transaction.atomic():
        # One row that every writer of the audit locks: of two first visitors, the second one waits and is refused.
        AuditHead.objects.unscoped(reason="the first admin is made once").select_for_update().get(id=1)
        if reads.anybody_can_log_in():
            raise AlreadySetUp(
                "This workspace is set up already.",
                why="Somebody can log in to it, so only they invite others.",
                fix="Log in, or ask an admin for an invitation.",
            )
        user.save(force_insert=True)
        audit.note(actor_id=user.pk, action="found", at=at, origin="ui", record=("people.user", user.pk))
        founder = Actor(user_id=user.pk, role=user.role)
        settings.set_setting(actor=founder, name=WORKSPACE_NAME, value=title, reason="Set up.", at=at)
    return user


def break_glass(
    *, email: str, name: str, at: datetime, password: str = "", forget_second_factor: bool = False
) -> tuple[User, str]:
    """Make somebody an admin from the machine itself; returns them and the token of a link that sets their password.

    A person with this e-mail becomes an active admin; where there is none, one is made. With a password the link is
    spent at once.
    Raises: EntryRefused.
    """
    with transaction.atomic():
        user = _admin_of(entries.email(email), name, at)
        if forget_second_factor:
            Authenticator.objects.filter(user=user).delete()
        audit.note(
            actor_id=None,
            action="break_glass",
            at=at,
            origin="cli",
            record=("people.user", user.pk),
            detail={"forgot_second_factor": forget_second_factor},
        )
        token = invitations.issue(user=user, by_id=None, at=at, lasts=timedelta(hours=BREAK_GLASS_HOURS))
        if password:
            invitations.accept(token=token, password=password, at=at)
    return user, token


def _admin_of(email: str, name: str, at: datetime) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, created_at=at)
        user.set_unusable_password()
    if name or not user.name:
        user.name = entries.name(name or email.partition("@")[0])
    user.role, user.is_active, user.version = Role.ADMIN, True, user.version + 1
    user.save()
    return user
