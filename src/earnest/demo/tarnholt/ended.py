"""The deals that ended in 2025 and are not told: who sold, how long it took, how it ended and why.

With T6, T7 and T8 these are the 84 that the story counts. A star marks a loss to a supplier the buyer favoured.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from earnest.demo.tarnholt import lives, names
from earnest.demo.tarnholt.parts import Deal

RFP = "Unsolicited RFP"

# rep, segment, outcome, days, day of the end, value in thousands | source | account | reason
_ROWS = """
BO ent no_decision 341 2025-08-22 210 | Social | Hexmantle Paper | went quiet
BO mid won 149 2025-02-12 72 | Inbound | Glaswick Foods | the slots they missed cost more than we do
DA ent no_decision 358 2025-09-12 205 | Inbound | Drayhollow Dairies | budget frozen
EL mid no_decision 158 2025-02-25 107 | Referral | Inkberrow Textiles | project moved to next year
DA mid won 156 2025-02-28 120 | Inbound | Harrowfen Parcels | their users chose us
CH ent no_decision 323 2025-09-09 175 | Inbound | Kestmoor Fresh Produce | stayed with spreadsheets
EL ent no_decision 412 2025-12-12 185 | Inbound | Rudgeway Foods | their sponsor left
DA mid no_decision 151 2025-03-28 79 | Inbound | Jorvane Paper | other priorities
AM mid no_decision 231 2025-06-17 102 | Cold call | Ivelmoor Cold Stores | a reorganisation
BO mid no_decision 167 2025-04-15 88 | Referral | Zellmoor Logistics | fear of another rollout
CH mid won 138 2025-03-20 84 | Cold call | Kilnbeck Dairies | the contract with their retailer asks for it
BO mid won 187 2025-05-12 131 | Inbound | Yewmantle Freight | we were in before the list was written
CH mid no_decision 204 2025-06-03 50 | Inbound | Fernhallow Pharma Supply | went quiet
DA ent no_decision 288 2025-08-27 195 | Referral | Glaswick Logistics | budget frozen
AM ent no_decision 380 2025-12-03 285 | Social | Pellingwick Freight | project moved to next year
EL ent won 219 2025-06-26 164 | Social | Dunquist Packaging | the slots they missed cost more than we do
AM mid won 232 2025-07-09 96 | Event | Alderquay Foods | their users chose us
CH mid no_decision 211 2025-06-20 109 | Referral | Crandelow Fresh Produce | stayed with spreadsheets
BO mid no_decision 112 2025-03-24 79 | Inbound | Rosenquay Retail | their sponsor left
DA mid no_decision 97 2025-03-14 53 | Referral | Cobwater Cold Stores | other priorities
CH mid lost* 31 2025-01-08 108 | Unsolicited RFP | Ashmantle Cold Stores | their favoured supplier
EL mid declined 37 2025-01-21 74 | Inbound | Quernby Home Goods | no fit: needs we do not serve
EL mid no_decision 83 2025-03-11 66 | Cold call | Larkenfell Bakeries | a reorganisation
CH mid no_decision 61 2025-02-21 72 | Cold call | Lindermoor Fresh Produce | fear of another rollout
CH mid no_decision 126 2025-04-29 48 | Unsolicited RFP | Crandelow Building Supplies | went quiet
EL mid lost* 41 2025-02-07 47 | Unsolicited RFP | Ashmantle Retail | their favoured supplier
AM ent won 341 2025-12-05 146 | Social | Elmsgarth Freight | the contract with their retailer asks for it
CH mid lost 95 2025-04-04 130 | Inbound | Oxmantle Pharma Supply | price
AM mid lost* 14 2025-01-16 91 | Unsolicited RFP | Bramlesby Textiles | their favoured supplier
CH ent won 201 2025-07-22 192 | Social | Harrowfen Retail | we were in before the list was written
EL mid declined 6 2025-01-10 102 | Inbound | Wrenhollow Packaging | no need shown
BO mid lost* 26 2025-01-30 117 | Unsolicited RFP | Gildersby Freight | their favoured supplier
DA mid lost 88 2025-04-02 72 | Unsolicited RFP | Elmsgarth Furniture | price and a faster start
DA mid lost* 19 2025-01-24 109 | Unsolicited RFP | Farrowmead Packaging | their favoured supplier
AM ent lost 109 2025-04-24 190 | Inbound | Millquist Beverages | a missing interface to their yard gates
AM mid won 117 2025-05-02 64 | Referral | Silverbeck Textiles | the slots they missed cost more than we do
BO mid lost 58 2025-03-06 99 | Unsolicited RFP | Pinehallow Logistics | their own IT builds it
AM mid lost 101 2025-04-18 98 | Cold call | Pellingwick Home Goods | the board's supplier
AM ent no_decision 309 2025-11-14 205 | Inbound | Valdermoor Building Supplies | budget frozen
CH mid won 210 2025-08-08 112 | Inbound | Mossgarth Furniture | their users chose us
BO mid no_decision 139 2025-05-30 99 | Inbound | Zandquist Parcels | project moved to next year
CH ent no_decision 174 2025-07-04 125 | Cold call | Millquist Packaging | stayed with spreadsheets
BO mid won 129 2025-05-21 105 | Inbound | Norvale Furniture | the contract with their retailer asks for it
AM mid no_decision 186 2025-07-18 121 | Unsolicited RFP | Fernhallow Parcels | their sponsor left
EL mid no_decision 193 2025-07-25 125 | Cold call | Drayhollow Furniture | other priorities
EL mid won 268 2025-10-10 58 | Unsolicited RFP | Bramlesby Fresh Produce | we were in before the list was written
DA mid no_decision 263 2025-10-06 70 | Inbound | Vexholme Beverages | a reorganisation
CH ent lost 84 2025-04-11 170 | Unsolicited RFP | Oxmantle Parcels | a competitor already in their warehouse
AM mid won 164 2025-06-30 118 | Cold call | Orrinholm Logistics | the slots they missed cost more than we do
DA mid lost 212 2025-08-18 114 | Unsolicited RFP | Hexmantle Home Goods | terms of the contract
CH ent no_decision 240 2025-09-18 200 | Inbound | Dunquist Beverages | fear of another rollout
EL ent lost 133 2025-06-06 205 | Inbound | Eddermoor Building Supplies | price
BO ent won 289 2025-11-10 197 | Inbound | Kestmoor Textiles | their users chose us
BO ent lost* 22 2025-02-17 175 | Unsolicited RFP | Larkenfell Beverages | their favoured supplier
CH ent no_decision 296 2025-11-19 275 | Referral | Alderquay Textiles | went quiet
AM mid won 196 2025-08-13 88 | Inbound | Coldfern Beverages | the contract with their retailer asks for it
BO ent lost 239 2025-09-26 190 | Cold call | Birkhollow Bakeries | price and a faster start
AM mid declined 3 2025-02-03 80 | Cold call | Mossgarth Dairies | too small to be helped by us
EL mid no_decision 275 2025-11-06 87 | Unsolicited RFP | Ivelmoor Retail | budget frozen
AM ent lost 176 2025-07-31 120 | Cold call | Tamberfold Cold Stores | a missing interface to their yard gates
BO mid no_decision 252 2025-10-17 91 | Inbound | Umberfold Fresh Produce | project moved to next year
DA mid lost 124 2025-06-12 93 | Unsolicited RFP | Eddermoor Pharma Supply | their own IT builds it
BO ent lost 281 2025-11-24 230 | Inbound | Nethergill Building Supplies | the board's supplier
EL ent won 251 2025-10-28 240 | Social | Sallowby Paper | we were in before the list was written
CH mid lost 71 2025-05-08 110 | Cold call | Nethergill Pharma Supply | a competitor already in their warehouse
BO mid lost 78 2025-05-23 47 | Cold call | Cobwater Dairies | terms of the contract
DA ent won 172 2025-08-29 187 | Referral | Coldfern Bakeries | the slots they missed cost more than we do
EL mid won 178 2025-09-05 99 | Unsolicited RFP | Norvale Freight | their users chose us
AM mid lost 190 2025-10-15 57 | Cold call | Quillmarsh Parcels | price
EL mid lost 163 2025-09-22 121 | Unsolicited RFP | Lindermoor Building Supplies | price and a faster start
DA mid won 171 2025-10-01 95 | Inbound | Jorvane Bakeries | the contract with their retailer asks for it
DA mid declined 21 2025-05-16 105 | Referral | Orrinholm Packaging | asked only for a price to compare
EL ent lost* 47 2025-07-11 295 | Unsolicited RFP | Farrowmead Logistics | their favoured supplier
CH ent lost 152 2025-10-31 170 | Referral | Inkberrow Foods | a missing interface to their yard gates
AM mid lost 63 2025-08-05 48 | Referral | Kilnbeck Cold Stores | their own IT builds it
CH mid lost 141 2025-10-24 70 | Social | Thornmantle Bakeries | the board's supplier
BO mid lost 116 2025-11-28 49 | Event | Yarbeck Pharma Supply | a competitor already in their warehouse
FA mid won 98 2025-11-24 64 | Cold call | Gildersby Home Goods | we were in before the list was written
FA mid declined 9 2025-09-11 104 | Cold call | Ulverquist Dairies | no fit: needs we do not serve
FA mid lost* 34 2025-10-09 66 | Unsolicited RFP | Birkhollow Paper | their favoured supplier
FA mid lost 52 2025-11-05 92 | Inbound | Wyndlecote Furniture | terms of the contract
"""


@dataclass(frozen=True)
class Ended:
    """One line of the history."""

    rep: str
    segment: str
    outcome: str
    days: int
    closed_on: date
    value: int
    source: str
    account: str
    reason: str
    to_a_favourite: bool

    @property
    def opened_on(self) -> date:
        return self.closed_on - timedelta(days=self.days)


def rows() -> tuple[Ended, ...]:
    """The history, in the order in which the deals were opened."""
    return tuple(_row(line) for line in _ROWS.strip().splitlines())


def _row(line: str) -> Ended:
    figures, source, account, reason = (part.strip() for part in line.split("|"))
    rep, segment, outcome, days, closed_on, value = figures.split()
    return Ended(
        rep=rep,
        segment=segment,
        outcome=outcome.removesuffix("*"),
        days=int(days),
        closed_on=date.fromisoformat(closed_on),
        value=int(value),
        source=source,
        account=account,
        reason=reason,
        to_a_favourite=outcome.endswith("*"),
    )


# What is taken off the list price of a win. Dana's three have a median of 8 %, and the most is 15 %.
_DISCOUNTS = (0.05, 0.08, 0.06, 0.10, 0.04, 0.07)
_DANAS = {120: 0.04, 187: 0.08, 95: 0.15}  # by value, because each of hers is told


def deals() -> list[Deal]:
    """The history as deals, each with its talks and its way through the stages."""
    return [_deal(number, row) for number, row in enumerate(rows(), start=1)]


def _deal(number: int, row: Ended) -> Deal:
    account = names.account(row.account, number)
    return Deal(
        key=f"E{number:02}",
        title=f"{row.account}: {names.purpose(number)}",
        account=account,
        rep=row.rep,
        segment=row.segment,
        value=row.value,
        source=row.source,
        opened_on=row.opened_on,
        people=names.buyers(number, 2 if row.outcome == "won" else 1),
        first={"seller_close_on": lives.working_day(row.opened_on + timedelta(days=lives.HOPED_DAYS[row.segment]))},
        talks=lives.ended_talks(row.opened_on, row.closed_on, row.outcome),
        moves=lives.moves(row.opened_on, row.closed_on, lives.reached(row.outcome, row.days)),
        outcome=row.outcome,
        closed_on=row.closed_on,
        reason=row.reason,
        discount=_discount(number, row) if row.outcome == "won" else None,
    )


def _discount(number: int, row: Ended) -> float:
    return _DANAS[row.value] if row.rep == "DA" else _DISCOUNTS[number % len(_DISCOUNTS)]
