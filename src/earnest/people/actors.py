"""Who is asking: fixed once at the surface, with everything that says what they may see."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from earnest.errors import EarnestError
from earnest.people import statements
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
    grants = statements.rows(_grants, grantee=user.pk, today=today)
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


def _grants(*, grantee: int, today: date) -> statements.Query:
    rows = Grant.objects.unscoped(reason="what was shared decides what the actor sees")
    return rows.filter(grantee_id=grantee, until_on__gte=today).values_list("kind", "record_id", "access")


def _reading() -> str:
    """How far everybody reads: `own` unless an admin has opened the workspace to `team` or `all`."""
    rows = statements.rows(_settings, name=READING)
    return str((rows[0][0] if rows else None) or "own")


def _settings(*, name: str) -> statements.Query:
    rows = Setting.objects.unscoped(reason="how far people read decides what the actor sees").filter(name=name)
    return rows.order_by("-id").values_list("value")[:1]


def reads_of(user: User, reading: str) -> tuple[frozenset[int], bool]:
    """The teams whose records this person may read beyond their own, and whether they may read all."""
    if reading != "team":
        return frozenset(), reading == "all"
    rows = Membership.objects.unscoped(reason="the teams a person is in decide what they read")
    return frozenset(rows.filter(user_id=user.pk).values_list("team_id", flat=True)), False


def _teams_led(user: User) -> frozenset[int]:
    return with_teams_below(frozenset(team for (team,) in statements.rows(_led, user=user.pk)))


def _led(*, user: int) -> statements.Query:
    rows = Membership.objects.unscoped(reason="the teams a manager leads decide what the actor sees")
    return rows.filter(user_id=user, leads=True).values_list("team_id")


def with_teams_below(team_ids: frozenset[int]) -> frozenset[int]:
    """These teams and every team below them."""
    children: dict[int, list[int]] = defaultdict(list)
    for number, parent in statements.rows(_tree):
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


def _tree() -> statements.Query:
    return Team.objects.unscoped(reason="the tree of teams decides what the actor sees").values_list("id", "parent_id")
