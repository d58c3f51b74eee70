"""What the judged open deals add up to: claimed against real, by reason and by owner, and the age of what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from earnest.measures import intervals
from earnest.measures.figures import Cycle, Money, Rate
from earnest.pipeline import figures
from earnest.pipeline.frames import RULES
from earnest.rulebook import engine, on_rows
from earnest.rulebook.engine import DataFrame
from earnest.rulebook.judge import Frame
from earnest.rulebook.rule import Rule, Severity

AGE_STEPS = 20

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

FLAGGED, CLEAR, UNKNOWN = 1, 0, 2
NO_OWNER = "(no owner)"


@dataclass(frozen=True)
class JudgedDeals:
    """The judged open deals in memory.

    Shape: one entry per open deal in every array; `states` has one column per rule (1 flagged, 0 clear, 2 unknown).
    `value` is in minor units of the deal's currency: the amount, else the list price of its products, else 0.
    """

    rows: DataFrame
    rules: tuple[Rule, ...]
    states: NDArray[np.uint8]
    value: Ints
    valued: Bools
    list_priced: Bools
    currency: Ints
    currencies: tuple[str, ...]
    frame: Frame

    def flagged(self, *severities: Severity) -> Bools:
        """Which deals at least one rule of these severities flags."""
        chosen = [self.states[:, i] == FLAGGED for i, rule in enumerate(self.rules) if rule.severity in severities]
        return reduce(or_, chosen, np.zeros(len(self.value), dtype=bool))

    def row(self, index: int) -> dict[str, Any]:  # values as in on_rows.Row
        """One deal as the rules read it."""
        found = self.rows[[index]].rows(named=True)[0]
        return {name: found[name] for name in self.frame.present}

    def sums(self, mask: Bools) -> tuple[Money, ...]:
        """The value of the deals chosen, per currency; a currency without any is left out."""
        found = ((name, mask & (self.currency == code)) for code, name in enumerate(self.currencies))
        return tuple(Money(int(self.value[chosen].sum()), name) for name, chosen in found if self.valued[chosen].any())


def in_memory(judged: Frame, rules: Sequence[Rule] = RULES) -> JudgedDeals:
    """Run the plan once and hold what findings need."""
    rows = engine.collect(_with_value(judged))
    states = [rows[rule.name].cast(nw.Int8).fill_null(UNKNOWN).to_numpy() for rule in rules]
    matrix = np.column_stack(states).astype(np.uint8) if states else np.zeros((len(rows), 0), np.uint8)
    currency = rows["_currency"].to_numpy().astype(str) if len(rows) else np.array([], dtype=str)
    names, codes = np.unique(currency, return_inverse=True)
    return JudgedDeals(
        rows,
        tuple(rules),
        matrix,
        rows["_value"].fill_null(0).to_numpy().astype(np.int64),
        (~rows["_value"].is_null()).to_numpy(),
        rows["_list_priced"].to_numpy(),
        codes.astype(np.int64),
        tuple(str(name) for name in names),
        judged,
    )


def _with_value(judged: Frame) -> engine.LazyFrame:
    blank = nw.lit(None, dtype=nw.Int64)
    amount = nw.col("amount").cast(nw.Int64) if "amount" in judged.present else blank
    listed = nw.col("list_amount").cast(nw.Int64) if "list_amount" in judged.present else blank
    currency = nw.col("currency").fill_null("") if "currency" in judged.present else nw.lit("")
    stated = nw.when(amount > 0).then(amount)
    return judged.rows.with_columns(
        _value=nw.coalesce(stated, listed), _currency=currency, _list_priced=stated.is_null() & ~listed.is_null()
    )


def claimed(deals: JudgedDeals) -> figures.Claimed:
    """Claimed against real (D9): what is open, what of it fails a hard rule, why, and with whom.

    Source: S1.9; shares are of value where deals have one.
    """
    hard = deals.flagged(Severity.HARD)
    soft = deals.flagged(Severity.SOFT) & ~hard
    return figures.Claimed(
        open_count=len(deals.value),
        hard_count=int(hard.sum()),
        soft_count=int(soft.sum()),
        unflagged_count=int((~deals.flagged(*Severity)).sum()),
        values=tuple(_claimed_value(deals, hard, code) for code in range(len(deals.currencies))),
        reasons=tuple(_reason(deals, position) for position in range(len(deals.rules))),
        owners=_owners(deals, hard),
    )


def _claimed_value(deals: JudgedDeals, hard: Bools, code: int) -> figures.ClaimedValue:
    mine, currency = deals.currency == code, deals.currencies[code]
    total, not_real = int(deals.value[mine].sum()), int(deals.value[mine & hard].sum())
    return figures.ClaimedValue(
        currency=currency,
        open_count=int(mine.sum()),
        claimed=Money(total, currency),
        not_real=Money(not_real, currency),
        real=Money(total - not_real, currency),
        not_real_share=not_real / total if total else None,
        unvalued_count=int((mine & ~deals.valued).sum()),
        list_priced_count=int((mine & deals.list_priced).sum()),
    )


def _reason(deals: JudgedDeals, position: int) -> figures.Reason:
    rule, states = deals.rules[position], deals.states[:, position]
    flagged = states == FLAGGED
    peers = [i for i, each in enumerate(deals.rules) if each.severity is rule.severity]
    alone = flagged & ((deals.states[:, peers] == FLAGGED).sum(axis=1) == 1)
    unknown = int((states == UNKNOWN).sum())
    absent = _lacking(deals, position) if unknown else ()
    return figures.Reason(
        rule=rule.name,
        title=rule.title,
        severity=rule.severity.value,
        deal_count=int(flagged.sum()),
        value=deals.sums(flagged),
        only_reason_count=int(alone.sum()),
        only_reason_value=deals.sums(alone),
        clear_count=int((states == CLEAR).sum()),
        unknown_count=unknown,
        absent=absent,
        absent_labels=tuple(deals.frame.vocabulary[name].label for name in absent),
        source=rule.source,
        clears=rule.clears,
    )


def _lacking(deals: JudgedDeals, position: int) -> tuple[str, ...]:
    """The columns that the book lacks to judge the first deal that a rule could not judge."""
    places = np.flatnonzero(deals.states[:, position] == UNKNOWN)
    keys = deals.rows["deal_id"].to_numpy()
    row = deals.row(int(places[np.argmin(keys[places])]))
    return tuple(sorted(on_rows.causes(deals.rules[position].flags, row) - deals.frame.present))


def _owners(deals: JudgedDeals, hard: Bools) -> tuple[figures.OwnerLine, ...]:
    if "owner" not in deals.frame.present:
        return ()
    owners = deals.rows["owner"].fill_null(NO_OWNER).to_numpy().astype(str)
    names, codes = np.unique(owners, return_inverse=True)
    open_values, hard_values = (_sums_by(deals, codes, len(names), mask) for mask in (np.ones_like(hard), hard))
    open_counts, hard_counts = (np.bincount(codes[mask], minlength=len(names)) for mask in (np.ones_like(hard), hard))
    return tuple(
        figures.OwnerLine(
            owner=str(name),
            open_count=int(open_counts[code]),
            hard_count=int(hard_counts[code]),
            open_value=open_values[code],
            hard_value=hard_values[code],
        )
        for code, name in enumerate(names)
    )


def _sums_by(deals: JudgedDeals, codes: Ints, group_count: int, mask: Bools) -> list[tuple[Money, ...]]:
    """The value of the deals chosen for each group, per currency: one pass, however many groups there are."""
    chosen = mask & deals.valued
    totals = np.zeros((group_count, len(deals.currencies)), dtype=np.int64)
    present = np.zeros_like(totals, dtype=bool)
    places = (codes[chosen], deals.currency[chosen])
    np.add.at(totals, places, deals.value[chosen])
    present[places] = True
    return [
        tuple(
            Money(int(totals[group, code]), name) for code, name in enumerate(deals.currencies) if present[group, code]
        )
        for group in range(group_count)
    ]


def past_every_win(deals: JudgedDeals, cycle: Cycle, *, as_of_day: int) -> figures.PastEveryWin:
    """Open deals older than the longest win, and than the 95th percentile of the wins (type 8, won deals alone)."""
    if "opened_on" in deals.frame.present:
        opened = deals.rows["opened_on"].drop_nulls().to_numpy().astype(np.int64)
    else:
        opened = np.array([], dtype=np.int64)
    ages = as_of_day - opened
    return figures.PastEveryWin(
        longest_win_days=cycle.longest_win_days,
        past_longest=_older(ages, cycle.longest_win_days),
        won_p95_days=cycle.naive_p95_days,
        past_p95=_older(ages, cycle.naive_p95_days),
        undated_count=len(deals.value) - len(ages),
        ages=_age_counts(ages),
    )


def _older(ages: Ints, days: float | None) -> Rate:
    return intervals.rate(0, 0) if days is None else intervals.rate(int((ages > days).sum()), len(ages))


def _age_counts(ages: Ints) -> tuple[figures.AgeCount, ...]:
    if not len(ages):
        return ()
    lowest, highest = int(ages.min()), int(ages.max())
    width = max(1, -(-(highest - lowest + 1) // AGE_STEPS))
    counts = np.bincount((ages - lowest) // width)
    return tuple(
        figures.AgeCount(lowest + i * width, lowest + (i + 1) * width - 1, int(count)) for i, count in enumerate(counts)
    )
