"""Invite people: a link that sets one password, once, within a week; only its hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Invitation, Membership, Role, Team, User
from earnest.people.services import entries
from earnest.people.services.people import email_taken

LASTS = timedelta(days=7)
_WHY = "a link is known by its hash alone, before anybody has logged in"


class InvitationSpent(EarnestError):
    """The link of an invitation does not work: unknown, used, too old or replaced, which all read the same."""

    code: ClassVar[str] = "invitation_spent"


class InvitationRefused(EarnestError):
    """This person cannot be invited."""

    code: ClassVar[str] = "invitation_refused"


@dataclass(frozen=True)
class Invited:
    """An invited person, and the token of their link, which is shown once and kept nowhere."""

    user_id: int
    name: str
    email: str
    token: str


def invite(
    *, actor: Actor, name: str, email: str, at: datetime, role: str = Role.REP, team_id: int | None = None
) -> Invited:
    """Invite somebody new, into a team where one is given; they may work here once they have set a password.

    Managers invite into the teams they lead, and nobody gives a role above their own.
    Raises: NotAllowed, NotFound, EmailTaken, EntryRefused.
    """
    _demand_role(actor, role)
    _demand_team(actor, team_id)
    address, person = entries.email(email), entries.name(name)
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise email_taken(address)
        user = User(name=person, email=address, role=role, created_at=at, is_active=False)
        user.set_unusable_password()
        user.save()
        if team_id is not None:
            team = visibility.visible(actor, Team).filter(pk=team_id).first()
            if team is None:
                raise authority.not_found("team", team_id)
            Membership(user=user, team=team).save()
        return _invited(actor, user, at)


def invite_again(*, actor: Actor, user_id: int, at: datetime, email: str = "") -> Invited:
    """Give a person who has no account yet a new link: one whose link is lost, or whom an import brought.

    The links before it stop working. Who has left is invited again by admins only.
    Raises: NotAllowed, NotFound, InvitationRefused, EmailTaken, EntryRefused.
    """
    with transaction.atomic():
        user = visibility.visible(actor, User).filter(pk=user_id).first()
        if user is None:
            raise authority.not_found("user", user_id)
        _demand_role(actor, user.role)
        if not actor.is_admin and not _waits_in(user, actor.team_ids):
            raise authority.not_allowed(actor, f"invite {user.name}", fix="Ask an admin to do it.")
        if user.is_active:
            raise InvitationRefused(
                f"{user.name} works here already.",
                why="An invitation is for somebody who cannot log in yet.",
                fix="Who forgot their password asks for a new one on the login page.",
                data={"user_id": user_id},
            )
        _set_email(user, email)
        return _invited(actor, user, at)


def issue(*, user: User, by_id: int | None, at: datetime, lasts: timedelta = LASTS) -> str:
    """Make a link for a person and end those before it; returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    withdraw(user_id=user.pk, at=at)
    Invitation(user=user, token_hash=_hash(token), invited_by_id=by_id, created_at=at, expires_at=at + lasts).save(
        force_insert=True
    )
    return token


def withdraw(*, user_id: int, at: datetime) -> None:
    """End the links of a person that still work."""
    rows = Invitation.objects.unscoped(reason=_WHY)
    rows.filter(user_id=user_id, used_at=None, expires_at__gt=at).update(expires_at=at)


def invitee(*, token: str, at: datetime) -> User:
    """The person a link was made for.

    Raises: InvitationSpent, in the same words whatever is wrong with the link.
    """
    return _open(token, at).user


def accept(*, token: str, password: str, at: datetime) -> User:
    """Set the password of an invited person and let them in from now on; the link is spent.

    Raises: InvitationSpent, EntryRefused.
    """
    with transaction.atomic():
        invitation = _open(token, at, locked=True)
        user = invitation.user
        user.set_password(entries.password(password, user))
        user.is_active, user.version = True, user.version + 1
        user.save(update_fields=["password", "is_active", "version"])
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        audit.note(actor_id=user.pk, action="accept_invitation", at=at, origin="ui", record=("people.user", user.pk))
    return user


def refused_without_password(user: User) -> InvitationRefused:
    """The refusal to open an account that nobody ever set a password for."""
    return InvitationRefused(
        f"{user.name} has never set a password.",
        why="They were invited and did not follow the link, or came with an import.",
        fix="Invite them; the link lets them set one.",
        data={"user_id": user.pk},
    )


def _demand_role(actor: Actor, role: str) -> None:
    allowed = role in Role.values and authority.may_give(actor, role)
    authority.demand(allowed=allowed, actor=actor, action=f"invite somebody as {role}")


def _demand_team(actor: Actor, team_id: int | None) -> None:
    if not actor.is_admin and team_id not in actor.team_ids:
        raise authority.not_allowed(actor, "invite into this team", fix="Choose a team that you lead, or ask an admin.")


def _waits_in(user: User, team_ids: frozenset[int]) -> bool:
    """Whether a person of these teams was invited and has not set a password yet; whoever has left has one."""
    rows = Membership.objects.unscoped(reason="a manager invites again into the teams they lead")
    waits = Invitation.objects.unscoped(reason=_WHY).filter(user_id=user.pk, used_at=None).exists()
    return waits and not entries.has_password(user) and rows.filter(user=user, team_id__in=team_ids).exists()


def _set_email(user: User, typed: str) -> None:
    if not typed and user.email:
        return
    address = entries.email(typed)
    if User.objects.filter(email=address).exclude(pk=user.pk).exists():
        raise email_taken(address)
    user.email, user.version = address, user.version + 1
    user.save(update_fields=["email", "version"])


def _invited(actor: Actor, user: User, at: datetime) -> Invited:
    token = issue(user=user, by_id=actor.user_id, at=at)
    audit.note(
        actor_id=actor.user_id,
        action="invite",
        at=at,
        origin="ui",
        record=("people.user", user.pk),
        detail={"role": user.role, "email": user.email},
    )
    return Invited(user_id=user.pk, name=user.name, email=user.email or "", token=token)


def _open(token: str, at: datetime, *, locked: bool = False) -> Invitation:
    rows = Invitation.objects.unscoped(reason=_WHY)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("user").filter(token_hash=_hash(token), used_at=None, expires_at__gt=at).first()
    if found is None:
        raise InvitationSpent(
            "This link does not work, or no longer.",
            why="An invitation works once, for seven days, and a newer one replaces it.",
            fix="Ask whoever invited you for a new one, or log in if you have set your password.",
        )
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
