"""What the story tells of the team and of its customers, for the rooms that will load it: hours, promises, outcomes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Prospecting:
    """One rep's prospecting of the last twelve weeks, in hours a week."""

    rep: str
    planned_hours: float
    done_hours: float


PROSPECTING = (
    Prospecting("AM", 10, 9.4),
    Prospecting("BO", 10, 5.8),
    Prospecting("CH", 12.5, 0.9),
    Prospecting("DA", 10, 3.1),
    Prospecting("EL", 10, 7.6),
    Prospecting("FA", 12.5, 8.8),
)


@dataclass(frozen=True)
class SkippedBlocks:
    """Prospecting blocks that a rep skipped, and in how many of them one deal was named as the reason."""

    rep: str
    skipped: int
    deal_key: str
    named: int


SKIPPED_BLOCKS = (SkippedBlocks("CH", 12, "T3", 9),)


@dataclass(frozen=True)
class Channel:
    """A way to first conversations: how many, how many became deals, and the hours that went into it."""

    name: str
    conversations: int
    deals: int
    hours: int


CHANNELS = (
    Channel("referral", 30, 9, 24),
    Channel("inbound", 240, 20, 120),
    Channel("cold call", 180, 12, 160),
    Channel("social", 60, 5, 95),
    Channel("event", 14, 2, 40),
)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int


PROMISES_KEPT, PROMISES_KEPT_BY_CHIDI = Share(41, 47), Share(5, 9)
MEETINGS_WITH_A_NEXT_ONE = Share(64, 91)
REVIEWS_THAT_AGREE = Share(9, 22)
OUTCOMES_MEASURED, OUTCOMES_DELIVERED = Share(15, 19), Share(11, 15)


@dataclass(frozen=True)
class Revenue:
    """Recurring revenue of the year in thousands, as it was won and lost (D20)."""

    start: int
    new: int
    expansion: int
    contraction: int
    lost: int
    largest_customer: int


REVENUE = Revenue(start=12_000, new=2_662, expansion=420, contraction=310, lost=1_980, largest_customer=860)


@dataclass(frozen=True)
class Training:
    """A training in two waves, and each rep's share of deals with N6 at level 2 or more, before and after."""

    title: str
    trained: tuple[str, ...]
    waiting: tuple[str, ...]
    before: dict[str, float]
    after: dict[str, float]


TRAINING = Training(
    title="Consequence questions",
    trained=("CH", "DA", "FA"),
    waiting=("AM", "BO", "EL"),
    before={"CH": 0.28, "DA": 0.31, "FA": 0.35, "AM": 0.30, "BO": 0.34, "EL": 0.36},
    after={"CH": 0.44, "DA": 0.45, "FA": 0.52, "AM": 0.33, "BO": 0.36, "EL": 0.40},
)


@dataclass(frozen=True)
class CostOfInaction:
    """The money of a gap (D2), in euro; `ramp` is the share reached in the first months."""

    deal_key: str
    now: int
    planned: int
    value_of_one: int
    value_of_one_after: int
    changes_on: date
    share_closed: float
    ramp: tuple[float, ...]
    investment: int
    running_a_month: int
    months: int
    discount_rate: float


COST_OF_INACTION = CostOfInaction(
    deal_key="T1",
    now=96,
    planned=30,
    value_of_one=140,
    value_of_one_after=260,
    changes_on=date(2026, 3, 2),
    share_closed=0.8,
    ramp=(0.4, 0.7, 1.0),
    investment=24_000,
    running_a_month=3_900,
    months=36,
    discount_rate=0.10,
)


@dataclass(frozen=True)
class OutcomeContract:
    """What a customer was to reach, what they measured, and our promises on the way."""

    deal_key: str
    measure: str
    unit: str
    baseline: float
    target: float
    due_on: date
    measured: float
    measured_on: date
    promises_made: int
    promises_kept: int


OUTCOME_CONTRACTS = (
    OutcomeContract("T8", "mean lorry wait", "minutes", 47, 25, date(2025, 10, 1), 26, date(2025, 10, 6), 9, 9),
)

# Hours that went into a deal beyond what its talks show, and what the team believes about its cycle.
HOURS_OF_PURSUIT = {"T2": 46, "T7": 9}
STATED_CYCLE_MONTHS = 4
