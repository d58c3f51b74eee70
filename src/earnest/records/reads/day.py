"""What a person's day asks of the records: what others changed in their deals, and which leads wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Role
from earnest.records.models import Change, Deal, Lead, Origin
from earnest.records.models.parties import LeadState
from earnest.records.reads import stream

MOST_CHANGED, MOST_LEADS = 8, 6
_LOOKED_THROUGH = 200


@dataclass(frozen=True)
class Changed:
    """A deal that others changed: who, what, when last, and whether a file did it."""

    deal_id: int
    buyer: str
    who: str
    fields: tuple[str, ...]
    at: datetime
    imported: bool


@dataclass(frozen=True)
class Waiting:
    """A lead that waits: whom nobody has answered yet, or whose day has come."""

    id: int
    name: str
    company: str
    source: str
    received_at: datetime | None
    ready_on: date | None


@dataclass(frozen=True)
class Leads:
    """The leads that wait, the longest first, and how many there are."""

    count: int
    first: tuple[Waiting, ...]


def changed_by_others(actor: Actor, *, since: datetime) -> tuple[Changed, ...]:
    """The deals of one's day that others changed since a moment, the latest first; in two queries."""
    rows = visibility.visible(actor, Deal, _access(actor)).filter(written_at__gte=since).order_by("-written_at", "-id")
    names = {
        number: account or title
        for number, account, title in rows.values_list("id", "account__name", "title")[:_LOOKED_THROUGH]
    }
    told = (
        Change.objects.unscoped(reason="narrowed to deals that the reader may write")
        .filter(kind="records.deal", record_id__in=list(names))
        .annotate(moment=Coalesce("at", "observed_at"))
        .filter(moment__gte=since)
        .exclude(changed_by_id=actor.user_id, changed_by__isnull=False)
        .order_by("-moment", "-id")
        .values_list("record_id", "moment", "field", "origin", "changed_by__name", "changed_by_name")
    )
    return _by_deal(list(told[: _LOOKED_THROUGH * 2]), names)


def _by_deal(
    rows: Sequence[tuple[int, datetime, str, str, str | None, str]], names: dict[int, str]
) -> tuple[Changed, ...]:
    found: dict[int, list[tuple[int, datetime, str, str, str | None, str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return tuple(
        Changed(
            number,
            names[number],
            each[0][4] or each[0][5],
            tuple(dict.fromkeys(stream.field_words(row[2]) for row in each)),
            each[0][1],
            imported=each[0][3] == Origin.IMPORT,
        )
        for number, each in list(found.items())[:MOST_CHANGED]
    )


def leads_waiting(actor: Actor, *, on: date) -> Leads:
    """Leads nobody has answered yet, and those whose day has come; whoever has waited longest first."""
    waits = Q(state=LeadState.NEW) | Q(state=LeadState.NOT_YET, ready_on__lte=on)
    rows = visibility.visible(actor, Lead, _access(actor)).filter(waits)
    ordered = rows.order_by(F("received_at").asc(nulls_last=True), "id")
    found = ordered.values_list("id", "name", "company", "source", "received_at", "ready_on")[: MOST_LEADS + 1]
    first = tuple(Waiting(*row) for row in found)
    return Leads(len(first) if len(first) <= MOST_LEADS else rows.count(), first[:MOST_LEADS])


def numbers_by_name(actor: Actor, names: Sequence[str]) -> dict[str, int]:
    """The numbers of the leads with these names, by name."""
    rows = visibility.visible(actor, Lead).filter(name__in=list(names)).order_by("-id")
    return dict(rows.values_list("name", "id"))


def _access(actor: Actor) -> str:
    """One's day is about what one may write; analysts, who write nothing, see what they may read."""
    return Access.READ if actor.role == Role.ANALYST else Access.WRITE
