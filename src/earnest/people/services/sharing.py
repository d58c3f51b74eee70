"""Share one record with one person, until a day and for a reason; and end it before that day."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Grant, User
from earnest.people.scoping import Owned


class GrantRefused(EarnestError):
    """A record cannot be shared in this way."""

    code: ClassVar[str] = "grant_refused"


def share(
    *,
    actor: Actor,
    record: tuple[str, int],
    with_user_id: int,
    reason: str,
    until_on: date,
    at: datetime,
    access: str = Access.READ,
) -> Grant:
    """Share one record with one person until a day, with the reason; only whoever may write it can share it.

    Raises: NotFound, GrantRefused.
    """
    kind, record_id = record
    with transaction.atomic():
        _demand_writable(actor, kind, record_id)
        colleague = visibility.visible(actor, User).filter(pk=with_user_id, is_active=True).first()
        if colleague is None:
            raise authority.not_found("user", with_user_id)
        if not reason.strip() or until_on < at.date() or access not in Access.values:
            raise GrantRefused(
                f"Sharing until {until_on} with the reason «{reason.strip()}» is refused.",
                why="What is shared needs a reason, and ends on a day that is still to come.",
                fix="Give the reason and a later day.",
                data={"until_on": until_on.isoformat()},
            )
        grant = Grant(
            grantee=colleague,
            kind=kind,
            record_id=record_id,
            access=access,
            reason=reason.strip(),
            granted_by_id=actor.user_id,
            granted_at=at,
            until_on=until_on,
        )
        grant.save()
        detail = {"access": access, "until_on": until_on.isoformat(), "with": with_user_id}
        audit.note(actor_id=actor.user_id, action="share", at=at, origin="ui", record=record, detail=detail)
    return grant


def end_grant(*, actor: Actor, grant_id: int, as_of: date, at: datetime) -> Grant:
    """End what was shared, from this day on: by whoever shared it, or an admin.

    Raises: NotFound.
    """
    mine = Q() if actor.is_admin else Q(granted_by_id=actor.user_id)
    with transaction.atomic():
        rows = Grant.objects.unscoped(reason="whoever shared a record may end it")
        grant = rows.filter(mine, pk=grant_id, until_on__gte=as_of).first()
        if grant is None:
            raise authority.not_found("sharing", grant_id)
        grant.until_on = as_of - timedelta(days=1)
        grant.save(update_fields=["until_on"])
        record, detail = (grant.kind, grant.record_id), {"with": grant.grantee_id}
        audit.note(actor_id=actor.user_id, action="end_grant", at=at, origin="ui", record=record, detail=detail)
    return grant


def shareable(kind: str) -> type[models.Model] | None:
    """The model of a kind that can be shared, as `records.deal`: one whose rows have an owner; None for others."""
    label, _, name = kind.partition(".")
    try:
        model = apps.get_model(label, name)
    except LookupError:
        return None
    scope = getattr(model, "scope", None)
    return model if isinstance(scope, Owned) and label == "records" else None


def _demand_writable(actor: Actor, kind: str, record_id: int) -> None:
    model = shareable(kind)
    if model is None or not visibility.visible(actor, model, Access.WRITE).filter(pk=record_id).exists():
        raise authority.not_found(kind.rpartition(".")[2], record_id)
