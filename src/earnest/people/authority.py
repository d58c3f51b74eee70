"""What a person may do, apart from whose rows they see."""

from typing import ClassVar

from earnest.errors import EarnestError
from earnest.people.actors import Actor
from earnest.people.models import Role

# From least to most; nobody may give a role above their own.
RANKS = {Role.REP: 1, Role.ANALYST: 1, Role.MANAGER: 2, Role.ADMIN: 3}

EVERY_ROLE = frozenset(Role.values)
ADMIN_ROLES = frozenset({Role.ADMIN.value})
LEADING_ROLES = frozenset({Role.MANAGER.value, Role.ADMIN.value})


class NotAllowed(EarnestError):
    """The actor's role does not allow this."""

    code: ClassVar[str] = "not_allowed"


class NotFound(EarnestError):
    """There is no such record for this actor; a forbidden one and a missing one read the same."""

    code: ClassVar[str] = "not_found"


def demand(*, allowed: bool, actor: Actor, action: str) -> None:
    """Refuse an action that the actor's role does not cover.

    Raises: NotAllowed, naming the role and the action.
    """
    if not allowed:
        raise not_allowed(actor, action, fix="Ask an admin to do it, or to change your role.")


def not_allowed(actor: Actor, action: str, *, fix: str) -> NotAllowed:
    """The refusal of an action, naming the role."""
    return NotAllowed(
        f"The role {actor.role} may not {action}.",
        why="What a person may do follows from their role and from what was shared with them.",
        fix=fix,
        data={"role": actor.role, "action": action},
    )


def demand_admin(actor: Actor, *, action: str) -> None:
    """Refuse what only admins may do.

    Raises: NotAllowed.
    """
    demand(allowed=actor.is_admin, actor=actor, action=action)


def may_give(actor: Actor, role: str) -> bool:
    """True when the actor may give somebody this role: never one above their own, and only managers and admins."""
    return actor.role in (Role.MANAGER, Role.ADMIN) and RANKS[Role(role)] <= RANKS[Role(actor.role)]


def not_found(kind: str, record_id: object) -> NotFound:
    """The one answer for a record that is missing and for one the actor may not see."""
    return NotFound(
        f"There is no {kind} with the number {record_id}.",
        why="It does not exist, or it was not shared with you.",
        fix="Check the number, or ask the owner to share it.",
        data={"kind": kind, "record_id": record_id},
    )
