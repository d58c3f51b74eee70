"""The only writers of people, teams, what is shared, and what a workspace has chosen."""

from earnest.people.services.accounts import deactivate, edit_own, end_sessions, reactivate
from earnest.people.services.denials import note_denied
from earnest.people.services.entries import EntryRefused
from earnest.people.services.founding import AlreadySetUp, break_glass, found
from earnest.people.services.invitations import (
    InvitationRefused,
    InvitationSpent,
    Invited,
    accept,
    invite,
    invite_again,
    invitee,
)
from earnest.people.services.notices import mark_all_read, mark_read, notify
from earnest.people.services.people import (
    EmailTaken,
    TeamInItself,
    TeamNameTaken,
    add_member,
    add_team,
    add_user,
    change_role,
    local_admin,
    move_team,
    remove_member,
    rename_team,
)
from earnest.people.services.settings import ReasonMissing, set_setting
from earnest.people.services.sharing import GrantRefused, end_grant, share

__all__ = [
    "AlreadySetUp",
    "EmailTaken",
    "EntryRefused",
    "GrantRefused",
    "InvitationRefused",
    "InvitationSpent",
    "Invited",
    "ReasonMissing",
    "TeamInItself",
    "TeamNameTaken",
    "accept",
    "add_member",
    "add_team",
    "add_user",
    "break_glass",
    "change_role",
    "deactivate",
    "edit_own",
    "end_grant",
    "end_sessions",
    "found",
    "invite",
    "invite_again",
    "invitee",
    "local_admin",
    "mark_all_read",
    "mark_read",
    "move_team",
    "note_denied",
    "notify",
    "reactivate",
    "remove_member",
    "rename_team",
    "set_setting",
    "share",
]
