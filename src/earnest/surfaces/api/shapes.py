"""What the API sends and takes: typed, every field named; money as whole minor units beside its currency."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from earnest.surfaces.api.answers import Input, ListQuery, refused

Text = str
Line = Field("", max_length=500)
Outcome = Literal["open", "won", "lost", "no_decision", "declined"]
EndReason = Literal[
    "", "need_weak", "date_not_real", "no_owner", "no_agreement", "fear", "other_priority", "money_gone", "no_fit",
    "favourite", "our_conduct", "price", "outside",
]  # fmt: skip
Role = Literal["untold", "owner", "decider", "user", "influencer", "finance", "procurement", "blocker"]
Channel = Literal["", "meeting", "call", "email", "message", "note", "task", "other"]
Direction = Literal["", "in", "out", "both"]
LeadState = Literal["new", "working", "not_yet", "became_deal", "declined", "no_answer"]
Number = int
_Id = Field(None, ge=1, lt=2**63)
_Custom: dict[str, Any] = Field(default_factory=dict)  # as below


class Money(Schema):
    """An amount: whole minor units, its currency, and the same as a decimal number in text."""

    minor: int
    currency: str
    decimal: str


class MoneyInput(Input):
    """An amount to be written: whole minor units and an ISO 4217 code."""

    minor: int = Field(ge=-(2**63), lt=2**63)
    currency: str = Field(min_length=3, max_length=3)


class Recorded(Schema):
    """What every record carries."""

    id: int
    version: int
    created_at: datetime
    written_at: datetime


class Deal(Recorded):
    """A possible sale. The seller's close, the actual close and the buyer's by-when are three dates."""

    title: str
    account_id: int | None
    owner_id: int | None
    team_id: int | None
    stage_id: int | None
    segment: str
    sector: str
    region: str
    source: str
    deal_type: str
    outcome: Outcome
    lost_reason: str
    amount: Money | None
    list_amount: Money | None
    opened_on: date | None
    closed_on: date | None
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
    end_reason: str
    stage_changed_on: date | None
    custom: dict[str, Any]  # the team's own fields, each of the kind it was defined with


class DealFields(Input):
    """What may be written on a deal; its outcome and its owner have addresses of their own."""

    title: str = Line
    account_id: int | None = _Id
    stage_id: int | None = _Id
    segment: str = Field("", max_length=200)
    sector: str = Field("", max_length=200)
    region: str = Field("", max_length=200)
    source: str = Field("", max_length=200)
    deal_type: str = Field("", max_length=200)
    amount: MoneyInput | None = None
    list_amount: MoneyInput | None = None
    opened_on: date | None = None
    seller_close_on: date | None = None
    buyer_by_when_on: date | None = None
    lead_time_days: int | None = Field(None, ge=0, le=36_500)
    next_step: str = Field("", max_length=2000)
    next_step_on: date | None = None
    next_step_side: Literal["", "us", "them", "both"] = ""
    next_step_contact_id: int | None = _Id
    next_step_agreed_on: date | None = None
    next_step_agreed_by: str = Field("", max_length=100)
    next_step_result: str = Field("", max_length=500)
    next_step_their_day: bool | None = None
    offer_ends_on: date | None = None
    custom: dict[str, Any] = _Custom  # checked against the team's definitions by the service


class NewDeal(DealFields):
    """A deal to be opened; it needs a title."""

    title: str = Field(min_length=1, max_length=500)


class DealLine(Schema):
    """A product in a deal. A line is a part of its deal: `version` is the deal's, and each write raises it."""

    id: int
    version: int
    deal_id: int
    position: int
    product_id: int
    product: str
    quantity: int
    list_price: Money | None
    price: Money | None


class LineFields(Input):
    """What may be written on a line; another product is another line."""

    quantity: int = Field(1, ge=1, le=1_000_000)
    price: MoneyInput | None = None


class NewLine(LineFields):
    """A product to be added to a deal."""

    deal_id: int = Field(ge=1, lt=2**63)
    product_id: int = Field(ge=1, lt=2**63)


class LinesQuery(ListQuery):
    """Which lines of deals."""

    deal_id: int | None = _Id
    product_id: int | None = _Id


class DealsQuery(ListQuery):
    """Which deals. Sort by seller_close_on, written_at or title."""

    owner_id: int | None = _Id
    team_id: int | None = _Id
    account_id: int | None = _Id
    stage_id: int | None = _Id
    pipeline_id: int | None = _Id
    outcome: Outcome | None = None
    title: str = Field("", max_length=200)
    seller_close_from: date | None = None
    seller_close_to: date | None = None
    written_since: datetime | None = None


class Ending(Input):
    """How a deal ends: won, lost to another, no decision, or declined by us."""

    outcome: Literal["won", "lost", "no_decision", "declined"]
    closed_on: date
    reason: str = Field("", max_length=2000)
    end_reason: EndReason = ""


class HandingOver(Input):
    """Whom a deal is given to."""

    to_user_id: int = Field(ge=1, lt=2**63)
    team_id: int | None = _Id


class SettingAside(Input):
    """A finding that is set aside until a day, with the reason."""

    rule: str = Field(min_length=1, max_length=80)
    reason: str = Field(min_length=1, max_length=500)
    until_on: date


class Aside(Schema):
    """Who set a finding aside, why, and until when."""

    who: str
    reason: str
    until_on: date


class Verdict(Schema):
    """What one rule says of a deal: flagged or unknown, its sentence, what would clear it, and since when."""

    rule: str
    title: str
    severity: str
    state: Literal["flagged", "unknown"]
    sentence: str
    clears: str
    source: str
    since_on: date | None
    missing: list[str]
    aside: Aside | None


class Verdicts(Schema):
    """All verdicts of an open deal as of a day, gravest first; `clear` names the rules that found nothing."""

    judged_on: date | None
    verdicts: list[Verdict]
    clear: list[str]


class Rule(Schema):
    """A rule: its sentence, the duty it serves, and how many open deals that you see it flags."""

    name: str
    title: str
    severity: str
    says: str
    clears: str
    source: str
    deal_count: int


class Total(Schema):
    """Open deals of one currency: how many, and their value, all that is claimed and what is real."""

    deal_count: int
    hard_count: int
    claimed: Money
    real: Money


def money(row: Mapping[str, Any], column: str) -> dict[str, object] | None:
    """The amount in a column of a row; none where nobody told one."""
    minor = row[column]
    return None if minor is None else amount(minor, row["currency_id"], row["currency__minor_digits"])


def amount(minor: int, currency: str, digits: int) -> dict[str, object]:
    """An amount as the API says it."""
    return {"minor": minor, "currency": currency, "decimal": f"{Decimal(minor).scaleb(-digits):f}"}


def line(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of lines as the API says it."""
    return {
        **row,
        "version": row["deal__version"],
        "product": row["product__name"],
        "list_price": _price(row, "list_price_minor", "product"),
        "price": _price(row, "price_minor", "deal"),
    }


def line_values(sent: Mapping[str, Any], currency: str | None) -> dict[str, Any]:
    """What was sent of a line, by column; a price is in the currency of its deal.

    Raises: FieldUnknown when it is in another.
    """
    price = sent.get("price")
    if price is not None and price["currency"] != currency:
        raise refused("price", f"Send the price in the currency of the deal: {currency or 'it has none yet'}.")
    values = {name: value for name, value in sent.items() if name != "price"}
    return values | ({"price_minor": price and price["minor"]} if "price" in sent else {})


def _price(row: Mapping[str, Any], column: str, whose: str) -> dict[str, object] | None:
    minor, digits = row[column], row[f"{whose}__currency__minor_digits"]
    return None if minor is None else amount(minor, row[f"{whose}__currency_id"] or "", 2 if digits is None else digits)


def deal(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of deals as the API says it."""
    return {**row, "amount": money(row, "amount_minor"), "list_amount": money(row, "list_amount_minor")}


def deal_values(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of a deal, by column.

    Raises: FieldUnknown when the two amounts are of different currencies.
    """
    values = {name: value for name, value in sent.items() if name not in ("amount", "list_amount")}
    currencies = set()
    for name in ("amount", "list_amount"):
        if name in sent:
            values[f"{name}_minor"] = None if sent[name] is None else sent[name]["minor"]
            currencies |= set() if sent[name] is None else {sent[name]["currency"]}
    if len(currencies) > 1:
        raise refused("list_amount", "A deal has one currency: send both amounts in the same.")
    return values | ({"currency_id": currencies.pop()} if currencies else {})
