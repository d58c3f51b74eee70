"""Write users, teams, memberships and what is shared; each in one transaction with its audit event."""

from datetime import date, datetime
from typing import ClassVar

from django.apps import apps
from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import actors, audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Grant, Membership, Role, Team, User

LOCAL_ADMIN = "The admin of this machine"


class EmailTaken(EarnestError):
    """Another user already has this e-mail."""

    code: ClassVar[str] = "email_taken"


class TeamInItself(EarnestError):
    """A team cannot stand below itself."""

    code: ClassVar[str] = "team_in_itself"


class GrantRefused(EarnestError):
    """A record cannot be shared in this way."""

    code: ClassVar[str] = "grant_refused"


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
            raise EmailTaken(
                f"Another user already logs in as {address}.",
                why="The e-mail is the login, so it belongs to one person.",
                fix="Use another address, or activate the existing user.",
                data={"email": address},
            )
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


def deactivate(*, actor: Actor, user_id: int, at: datetime) -> User:
    """Close a person's account; what they own stays theirs until it is handed over.

    Raises: NotAllowed, NotFound.
    """
    allowed = actor.is_admin and user_id != actor.user_id
    authority.demand(allowed=allowed, actor=actor, action=f"close the account of user {user_id}")
    with transaction.atomic():
        user = _user(actor, user_id)
        user.is_active, user.version = False, user.version + 1
        user.save(update_fields=["is_active", "version"])
        _note(actor, "deactivate", at, user)
    return user


def add_team(*, actor: Actor, name: str, at: datetime, parent_id: int | None = None) -> Team:
    """Add a team, below another one where a parent is given.

    Raises: NotAllowed, NotFound.
    """
    authority.demand_admin(actor, action="add a team")
    with transaction.atomic():
        parent = _team(actor, parent_id) if parent_id is not None else None
        team = Team(name=name.strip(), parent=parent)
        team.save()
        _note(actor, "add_team", at, team)
    return team


def move_team(*, actor: Actor, team_id: int, parent_id: int | None, at: datetime) -> Team:
    """Hang a team below another one.

    Raises: NotAllowed, NotFound, TeamInItself when the new parent stands below the team.
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


def share(
    *,
    actor: Actor,
    record: tuple[str, int],
    with_user_id: int,
    reason: str,
    until_on: date,
    at: datetime,
    access: str = Access.READ,
) -> Grant:
    """Share one record with one person until a day, with the reason; only whoever may write it can share it.

    Raises: NotFound, GrantRefused.
    """
    kind, record_id = record
    with transaction.atomic():
        if not visibility.visible(actor, apps.get_model(kind), Access.WRITE).filter(pk=record_id).exists():
            raise authority.not_found(kind.partition(".")[2], record_id)
        if not reason.strip() or until_on < at.date():
            raise GrantRefused(
                f"Sharing until {until_on} with the reason «{reason.strip()}» is refused.",
                why="What is shared needs a reason, and ends on a day that is still to come.",
                fix="Give the reason and a later day.",
                data={"until_on": until_on.isoformat()},
            )
        grant = Grant(
            grantee=_user(actor, with_user_id),
            kind=kind,
            record_id=record_id,
            access=access,
            reason=reason.strip(),
            granted_by_id=actor.user_id,
            granted_at=at,
            until_on=until_on,
        )
        grant.save()
        detail = {"access": access, "until_on": until_on.isoformat(), "with": with_user_id}
        audit.note(actor_id=actor.user_id, action="share", at=at, origin="ui", record=record, detail=detail)
    return grant


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


def _note(actor: Actor, action: str, at: datetime, row: User | Team, **detail: object) -> None:
    record = (row._meta.label_lower, row.pk)
    audit.note(actor_id=actor.user_id, action=action, at=at, origin="ui", record=record, detail=detail)
