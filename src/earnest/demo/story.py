"""The demo story, loaded into an empty workspace as if it had happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.db import transaction

from earnest.demo import happenings, reads
from earnest.demo.founding import founding
from earnest.demo.happenings import Cast, Happening
from earnest.demo.selling import receiving, selling
from earnest.demo.tarnholt import company, deals, told
from earnest.errors import EarnestError
from earnest.people import actors, audit
from earnest.people import reads as people_reads
from earnest.people import services as people
from earnest.people.actors import Actor
from earnest.people.services import entries
from earnest.pipeline import services as pipeline


class WorkspaceInUse(EarnestError):
    """The workspace already holds deals, so the story would stand among real ones."""

    code: ClassVar[str] = "workspace_in_use"


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
        password: for all logins of the story.

    Raises: EntryRefused for a password that is easy to guess, WorkspaceInUse where there are deals, EmailTaken where
    somebody already logs in as one of the story's people.
    """
    hashed = make_password(entries.password(password))
    with transaction.atomic():
        boss = actors.actor_of(people.local_admin(at=at), today=at.date())
        if reads.has_deals(boss):
            raise _in_use()
        cast = Cast(boss)
        happenings.do_all(
            chain(
                founding(cast, hashed),
                *(selling(cast, deal) for deal in deals.every()),
                *(receiving(cast, lead) for lead in told.LEADS),
                judging(),
            )
        )
        _stand_still(boss, at)
        pipeline.judge_book(as_of=company.AS_OF, at=at)
        audit.note(actor_id=boss.user_id, action="load_demo", at=at, origin="ui", detail={"company": company.NAME})
    return Loaded(cast.deal_ids, cast.lead_ids, cast.user_ids)


def judging() -> Iterator[Happening]:
    """The book is judged a week before the day of the story, so that what was flagged since then has its true day."""
    at = happenings.moment(company.JUDGED_FIRST_ON, happenings.DAWN)
    yield Happening(at, partial(pipeline.judge_book, as_of=company.JUDGED_FIRST_ON, at=at))


def _stand_still(boss: Actor, at: datetime) -> None:
    """The calendar stays on the day of the story; a workspace without a name takes the story's."""
    chosen = {"demo_day": company.AS_OF.isoformat()}
    if people_reads.setting("workspace_name") is None:
        chosen["workspace_name"] = company.NAME
    for name, value in chosen.items():
        people.set_setting(actor=boss, name=name, value=value, reason="The demo story is told here.", at=at)


def _in_use() -> WorkspaceInUse:
    return WorkspaceInUse(
        "This workspace already has deals, so the demo was not loaded.",
        why="The demo's invented deals would stand among yours, and count in every figure.",
        fix="Name an empty folder with EARNEST_DATA_DIR, or an empty database, then run `earnest demo` again.",
    )
