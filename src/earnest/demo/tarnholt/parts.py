"""What a deal of the story consists of, as it happened: its people, its talks, and every change somebody made."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from earnest.records.services.deals import DealValues


@dataclass(frozen=True)
class Buyer:
    """A person on the buyer's side and their role in the decision; known from the start where no day is told."""

    name: str
    job_title: str
    role: str
    met_on: date | None = None


@dataclass(frozen=True)
class Talk:
    """A meeting, a call or a message: `direction` is in (the buyer), out (us) or both; `who` counts into the people."""

    on: date
    channel: str
    direction: str
    subject: str
    minutes: int | None = None
    who: int = 0
    our_minutes: int | None = None


@dataclass(frozen=True)
class Edit:
    """What somebody wrote on the deal on one day: the owner, or whoever `by` names."""

    on: date
    values: "DealValues"
    by: str = ""


@dataclass(frozen=True)
class Move:
    """The day on which the seller put the deal into a stage, counted from 1."""

    on: date
    stage: int


@dataclass(frozen=True)
class Account:
    """Who buys."""

    name: str
    industry: str
    country: str
    employee_count: int | None = None

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-") + ".example"


@dataclass(frozen=True)
class Deal:
    """One deal as it happened. Money is in thousands; `discount` is the share taken off the list price.

    `key` is what the story calls it: T1 to T8, P05 to P30, and E01 onwards for the deals that only ended.
    """

    key: str
    title: str
    account: Account
    rep: str
    segment: str
    value: int
    source: str
    opened_on: date
    people: tuple[Buyer, ...]
    first: "DealValues"
    talks: tuple[Talk, ...] = ()
    moves: tuple[Move, ...] = ()
    edits: tuple[Edit, ...] = ()
    outcome: str = "open"
    closed_on: date | None = None
    reason: str = ""
    discount: float | None = None
    handed_to: tuple[str, date] | None = None


@dataclass(frozen=True)
class Lead:
    """Somebody who is not a deal yet."""

    key: str
    name: str
    company: str
    source: str
    rep: str
    received_on: date
    state: str
    note: str
    ready_on: date | None = None
