"""Write what one person should know, and that they have read it."""

from datetime import datetime

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Notification

LONGEST = 500


def notify(*, user_id: int, kind: str, text: str, at: datetime, link: str = "") -> Notification:
    """Tell one person something, with the place to look: an address of this site, as /deals/5.

    A text that is longer than a notice may be is cut, with an ellipsis.
    """
    told = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    notice = Notification(user_id=user_id, kind=kind, text=told, link=link, at=at)
    notice.save(force_insert=True)
    return notice


def mark_read(*, actor: Actor, notification_id: int, at: datetime) -> Notification:
    """Mark one notice of the actor's own as read; one that was read stays as it is.

    Raises: NotFound.
    """
    notice = visibility.visible(actor, Notification).filter(pk=notification_id).first()
    if notice is None:
        raise authority.not_found("notification", notification_id)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Mark every notice of the actor's own as read; returns how many were new."""
    return visibility.visible(actor, Notification).filter(read_at=None).update(read_at=at)
