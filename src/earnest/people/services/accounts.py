"""Write what people choose for themselves, and close and reopen accounts."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import ApiToken, User
from earnest.people.services import entries, invitations


def edit_own(*, actor: Actor, name: str, time_zone: str, hides_quota: bool, wants_digest: bool, at: datetime) -> User:
    """Change one's own name, time zone, focus view and digest; never one's role or e-mail.

    Raises: EntryRefused, NotFound.
    """
    values: dict[str, object] = {
        "name": entries.name(name),
        "time_zone": entries.time_zone(time_zone),
        "hides_quota": hides_quota,
        "wants_digest": wants_digest,
    }
    with transaction.atomic():
        user = _user(actor, actor.user_id)
        changed = {key: value for key, value in values.items() if getattr(user, key) != value}
        for key, value in changed.items():
            setattr(user, key, value)
        if changed:
            user.version += 1
            user.save(update_fields=[*changed, "version"])
            _note(actor, "edit_own", at, user, **changed)
    return user


def deactivate(*, actor: Actor, user_id: int, at: datetime) -> User:
    """Close a person's account: their sessions, keys and links end now; what they own stays until it is handed over.

    Raises: NotAllowed, NotFound.
    """
    allowed = actor.is_admin and user_id != actor.user_id
    authority.demand(allowed=allowed, actor=actor, action=f"close the account of user {user_id}")
    with transaction.atomic():
        user = _user(actor, user_id)
        user.is_active, user.version = False, user.version + 1
        user.save(update_fields=["is_active", "version"])
        sessions = end_sessions(user_id=user.pk)
        tokens = ApiToken.objects.unscoped(reason="an admin ends the keys of whoever leaves")
        revoked = tokens.filter(owner_id=user.pk, revoked_at=None).update(revoked_at=at)
        invitations.withdraw(user_id=user.pk, at=at)
        _note(actor, "deactivate", at, user, sessions=sessions, tokens=revoked)
    return user


def reactivate(*, actor: Actor, user_id: int, at: datetime) -> User:
    """Open the account of a person who has left and comes back; they log in with the password they had.

    Raises: NotAllowed, NotFound, InvitationRefused for a person who never set a password.
    """
    authority.demand_admin(actor, action=f"open the account of user {user_id}")
    with transaction.atomic():
        user = _user(actor, user_id)
        if not entries.has_password(user):
            raise invitations.refused_without_password(user)
        user.is_active, user.version = True, user.version + 1
        user.save(update_fields=["is_active", "version"])
        _note(actor, "reactivate", at, user)
    return user


def end_sessions(*, user_id: int) -> int:
    """Log a person out everywhere; returns in how many places they were logged in."""
    rows = UserSession.objects.filter(user_id=user_id)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def _user(actor: Actor, user_id: int) -> User:
    user = visibility.visible(actor, User).filter(pk=user_id).first()
    if user is None:
        raise authority.not_found("user", user_id)
    return user


def _note(actor: Actor, action: str, at: datetime, user: User, **detail: object) -> None:
    record = ("people.user", user.pk)
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="ui", record=record, detail=detail)
