"""Keep a list as somebody likes to see it: saved for oneself or for everybody, renamed and removed by its owner."""

from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.records.models import Origin, SavedView
from earnest.records.services.writing import By

MOST_VIEWS = 100
_LONGEST_NAME, _LONGEST_QUERY = 120, 2000


class ViewRefused(EarnestError):
    """A list cannot be saved in this way."""

    code: ClassVar[str] = "view_refused"


def save_view(*, by: By, page: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Save a list of the actor's under a name; the same name again writes over it.

    Raises: ViewRefused without a name, or when it is too long or one too many.
    """
    told = _named(name)
    if len(query) > _LONGEST_QUERY:
        raise _refused(told, f"Its filters are {len(query)} characters long; {_LONGEST_QUERY} fit.", "Ask for less.")
    with transaction.atomic():
        own = visibility.visible(by.actor, SavedView).filter(owner_id=by.actor.user_id, page=page)
        row = own.filter(name=told).order_by("id").first()
        if row is None and own.count() >= MOST_VIEWS:
            raise _refused(
                told, f"You have {MOST_VIEWS} saved lists, and more could not be found again.", "Remove one."
            )
        if row is None:
            row = SavedView(owner_id=by.actor.user_id, page=page, name=told, origin=Origin.UI, created_at=by.at)
        else:
            row.version += 1
        row.query, row.shared = query, shared
        return _kept(row, by, "save_view")


def edit_view(*, by: By, view_id: int, name: str, shared: bool) -> SavedView:
    """Rename a saved list of one's own, or share it, or keep it to oneself again.

    Raises: NotFound when there is none or it is somebody else's, ViewRefused without a name.
    """
    with transaction.atomic():
        row = _own(by, view_id)
        row.name, row.shared, row.version = _named(name), shared, row.version + 1
        return _kept(row, by, "edit_view")


def remove_view(*, by: By, view_id: int) -> SavedView:
    """Remove a saved list of one's own.

    Raises: NotFound when there is none or it is somebody else's.
    """
    with transaction.atomic():
        row = _own(by, view_id)
        row.deleted_at, row.version = by.at, row.version + 1
        return _kept(row, by, "remove_view")


def _own(by: By, view_id: int) -> SavedView:
    row = visibility.visible(by.actor, SavedView).filter(pk=view_id, owner_id=by.actor.user_id).first()
    if row is None:
        raise authority.not_found("saved list", view_id)
    return row


def _kept(row: SavedView, by: By, action: str) -> SavedView:
    row.written_at = by.at
    row.save()
    record = (row._meta.label_lower, row.pk)
    detail = {"name": row.name, "shared": row.shared}
    audit.note(actor_id=by.actor.user_id, action=action, at=by.at, origin=by.origin, record=record, detail=detail)
    return row


def _named(name: str) -> str:
    told = " ".join(name.split())
    if not told or len(told) > _LONGEST_NAME or "\0" in told:
        raise _refused(told[:40], f"A name has one to {_LONGEST_NAME} characters.", "Give it a short name.")
    return told


def _refused(name: str, why: str, fix: str) -> ViewRefused:
    return ViewRefused(f"The list «{name}» was not saved.", why=why, fix=fix, data={"name": name})
