"""Keys for programs: made by a person for themselves, narrowed to scopes, until a day; only their hash is kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import ApiToken, User

PREFIX = "ern_"
LONGEST_LIFE = timedelta(days=90)
MODULES = ("deals", "people", "activities", "views")
SCOPES = ("read", "write", *(f"{module}:{access}" for module in MODULES for access in ("read", "write")))
MOST_TOKENS = 50
_LONGEST_NAME = 100
_SHOWN = 10
_USED_EVERY = timedelta(minutes=1)
_WHY = "a key is found by its hash, before anybody is known"


class TokenRefused(EarnestError):
    """A key cannot be made in this way."""

    code: ClassVar[str] = "token_refused"


@dataclass(frozen=True)
class Bearer:
    """Whoever a key speaks for: the person, the key's number, and what it may."""

    user: User
    token_id: int
    scopes: frozenset[str]


def create_token(
    *, actor: Actor, name: str, scopes: Collection[str], expires_on: date, at: datetime
) -> tuple[ApiToken, str]:
    """Make a key; the second value is the key itself, which nobody can read again.

    Raises: TokenRefused without a name, with a scope that is not known, with a day that is over or too far, or one
    key too many.
    """
    told, wanted = name.strip(), sorted(set(scopes))
    _demand(bool(told) and len(told) <= _LONGEST_NAME, "name", f"The name «{told[:40]}» does not fit.", "Name it.")
    known = bool(wanted) and set(wanted) <= set(SCOPES)
    _demand(known, "scopes", "These scopes are not known, or there are none.", f"Choose from {', '.join(SCOPES)}.")
    today = at.date()
    fits = today < expires_on <= today + LONGEST_LIFE
    _demand(fits, "expires_on", f"A key cannot last until {expires_on}.", f"Choose a day within {LONGEST_LIFE.days}.")
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        count = visibility.visible(actor, ApiToken).filter(revoked_at=None, expires_on__gte=today).count()
        _demand(count < MOST_TOKENS, "name", f"You have {MOST_TOKENS} keys already.", "Revoke one that is not used.")
        row = ApiToken(
            owner_id=actor.user_id,
            name=told,
            prefix=secret[:_SHOWN],
            token_hash=_hash(secret),
            scopes=wanted,
            created_at=at,
            expires_on=expires_on,
        )
        row.save(force_insert=True)
        detail: dict[str, object] = {"name": told, "scopes": wanted, "expires_on": expires_on.isoformat()}
        _note(actor, "create_token", row, at, detail)
    return row, secret


def revoke_token(*, actor: Actor, token_id: int, at: datetime) -> ApiToken:
    """End a key of one's own, at once.

    Raises: NotFound when there is none, or it is somebody else's.
    """
    with transaction.atomic():
        row = visibility.visible(actor, ApiToken).filter(pk=token_id).first()
        if row is None:
            raise authority.not_found("token", token_id)
        if row.revoked_at is None:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            _note(actor, "revoke_token", row, at, {"name": row.name})
    return row


def bearer_of(secret: str, *, at: datetime) -> Bearer | None:
    """Whoever a key speaks for now; None when it is unknown, revoked or over, or its owner may not work here.

    Its latest use is kept, written at most once a minute.
    """
    if not secret.startswith(PREFIX):
        return None
    tokens = ApiToken.objects.unscoped(reason=_WHY)
    row = tokens.select_related("owner").filter(token_hash=_hash(secret)).first()
    if row is None or row.revoked_at is not None or row.expires_on < at.date() or not row.owner.is_active:
        return None
    if row.latest_use_at is None or row.latest_use_at <= at - _USED_EVERY:
        tokens.filter(pk=row.pk).update(latest_use_at=at)
    return Bearer(row.owner, row.pk, frozenset(row.scopes))


def _hash(secret: str) -> str:
    # The key has 256 bits of chance: a slow hash would only cost every request.
    return hashlib.sha256(secret.encode()).hexdigest()


def _demand(fits: bool, field: str, what: str, fix: str) -> None:  # noqa: FBT001  # the condition itself
    if not fits:
        why = "A key is named, narrowed to what it needs, and ends by itself."
        raise TokenRefused(what, why=why, fix=fix, data={"field": field})


def _note(actor: Actor, action: str, row: ApiToken, at: datetime, detail: dict[str, object]) -> None:
    record = ("people.apitoken", row.pk)
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="ui", record=record, detail=detail)
