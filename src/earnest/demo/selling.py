"""What happened in the deals and leads of Tarnholt, one happening after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from earnest.demo.happenings import ENDING, MOVING, OPENING, TALKING, WRITING, Cast, Happening, moment
from earnest.demo.hearing import hearing
from earnest.demo.tarnholt import company, words
from earnest.demo.tarnholt.parts import Buyer, Deal, Edit, Lead, Talk
from earnest.people import services as people
from earnest.records import services
from earnest.records.services import By

if TYPE_CHECKING:
    from earnest.records.services.deals import DealValues

DEAL_TYPE = "New business"
WITH_A_LINE = ("open", "won")  # what was offered last is of no more interest elsewhere
SHARED_UNTIL = date(2026, 12, 31)


@dataclass
class Written:
    """A deal of the story as it stands in the database so far."""

    cast: Cast
    deal: Deal
    owner: str
    deal_id: int = 0
    version: int = 0
    account_id: int = 0
    contact_ids: dict[Buyer, int] = field(default_factory=dict)

    def by(self, at: datetime, key: str = "") -> By:
        """The owner, or whoever is named, at a moment."""
        return self.cast.by(key or self.owner, at)


def selling(cast: Cast, deal: Deal) -> Iterator[Happening]:
    """Everything that happened in one deal."""
    row = Written(cast, deal, deal.rep)
    at = moment(deal.opened_on, OPENING)
    yield Happening(at, partial(_open, row, at))
    for place, person in enumerate(deal.people, start=1):
        at = moment(person.met_on or deal.opened_on, OPENING, place)
        yield Happening(at, partial(_meet, row, person, at))
    for place, talk in enumerate(deal.talks):
        at = moment(talk.on, TALKING, place * 15)
        yield Happening(at, partial(_talk, row, talk, at))
    for move in deal.moves:
        at = moment(move.on, MOVING, move.stage)
        yield Happening(at, partial(_move, row, move.stage, at))
    for place, edit in enumerate(deal.edits):
        at = moment(edit.on, WRITING, place)
        yield Happening(at, partial(_edit, row, edit, at))
    yield from hearing(row)
    if deal.closed_on is not None:
        at = moment(deal.closed_on, ENDING)
        yield Happening(at, partial(_end, row, deal.closed_on, at))
    if deal.handed_to is not None:
        heir, on = deal.handed_to
        at = moment(on, ENDING)
        yield Happening(at, partial(_hand_over, row, heir, at))


def receiving(cast: Cast, lead: Lead) -> Iterator[Happening]:
    """A lead on the day it came."""
    at = moment(lead.received_on, TALKING)
    yield Happening(at, partial(_receive, cast, lead, at))


def _open(row: Written, at: datetime) -> None:
    deal, account, by = row.deal, row.deal.account, row.by(at)
    row.account_id = services.add_account(
        by=by,
        name=account.name,
        domain=account.domain,
        industry=account.industry,
        country=account.country,
        employee_count=account.employee_count,
    ).pk
    written = services.open_deal(by=by, **_first_values(row))
    row.deal_id, row.version = written.pk, written.version
    row.cast.deal_ids[deal.key] = written.pk
    if deal.outcome in WITH_A_LINE:
        line = services.add_line(
            by=by,
            deal_id=row.deal_id,
            product_id=row.cast.product_ids[deal.segment],
            price_minor=written.amount_minor,
        )
        row.version = line.deal.version


def _first_values(row: Written) -> "DealValues":
    deal, amount_minor = row.deal, row.deal.value * company.THOUSAND_MINOR
    values: DealValues = {
        "title": deal.title,
        "account_id": row.account_id,
        "stage_id": row.cast.stage_ids[0],
        "segment": deal.segment,
        "sector": deal.account.industry,
        "region": deal.account.country,
        "source": deal.source,
        "deal_type": DEAL_TYPE,
        "amount_minor": amount_minor,
        "currency_id": company.CURRENCY,
        "opened_on": deal.opened_on,
    }
    if deal.discount is not None:
        values["list_amount_minor"] = round(deal.value * 1000 / (1 - deal.discount)) * 100
    return {**values, **deal.first}


def _meet(row: Written, person: Buyer, at: datetime) -> None:
    contact = services.add_contact(
        by=row.by(at),
        name=person.name,
        email=f"{person.name.lower().replace(' ', '.')}@{row.deal.account.domain}",
        job_title=person.job_title,
        account_id=row.account_id,
    )
    row.contact_ids[person] = contact.pk
    services.add_stakeholder(by=row.by(at), deal_id=row.deal_id, contact_id=contact.pk, role=person.role)


def _talk(row: Written, talk: Talk, at: datetime) -> None:
    minutes, ours = talk.minutes, talk.our_minutes
    services.log_activity(
        by=row.by(at),
        deal_id=row.deal_id,
        contact_id=row.contact_ids[row.deal.people[talk.who]],
        channel=talk.channel,
        direction=talk.direction,
        at=at,
        subject=talk.subject,
        duration_seconds=None if minutes is None else minutes * 60,
        seller_talk_seconds=None if ours is None else ours * 60,
        buyer_talk_seconds=None if minutes is None or ours is None else (minutes - ours) * 60,
        done=True,
    )


def _move(row: Written, stage: int, at: datetime) -> None:
    moved = services.edit_deal(
        by=row.by(at), deal_id=row.deal_id, version=row.version, stage_id=row.cast.stage_ids[stage - 1]
    )
    row.version = moved.version


def _edit(row: Written, edit: Edit, at: datetime) -> None:
    values: DealValues = {**edit.values, **_agreed(row, edit)}
    edited = services.edit_deal(by=row.by(at, edit.by), deal_id=row.deal_id, version=row.version, **values)
    row.version = edited.version


def _agreed(row: Written, edit: Edit) -> "DealValues":
    """Who acts in a next step that has a day, and who at the buyer agreed to it on the day it was written down."""
    if not edit.values.get("next_step_on"):
        return {}
    if row.deal.key in words.ONE_SIDED:
        return {"next_step_side": "us"}
    return {
        "next_step_side": "both",
        "next_step_contact_id": row.contact_ids[row.deal.people[0]],
        "next_step_agreed_on": edit.on,
        "next_step_agreed_by": "call",
    }


def _end(row: Written, closed_on: date, at: datetime) -> None:
    ended = services.end_deal(
        by=row.by(at),
        deal_id=row.deal_id,
        version=row.version,
        outcome=row.deal.outcome,
        closed_on=closed_on,
        reason=row.deal.reason,
        end_reason=words.REASONS.get(row.deal.reason, ""),
    )
    row.version = ended.version


def _hand_over(row: Written, heir: str, at: datetime) -> None:
    """The deal goes to its heir; the account and its people stay the former owner's, and are shared for writing."""
    by, heir_id = row.by(at, company.MANAGER), row.cast.user_ids[heir]
    handed = services.hand_over(by=by, deal_id=row.deal_id, version=row.version, to_user_id=heir_id)
    row.version, row.owner = handed.version, heir
    records = [
        ("records.account", row.account_id),
        *(("records.contact", number) for number in row.contact_ids.values()),
    ]
    for record in records:
        people.share(
            actor=by.actor,
            record=record,
            with_user_id=heir_id,
            reason=f"The deal {row.deal.title} was handed over.",
            until_on=SHARED_UNTIL,
            at=at,
            access="write",
        )


def _receive(cast: Cast, lead: Lead, at: datetime) -> None:
    written = services.add_lead(
        by=cast.by(lead.rep, at),
        name=lead.name,
        company=lead.company,
        source=lead.source,
        state=lead.state,
        received_at=at - timedelta(minutes=30),
        ready_on=lead.ready_on,
        note=lead.note,
    )
    cast.lead_ids[lead.key] = written.pk
