"""The recycle bin: what is discarded can be restored for 90 days, and its history stays for good."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import ProtectedError

from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.records.models import (
    Account,
    Activity,
    Attachment,
    Contact,
    Deal,
    Lead,
    Note,
    Record,
    Stakeholder,
)
from earnest.records.services import writing
from earnest.records.services.writing import By

KEPT_FOR = timedelta(days=90)

# In this order nothing is deleted before what hangs on it.
BINS: tuple[type[Record], ...] = (Note, Attachment, Activity, Stakeholder, Lead, Deal, Contact, Account)

# What people put into the bin and take out of it, by the word of their pages.
KINDS: dict[str, type[Record]] = {
    "deal": Deal,
    "account": Account,
    "contact": Contact,
    "lead": Lead,
    "activity": Activity,
    "note": Note,
    "attachment": Attachment,
}

Row = TypeVar("Row", bound=Record)


def discard(model: type[Row], *, by: By, record_id: int, version: int) -> Row:
    """Put a record into the recycle bin: lists, counts and frames no longer have it.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    return writing.edit(model, by=by, record_id=record_id, version=version, values={"deleted_at": by.at})


def restore(model: type[Row], *, by: By, record_id: int) -> Row:
    """Take a record out of the recycle bin.

    Raises: NotFound when it is not there for the actor.
    """
    with transaction.atomic():
        row = visibility.in_bin(by.actor, model).filter(pk=record_id).first()
        if row is None:
            raise authority.not_found(str(model._meta.verbose_name), record_id)
        return writing.write_now(row, by=by, values={"deleted_at": None}, action="restore")


def discard_one(kind: str, *, by: By, record_id: int, version: int) -> Record:
    """Put a record of a kind into the recycle bin.

    Raises: NotFound, also for a kind that has no bin, NotAllowed, StaleVersion.
    """
    return discard(_model(kind, record_id), by=by, record_id=record_id, version=version)


def restore_one(kind: str, *, by: By, record_id: int) -> Record:
    """Take a record of a kind out of the recycle bin.

    Raises: NotFound, also for a kind that has no bin.
    """
    return restore(_model(kind, record_id), by=by, record_id=record_id)


def _model(kind: str, record_id: int) -> type[Record]:
    model = KINDS.get(kind)
    if model is None:
        raise authority.not_found(kind, record_id)
    return model


def empty(*, actor: Actor, at: datetime) -> int:
    """Delete for good what has lain in the bin for longer than 90 days; returns how many records.

    What something else still needs stays. The history of what is deleted stays too.
    Raises: NotAllowed.
    """
    authority.demand_admin(actor, action="empty the recycle bin")
    return sum(_empty_one(model, actor, at) for model in BINS)


def _empty_one(model: type[Record], actor: Actor, at: datetime) -> int:
    old = visibility.in_bin(actor, model).filter(deleted_at__lt=at - KEPT_FOR).order_by("id")
    count = 0
    for row in old.iterator(chunk_size=500):
        try:
            with transaction.atomic():
                record = (row._meta.label_lower, row.pk)
                row.delete()
                audit.note(actor_id=actor.user_id, action="delete_for_good", at=at, origin="ui", record=record)
                count += 1
        except ProtectedError:
            continue
    return count
