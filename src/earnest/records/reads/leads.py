"""The first talk of a lead in both directions: the day on which a deal with them would have been opened."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.models import Activity
from earnest.records.models.activities import Channel, Direction


@dataclass(frozen=True)
class Talk:
    """A talk: its day, and how it was held."""

    on: date
    channel: str


def first_talk(actor: Actor, lead_id: int) -> Talk | None:
    """The first talk in both directions; a call or a meeting counts unless it says that only one side acted."""
    talked = Q(direction=Direction.BOTH) | Q(direction="", channel__in=(Channel.MEETING, Channel.CALL))
    rows = visibility.visible(actor, Activity).filter(Q(lead_id=lead_id) & Q(at__isnull=False) & talked)
    found = rows.order_by("at", "pk").values_list("at", "channel").first()
    if found is None or found[0] is None:
        return None
    return Talk(found[0].date(), str(Channel(found[1]).label) if found[1] else "talk")
