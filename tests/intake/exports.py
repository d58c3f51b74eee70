"""Look-alikes of what CRMs export: the same invented deals as four systems would write them, from one seed.

`table` makes a file as it would have been read, so that what is tested here does not depend on reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl

from earnest.intake.raw import RawTable

TODAY = date(2026, 5, 15)
STAGES = ("Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review")
REASONS = ("Price", "Competitor", "Went dark", "No decision")


@dataclass(frozen=True)
class Fact:
    """One deal as it happened, before any system wrote it down."""

    number: int
    title: str
    account: str
    owner: str
    stage: str
    outcome: str
    opened_on: date
    closed_on: date | None
    close_on: date
    amount: int
    currency: str
    lost_reason: str
    next_step: str


def facts(count: int = 60, *, seed: int = 7) -> list[Fact]:
    """Invented deals of the two years before `TODAY`: about a third open, a third won, a third lost."""
    random = Random(seed)
    return [_fact(number, random) for number in range(1, count + 1)]


def _fact(number: int, random: Random) -> Fact:
    opened = TODAY - timedelta(days=random.randint(5, 700))
    outcome = random.choice(("open", "won", "lost"))
    closed = None if outcome == "open" else min(TODAY, opened + timedelta(days=random.randint(1, 200)))
    return Fact(
        number=number,
        title=f"Deal {number}",
        account=f"Account {random.randint(1, 12)}",
        owner=random.choice(("Aino Rautio", "Ben Osei", "Clara Voss")),
        stage=random.choice(STAGES),
        outcome=outcome,
        opened_on=opened,
        closed_on=closed,
        close_on=closed or TODAY + timedelta(days=random.randint(1, 90)),
        amount=random.randint(1, 400) * 250,
        currency=random.choice(("EUR", "USD")),
        lost_reason=random.choice(REASONS) if outcome == "lost" else "",
        next_step=random.choice(("", "Site visit on the 3rd")) if outcome == "open" else "",
    )


def table(name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, first_line: int = 2) -> RawTable:
    """A file as it was read: texts, blanks as null."""
    cells = [[_text(cell) for cell in row] for row in rows]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(headers, pl.String), orient="row")
    return RawTable(Path(name), name, tuple(headers), frame, "utf-8", ",", first_line=first_line)


def from_columns(name: str, columns: Mapping[str, Sequence[object]]) -> RawTable:
    """A file as it was read, from its columns."""
    return table(name, list(columns), zip(*columns.values(), strict=True))


def _text(cell: object) -> str | None:
    return None if cell is None or cell == "" else str(cell)


# --- the same deals in four systems ----------------------------------------------------------------------------


def salesforce_report(deals: Sequence[Fact]) -> RawTable:
    """A Salesforce report: labels, American dates, one close date with two meanings, flags for the end."""
    headers = (
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount Currency,Amount,Probability (%),Created Date,"
        "Close Date,Next Step,Loss Reason,Closed,Won,Opportunity ID"
    )
    return table("report.csv", headers.split(","), [_report_row(deal) for deal in deals])


def _report_row(deal: Fact) -> tuple[object, ...]:
    ended = deal.outcome != "open"
    stage = {"open": deal.stage, "won": "Closed Won", "lost": "Closed Lost"}[deal.outcome]
    return (
        deal.owner,
        deal.account,
        deal.title,
        stage,
        deal.currency,
        f"{deal.amount:,}.00",
        {"open": 20, "won": 100, "lost": 0}[deal.outcome],
        f"{deal.opened_on:%m/%d/%Y}",
        f"{deal.close_on:%m/%d/%Y}",
        deal.next_step,
        deal.lost_reason,
        str(ended).lower(),
        str(deal.outcome == "won").lower(),
        f"006Pw0000000{deal.number:03d}",
    )


def hubspot_export(deals: Sequence[Fact]) -> RawTable:
    """A HubSpot export: labels, moments, amounts with a sign, the deal's end in two flags."""
    headers = (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Create Date,Close Date,Deal owner,Next step,"
        "Closed Lost Reason,Is Deal Closed?,Is closed won?,Associated Company"
    )
    return table("hubspot-crm-exports-all-deals.csv", headers.split(","), [_hubspot_row(deal) for deal in deals])


def _hubspot_row(deal: Fact) -> tuple[object, ...]:
    return (
        7_000_000_000 + deal.number,
        deal.title,
        deal.stage if deal.outcome == "open" else f"Closed {deal.outcome.title()}",
        "Sales Pipeline",
        deal.amount,
        deal.currency,
        f"{deal.opened_on} 09:30",
        f"{deal.close_on} 17:00",
        deal.owner,
        deal.next_step,
        deal.lost_reason,
        str(deal.outcome != "open").lower(),
        str(deal.outcome == "won").lower(),
        deal.account,
    )


def pipedrive_export(deals: Sequence[Fact]) -> RawTable:
    """A Pipedrive export: `Deal - …` labels, a status beside the stage, an own column for each kind of end."""
    headers = (
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Deal created,"
        "Deal - Expected close date,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Owner,"
        "Deal - Organization"
    )
    return table("deals.csv", headers.split(","), [_pipedrive_row(deal) for deal in deals])


def _pipedrive_row(deal: Fact) -> tuple[object, ...]:
    return (
        deal.number,
        deal.title,
        deal.amount,
        deal.currency,
        deal.stage,
        deal.outcome.title(),
        f"{deal.opened_on} 08:00:00",
        deal.close_on if deal.outcome == "open" else "",
        f"{deal.closed_on} 12:00:00" if deal.outcome == "won" else "",
        f"{deal.closed_on} 12:00:00" if deal.outcome == "lost" else "",
        deal.lost_reason,
        deal.owner,
        deal.account,
    )


def odoo_export(deals: Sequence[Fact]) -> RawTable:
    """An Odoo export: technical names, a lost deal is inactive, a won one stands at 100 %."""
    headers = (
        "id,name,expected_revenue,company_currency,stage_id,active,probability,create_date,date_deadline,date_closed,"
        "lost_reason_id,user_id,partner_id"
    )
    return table("crm.lead.csv", headers.split(","), [_odoo_row(deal) for deal in deals])


def _odoo_row(deal: Fact) -> tuple[object, ...]:
    return (
        f"crm_lead_{deal.number}",
        deal.title,
        f"{deal.amount}.0",
        deal.currency,
        "Won" if deal.outcome == "won" else deal.stage,
        str(deal.outcome != "lost"),
        {"open": "20.0", "won": "100.0", "lost": "0.0"}[deal.outcome],
        f"{deal.opened_on} 07:00:00",
        deal.close_on if deal.outcome == "open" else "",
        f"{deal.closed_on} 07:00:00" if deal.closed_on else "",
        deal.lost_reason,
        deal.owner,
        deal.account,
    )
