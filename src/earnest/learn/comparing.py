"""Groups against the rest, over every way of grouping at once, so that chance is not taken for a finding (D16)."""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np

from earnest.learn.figures import Comparison, FunnelLimit, Group
from earnest.measures import comparisons as tests
from earnest.measures import intervals, limits
from earnest.measures.arrays import Floats, Whole
from earnest.rulebook import engine, words
from earnest.rulebook.book import BookTable
from earnest.rulebook.engine import LazyFrame

FEWEST = 5  # definitions, 2.0: under five units show no statistic
MOST_GROUPS = 200
LIMIT_POINTS = 30

# What stands at the head of a table, and what many of them are called in a sentence.
LABELS = {
    "owner": ("Owner", "owners"),
    "team": ("Team", "teams"),
    "segment": ("Segment", "segments"),
    "sector": ("Sector", "sectors"),
    "region": ("Region", "regions"),
    "product": ("Product", "products"),
    "source": ("Source", "sources"),
    "deal_type": ("Type of deal", "types of deal"),
    "pipeline": ("Pipeline", "pipelines"),
    "account": ("Account", "accounts"),
}


@dataclass(frozen=True)
class Tally:
    """One way of grouping: the groups large enough to compare, by name, and what there is besides."""

    dimension: str
    names: tuple[str, ...]
    won: Whole
    ended: Whole
    p_values: Floats
    all_won: int
    all_ended: int
    too_few_count: int
    beyond_count: int

    @property
    def overall(self) -> float:
        return self.all_won / self.all_ended


def comparisons(deals: BookTable, today: int, dimensions: Sequence[str]) -> tuple[Comparison, ...]:
    """Every group of every dimension against the rest of it, corrected for all of them together.

    Estimator: two-sided Fisher exact test of won among won, lost and no decision; Benjamini-Hochberg at 10 % over
    the whole family; shares drawn toward the whole (k = 10). Groups under five ended deals are left out, and of more
    than 200 groups the largest are taken; neither choice looks at how they ended. A dimension with fewer than two
    groups left is not compared.
    References: D16; `measures.comparisons`, `measures.limits`.
    """
    if "outcome" not in deals.present or not dimensions:
        return ()
    rows = _flagged(deals, today, dimensions)
    found = [tally for name in dimensions if (tally := _tally(rows, name)) is not None]
    family = np.concatenate([tally.p_values for tally in found]) if found else np.empty(0)
    corrected = np.split(tests.adjusted(family), np.cumsum([len(tally.names) for tally in found])[:-1])
    return tuple(_comparison(tally, part, len(family)) for tally, part in zip(found, corrected, strict=False))


def _flagged(deals: BookTable, today: int, dimensions: Sequence[str]) -> LazyFrame:
    """The columns to group by, with a 1 for each won and each judged deal, in memory."""
    judged = nw.col("outcome").is_in(["won", "lost", "no_decision"])
    if "closed_on" in deals.present:
        judged = judged & (nw.col("closed_on").is_null() | (nw.col("closed_on") <= today))
    won = judged & (nw.col("outcome") == "won")
    flags = {"_won": won.cast(nw.Int64), "_judged": judged.cast(nw.Int64)}
    return engine.collect(deals.rows.select(*dimensions, **flags)).lazy()


def _tally(rows: LazyFrame, dimension: str) -> Tally | None:
    grouped = rows.group_by(dimension).agg(won=nw.col("_won").sum(), judged=nw.col("_judged").sum())
    found = engine.collect(grouped.filter(~nw.col(dimension).is_null() & (nw.col("judged") > 0)).sort(dimension))
    won, judged = found["won"].to_numpy(), found["judged"].to_numpy()
    enough = np.flatnonzero(judged >= FEWEST)
    if len(enough) < 2:
        return None
    largest = enough[np.sort(np.argsort(-judged[enough], kind="stable")[:MOST_GROUPS])]
    names = found[dimension].to_list()
    shown = sorted(largest.tolist(), key=lambda place: (str(names[place]).casefold(), str(names[place])))
    return Tally(
        dimension=dimension,
        names=tuple(str(names[place]) for place in shown),
        won=won[shown],
        ended=judged[shown],
        p_values=tests.fisher_against_rest(won, judged)[shown],
        all_won=int(won.sum()),
        all_ended=int(judged.sum()),
        too_few_count=len(judged) - len(enough),
        beyond_count=len(enough) - len(shown),
    )


def _comparison(tally: Tally, corrected: Floats, family: int) -> Comparison:
    label, _many = LABELS.get(tally.dimension, (tally.dimension.replace("_", " ").capitalize(), ""))
    rates = intervals.rates(tally.won.tolist(), tally.ended.tolist())
    drawn = tests.shrunk_share(tally.won, tally.ended, tally.overall)
    groups = tuple(
        Group(name, rate, float(share), float(raw), float(after), bool(after <= tests.LEVEL))
        for name, rate, share, raw, after in zip(tally.names, rates, drawn, tally.p_values, corrected, strict=True)
    )
    different = [group.name for group in groups if group.differs]
    return Comparison(
        dimension=tally.dimension,
        label=label,
        groups=groups,
        left_out_count=tally.too_few_count,
        overall=tally.overall,
        limits=_limits(tally),
        finding=_finding(tally.dimension, different),
        differs=bool(different),
        size_note=_size_note(tally, family, differs=bool(different)),
    )


def _limits(tally: Tally) -> tuple[FunnelLimit, ...]:
    sizes = np.unique(np.geomspace(FEWEST, max(int(tally.ended.max()), FEWEST + 1), LIMIT_POINTS).round().astype(int))
    return tuple(
        FunnelLimit(
            int(size),
            *limits.funnel(tally.overall, int(size), level=0.95),
            *limits.funnel(tally.overall, int(size), level=0.998),
        )
        for size in sizes
    )


def _many(dimension: str) -> str:
    return LABELS[dimension][1] if dimension in LABELS else f"{dimension.replace('_', ' ')} groups"


def _finding(dimension: str, different: list[str]) -> str:
    if not different:
        return f"Nothing shows that {_many(dimension)} differ"
    if len(different) == 1:
        return f"{different[0]} differs from the other {_many(dimension)}"
    if len(different) <= 3:
        return f"{', '.join(different[:-1])} and {different[-1]} differ from the other {_many(dimension)}"
    return f"{words.count(len(different))} {_many(dimension)} differ from the rest"


def _size_note(tally: Tally, family: int, *, differs: bool) -> str:
    """What the comparison could have shown: without it, «no difference» reads as «the same»."""
    parts = []
    if not differs:
        parts.append(_could_show(tally))
    parts.append(f"Corrected for all {words.plural(family, 'comparison')} in this report.")
    if tally.beyond_count:
        whole = words.count(len(tally.names) + tally.beyond_count)
        parts.append(f"Only the {words.count(len(tally.names))} with the most ended deals, of {whole}, are compared.")
    return " ".join(parts)


def _could_show(tally: Tally) -> str:
    least = tests.smallest_difference(tally.overall, tests.matched_size(tally.ended.tolist(), tally.all_ended))
    if least is None:
        return "No evidence of a difference, and groups this small could not have shown any."
    points = words.plural(max(round(100 * least), 1), "point")
    return f"No evidence of a difference, and this could not have shown one smaller than {points}."
