"""What won deals teach about open ones: cycles per segment, the usual stay per stage, the usual size."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from earnest.measures import cycle, quantiles
from earnest.measures.figures import Cycle
from earnest.pipeline import fodder, sales
from earnest.records.tables import CHANGES, DEALS
from earnest.rulebook import engine
from earnest.rulebook.book import SECONDS_A_DAY, Book
from earnest.rulebook.engine import LazyFrame

MIN_WINS = 5
HORIZON_FLOOR_DAYS, HORIZON_SHARE = 21, 0.25  # D7
NO_CURRENCY = ""
FAVOURITE = "favourite"  # as a reason for an end: they had favoured another supplier from the start
DISCOUNT_SHARE = 0.9

Floats: TypeAlias = NDArray[np.float64]
Values: TypeAlias = Mapping[str, float | None]


@dataclass(frozen=True)
class Benchmarks:
    """The benchmarks of a book on one day.

    `overall` holds the columns for a deal of any segment, `by_segment` those of segments with wins of their own;
    `large_amount` is by currency, `stage_median_days` by the place of the stage.
    """

    cycle: Cycle
    overall: Values
    by_segment: Mapping[str, Values]
    large_amount: Mapping[str, float]
    stage_median_days: Mapping[int, float]
    # The columns that are the same for every deal, by name.
    general: Mapping[str, float] = field(default_factory=dict)

    def columns(self, present: Container[str]) -> frozenset[str]:
        """The benchmark columns that there is a figure for, for deals with these columns."""
        names = {name for name, value in self.overall.items() if value is not None} | set(self.general)
        if self.large_amount and ("currency" in present or NO_CURRENCY in self.large_amount):
            names.add("large_amount")
        if self.stage_median_days and "stage_position" in present:
            names.add("stage_median_days")
        return frozenset(names)

    def of_deal(self, deal: Mapping[str, Any]) -> dict[str, float | None]:  # values as in on_rows.Row
        """The benchmark columns of one deal, which holds the columns that its book has."""
        own = self.by_segment.get(deal.get("segment") or "", {})
        found = {name: value if own.get(name) is None else own[name] for name, value in self.overall.items()}
        found |= self.general
        position = deal.get("stage_position")
        found["large_amount"] = self.large_amount.get(deal.get("currency") or NO_CURRENCY)
        found["stage_median_days"] = None if position is None else self.stage_median_days.get(int(position))
        return {name: found[name] for name in sorted(self.columns(deal))}


def benchmarks(book: Book) -> Benchmarks:
    """The benchmarks of a book, from its ended deals.

    Shape: one figure per segment, currency and stage place; segments under 5 wins take the figures of all deals.
    Raises: MissingTable if the book has no deals table.
    Source: D3, D7; the large amount is the 95th percentile of won amounts (type 8).
    """
    book = sales.counted(book)
    deals = book.table("deals")
    measured = cycle.of_book(book)
    by_segment = {each.segment: _columns(each.days, each.median_days, measured) for each in measured.segments}
    overall = _columns(measured.days, _own_median(measured), measured)
    amounts = _large_amounts(deals.rows) if book.has("deals", "amount", "outcome") else {}
    return Benchmarks(measured, overall, by_segment, amounts, _stage_medians(book), _general(book))


def _general(book: Book) -> dict[str, float]:
    """How often we lose to a favourite, and the discount that nine wins in ten stay under."""
    found: dict[str, float] = {}
    rows = book.table("deals").rows
    if book.has("deals", "outcome", "end_reason"):
        ended = rows.filter(nw.col("outcome").is_in(["won", "lost", "no_decision"]))
        lost = nw.when((nw.col("outcome") == "lost") & (nw.col("end_reason") == FAVOURITE)).then(1).otherwise(0)
        counts = engine.collect(ended.select(n=nw.len(), lost=lost.sum())).rows()[0]
        found["fodder_base_logit"] = fodder.base_logit(int(counts[1] or 0), int(counts[0]))
    if book.has("deals", "outcome", "amount", "list_amount"):
        won = rows.filter((nw.col("outcome") == "won") & (nw.col("list_amount") > 0) & ~nw.col("amount").is_null())
        shares = engine.collect(won.select(share=1.0 - nw.col("amount") * 1.0 / nw.col("list_amount")))
        values = shares["share"].to_numpy().astype(np.float64)
        if len(values) >= MIN_WINS:
            found["usual_discount_share"] = float(quantiles.quantile(values, DISCOUNT_SHARE))
    return found


def _own_median(measured: Cycle) -> float | None:
    return None if measured.days[0] is None else float(measured.days[0])


def _columns(days: Sequence[int | None], median_days: float | None, measured: Cycle) -> dict[str, float | None]:
    horizon = None if median_days is None else max(HORIZON_FLOOR_DAYS, HORIZON_SHARE * median_days)
    return {
        "median_cycle_days": median_days,
        "use_soon_days": days[1],
        "good_through_days": days[2],
        "longest_win_days": measured.longest_win_days if measured.win_count >= MIN_WINS else None,
        "next_step_horizon_days": horizon,
    }


def _large_amounts(deals: LazyFrame) -> dict[str, float]:
    schema = deals.collect_schema()
    currency = nw.col("currency").fill_null(NO_CURRENCY) if "currency" in schema else nw.lit(NO_CURRENCY)
    won = deals.filter((nw.col("outcome") == "won") & (nw.col("amount") > 0))
    rows = engine.collect(won.select(currency.alias("currency"), "amount"))
    currencies, amounts = rows["currency"].to_numpy(), rows["amount"].to_numpy()
    groups = {str(name): amounts[currencies == name] for name in rows["currency"].unique().to_list()}
    return {
        name: float(quantiles.quantile(values.astype(np.float64), 0.95))
        for name, values in sorted(groups.items())
        if len(values) >= MIN_WINS
    }


def _stage_medians(book: Book) -> dict[int, float]:
    """The median days that won deals stayed in a stage before they went on, by the stage's place."""
    if not (
        book.has("changes", "deal_id", "change_id", "at", "field", "to_position")
        and book.has("deals", "stage_position")
    ):
        return {}
    won = book.table("deals").rows.filter(nw.col("outcome") == "won").select(DEALS.key)
    moves = book.table("changes").rows.filter(nw.col("field") == "stage").join(won, on=DEALS.key, how="semi")
    left_at = nw.col("at").shift(-1).over(DEALS.key, order_by=["at", CHANGES.key])
    stays = moves.select("to_position", stay_days=(left_at - nw.col("at")) / float(SECONDS_A_DAY))
    known = stays.filter(~nw.col("stay_days").is_null() & ~nw.col("to_position").is_null())
    grouped = known.group_by("to_position").agg(median=nw.col("stay_days").median(), n=nw.len())
    rows = engine.collect(grouped).rows(named=True)
    return {int(row["to_position"]): float(row["median"]) for row in rows if row["n"] >= MIN_WINS}


def join_benchmarks(deals: LazyFrame, present: frozenset[str], marks: Benchmarks) -> tuple[LazyFrame, frozenset[str]]:
    """The deals with a column per benchmark that there is a figure for, and the names of those columns."""
    added: dict[str, LazyFrame] = {}
    names = frozenset(name for name, value in marks.overall.items() if value is not None)
    if names and "segment" in present and marks.by_segment:
        deals = _join_segments(deals, marks, names)
    elif names:
        deals = deals.with_columns(**{name: nw.lit(marks.overall[name]) for name in sorted(names)})
    if marks.general:
        deals = deals.with_columns(**{name: nw.lit(value) for name, value in sorted(marks.general.items())})
    found = marks.columns(present)
    if "large_amount" in found and "currency" not in present:
        deals = deals.with_columns(large_amount=nw.lit(marks.large_amount[NO_CURRENCY]))
    elif "large_amount" in found:
        added["currency"] = engine.table(_two_columns("currency", "large_amount", marks.large_amount), like=deals)
        deals = deals.with_columns(nw.col("currency").fill_null(NO_CURRENCY))
    if "stage_median_days" in found:
        added["stage_position"] = engine.table(
            _two_columns("stage_position", "stage_median_days", marks.stage_median_days), like=deals
        )
    for key, part in added.items():
        deals = deals.join(part, on=key, how="left")
    return deals, found


def _two_columns(
    key: str, name: str, values: Mapping[Any, float]
) -> dict[str, list[object]]:  # keyed by text or number
    return {key: list(values), name: list(values.values())}


def _join_segments(deals: LazyFrame, marks: Benchmarks, names: frozenset[str]) -> LazyFrame:
    segments = sorted(marks.by_segment)
    own = {f"_{name}": [marks.by_segment[segment][name] for segment in segments] for name in sorted(names)}
    joined = deals.join(engine.table({"segment": segments, **own}, like=deals), on="segment", how="left")
    filled = {name: nw.coalesce(nw.col(f"_{name}"), nw.lit(marks.overall[name])) for name in sorted(names)}
    return joined.with_columns(**filled).drop(*own)
