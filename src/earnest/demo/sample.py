"""The sample export: what Pellworth's CRM hands out, with the dirt that real exports have, from one seed.

Four files, as an administrator would save them: the opportunity report, the accounts from another tool, the team sheet
from a spreadsheet, and the history table from the API.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from earnest.demo import company
from earnest.demo.deals import Account, Deal, accounts, deals

OPPORTUNITIES, ACCOUNTS, TEAM, HISTORY = (
    "pellworth_opportunities.csv",
    "pellworth_accounts.csv",
    "pellworth_sales_team.csv",
    "OpportunityHistory.csv",
)
DUPLICATE_COUNT = 12
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def write_sample(folder: Path, *, seed: int = 7) -> list[Path]:
    """Write the sample export into a folder and return its files, the opportunities first.

    The same seed writes the same bytes. The export was made on `company.AS_OF`; nothing in it is later except close
    dates that sellers expect.
    """
    folder.mkdir(parents=True, exist_ok=True)
    happened = deals(np.random.default_rng(seed))
    dirt = np.random.default_rng([seed, 1])
    texts = {
        OPPORTUNITIES: (_opportunity_report(happened, dirt), "utf-8-sig"),
        ACCOUNTS: (_account_list(accounts(np.random.default_rng(seed))), "cp1252"),
        TEAM: (_team_sheet(), "utf-8"),
        HISTORY: (_history_table(happened), "utf-8"),
    }
    paths = [folder / name for name in texts]
    for path, (text, encoding) in zip(paths, texts.values(), strict=True):
        path.write_bytes(text.encode(encoding))
    return paths


# --- the opportunity report ------------------------------------------------------------------------------------

_REPORT_HEADERS = (
    "Opportunity Owner",
    "Account Name",
    "Opportunity Name",
    "Stage",
    "Type",
    "Lead Source",
    "Product Name",
    "Amount Currency",
    "Amount",
    "Probability (%)",
    "Created Date",
    "Close Date",
    "Last Activity",
    "Next Step",
    "Loss Reason",
    "Closed",
    "Won",
    "Opportunity ID",
)


def _opportunity_report(happened: Sequence[Deal], dirt: np.random.Generator) -> str:
    rows = [_report_row(deal, dirt) for deal in happened]
    for place in sorted(dirt.integers(len(rows), size=DUPLICATE_COUNT), reverse=True):
        rows.insert(int(place), list(rows[place]))
    footer: tuple[list[str], ...] = (
        [],
        [f"Grand Totals ({len(rows):,} records)"],
        [],
        ["Confidential Information - Do Not Distribute"],
        [f"Copyright © 2000-{company.AS_OF.year} salesforce.com, inc. All rights reserved."],
    )
    return _csv([_REPORT_HEADERS, *rows, *footer])


def _report_row(deal: Deal, dirt: np.random.Generator) -> list[str]:
    return [
        deal.owner + (" " if dirt.random() < 0.01 else ""),
        _typed_account_name(deal.account.name, dirt),
        f"{deal.account.name} – {deal.product}",
        deal.latest.stage,
        deal.deal_type,
        _or_unset(deal.source, dirt),
        deal.product,
        deal.account.currency,
        _typed_amount(deal, dirt),
        "750" if deal.is_open and dirt.random() < 0.03 else str(deal.latest.probability),
        _report_date(_typed_created_on(deal, dirt)),
        _report_date(deal.latest.close_on),
        _report_date(deal.latest_activity_on),
        deal.next_step,
        _or_unset(deal.reason, dirt) if deal.reason else "",
        str(not deal.is_open).lower(),
        str(deal.end == "won").lower(),
        record_id("006", deal.number),
    ]


def _typed_account_name(name: str, dirt: np.random.Generator) -> str:
    """One name in fifty is written otherwise than in the account list."""
    if dirt.random() >= 0.02:
        return name
    return (name.replace(" ", ""), f"{name} ", name.replace(" ", "  "))[int(dirt.integers(3))]


def _or_unset(text: str, dirt: np.random.Generator) -> str:
    """A picklist that nobody set, in one of its three looks."""
    return str(dirt.choice([text, "Select", "--None--", ""], p=[0.86, 0.05, 0.04, 0.05]))


def _typed_amount(deal: Deal, dirt: np.random.Generator) -> str:
    if deal.end == "won" and dirt.random() < 0.015:
        return "0.00"
    return "" if deal.amount is None else f"{deal.amount:.2f}"


def _typed_created_on(deal: Deal, dirt: np.random.Generator) -> date:
    """One ended deal in twenty-five was entered after it had ended."""
    if deal.ended_on is None or dirt.random() >= 0.04:
        return deal.created_on
    return min(company.AS_OF, deal.ended_on + timedelta(days=int(dirt.integers(1, 20))))


def _report_date(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# --- the other files -------------------------------------------------------------------------------------------


def _account_list(buyers: Sequence[Account]) -> str:
    headers = ("Account Name", "Industry", "Segment", "Billing Country")
    rows = ([buyer.name, buyer.industry, buyer.segment, buyer.country] for buyer in buyers)
    return _csv([headers, *sorted(rows)], delimiter=";")


def _team_sheet() -> str:
    return _csv([("Full Name", "Team"), *company.TEAM_OF.items()])


def _history_table(happened: Sequence[Deal]) -> str:
    headers = ("Id", "OpportunityId", "StageName", "Amount", "Probability", "CloseDate", "CreatedDate")
    steps = [(step.on, deal.number, step) for deal in happened for step in deal.history]
    steps.sort(key=lambda entry: entry[:2])
    rows = [
        (
            api_id(record_id("008", place)),
            api_id(record_id("006", number)),
            step.stage,
            "" if step.amount is None else f"{step.amount:.2f}",
            str(step.probability),
            step.close_on.isoformat(),
            _api_moment(step.on, place),
        )
        for place, (_day, number, step) in enumerate(steps, start=1)
    ]
    return _csv([headers, *rows])


def _api_moment(day: date, place: int) -> str:
    """A moment in working hours; later rows of one day come later."""
    at = datetime.combine(day, time(8)) + timedelta(seconds=place % 32_000)
    return f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"


def record_id(prefix: str, number: int) -> str:
    """A 15-character id as reports show it."""
    return f"{prefix}Pw00000{number:05d}"


def api_id(short: str) -> str:
    """The 18-character form of an id that the API gives: three more letters carry the case of the other fifteen."""
    chunks = (short[start : start + 5] for start in (0, 5, 10))
    return short + "".join(_DIGITS[sum(char.isupper() << place for place, char in enumerate(part))] for part in chunks)


def _csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
