"""What the learning room shows, as plain values: what ended, over time and by group, and what can be said of it."""

import msgspec

from earnest.measures.figures import Money, Rate


class ValueRate(msgspec.Struct, frozen=True):
    """A win rate by value in one currency, with its bootstrap interval and the effective number of deals (D15)."""

    currency: str
    won: Money
    ended: Money
    share: float | None
    low: float | None
    high: float | None
    effective_count: float
    one_deal_dominates: bool


class Quarter(msgspec.Struct, frozen=True):
    """One quarter on the p'-chart (D16): won of ended, and the limits between which chance alone would keep it."""

    label: str
    won_count: int
    ended_count: int
    share: float | None
    lower: float | None
    upper: float | None
    outside: bool


class Trend(msgspec.Struct, frozen=True):
    """Quarters in order, and the one sentence that they support."""

    quarters: tuple[Quarter, ...]
    mean_share: float | None
    finding: str
    signal: bool


class Group(msgspec.Struct, frozen=True):
    """One group against the rest: its rate, its shrunk rate, the raw p and the p after correction for the family."""

    name: str
    rate: Rate
    shrunk_share: float | None
    p_value: float | None
    p_adjusted: float | None
    differs: bool


class FunnelLimit(msgspec.Struct, frozen=True):
    """At n deals, the rates between which 95 % and 99.8 % of groups fall when nothing differs."""

    n: int
    lower95: float
    upper95: float
    lower998: float
    upper998: float


class Comparison(msgspec.Struct, frozen=True):
    """One way of grouping (owner, segment, source, …): its groups by name, the funnel, and the sentence it supports."""

    dimension: str
    label: str
    groups: tuple[Group, ...]
    left_out_count: int
    overall: float | None
    limits: tuple[FunnelLimit, ...]
    finding: str
    differs: bool
    size_note: str


class Ended(msgspec.Struct, frozen=True):
    """What ended (D15, D16). Declined deals are in no rate; fake sales are out."""

    won_count: int
    lost_count: int
    no_decision_count: int
    declined_count: int
    all_in: Rate
    competitive: Rate
    decision: Rate
    no_decision: Rate
    by_value: tuple[ValueRate, ...]
    noes_per_yes: float | None
    dry_run: int | None
    trend: Trend
    comparisons: tuple[Comparison, ...]
    no_decision_known: bool
