"""Write down the signs of column fodder, and what a deal costs us beyond its talks."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from earnest.people import audit, authority, visibility
from earnest.pipeline.models import Effort, Signal
from earnest.pipeline.tables import SIGNAL_NAMES
from earnest.records.models import Deal
from earnest.records.services import By, writing


def note_sign(*, by: By, deal_id: int, name: str, holds: bool | None, note: str = "") -> None:
    """Say that a sign holds from today, that it does not, or (None) that nobody knows; earlier answers stay.

    Raises: NotFound for a deal or a sign that is not there, NotAllowed.
    """
    if name not in SIGNAL_NAMES:
        raise authority.not_found("sign", name)
    today = by.at.date()
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        standing = visibility.visible(by.actor, Signal).filter(deal_id=deal_id, name=name, until_on=None)
        last = standing.order_by("-id").values_list("holds", flat=True).first()
        if last == holds:
            return
        standing.update(until_on=today)
        if holds is not None:
            row = Signal(
                deal_id=deal_id,
                name=name,
                holds=holds,
                since_on=today,
                note=note.strip()[:500],
                noted_at=by.at,
                noted_by_id=by.actor.user_id,
            )
            row.save(force_insert=True)
        writing.tell_tables("signals")
        detail = {"sign": name, "before": last, "after": holds}
        record = ("records.deal", deal_id)
        audit.note(
            actor_id=by.actor.user_id, action="note_sign", at=by.at, origin=by.origin, record=record, detail=detail
        )
        writing.tell_written("pipeline.signal", [deal_id])


class EffortValues(TypedDict, total=False):
    """What a deal cost: whose hours, or what travel, in minutes or in money, and what for."""

    kind: str
    minutes: int
    cost_minor: int | None
    currency: str
    what: str
    given_for: str


def log_effort(*, by: By, deal_id: int, on: date, key: str | None = None, **values: Unpack[EffortValues]) -> Effort:
    """Log time or money that a deal cost us beyond its talks.

    Raises: NotFound, NotAllowed, KeyReused.
    """
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        return writing.create(Effort, by=by, values={"deal_id": deal_id, "on": on, **values}, key=key)
