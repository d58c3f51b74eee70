"""The only writers of people, teams, what is shared, and what a workspace has chosen."""

from earnest.people.services.people import (
    EmailTaken,
    GrantRefused,
    TeamInItself,
    add_member,
    add_team,
    add_user,
    change_role,
    deactivate,
    local_admin,
    move_team,
    share,
)
from earnest.people.services.settings import ReasonMissing, set_setting

__all__ = [
    "EmailTaken",
    "GrantRefused",
    "ReasonMissing",
    "TeamInItself",
    "add_member",
    "add_team",
    "add_user",
    "change_role",
    "deactivate",
    "local_admin",
    "move_team",
    "set_setting",
    "share",
]
