"""The demo story, loaded into an empty workspace as if it had happened."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.db import transaction

from earnest.demo import happenings, reads
from earnest.demo.founding import founding
from earnest.demo.happenings import Cast
from earnest.demo.selling import receiving, selling
from earnest.demo.tarnholt import company, deals, told
from earnest.errors import EarnestError
from earnest.people import actors, audit
from earnest.people import services as people

SHORTEST_PASSWORD = 10


class WorkspaceInUse(EarnestError):
    """The workspace already holds deals, so the story would stand among real ones."""

    code: ClassVar[str] = "workspace_in_use"


class PasswordTooShort(EarnestError):
    """The password for the demo's logins is too easy to guess."""

    code: ClassVar[str] = "password_too_short"


@dataclass(frozen=True)
class Loaded:
    """What was written: the numbers of the deals and leads, and of the people, by the names of the story."""

    deal_ids: dict[str, int]
    lead_ids: dict[str, int]
    user_ids: dict[str, int]


def load(*, at: datetime, password: str) -> Loaded:
    """Load the story; all or nothing. Each of its people may log in with this password.

    Args:
        at: the moment of the loading itself; what the story tells has its own moments.
        password: for all logins of the story; nothing is set when it is too short.

    Raises: PasswordTooShort, WorkspaceInUse, EmailTaken when somebody already logs in as one of its people.
    """
    _demand_long(password)
    with transaction.atomic():
        boss = actors.actor_of(people.local_admin(at=at), today=at.date())
        if reads.has_deals(boss):
            raise _in_use()
        cast = Cast(boss)
        happenings.do_all(
            chain(
                founding(cast, make_password(password)),
                *(selling(cast, deal) for deal in deals.every()),
                *(receiving(cast, lead) for lead in told.LEADS),
            )
        )
        audit.note(actor_id=boss.user_id, action="load_demo", at=at, origin="ui", detail={"company": company.NAME})
    return Loaded(cast.deal_ids, cast.lead_ids, cast.user_ids)


def _demand_long(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(
            f"The password has {len(password)} characters.",
            why="Everybody in the demo may log in with it, and a short one is soon guessed.",
            fix=f"Give one with at least {SHORTEST_PASSWORD} characters, or leave it out to get one made.",
            data={"shortest": SHORTEST_PASSWORD},
        )


def _in_use() -> WorkspaceInUse:
    return WorkspaceInUse(
        "This workspace already has deals, so the demo was not loaded.",
        why="The demo's invented deals would stand among yours, and count in every figure.",
        fix="Name an empty folder with EARNEST_DATA_DIR, or an empty database, then run `earnest demo` again.",
    )
