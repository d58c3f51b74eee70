"""Who is asking: fixed once at the surface, with everything that says what they may see."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from earnest.errors import EarnestError
from earnest.people.models import Access, Grant, Membership, Role, Setting, Team, User

# The setting that opens reading: own, team or all.
READING = "reading"


class InactiveUser(EarnestError):
    """A person who is not active asked for something."""

    code: ClassVar[str] = "inactive_user"


@dataclass(frozen=True)
class Actor:
    """A person at one moment: their role, the teams they see, and what was shared with them.

    Two actors that are equal see the same rows, so an actor may be part of a cache's key.
    """

    user_id: int
    role: str
    team_ids: frozenset[int] = frozenset()
    # What the workspace lets everybody read beyond their own: their teams' records, or all.
    read_team_ids: frozenset[int] = frozenset()
    reads_all: bool = False
    readable: frozenset[tuple[str, int]] = field(default=frozenset())
    writable: frozenset[tuple[str, int]] = field(default=frozenset())

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    def shared(self, kind: str, access: str) -> frozenset[int]:
        """The numbers of the records of this kind that were shared with the actor."""
        pairs = self.writable if access == Access.WRITE else self.readable
        return frozenset(number for name, number in pairs if name == kind)


# The workspace itself, for what is worked out of everybody's rows and shown to each only through the predicate.
WORKSPACE = Actor(user_id=0, role=Role.ADMIN.value)


def actor_of(user: User, *, today: date) -> Actor:
    """The actor that a user is today: three small queries, at the door.

    Raises: InactiveUser when the user may not work here any more.
    """
    if not user.is_active:
        raise InactiveUser(
            f"{user.name} is not active here.",
            why="An account that was closed, or that came with an import, sees nothing.",
            fix="Ask an admin to invite this person.",
            data={"user_id": user.pk},
        )
    grants = list(
        Grant.objects.unscoped(reason="what was shared decides what the actor sees")
        .filter(grantee_id=user.pk, until_on__gte=today)
        .values_list("kind", "record_id", "access")
    )
    reading = reads_of(user, _reading())
    return Actor(
        user_id=user.pk,
        role=user.role,
        read_team_ids=reading[0],
        reads_all=reading[1],
        team_ids=_teams_led(user) if user.role == Role.MANAGER else frozenset(),
        readable=frozenset((kind, number) for kind, number, _ in grants),
        writable=frozenset((kind, number) for kind, number, access in grants if access == Access.WRITE),
    )


def _reading() -> str:
    """How far everybody reads: `own` unless an admin has opened the workspace to `team` or `all`."""
    rows = Setting.objects.unscoped(reason="how far people read decides what the actor sees").filter(name=READING)
    return str(rows.order_by("-id").values_list("value", flat=True).first() or "own")


def reads_of(user: User, reading: str) -> tuple[frozenset[int], bool]:
    """The teams whose records this person may read beyond their own, and whether they may read all."""
    if reading != "team":
        return frozenset(), reading == "all"
    rows = Membership.objects.unscoped(reason="the teams a person is in decide what they read")
    return frozenset(rows.filter(user_id=user.pk).values_list("team_id", flat=True)), False


def _teams_led(user: User) -> frozenset[int]:
    led = (
        Membership.objects.unscoped(reason="the teams a manager leads decide what the actor sees")
        .filter(user_id=user.pk, leads=True)
        .values_list("team_id", flat=True)
    )
    return with_teams_below(frozenset(led))


def with_teams_below(team_ids: frozenset[int]) -> frozenset[int]:
    """These teams and every team below them."""
    children: dict[int, list[int]] = defaultdict(list)
    teams = Team.objects.unscoped(reason="the tree of teams decides what the actor sees")
    for number, parent in teams.values_list("id", "parent_id"):
        if parent is not None:
            children[parent].append(number)
    found: set[int] = set()
    waiting = list(team_ids)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting.extend(children[number])
    return frozenset(found)
