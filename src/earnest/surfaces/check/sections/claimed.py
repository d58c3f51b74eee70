"""Section 1, claimed against real: the split per currency, the reasons, the owners, and what the file cannot tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.charts import scales, strips
from earnest.charts.svg import Drawing
from earnest.measures.figures import Money
from earnest.pipeline.figures import Claimed, ClaimedValue, OwnerLine, Reason
from earnest.rulebook import words
from earnest.surfaces.check.layout import Cell, Column, Grid, cell
from earnest.surfaces.check.wording import claimed as wording
from earnest.surfaces.check.wording import phrases

_SPLIT_HEIGHT = 28
_OWNERS_SHOWN = 8


@dataclass(frozen=True)
class Split:
    """One currency's bar: what is real at the left, what is not at the right."""

    claimed: str
    real: str
    not_real: str
    behind: str
    not_real_share: float | None
    drawing: Drawing | None


@dataclass(frozen=True)
class Unknown:
    """What would answer some of the questions, and which questions these are."""

    needs: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Everything that section 1 shows."""

    finding: str
    method: str
    splits: tuple[Split, ...]
    others: str
    reasons: Grid | None
    quiet: str
    unknown_lead: str
    unknowns: tuple[Unknown, ...]
    owners: Grid | None
    owners_line: str
    owners_note: str
    owners_open: bool


def section(claimed: Claimed) -> Section:
    """Section 1 from its figures."""
    found = [reason for reason in claimed.reasons if reason.deal_count]
    open_questions = [reason for reason in claimed.reasons if reason.unknown_count]
    return Section(
        finding=wording.finding(claimed),
        method=wording.METHOD if claimed.hard_count else "",
        splits=tuple(_split(value) for value in claimed.values if value.open_count),
        others=wording.others(claimed) if claimed.open_count else wording.NOTHING_OPEN,
        reasons=_reasons(claimed, found) if found else None,
        quiet=wording.quiet(
            [reason.title for reason in claimed.reasons if reason.clear_count and not reason.deal_count]
        ),
        unknown_lead=wording.cannot_tell_lead(len(open_questions), len(claimed.reasons)) if claimed.open_count else "",
        unknowns=_unknowns(open_questions, claimed.open_count),
        owners=_owners(claimed) if claimed.owners else None,
        owners_line=wording.owners_line(claimed),
        owners_note=wording.OWNERS,
        owners_open=len(claimed.owners) <= _OWNERS_SHOWN,
    )


def _unknowns(open_questions: Sequence[Reason], open_count: int) -> tuple[Unknown, ...]:
    """The open questions by what would answer them, so that one missing column is named once."""
    titles: dict[str, list[str]] = {}
    for reason in open_questions:
        titles.setdefault(wording.cannot_tell(reason, open_count), []).append(reason.title)
    return tuple(Unknown(needs, tuple(asked)) for needs, asked in titles.items())


def _split(value: ClaimedValue) -> Split:
    real, not_real = wording.split(value)
    drawing = None if value.not_real_share is None else _split_bar(value.not_real_share)
    return Split(
        f"{phrases.money(value.claimed)} claimed", real, not_real, wording.behind(value), value.not_real_share, drawing
    )


def _split_bar(not_real: float) -> Drawing:
    scale = scales.Scale(0, 1)
    return strips.strip(
        strips.bar(scale, 0, 1 - not_real, kind="real", thick=_SPLIT_HEIGHT, height=_SPLIT_HEIGHT),
        strips.bar(scale, 1 - not_real, 1, kind="unreal", thick=_SPLIT_HEIGHT, height=_SPLIT_HEIGHT),
        height=_SPLIT_HEIGHT,
    )


def _reasons(claimed: Claimed, found: Sequence[Reason]) -> Grid:
    currencies = _currencies(claimed)
    unit = f", {currencies[0]}" if len(currencies) == 1 and currencies[0] else ""
    scale = scales.covering([claimed.open_count])
    return Grid(
        "Open deals by reason",
        (
            Column("Reason", "chip"),
            Column("of all open deals, dark for this alone", "drawn"),
            Column("Deals", "number"),
            Column(f"Value{unit}", "number"),
            Column("For this alone", "number"),
            Column(f"Value{unit}", "number"),
            Column("What would clear it"),
        ),
        tuple(_reason(reason, scale, currencies) for reason in found),
    )


def _reason(reason: Reason, scale: scales.Scale, currencies: Sequence[str]) -> tuple[Cell, ...]:
    bar = strips.strip(
        strips.bar(scale, 0, scale.high, kind="track"),
        strips.bar(scale, 0, reason.deal_count, kind=f"has {reason.severity}"),
        strips.bar(scale, 0, reason.only_reason_count, kind=f"only {reason.severity}"),
    )
    return (
        cell(reason.title, tone=reason.severity),
        cell(drawing=bar),
        cell(words.count(reason.deal_count)),
        cell(*_values(reason.value, currencies)),
        cell(words.count(reason.only_reason_count)),
        cell(*_values(reason.only_reason_value, currencies)),
        cell(reason.clears),
    )


def _owners(claimed: Claimed) -> Grid:
    currencies = _currencies(claimed)
    unit = f", {currencies[0]}" if len(currencies) == 1 and currencies[0] else ""
    return Grid(
        "Open deals by owner, in the order of their names",
        (
            Column("Owner", "name"),
            Column("Open deals", "number"),
            Column("Not real", "number"),
            Column(f"Open value{unit}", "number"),
            Column(f"Not real{unit}", "number"),
        ),
        tuple(_owner(line, currencies) for line in wording.by_name(claimed.owners)),
    )


def _owner(line: OwnerLine, currencies: Sequence[str]) -> tuple[Cell, ...]:
    return (
        cell(line.owner),
        cell(words.count(line.open_count)),
        cell(words.count(line.hard_count)),
        cell(*_values(line.open_value, currencies)),
        cell(*_values(line.hard_value, currencies)),
    )


def _currencies(claimed: Claimed) -> list[str]:
    return sorted({value.currency for value in claimed.values})


def _values(amounts: Sequence[Money], currencies: Sequence[str]) -> list[str]:
    """One line per currency; the currency is named in the head when there is only one."""
    told = phrases.amount_only if len(currencies) == 1 else phrases.money
    return [told(amount) for amount in amounts if amount.minor] or [phrases.BLANK]
