"""The recycle bin as its page shows it: what the actor may restore, what is left of its ninety days."""

from dataclasses import dataclass
from datetime import datetime

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.services import bin as bins

MOST_OF_A_KIND = 50
# The column that says what one is called, by kind.
_NAMES = {"deal": "title", "activity": "subject", "note": "text"}
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
    found = [each for kind in bins.KINDS for each in _of_kind(actor, kind, at)]
    return sorted(found, key=lambda each: (each.deleted_at, each.kind, each.id), reverse=True)


def _of_kind(actor: Actor, kind: str, at: datetime) -> list[Binned]:
    column, word = _NAMES.get(kind, "name"), WORDS.get(kind, kind)
    rows = visibility.in_bin(actor, bins.KINDS[kind]).order_by("-deleted_at", "-pk")
    return [
        Binned(kind, word, number, str(name)[:_LONGEST] or f"{word} {number}", when, (when + bins.KEPT_FOR - at).days)
        for number, name, when in rows.values_list("pk", column, "deleted_at")[:MOST_OF_A_KIND]
    ]
