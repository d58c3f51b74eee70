"""Who works here, in which teams, and what is shared with whom, as pages show it: plain values, constant queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from earnest.people import authority, reads, visibility
from earnest.people.actors import READING, Actor
from earnest.people.models import Access, Grant, Invitation, Membership, Notification, Role, Team, User
from earnest.people.services import entries, sharing

# How many notices a page shows.
PAGE = 50
READINGS = (
    ("own", "their own, and what was shared with them"),
    ("team", "everything of the teams they are in"),
    ("all", "everything"),
)
Choice = tuple[str, str]


@dataclass(frozen=True)
class Person:
    """One person of the list; `standing` is active, invited, expired, left or imported."""

    id: int
    name: str
    email: str
    role: str
    standing: str
    invited_until: datetime | None
    latest_login_at: datetime | None
    teams: tuple[tuple[int, str, bool], ...]

    @property
    def can_be_invited(self) -> bool:
        """Whether a link is what lets them in."""
        return self.standing in ("invited", "expired", "imported")


@dataclass(frozen=True)
class TeamRow:
    """One team of the tree, as deep as `depth`, with who is in it."""

    id: int
    name: str
    depth: int
    parent_id: int | None
    leads: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """One record shared with one person."""

    id: int
    title: str
    kind: str
    grantee: str
    granter: str
    access: str
    reason: str
    granted_at: datetime
    until_on: date
    can_end: bool


def people(actor: Actor, *, at: datetime) -> list[Person]:
    """Everybody, by name: three queries.

    Raises: NotAllowed for whoever leads nobody.
    """
    _demand_lead(actor)
    rows = _persons(actor)
    return _told(actor, rows, at)


def person(actor: Actor, user_id: int, *, at: datetime) -> Person:
    """One person.

    Raises: NotAllowed, NotFound.
    """
    _demand_lead(actor)
    found = _told(actor, _persons(actor, user_id), at)
    if not found:
        raise authority.not_found("user", user_id)
    return found[0]


def teams(actor: Actor) -> list[TeamRow]:
    """The tree of teams, each below its parent: two queries."""
    leads: dict[int, list[str]] = defaultdict(list)
    members: dict[int, list[str]] = defaultdict(list)
    rows = visibility.visible(actor, Membership).filter(Q(user__is_active=True) | Q(user__invitations__isnull=False))
    listed = rows.order_by("user__name", "id").distinct().values_list("team_id", "leads", "user__name")
    for team_id, leading, name in listed:
        (leads if leading else members)[team_id].append(name)
    below: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    named = visibility.visible(actor, Team).order_by("name", "id").values_list("id", "name", "parent_id")
    for number, name, parent in named:
        below[parent].append((number, name))
    found: list[TeamRow] = []
    waiting: list[tuple[int, str, int, int | None]] = [(*team, 0, None) for team in reversed(below[None])]
    while waiting:
        number, title, depth, above = waiting.pop()
        found.append(TeamRow(number, title, depth, above, tuple(leads[number]), tuple(members[number])))
        waiting += [(*team, depth + 1, number) for team in reversed(below[number])]
    return found


def team_choices(actor: Actor) -> list[Choice]:
    """The teams that the actor may invite into, indented as they hang."""
    mine = [row for row in teams(actor) if actor.is_admin or row.id in actor.team_ids]
    return [(str(row.id), "\u2003" * row.depth + row.name) for row in mine]


def role_choices(actor: Actor) -> list[Choice]:
    """The roles that the actor may give."""
    return [(role.value, role.label) for role in Role if authority.may_give(actor, role.value)]


def colleagues(actor: Actor) -> list[Choice]:
    """Everybody else who works here, by name."""
    rows = visibility.visible(actor, User).filter(is_active=True, email__isnull=False).exclude(pk=actor.user_id)
    return [(str(number), name) for number, name in rows.order_by("name", "id").values_list("id", "name")]


def record_title(actor: Actor, kind: str, record_id: int) -> str:
    """The title of a record that the actor may share.

    Raises: NotFound, also for a kind that cannot be shared.
    """
    model = sharing.shareable(kind)
    found = None if model is None else visibility.visible(actor, model, Access.WRITE).filter(pk=record_id).first()
    if found is None:
        raise authority.not_found(kind.rpartition(".")[2], record_id)
    return str(found)


def shared(actor: Actor, *, as_of: date) -> list[Shared]:
    """What is shared today: with the actor, by the actor, and for an admin everything; newest first."""
    mine = Q() if actor.is_admin else Q(grantee_id=actor.user_id) | Q(granted_by_id=actor.user_id)
    rows = Grant.objects.unscoped(reason="whoever shared a record sees that it is shared").filter(
        mine, until_on__gte=as_of
    )
    grants = list(rows.select_related("grantee", "granted_by").order_by("-id")[:200])
    titles = _titles(actor, grants)
    return [
        Shared(
            id=grant.pk,
            title=titles.get((grant.kind, grant.record_id), f"{grant.kind.rpartition('.')[2]} {grant.record_id}"),
            kind=grant.kind.rpartition(".")[2],
            grantee=grant.grantee.name,
            granter=grant.granted_by.name,
            access=grant.access,
            reason=grant.reason,
            granted_at=grant.granted_at,
            until_on=grant.until_on,
            can_end=actor.is_admin or grant.granted_by_id == actor.user_id,
        )
        for grant in grants
    ]


def reading() -> str:
    """How far everybody reads: own, team or all."""
    return str(reads.setting(READING) or "own")


def notices(actor: Actor, *, after: int | None = None) -> tuple[list[dict[str, object]], int | None]:
    """A page of the actor's notices, newest first, and the key of the next page; one query."""
    rows = visibility.visible(actor, Notification).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.values("id", "text", "link", "at", "read_at")[: PAGE + 1])
    more = found[PAGE - 1]["id"] if len(found) > PAGE else None
    return [dict(row) for row in found[:PAGE]], more


def _demand_lead(actor: Actor) -> None:
    authority.demand(allowed=actor.role in authority.LEADING_ROLES, actor=actor, action="see how people are set up")


def _persons(actor: Actor, user_id: int | None = None) -> list[User]:
    # The admin of this machine is nobody who could log in.
    rows = visibility.visible(actor, User).exclude(is_active=True, email=None)
    return list((rows if user_id is None else rows.filter(pk=user_id)).order_by("name", "id"))


def _told(actor: Actor, users: list[User], at: datetime) -> list[Person]:
    teams_of: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    member = visibility.visible(actor, Membership).filter(user__in=[user.pk for user in users])
    rows = member.order_by("team__name", "id").values_list("user_id", "team_id", "team__name", "leads")
    for user_id, team_id, name, leads in rows:
        teams_of[user_id].append((team_id, name, leads))
    links = Invitation.objects.unscoped(reason="whether a link still works stands beside the name")
    until = dict(links.filter(used_at=None).order_by("id").values_list("user_id", "expires_at"))
    return [
        Person(
            id=user.pk,
            name=user.name,
            email=user.email or "",
            role=user.role,
            standing=_standing(user, until.get(user.pk), at),
            invited_until=until.get(user.pk),
            latest_login_at=user.last_login,
            teams=tuple(teams_of[user.pk]),
        )
        for user in users
    ]


def _standing(user: User, until: datetime | None, at: datetime) -> str:
    if user.is_active:
        return "active"
    if entries.has_password(user):
        return "left"
    if until is None:
        return "left" if user.email else "imported"
    return "invited" if until > at else "expired"


def _titles(actor: Actor, grants: list[Grant]) -> dict[tuple[str, int], str]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for grant in grants:
        wanted[grant.kind].append(grant.record_id)
    found: dict[tuple[str, int], str] = {}
    for kind, numbers in wanted.items():
        model = sharing.shareable(kind)
        if model is not None:
            rows = visibility.visible(actor, model).in_bulk(numbers)
            found |= {(kind, number): str(row) for number, row in rows.items()}
    return found
