"""Section 4, what ended: the rates with their intervals, the quarters, and each comparison with its finding."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.charts import plots, scales, strips
from earnest.charts.frame import Words
from earnest.charts.marks import Dot, Marker, Point
from earnest.charts.svg import Drawing
from earnest.learn.figures import Comparison, Ended, Group, Trend
from earnest.measures.figures import Rate
from earnest.rulebook import words
from earnest.surfaces.check.layout import Cell, Column, Figure, Grid, cell, plain_rows, spoken
from earnest.surfaces.check.wording import ended as wording
from earnest.surfaces.check.wording import phrases

_WHOLE = scales.Scale(0, 1)
_FEW_GROUPS = 8
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Compared:
    """One way of grouping: its finding, a funnel where many stand side by side, its table, what it could not show."""

    label: str
    finding: str
    differs: bool
    drawing: Drawing | None
    size_note: str
    grid: Grid


@dataclass(frozen=True)
class Section:
    """Everything that section 4 shows."""

    finding: str
    ends: tuple[str, ...]
    rates: Grid | None
    by_value: tuple[str, ...]
    quarters: Figure | None
    comparisons: tuple[Compared, ...]
    compared_note: str
    nothing_compared: str


def section(ended: Ended) -> Section:
    """Section 4 from its figures."""
    known = ended.all_in.n > 0
    return Section(
        finding=wording.finding(ended),
        ends=spoken(wording.ends(ended), wording.noes(ended), wording.no_decision_known(ended)),
        rates=_rates(ended) if known else None,
        by_value=tuple(wording.by_value(value) for value in ended.by_value),
        quarters=_quarters(ended.trend) if ended.trend.quarters else None,
        comparisons=tuple(_compared(each, place) for place, each in enumerate(ended.comparisons, start=1)),
        compared_note=wording.FUNNEL if any(_has_funnel(comparison) for comparison in ended.comparisons) else "",
        nothing_compared=_nothing_compared(ended),
    )


def _nothing_compared(ended: Ended) -> str:
    if not ended.all_in.n:
        return wording.NOTHING_ENDED
    return "" if ended.comparisons else wording.no_comparison()


def _rates(ended: Ended) -> Grid:
    rates = [(wording.ALL_IN, ended.all_in)]
    if ended.no_decision_known:
        rates += [
            (wording.COMPETITIVE, ended.competitive),
            (wording.DECISION, ended.decision),
            (wording.NO_DECISION, ended.no_decision),
        ]
    return Grid(
        "Rates with their 95 % intervals", _rate_columns("Rate"), tuple(_rate_row(name, rate) for name, rate in rates)
    )


def _rate_columns(first: str, kind: str = "words") -> tuple[Column, ...]:
    heads = strips.head(_WHOLE, [(tick, words.share(tick)) for tick in (0.0, 0.5, 1.0)])
    return (
        Column(first, kind),
        Column("Of", "number"),
        Column("Share", "number"),
        Column("", "drawn", heads),
        Column("95 % interval", "number"),
    )


def _rate_row(name: str, rate: Rate, overall: float | None = None, remark: str = "") -> tuple[Cell, ...]:
    return (
        cell(name, small=remark),
        cell(phrases.counted(rate)),
        cell(phrases.share_of(rate)),
        cell(drawing=_rate_strip(rate, overall)),
        cell(phrases.interval(rate) or phrases.BLANK),
    )


def _rate_strip(rate: Rate, overall: float | None) -> Drawing:
    reference = strips.post(_WHOLE, overall) if overall is not None else ""
    if rate.n < phrases.FEWEST or rate.share is None or rate.low is None or rate.high is None:
        return strips.strip(strips.rule(_WHOLE, _QUARTERS), reference)
    return strips.strip(
        strips.rule(_WHOLE, _QUARTERS),
        reference,
        strips.whisker(_WHOLE, rate.low, rate.high),
        strips.dot(_WHOLE, rate.share),
    )


def _quarters(trend: Trend) -> Figure:
    periods = [
        plots.Period(quarter.label, quarter.share, quarter.lower, quarter.upper, quarter.outside)
        for quarter in trend.quarters
    ]
    mean = (
        None if trend.mean_share is None else Marker(trend.mean_share, f"all quarters {words.share(trend.mean_share)}")
    )
    drawing = plots.control(Words("quarters", trend.finding, wording.QUARTERS), periods, mean, upward=words.share)
    table = Grid(
        "Won of ended by quarter",
        (
            Column("Quarter"),
            Column("Won of ended", "number"),
            Column("Share", "number"),
            Column("Limits of chance", "number"),
        ),
        plain_rows(
            [
                [
                    quarter.label,
                    f"{words.count(quarter.won_count)} of {words.count(quarter.ended_count)}",
                    phrases.BLANK if quarter.share is None else words.share(quarter.share),
                    _limits(quarter.lower, quarter.upper),
                ]
                for quarter in trend.quarters
            ]
        ),
    )
    return Figure(trend.finding, wording.QUARTERS, drawing, table)


def _limits(lower: float | None, upper: float | None) -> str:
    return phrases.BLANK if lower is None or upper is None else phrases.span(lower, upper)


def _compared(comparison: Comparison, place: int) -> Compared:
    drawable = _has_funnel(comparison)
    return Compared(
        label=comparison.label,
        finding=comparison.finding,
        differs=comparison.differs,
        drawing=_funnel(comparison, place) if drawable else None,
        size_note=phrases.joined(comparison.size_note, wording.left_out(comparison)),
        grid=_groups(comparison),
    )


def _has_funnel(comparison: Comparison) -> bool:
    """People always stand in a funnel; a few groups of another kind are plainer as intervals in their table."""
    many = comparison.dimension == "owner" or len(comparison.groups) > _FEW_GROUPS
    return many and bool(comparison.limits) and any(group.rate.share is not None for group in comparison.groups)


def _funnel(comparison: Comparison, place: int) -> Drawing:
    points = [_dot(group) for group in comparison.groups if group.rate.share is not None]
    middle = comparison.overall or 0.0
    inner = [Point(limit.n, middle, limit.lower95, limit.upper95) for limit in comparison.limits]
    outer = [Point(limit.n, middle, limit.lower998, limit.upper998) for limit in comparison.limits]
    overall = (
        None if comparison.overall is None else Marker(comparison.overall, f"all {words.share(comparison.overall)}")
    )
    return plots.funnel(
        Words(f"funnel-{place}", comparison.finding, wording.FUNNEL),
        points,
        inner,
        outer,
        overall,
        plots.Axes(across=words.number, upward=words.share),
    )


def _dot(group: Group) -> Dot:
    name = f"{group.name}: {phrases.with_share(group.rate)}"
    kind, label = ("dot outside", phrases.short(group.name)) if group.differs else ("dot", "")
    return Dot(group.rate.n, group.rate.share or 0.0, name, kind, label)


def _groups(comparison: Comparison) -> Grid:
    ordered: Sequence[Group] = sorted(comparison.groups, key=lambda group: (group.name.casefold(), group.name))
    return Grid(
        f"{comparison.label}: share won, by name",
        _rate_columns(comparison.label, "name"),
        tuple(_rate_row(group.name, group.rate, comparison.overall, wording.outcome(group)) for group in ordered),
    )
