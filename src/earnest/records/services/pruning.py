"""Forget what has had its time: keys of creates that nobody repeats any more, and steps too old to undo."""

from datetime import datetime, timedelta

from earnest.people import authority
from earnest.people.actors import Actor
from earnest.records.models import IdempotencyKey, UndoStep

KEYS_KEPT_FOR = timedelta(days=30)
STEPS_KEPT_FOR = timedelta(days=90)
_WHY = "what is too old goes for everybody"


def prune(*, actor: Actor, at: datetime) -> int:
    """Delete keys older than 30 days and steps older than 90; returns how many rows. Admins only.

    Raises: NotAllowed.
    """
    authority.demand_admin(actor, action="forget old keys and steps")
    keys, _ = IdempotencyKey.objects.unscoped(reason=_WHY).filter(created_at__lt=at - KEYS_KEPT_FOR).delete()
    steps, _ = UndoStep.objects.unscoped(reason=_WHY).filter(at__lt=at - STEPS_KEPT_FOR).delete()
    return keys + steps
