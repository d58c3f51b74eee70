"""The recycle bin as its page shows it: what the actor may restore, what is left of its ninety days."""

from dataclasses import dataclass
from datetime import datetime

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.models import Account, Activity, Attachment, Contact, Deal, Lead, Note, Record
from earnest.records.services.bin import KEPT_FOR

MOST_OF_A_KIND = 50
# What can be restored from the page, and what it is called there.
KINDS: dict[str, tuple[type[Record], str]] = {
    "deal": (Deal, "title"),
    "account": (Account, "name"),
    "contact": (Contact, "name"),
    "lead": (Lead, "name"),
    "activity": (Activity, "subject"),
    "note": (Note, "text"),
    "attachment": (Attachment, "name"),
}
WORDS = {"attachment": "file"}
_LONGEST = 120


@dataclass(frozen=True)
class Binned:
    """A record in the bin: its kind, number and name, when it was put there, and how many days it stays."""

    kind: str
    word: str
    id: int
    name: str
    deleted_at: datetime
    days_left: int


def binned(actor: Actor, *, at: datetime) -> list[Binned]:
    """What the actor may restore, the latest first; one query for each kind."""
    found = [each for kind in KINDS for each in _of_kind(actor, kind, at)]
    return sorted(found, key=lambda each: (each.deleted_at, each.kind, each.id), reverse=True)


def _of_kind(actor: Actor, kind: str, at: datetime) -> list[Binned]:
    model, column = KINDS[kind]
    word = WORDS.get(kind, kind)
    rows = visibility.in_bin(actor, model).order_by("-deleted_at", "-pk")
    return [
        Binned(kind, word, number, str(name)[:_LONGEST] or f"{word} {number}", when, (when + KEPT_FOR - at).days)
        for number, name, when in rows.values_list("pk", column, "deleted_at")[:MOST_OF_A_KIND]
    ]
