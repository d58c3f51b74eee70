"""Move and change deals in one act: all of them or none, undone together, and what a stage lacks said with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.pipeline import services
from earnest.pipeline.reads import held
from earnest.pipeline.reads.deals import ABOUT_STAGE
from earnest.pipeline.reads.held import Lacking, Step
from earnest.records import services as records
from earnest.records.services import By, deals
from earnest.records.services.deals import DealValues

# More than this at once is no longer something that one looked at.
MOST_AT_ONCE = 200


class EvidenceMissing(EarnestError):
    """A deal was to move to a stage without what that stage asks for, and no reason was given."""

    code: ClassVar[str] = "evidence_missing"


class TooManyAtOnce(EarnestError):
    """More deals were to be changed in one act than anybody looks at, or none."""

    code: ClassVar[str] = "too_many_at_once"


@dataclass(frozen=True)
class Chosen:
    """A deal that was chosen, in the version that was seen."""

    deal_id: int
    version: int


@dataclass(frozen=True)
class AllTheSame:
    """Why a deal moves on without what its new stage asks for, and until when that holds."""

    reason: str
    until_on: date


def move(
    *, by: By, chosen: Sequence[Chosen], stage_id: int, as_of: date, all_the_same: AllTheSame | None = None
) -> Step:
    """Move deals to a stage; what the stage asks for and they lack is set aside with the reason that is given.

    Raises: NotFound, NotAllowed, StaleVersion, TooManyAtOnce, EvidenceMissing when something lacks and no reason says
    why, OverrideRefused.
    """
    _demand_some(chosen)
    with transaction.atomic():
        found = held.lacking_of(by.actor, [each.deal_id for each in chosen], stage_id, as_of=as_of)
        step, lacking = found.step, found.deals
        if lacking and all_the_same is None:
            _demand_there(by, chosen)
            raise _evidence_missing(step, lacking)
        for each in chosen:
            records.edit_deal(by=by, deal_id=each.deal_id, version=each.version, stage_id=stage_id)
        for deal in lacking:
            _set_aside(by, deal, step, all_the_same)
        return step


def change(*, by: By, chosen: Sequence[Chosen], values: DealValues) -> None:
    """Write the same fields on several deals.

    Raises: NotFound, NotAllowed, StaleVersion, TooManyAtOnce, CustomValueRefused.
    """
    _demand_some(chosen)
    with transaction.atomic():
        for each in chosen:
            records.edit_deal(by=by, deal_id=each.deal_id, version=each.version, **values)


def hand_over(*, by: By, chosen: Sequence[Chosen], to_user_id: int) -> None:
    """Give several deals to another owner; only a manager of their teams, or an admin.

    Raises: NotFound, NotAllowed, StaleVersion, TooManyAtOnce.
    """
    _demand_some(chosen)
    with transaction.atomic():
        for each in chosen:
            records.hand_over(by=by, deal_id=each.deal_id, version=each.version, to_user_id=to_user_id)


def discard(*, by: By, chosen: Sequence[Chosen]) -> None:
    """Put several deals into the recycle bin.

    Raises: NotFound, NotAllowed, StaleVersion, TooManyAtOnce.
    """
    _demand_some(chosen)
    with transaction.atomic():
        for each in chosen:
            deals.discard_deal(by=by, deal_id=each.deal_id, version=each.version)


def _demand_some(chosen: Sequence[Chosen]) -> None:
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise TooManyAtOnce(
            f"{len(chosen)} deals were chosen.",
            why=f"One act changes at least one deal and at most {MOST_AT_ONCE}, so that it can be looked over.",
            fix="Choose the deals in the list, then change them.",
            data={"count": len(chosen), "most": MOST_AT_ONCE},
        )


def _evidence_missing(step: Step, lacking: Sequence[Lacking]) -> EvidenceMissing:
    names = ", ".join(each.name for each in lacking[:3])
    return EvidenceMissing(
        f"«{step.name}» asks for what {names} does not have yet.",
        why=f"Missing: {', '.join(dict.fromkeys(said for each in lacking for said in each.missing))}.",
        fix="Ask the buyer for it, or say why it moves all the same and until when that holds.",
        data={"stage_id": step.stage_id, "missing": {each.deal_id: list(each.missing) for each in lacking}},
    )


def _demand_there(by: By, chosen: Sequence[Chosen]) -> None:
    """What one may not write answers as it always does, before anything is said of what lacks."""
    for each in chosen:
        deals.demand_writable(by=by, deal_id=each.deal_id)


def _set_aside(by: By, deal: Lacking, step: Step, all_the_same: AllTheSame | None) -> None:
    if all_the_same is None:
        return
    about = f"{ABOUT_STAGE}{step.meaning}"
    services.set_aside(
        by=by, deal_id=deal.deal_id, about=about, reason=all_the_same.reason, until_on=all_the_same.until_on
    )
