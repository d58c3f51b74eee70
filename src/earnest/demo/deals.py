"""The sample's deals as they happened, before anybody exported them.

All is drawn from one seed. Owners, sources and products do not differ: whoever claims that they do has seen noise.
"""

import math
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from earnest.demo import company

WIN_DAYS_LIMIT = 410  # no win takes longer, so that what is older can be told from what is late


@dataclass(frozen=True)
class Account:
    """A customer: everything about a deal that is the same for all deals of one buyer."""

    name: str
    segment: str
    industry: str
    country: str

    @property
    def currency(self) -> str:
        return "GBP" if self.country == "United Kingdom" else "EUR"


@dataclass(frozen=True)
class Step:
    """One row of a deal's history: from this day on, this stage, amount and expected close."""

    on: date
    stage: str
    probability: int
    amount: int | None
    close_on: date


@dataclass
class Deal:
    """One deal: what was true of it on the sample's day, and how it came about."""

    number: int
    account: Account
    owner: str
    source: str
    deal_type: str
    product: str
    created_on: date
    end: str
    ended_on: date | None
    amount: int | None
    reason: str = ""
    next_step: str = ""
    latest_activity_on: date | None = None
    history: list[Step] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def latest(self) -> Step:
        return self.history[-1]


def accounts(rng: np.random.Generator) -> list[Account]:
    """Every customer, in random order."""
    names = [(stem, trade) for stem in company.STEMS for trade in company.INDUSTRY_OF_TRADE]
    shares = [share for share, _median, _pace in company.SEGMENTS.values()]
    return [
        Account(
            name=f"{stem} {trade}",
            segment=str(rng.choice(list(company.SEGMENTS), p=shares)),
            industry=company.INDUSTRY_OF_TRADE[trade],
            country=str(rng.choice(company.COUNTRIES)),
        )
        for stem, trade in (names[place] for place in rng.permutation(len(names)))
    ]


def deals(rng: np.random.Generator, *, count: int = 1_400) -> list[Deal]:
    """The deals in the order in which they were created."""
    buyers = accounts(rng)
    days = sorted(_created_on(rng) for _ in range(count))
    return [_deal(rng, number, day, buyers[rng.integers(len(buyers))]) for number, day in enumerate(days, start=1)]


def _created_on(rng: np.random.Generator) -> date:
    """A working day; fewer deals arrive in the last months, as where prospecting has been neglected."""
    span = (company.AS_OF - company.FIRST_DAY).days
    while True:
        day = company.FIRST_DAY + timedelta(days=int(rng.integers(span)))
        kept = 1.0 if (company.AS_OF - day).days > 240 else 0.5
        if day.weekday() < 5 and rng.random() < kept:
            return day


def _deal(rng: np.random.Generator, number: int, created_on: date, account: Account) -> Deal:
    end = str(rng.choice(["won", "lost", "no_decision", "declined"], p=[0.25, 0.37, 0.31, 0.07]))
    deal = Deal(
        number=number,
        account=account,
        owner=str(rng.choice(company.OWNERS)),
        source=str(rng.choice(company.SOURCES)),
        deal_type="New Business" if rng.random() < 0.7 else "Existing Business",
        product=str(rng.choice(company.PRODUCTS)),
        created_on=created_on,
        end=end,
        ended_on=_ended_on(rng, created_on, end, account),
        amount=_amount(rng, account),
    )
    if deal.is_open:
        deal.end = "open"
    _live(rng, deal)
    _leave_traces(rng, deal)
    return deal


# Per end: the median days it takes, and the spread on the log scale.
_DURATIONS = {"won": (150, 0.36), "lost": (55, 0.7), "no_decision": (115, 0.62), "declined": (13, 0.7)}
_FORGOTTEN_SHARE = 0.18  # of no decisions: nobody closes them when they end
_TIDIED_SHARE = 0.5  # of the forgotten ones: closed in a clean-up long after; the others stay in the pipeline for ever


def _ended_on(rng: np.random.Generator, created_on: date, end: str, account: Account) -> date | None:
    median, spread = _DURATIONS[end]
    pace = company.SEGMENTS[account.segment][2]
    duration = min(WIN_DAYS_LIMIT, max(2, round(median * pace * math.exp(spread * rng.standard_normal()))))
    if end == "no_decision" and rng.random() < _FORGOTTEN_SHARE:
        if rng.random() >= _TIDIED_SHARE:
            return None
        duration = int(rng.integers(280, 520))
    ended_on = _heaped(rng, created_on + timedelta(days=duration))
    return None if ended_on > company.AS_OF else max(ended_on, created_on)


def _amount(rng: np.random.Generator, account: Account) -> int | None:
    median = company.SEGMENTS[account.segment][1]
    amount = round(median * math.exp(0.45 * rng.standard_normal()), -2)
    return None if rng.random() < 0.03 else int(amount)


def _heaped(rng: np.random.Generator, day: date) -> date:
    """Half of all close dates gather on the last working day of their month, more at a quarter's end."""
    pull = 0.6 if day.month % 3 == 0 else 0.35
    return _month_end(day) if rng.random() < pull else _working_day(day)


def _month_end(day: date) -> date:
    end = day.replace(day=monthrange(day.year, day.month)[1])
    return end - timedelta(days=max(0, end.weekday() - 4))


def _working_day(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _live(rng: np.random.Generator, deal: Deal) -> None:
    """Write the deal's history: it moves through the stages, and its close date is pushed when it comes near."""
    until = deal.ended_on or company.AS_OF
    lifetime = (until - deal.created_on).days
    asked = _asked_amount(rng, deal)
    reached = len(company.OPEN_STAGES) if deal.end == "won" else int(rng.integers(1, len(company.OPEN_STAGES) + 1))
    moves = sorted(deal.created_on + timedelta(days=int(lifetime * rng.random() ** 1.5)) for _ in range(reached - 1))
    close_on = _month_end(deal.created_on + timedelta(days=int(rng.integers(75, 150))))
    deal.history.append(Step(deal.created_on, *company.OPEN_STAGES[0], asked, close_on))
    for stage, day in enumerate(moves, start=1):
        deal.history += _pushes(rng, deal, day)
        deal.history.append(Step(day, *company.OPEN_STAGES[stage], asked, deal.latest.close_on))
    deal.history += _pushes(rng, deal, until)
    if deal.ended_on is not None:
        closed = company.WON_STAGE if deal.end == "won" else company.LOST_STAGE
        deal.history.append(Step(deal.ended_on, *closed, deal.amount, deal.ended_on))


def _asked_amount(rng: np.random.Generator, deal: Deal) -> int | None:
    """What was asked before the end: a third of won deals were discounted on the last day."""
    discounted = deal.end == "won" and rng.random() < 0.33
    return round(deal.amount * 1.15) if discounted and deal.amount is not None else deal.amount


def _pushes(rng: np.random.Generator, deal: Deal, until: date) -> list[Step]:
    """The pushes up to a day: near its date a close date moves on, unless nobody looks at the deal any more."""
    steps: list[Step] = []
    last = deal.latest
    while (pushed_on := last.close_on - timedelta(days=int(rng.integers(0, 6)))) < until and rng.random() < 0.72:
        pushed_on = max(pushed_on, last.on)
        close_on = _month_end(last.close_on + timedelta(days=int(rng.integers(20, 75))))
        last = Step(pushed_on, last.stage, last.probability, last.amount, close_on)
        steps.append(last)
    return steps


def _leave_traces(rng: np.random.Generator, deal: Deal) -> None:
    """What the seller typed: a reason where the deal ended, a next step where it did not."""
    quiet_days = int(min(400, rng.exponential(24 if len(deal.history) < 5 else 40)))
    deal.latest_activity_on = max(deal.created_on, (deal.ended_on or company.AS_OF) - timedelta(days=quiet_days))
    if deal.end == "lost":
        deal.reason = str(rng.choice(company.LOST_REASONS))
    elif deal.end == "no_decision":
        deal.reason = str(rng.choice(company.NO_DECISION_REASONS))
    elif deal.end == "declined":
        deal.reason = company.DECLINED_REASON
    elif deal.end == "open":
        steps = (company.VAGUE_STEPS, company.CLEAR_STEPS, ("",))[int(rng.choice(3, p=[0.26, 0.58, 0.16]))]
        deal.next_step = str(rng.choice(steps))
