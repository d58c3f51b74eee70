"""What the pipeline room shows, as plain values: claimed against real, and each open deal with its verdicts."""

import msgspec

from earnest.measures.figures import Money, Rate, Verdict


class Reason(msgspec.Struct, frozen=True):
    """One rule over the open book: how many deals it flags, their value, and how many it alone flags.

    `unknown_count` deals could not be judged; `absent` names the columns that the book lacks for it.
    """

    rule: str
    title: str
    severity: str
    deal_count: int
    value: tuple[Money, ...]
    only_reason_count: int
    only_reason_value: tuple[Money, ...]
    clear_count: int
    unknown_count: int
    absent: tuple[str, ...]
    absent_labels: tuple[str, ...]
    source: str
    clears: str


class OwnerLine(msgspec.Struct, frozen=True):
    """One owner's open deals; owners are listed by name, never ranked."""

    owner: str
    open_count: int
    hard_count: int
    open_value: tuple[Money, ...]
    hard_value: tuple[Money, ...]


class ClaimedValue(msgspec.Struct, frozen=True):
    """The open value in one currency: all of it, the part that fails a hard rule, and what is left."""

    currency: str
    open_count: int
    claimed: Money
    not_real: Money
    real: Money
    not_real_share: float | None
    unvalued_count: int
    list_priced_count: int


class Claimed(msgspec.Struct, frozen=True):
    """Claimed against real (D9): per currency, by reason and by owner, and what cannot be told."""

    open_count: int
    hard_count: int
    soft_count: int
    unflagged_count: int
    values: tuple[ClaimedValue, ...]
    reasons: tuple[Reason, ...]
    owners: tuple[OwnerLine, ...]


class VerdictLine(msgspec.Struct, frozen=True):
    """What one rule says of one deal: the sentence, and what would clear it."""

    rule: str
    title: str
    severity: str
    state: Verdict
    sentence: str
    clears: str
    asks: str
    source: str


class DealLine(msgspec.Struct, frozen=True):
    """One open deal: who, how much, which dates, the verdicts, the one question to ask next. Days are epoch days."""

    deal_id: int
    external_id: str
    title: str
    account: str
    owner: str
    segment: str
    stage: str
    amount: Money | None
    amount_is_list_price: bool
    opened_day: int | None
    age_days: int | None
    good_through_day: int | None
    days_past: int | None
    seller_close_day: int | None
    buyer_by_when_day: int | None
    next_step: str
    next_step_day: int | None
    push_count: int | None
    verdicts: tuple[VerdictLine, ...]
    unknown_titles: tuple[str, ...]
    ask_next: str
    ask_why: str


class Deals(msgspec.Struct, frozen=True):
    """The open deals, most money at stake first; `shown` of `total` when the book is large."""

    total: int
    shown: int
    lines: tuple[DealLine, ...]


class AgeCount(msgspec.Struct, frozen=True):
    """How many open deals are `from_days` to `to_days` old, both days included; no gap between one and the next."""

    from_days: int
    to_days: int
    open_count: int


class PastEveryWin(msgspec.Struct, frozen=True):
    """Open deals that are older than any deal ever won, and older than nineteen in twenty of the wins.

    `ages` counts the dated open deals by age, youngest first, in about 10 to 30 steps of one width; empty when none
    is dated.
    """

    longest_win_days: int | None
    past_longest: Rate
    won_p95_days: float | None
    past_p95: Rate
    undated_count: int
    ages: tuple[AgeCount, ...] = ()
