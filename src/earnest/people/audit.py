"""The audit: who did what, when and from where, in the same transaction as the thing itself.

Each event carries the hash of the one before it, so that a row changed behind Earnest's back is found.
When the event cannot be written, the thing itself is not done.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from earnest.people.models import AuditEvent, AuditHead

GENESIS = "0" * 64
_WHY = "the chain of the audit is one for the whole workspace"


def note(
    *,
    actor_id: int | None,
    action: str,
    at: datetime,
    origin: str,
    record: tuple[str, int] | None = None,
    detail: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Write one event as the next link of the chain; it stands or falls with the transaction around it."""
    kind, record_id = record or ("", None)
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        event = AuditEvent(
            number=head.number + 1,
            at=at,
            actor_id=actor_id,
            action=action,
            kind=kind,
            record_id=record_id,
            origin=origin,
            detail=dict(detail or {}),
            previous_hash=head.hash,
        )
        event.hash = _link(event)
        AuditEvent.objects.bulk_add([event])
        head.number, head.hash = event.number, event.hash
        head.save(update_fields=["number", "hash"])
    return event


def first_broken() -> int | None:
    """The number of the first event that does not follow from the one before it; None when the chain holds."""
    expected, number = GENESIS, 0
    for event in AuditEvent.objects.unscoped(reason=_WHY).order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number or event.previous_hash != expected or event.hash != _link(event):
            return number
        expected = event.hash
    head = AuditHead.objects.unscoped(reason=_WHY).order_by("id").first()
    whole = head is not None and (head.number, head.hash) == (number, expected)
    return None if whole else number + 1


def _locked_head() -> AuditHead:
    # The row is made by the migration; locking it keeps two writers from making the same link.
    return AuditHead.objects.unscoped(reason=_WHY).select_for_update().get(id=1)


def _link(event: AuditEvent) -> str:
    body = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "action": event.action,
        "kind": event.kind,
        "record_id": event.record_id,
        "origin": event.origin,
        "detail": event.detail,
        "previous": event.previous_hash,
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
