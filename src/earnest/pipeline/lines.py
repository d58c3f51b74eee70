"""Each open deal as a line: its dates, its verdicts with their sentences, and the one question to ask next."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from earnest.measures.figures import Money
from earnest.need import rules as need_rules
from earnest.pipeline import figures
from earnest.pipeline import rules as pipeline_rules
from earnest.pipeline.findings import UNKNOWN, JudgedDeals
from earnest.rulebook import on_rows
from earnest.rulebook.rule import Rule, Severity, State, Verdict, verdict_on_row
from earnest.rulebook.tables import Column

_GOOD_THROUGH_ON = on_rows.compiled(pipeline_rules.GOOD_THROUGH_ON)
_ORDER = {Severity.HARD: 0, Severity.SOFT: 1, Severity.WATCH: 2, Severity.NOTE: 3}


def deal_lines(deals: JudgedDeals, *, limit: int | None) -> figures.Deals:
    """The open deals as lines: flagged ones first, and within them the largest amount first.

    Shape: at most `limit` lines (all when None). The sentences come from the same rules, evaluated on one row.
    """
    flagged = deals.flagged(Severity.HARD, Severity.SOFT)
    keys = deals.rows["deal_id"].to_numpy()
    order = np.lexsort((keys, -deals.value, ~flagged))
    chosen = order if limit is None else order[:limit]
    names = deals.frame.present
    rows = deals.rows[[int(i) for i in chosen]].rows(named=True)
    lines = tuple(
        _line({name: row[name] for name in names}, deals, int(i)) for i, row in zip(chosen, rows, strict=True)
    )
    return figures.Deals(total=len(order), shown=len(lines), lines=lines)


def _line(row: Mapping[str, Any], deals: JudgedDeals, index: int) -> figures.DealLine:
    verdicts = sorted(_flagged(row, deals, index), key=lambda verdict: _ORDER[verdict.rule.severity])
    unknown = [rule for rule, state in zip(deals.rules, deals.states[index], strict=True) if state == UNKNOWN]
    question, reason = next_question(verdicts, unknown)
    unasked = [rule for rule in unknown if rule.needs <= deals.frame.present]
    opened, good_through_day = row.get("opened_on"), _whole(_GOOD_THROUGH_ON(row))
    today = int(row["as_of"])
    return figures.DealLine(
        deal_id=int(row["deal_id"]),
        external_id=_text(row, "external_id"),
        title=_text(row, "title"),
        account=_text(row, "account"),
        owner=_text(row, "owner"),
        segment=_text(row, "segment"),
        stage=_text(row, "stage"),
        amount=_amount(deals, index),
        amount_is_list_price=bool(deals.list_priced[index]),
        opened_day=_whole(opened),
        age_days=None if opened is None else today - int(opened),
        good_through_day=good_through_day,
        days_past=None if good_through_day is None else max(0, today - good_through_day),
        seller_close_day=_whole(row.get("seller_close_on")),
        buyer_by_when_day=_whole(row.get("buyer_by_when_on")),
        next_step=_text(row, "next_step"),
        next_step_day=_whole(row.get("next_step_on")),
        push_count=_whole(row.get("pushes_count", row.get("pushes_stated"))),
        verdicts=tuple(_verdict_line(verdict) for verdict in verdicts),
        unknown_titles=tuple(rule.title for rule in unasked),
        ask_next=question,
        ask_why=reason,
    )


def _flagged(row: Mapping[str, Any], deals: JudgedDeals, index: int) -> list[Verdict]:
    vocabulary: Mapping[str, Column] = deals.frame.vocabulary
    chosen = (rule for rule, state in zip(deals.rules, deals.states[index], strict=True) if state == 1)
    found = (verdict_on_row(rule, row, vocabulary) for rule in chosen)
    return [verdict for verdict in found if verdict.state is State.FLAGGED]


def next_question(flagged: Sequence[Verdict], unknown: Sequence[Rule]) -> tuple[str, str]:
    """The one question to put to the buyer, and why that one.

    It comes from the gravest flag; where nothing is flagged, from the first unknown that the buyer can settle.
    """
    for verdict in flagged:
        if verdict.rule.asks:
            return verdict.rule.asks, verdict.sentence
    for rule in unknown:
        if rule.asks and rule in need_rules.RULES:
            return rule.asks, f"The buyer's answer is not written down, so «{rule.title}» cannot be told."
    return "", ""


def _verdict_line(verdict: Verdict) -> figures.VerdictLine:
    rule = verdict.rule
    return figures.VerdictLine(
        rule.name, rule.title, rule.severity.value, "flagged", verdict.sentence, rule.clears, rule.asks, rule.source
    )


def _amount(deals: JudgedDeals, index: int) -> Money | None:
    if not deals.valued[index]:
        return None
    return Money(int(deals.value[index]), deals.currencies[int(deals.currency[index])])


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
