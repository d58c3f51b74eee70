"""The deals P05 to P30 that are open on the day of the story, line by line as it tells them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from earnest.demo.tarnholt import lives, names
from earnest.demo.tarnholt.company import AS_OF
from earnest.demo.tarnholt.parts import Deal, Edit, Move

if TYPE_CHECKING:
    from earnest.records.services.deals import DealValues

FIRST_NUMBER = 100  # of the names of people, beyond those of the deals that ended
LEAD_TIME_DAYS = 45

# key, rep, segment, value, age, claimed stage, next step kind, days since two-way contact, our close date, and
# where the buyer told it: their by-when | source | account | next step @ its day
_ROWS = """
P05 AM mid  64   5 1 valid     2 2026-05-29 -          | Inbound   | Appelmark Foods      | Marta shows us Tuesday's dock plan; we note every wait @ 2025-12-18
P06 AM mid  92  63 3 valid     5 2026-02-27 2026-04-13 | Referral  | Brontewell Dairies   | Finance and Amara agree the price of an hour's wait @ 2025-12-17
P07 AM ent 205 149 4 valid     4 2026-03-13 2026-04-28 | Inbound   | Corvane Logistics    | Their IT and yard lead confirm the three must-haves @ 2025-12-19
P08 AM mid  80 126 5 valid     1 2026-01-30 2026-03-16 | Inbound   | Delverton Parcels    | Board decision; the director calls Amara with the result @ 2025-12-22
P09 AM ent 150  52 2 valid     8 2026-04-17 2026-06-01 | Cold call | Esterholm Retail     | Site visit in hall 3 with the shift leads @ 2026-01-08
P10 BO mid  58   9 1 valid     6 2026-06-12 -          | Social    | Foxmere Bakeries     | First look at their dock board with the warehouse lead @ 2025-12-18
P11 BO mid  75  46 2 none     21 2026-02-27 -          | Cold call | Gorsley Furniture    |
P12 BO mid 110 104 4 valid     7 2026-02-20 2026-04-07 | Inbound   | Hadleigh Beverages   | Buyer sends last year's waiting log; Bo returns the sum @ 2025-12-19
P13 BO ent 180 138 3 onesided 16 2026-03-31 -          | Cold call | Idrisfell Freight    | Send them our revised price list @ 2025-12-19
P14 CH mid  90 189 4 vague    33 2026-01-30 -          | Inbound   | Jessamy Packaging    | check in again
P15 CH ent 240 254 4 none     48 2026-02-27 -          | Event     | Kelderhof Stores     |
P16 CH ent 160 337 5 vague    61 2026-03-31 -          | Cold call | Lunebrook Textiles   | touch base
P17 CH mid  66  79 3 none     27 2026-03-27 -          | Inbound   | Mereworth Paper      |
P18 CH mid  72 163 3 onesided 19 2026-03-13 -          | Referral  | Nordwick Produce     | Send the case study about shorter waits @ 2025-12-22
P19 DA mid  85  88 4 valid     6 2026-02-27 2026-04-15 | Inbound   | Ostermark Foods      | Finance confirms the baseline of the three sites @ 2025-12-18
P20 DA mid  60  57 5 valid     5 2026-01-30 -          | Inbound   | Pomfrey Home Goods   | Purchasing and Dana go through the contract @ 2025-12-19
P21 DA ent 140 117 3 vague    15 2026-03-31 -          | Social    | Quorndale Parcels    | call
P22 DA mid  48  24 4 valid     3 2026-02-27 -          | Inbound   | Ravenhurst Dairies   | Their scheduler tries the fit list and marks what is missing @ 2025-12-19
P23 EL mid  70  12 1 valid     4 2026-05-29 -          | Inbound   | Sandmoor Beverages   | Operations shows us the Monday peak @ 2025-12-22
P24 EL mid  95  70 3 valid     6 2026-02-27 2026-04-15 | Cold call | Tolbury Bakeries     | Both sides agree the measure and its baseline @ 2025-12-18
P25 EL mid  62  33 2 valid     3 2026-04-10 2026-05-26 | Inbound   | Ullathorn Furniture  | The warehouse lead counts missed slots for a week; we look together @ 2025-12-22
P26 EL ent 190 207 5 valid     2 2026-01-23 2026-03-10 | Referral  | Varnholt Freight     | Decision meeting with the director and purchasing @ 2025-12-17
P27 EL ent 120 229 4 valid     9 2026-02-20 2026-04-08 | Inbound   | Westergaard Stores   | Their works council hears how drivers are planned @ 2025-12-19
P28 FA mid  54  17 1 valid     5 2026-06-12 -          | Cold call | Yarwell Packaging    | Farid spends a morning at dock 4 with the shift lead @ 2025-12-18
P29 FA mid  68  39 2 valid     7 2026-05-29 -          | Inbound   | Zelmark Retail       | The controller brings the penalty invoices to the call @ 2025-12-19
P30 FA mid  57  28 2 valid     2 2026-03-20 2026-05-04 | Inbound   | Aldenbrook Produce   | Owner and Farid draw the planned state together @ 2025-12-17
"""  # noqa: E501  # a table is read by its columns

# How often our own close date was pushed before the one that stands now, with the days of the pushes.
_PUSHES = {
    "P14": ((date(2025, 10, 28), date(2025, 10, 31)),),
    "P15": ((date(2025, 9, 25), date(2025, 9, 30)), (date(2025, 12, 1), date(2025, 12, 19))),
    "P16": ((date(2025, 8, 27), date(2025, 8, 29)), (date(2025, 10, 15), date(2025, 12, 19))),
    "P18": ((date(2025, 12, 2), date(2026, 1, 30)),),
}


@dataclass(frozen=True)
class Open:
    """One line of the open pipeline."""

    key: str
    rep: str
    segment: str
    value: int
    age_days: int
    stage: int
    step_kind: str
    quiet_days: int
    seller_close_on: date
    buyer_by_when_on: date | None
    source: str
    account: str
    next_step: str
    next_step_on: date | None

    @property
    def opened_on(self) -> date:
        return AS_OF - timedelta(days=self.age_days)

    @property
    def heard_on(self) -> date:
        return AS_OF - timedelta(days=self.quiet_days)


def rows() -> tuple[Open, ...]:
    """The open pipeline without the four told deals, in the story's order."""
    return tuple(_row(line) for line in _ROWS.strip().splitlines())


def _row(line: str) -> Open:
    figures, source, account, step = (part.strip() for part in line.split("|"))
    key, rep, segment, value, age, stage, kind, quiet, close, by_when = figures.split()
    text, _, day = step.partition(" @ ")
    return Open(
        key=key,
        rep=rep,
        segment=segment,
        value=int(value),
        age_days=int(age),
        stage=int(stage),
        step_kind=kind,
        quiet_days=int(quiet),
        seller_close_on=date.fromisoformat(close),
        buyer_by_when_on=None if by_when == "-" else date.fromisoformat(by_when),
        source=source,
        account=account,
        next_step=text,
        next_step_on=date.fromisoformat(day) if day else None,
    )


def deals() -> list[Deal]:
    """The open pipeline as deals, each with its talks, pushes and its way through the stages."""
    return [_deal(number, row) for number, row in enumerate(rows(), start=FIRST_NUMBER + 1)]


def _deal(number: int, row: Open) -> Deal:
    owned = row.buyer_by_when_on is not None
    people = names.buyers(number, min(4 if owned else 3, row.stage), owned=owned)
    pushes = _PUSHES.get(row.key, ())
    return Deal(
        key=row.key,
        title=f"{row.account}: {names.purpose(number)}",
        account=names.account(row.account, number),
        rep=row.rep,
        segment=row.segment,
        value=row.value,
        source=row.source,
        opened_on=row.opened_on,
        people=people,
        first={"seller_close_on": pushes[0][1] if pushes else row.seller_close_on},
        talks=(
            *lives.talks(row.opened_on, row.heard_on, len(people)),
            *lives.unanswered(row.heard_on, AS_OF),
        ),
        moves=_moves(row),
        edits=(*_date_edits(row), *_told_edits(row)),
    )


def _moves(row: Open) -> tuple[Move, ...]:
    return lives.moves(row.opened_on, row.heard_on, row.stage)


def _date_edits(row: Open) -> tuple[Edit, ...]:
    """Each push on its day, to the date that the next one found; the last to the date that stands."""
    pushes = _PUSHES.get(row.key, ())
    after = [old for _, old in pushes[1:]] + [row.seller_close_on]
    return tuple(Edit(on, {"seller_close_on": new}) for (on, _), new in zip(pushes, after, strict=False))


def _told_edits(row: Open) -> tuple[Edit, ...]:
    """What the buyer told in the latest talk: their date, and the next step."""
    values: DealValues = {}
    if row.buyer_by_when_on is not None:
        values |= {"buyer_by_when_on": row.buyer_by_when_on, "lead_time_days": LEAD_TIME_DAYS}
    if row.next_step:
        values |= {"next_step": row.next_step, "next_step_on": row.next_step_on}
    return (Edit(row.heard_on, values),) if values else ()
