"""Write users, teams and memberships; each in one transaction with its audit event."""

from datetime import datetime
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import actors, audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Membership, Role, Team, User
from earnest.people.services import entries

LOCAL_ADMIN = "The admin of this machine"


class EmailTaken(EarnestError):
    """Another user already has this e-mail."""

    code: ClassVar[str] = "email_taken"


class TeamNameTaken(EarnestError):
    """A team of this name stands at the same place of the tree."""

    code: ClassVar[str] = "team_name_taken"


class TeamInItself(EarnestError):
    """A team cannot stand below itself."""

    code: ClassVar[str] = "team_in_itself"


def local_admin(*, at: datetime) -> User:
    """The user that commands on this machine act as: whoever runs them owns the database anyway.

    It has no e-mail and no password, so nobody can log in as it.
    """
    with transaction.atomic():
        found = (
            User.objects.filter(name=LOCAL_ADMIN, email=None, role=Role.ADMIN, is_active=True).order_by("id").first()
        )
        if found:
            return found
        user = User(name=LOCAL_ADMIN, role=Role.ADMIN, created_at=at)
        user.set_unusable_password()
        user.save()
        audit.note(actor_id=None, action="add_user", at=at, origin="import", record=("people.user", user.pk))
    return user


def add_user(
    *,
    actor: Actor,
    name: str,
    email: str,
    at: datetime,
    role: str = Role.REP,
    time_zone: str = "UTC",
) -> User:
    """Add a person who may log in; nobody gives a role above their own.

    Raises: NotAllowed, EmailTaken.
    """
    authority.demand(allowed=authority.may_give(actor, role), actor=actor, action=f"add a user with the role {role}")
    address = email.strip().casefold()
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise email_taken(address)
        user = User(name=name.strip(), email=address, role=role, time_zone=time_zone, created_at=at)
        user.set_unusable_password()
        user.save()
        _note(actor, "add_user", at, user, role=role)
    return user


def change_role(*, actor: Actor, user_id: int, role: str, at: datetime) -> User:
    """Give a person another role; admins only, and nobody their own.

    Raises: NotAllowed, NotFound.
    """
    allowed = actor.is_admin and user_id != actor.user_id and role in Role.values
    authority.demand(allowed=allowed, actor=actor, action=f"give the role {role} to user {user_id}")
    with transaction.atomic():
        user = _user(actor, user_id)
        before, user.role, user.version = user.role, role, user.version + 1
        user.save(update_fields=["role", "version"])
        _note(actor, "change_role", at, user, before=before, after=role)
    return user


def add_team(*, actor: Actor, name: str, at: datetime, parent_id: int | None = None) -> Team:
    """Add a team, below another one where a parent is given.

    Raises: NotAllowed, NotFound, EntryRefused, TeamNameTaken.
    """
    authority.demand_admin(actor, action="add a team")
    with transaction.atomic():
        parent = _team(actor, parent_id) if parent_id is not None else None
        team = Team(name=_free_name(actor, name, parent_id), parent=parent)
        team.save()
        _note(actor, "add_team", at, team)
    return team


def rename_team(*, actor: Actor, team_id: int, name: str, at: datetime) -> Team:
    """Give a team another name.

    Raises: NotAllowed, NotFound, EntryRefused, TeamNameTaken.
    """
    authority.demand_admin(actor, action="rename a team")
    with transaction.atomic():
        team = _team(actor, team_id)
        before, team.name = team.name, _free_name(actor, name, team.parent_id, but=team_id)
        team.version += 1
        team.save(update_fields=["name", "version"])
        _note(actor, "rename_team", at, team, before=before, after=team.name)
    return team


def move_team(*, actor: Actor, team_id: int, parent_id: int | None, at: datetime) -> Team:
    """Hang a team below another one.

    Raises: NotAllowed, NotFound, TeamNameTaken, TeamInItself when the new parent stands below the team.
    """
    authority.demand_admin(actor, action="move a team")
    with transaction.atomic():
        team = _team(actor, team_id)
        if parent_id is not None and parent_id in actors.with_teams_below(frozenset({team_id})):
            raise TeamInItself(
                f"The team {team.name} cannot stand below itself.",
                why=f"Team {parent_id} is already below it.",
                fix="Choose a parent outside this team.",
                data={"team_id": team_id, "parent_id": parent_id},
            )
        _free_name(actor, team.name, parent_id, but=team_id)
        team.parent = _team(actor, parent_id) if parent_id is not None else None
        team.version += 1
        team.save(update_fields=["parent", "version"])
        _note(actor, "move_team", at, team, parent=parent_id)
    return team


def add_member(*, actor: Actor, user_id: int, team_id: int, at: datetime, leads: bool = False) -> Membership:
    """Put a person into a team, or change whether they lead it.

    Raises: NotAllowed, NotFound.
    """
    authority.demand_admin(actor, action="put somebody into a team")
    with transaction.atomic():
        user, team = _user(actor, user_id), _team(actor, team_id)
        rows = Membership.objects.unscoped(reason="admins arrange the teams")
        membership, _ = rows.update_or_create(user=user, team=team, defaults={"leads": leads})
        _note(actor, "add_member", at, team, user=user_id, leads=leads)
    return membership


def remove_member(*, actor: Actor, user_id: int, team_id: int, at: datetime) -> None:
    """Take a person out of a team; what they own there stays with the team.

    Raises: NotAllowed, NotFound.
    """
    authority.demand_admin(actor, action="take somebody out of a team")
    with transaction.atomic():
        user, team = _user(actor, user_id), _team(actor, team_id)
        rows = Membership.objects.unscoped(reason="admins arrange the teams")
        gone, _ = rows.filter(user=user, team=team).delete()
        if not gone:
            raise authority.not_found("membership", user_id)
        _note(actor, "remove_member", at, team, user=user_id)


def email_taken(address: str) -> EmailTaken:
    """The refusal of an e-mail that belongs to somebody else."""
    return EmailTaken(
        f"Another user already logs in as {address}.",
        why="The e-mail is the login, so it belongs to one person.",
        fix="Use another address, or activate the existing user.",
        data={"email": address, "field": "email"},
    )


def _user(actor: Actor, user_id: int) -> User:
    user = visibility.visible(actor, User).filter(pk=user_id).first()
    if user is None:
        raise authority.not_found("user", user_id)
    return user


def _team(actor: Actor, team_id: int) -> Team:
    team = visibility.visible(actor, Team).filter(pk=team_id).first()
    if team is None:
        raise authority.not_found("team", team_id)
    return team


def _free_name(actor: Actor, text: str, parent_id: int | None, *, but: int = 0) -> str:
    name = entries.name(text, field="team")
    if visibility.visible(actor, Team).filter(name=name, parent_id=parent_id).exclude(pk=but).exists():
        raise TeamNameTaken(
            f"There is a team called {name} already.",
            why="Two teams of one name beside each other cannot be told apart.",
            fix="Choose another name, or another place in the tree.",
            data={"field": "team"},
        )
    return name


def _note(actor: Actor, action: str, at: datetime, row: User | Team, **detail: object) -> None:
    record = (row._meta.label_lower, row.pk)
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="ui", record=record, detail=detail)
