"""Write deals: open, edit, move, end, reopen, hand over; and who on the buyer's side takes part."""

from datetime import date
from typing import ClassVar, TypedDict, Unpack

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import authority, visibility
from earnest.people.models import Role, User
from earnest.records.models import Deal, Outcome, Stakeholder
from earnest.records.services import bin as bins
from earnest.records.services import custom, writing
from earnest.records.services.writing import By


class DealNotOpen(EarnestError):
    """A deal that has ended was ended again, or an open one reopened."""

    code: ClassVar[str] = "deal_not_open"


class UnknownOutcome(EarnestError):
    """A deal cannot end in this way."""

    code: ClassVar[str] = "unknown_outcome"


class DealValues(TypedDict, total=False):
    """What a person may write on a deal; its outcome and its owner have verbs of their own."""

    title: str
    account_id: int | None
    stage_id: int | None
    segment: str
    sector: str
    region: str
    source: str
    deal_type: str
    amount_minor: int | None
    list_amount_minor: int | None
    currency_id: str | None
    opened_on: date | None
    seller_close_on: date | None
    buyer_by_when_on: date | None
    lead_time_days: int | None
    next_step: str
    next_step_on: date | None
    next_step_side: str
    next_step_contact_id: int | None
    next_step_agreed_on: date | None
    next_step_agreed_by: str
    next_step_result: str
    next_step_their_day: bool | None
    offer_ends_on: date | None
    custom: dict[str, object]


def open_deal(*, by: By, key: str | None = None, team_id: int | None = None, **values: Unpack[DealValues]) -> Deal:
    """Open a deal, owned by whoever opens it; the team is the given one or the first they belong to.

    Raises: NotAllowed, NotFound, KeyReused, CustomValueRefused.
    """
    full = {**values, **custom.checked("records.deal", values), "owner_id": by.actor.user_id}
    full["team_id"] = team_id if team_id is not None else writing.team_of(by.actor.user_id)
    full["stage_changed_on"] = by.at.date() if values.get("stage_id") else None
    return writing.create(Deal, by=by, values={**full, "changed_at": by.at}, key=key)


def edit_deal(*, by: By, deal_id: int, version: int, **values: Unpack[DealValues]) -> Deal:
    """Write fields of a deal; a move to another stage keeps the day it was made.

    Raises: NotFound, NotAllowed, StaleVersion, CustomValueRefused.
    """
    full = {**_unagreed(values), **values, **custom.checked("records.deal", values)}
    if "stage_id" in values:
        full["stage_changed_on"] = _day_in_stage(by, deal_id, values["stage_id"])
    return writing.edit(Deal, by=by, record_id=deal_id, version=version, values=full)


def _unagreed(values: DealValues) -> dict[str, object]:
    """A new next step was agreed to by nobody yet, whatever was agreed about the one before."""
    if "next_step" not in values:
        return {}
    return {
        "next_step_side": "",
        "next_step_contact_id": None,
        "next_step_agreed_on": None,
        "next_step_agreed_by": "",
        "next_step_result": "",
        "next_step_their_day": None,
    }


def end_deal(
    *,
    by: By,
    deal_id: int,
    version: int,
    outcome: str,
    closed_on: date,
    reason: str = "",
    end_reason: str = "",
) -> Deal:
    """End a deal: won, lost to another, no decision, or declined by us; with the day, and the reason.

    `end_reason` is one of the usual reasons (`EndReason`), where it is one of them.


    Raises: NotFound, NotAllowed, StaleVersion, DealNotOpen, UnknownOutcome.
    """
    if outcome not in Outcome.values or outcome == Outcome.OPEN:
        raise UnknownOutcome(
            f"A deal cannot end as «{outcome}».",
            why="It ends won, lost, with no decision, or declined by us.",
            fix="Choose one of: won, lost, no_decision, declined.",
            data={"outcome": outcome},
        )
    with transaction.atomic():
        _demand_standing(by, deal_id, is_open=True)
        values = {"outcome": outcome, "closed_on": closed_on, "closed_on_unknown": False, "lost_reason": reason}
        values["end_reason"] = end_reason
        return writing.edit(Deal, by=by, record_id=deal_id, version=version, values=values)


def reopen_deal(*, by: By, deal_id: int, version: int) -> Deal:
    """Open a deal again that had ended; its history keeps how and when it had.

    Raises: NotFound, NotAllowed, StaleVersion, DealNotOpen.
    """
    with transaction.atomic():
        _demand_standing(by, deal_id, is_open=False)
        values = {"outcome": Outcome.OPEN.value, "closed_on": None, "closed_on_unknown": False}
        values |= {"lost_reason": "", "end_reason": ""}
        return writing.edit(Deal, by=by, record_id=deal_id, version=version, values=values)


def hand_over(*, by: By, deal_id: int, version: int, to_user_id: int, team_id: int | None = None) -> Deal:
    """Give a deal to another owner; only a manager of its team, or an admin.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    with transaction.atomic():
        deal = writing.writable(Deal, by.actor, deal_id)
        target = team_id if team_id is not None else writing.team_of(to_user_id)
        leads = by.actor.role == Role.MANAGER and deal.team_id in by.actor.team_ids and target in by.actor.team_ids
        authority.demand(allowed=by.actor.is_admin or leads, actor=by.actor, action="hand this deal over")
        if not visibility.visible(by.actor, User).filter(pk=to_user_id, is_active=True).exists():
            raise authority.not_found("active user", to_user_id)
        values = {"owner_id": to_user_id, "team_id": target}
        return writing.edit(Deal, by=by, record_id=deal_id, version=version, values=values)


def demand_writable(*, by: By, deal_id: int) -> None:
    """Refuse a deal that the actor may not write, as every write of it would.

    Raises: NotFound, NotAllowed.
    """
    writing.writable(Deal, by.actor, deal_id)


def discard_deal(*, by: By, deal_id: int, version: int) -> Deal:
    """Put a deal into the recycle bin.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    return bins.discard(Deal, by=by, record_id=deal_id, version=version)


def add_stakeholder(*, by: By, deal_id: int, contact_id: int, role: str, key: str | None = None) -> Stakeholder:
    """Record that a person on the buyer's side takes part in a deal, and their role.

    Raises: NotFound, NotAllowed, KeyReused.
    """
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        values = {"deal_id": deal_id, "contact_id": contact_id, "role": role}
        return writing.create(Stakeholder, by=by, values=values, key=key)


def _demand_standing(by: By, deal_id: int, *, is_open: bool) -> None:
    deal = writing.writable(Deal, by.actor, deal_id)
    if (deal.outcome == Outcome.OPEN) != is_open:
        raise DealNotOpen(
            f"The deal {deal} stands as {deal.get_outcome_display()}.",
            why="Only an open deal can end, and only an ended one can be reopened.",
            fix="Read the deal again." if is_open else "End the deal instead.",
            data={"deal_id": deal_id, "outcome": deal.outcome},
        )


def _day_in_stage(by: By, deal_id: int, stage_id: int | None) -> date | None:
    deal = visibility.visible(by.actor, Deal).filter(pk=deal_id).first()
    return deal.stage_changed_on if deal is not None and deal.stage_id == stage_id else by.at.date()
