"""Write what a workspace has chosen: each value with who chose it, when and why; nothing is overwritten."""

from datetime import datetime
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority
from earnest.people.actors import Actor
from earnest.people.models import Setting


class ReasonMissing(EarnestError):
    """A setting was to be changed without saying why."""

    code: ClassVar[str] = "reason_missing"


def set_setting(*, actor: Actor, name: str, value: object, reason: str, at: datetime) -> Setting:
    """Choose a value for a setting, with the reason; the values before it stay readable. Admins only.

    `value` is anything JSON holds; `at` is the moment.
    Raises: NotAllowed, ReasonMissing.
    """
    authority.demand_admin(actor, action="change the settings of the workspace")
    if not reason.strip():
        raise ReasonMissing(
            f"The setting {name} was not changed.",
            why="A value that others work by needs the reason it was chosen for.",
            fix="Say in a few words why, and send it again.",
            data={"name": name},
        )
    with transaction.atomic():
        row = Setting(name=name, value=value, reason=reason.strip(), at=at, changed_by_id=actor.user_id)
        row.save(force_insert=True)
        detail = {"name": name, "value": value, "reason": row.reason}
        audit.note(
            actor_id=actor.user_id,
            action="set_setting",
            at=row.at,
            origin="ui",
            record=("people.setting", row.pk),
            detail=detail,
        )
    return row
