"""The story as things that somebody did at a moment, each through the service that a page would call.

They are done in the order of their moments, so that history, versions and audit are as if it had happened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from earnest.people.actors import Actor
from earnest.records.services import By

# The hours of a day on which things happen, so that the happenings of one day keep their order.
DAWN, OPENING, TALKING, MOVING, WRITING, ENDING = time(6), time(8), time(9), time(14), time(15), time(16)


@dataclass(frozen=True)
class Happening:
    """One thing that somebody did at a moment."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Cast:
    """Who and what is there so far: the actors, the stages, the products, and the numbers of deals and leads."""

    boss: Actor
    actors: dict[str, Actor] = field(default_factory=dict)
    user_ids: dict[str, int] = field(default_factory=dict)
    team_id: int = 0
    stage_ids: list[int] = field(default_factory=list)
    product_ids: dict[str, int] = field(default_factory=dict)
    deal_ids: dict[str, int] = field(default_factory=dict)
    lead_ids: dict[str, int] = field(default_factory=dict)

    def by(self, key: str, at: datetime) -> By:
        """Who writes, and when."""
        return By(self.actors[key], at)


def moment(on: date, hour: time, minute: int = 0) -> datetime:
    """A moment of a day of the story."""
    return datetime.combine(on, hour, UTC) + timedelta(minutes=minute)


def do_all(happenings: Iterable[Happening]) -> None:
    """Do everything, the earliest first; what has one moment keeps its order."""
    for each in sorted(happenings, key=lambda happening: happening.at):
        each.do()
