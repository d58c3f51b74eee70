"""Measures: one number per deal from the rows of a table, declared once and computed on a book or on one deal.

Six kinds are enough for every rule: `count`, `total`, `smallest`, `largest`, `gap_median` (days between
one row and the next) and `recent_total` (over the last few rows). Rows whose `where` is unknown do not count.
A deal without rows has count 0 and total 0; its other measures are blank. A book without the table, or without a
column that the measure reads, does not have the measure at all: rules that need it are unknown.
"""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import narwhals.stable.v2 as nw

from earnest.rulebook import on_frames, on_rows, tree
from earnest.rulebook.book import SECONDS_A_DAY, Book, BookTable
from earnest.rulebook.engine import LazyFrame
from earnest.rulebook.tables import Column, Kind, Table

KEY = "deal_id"


@dataclass(frozen=True, eq=False)
class Measure:
    """One aggregate over the rows of a table that belong to a deal."""

    column: Column
    table: Table
    kind: str
    value: tree.Expr | None = None
    where: tree.Expr | None = None
    order: str = "at"
    last: int = 0

    @property
    def name(self) -> str:
        return self.column.name

    def reads(self) -> frozenset[str]:
        """The columns it reads, of the table and of the book's context; an order reads the key to break ties."""
        names = frozenset(name for part in (self.value, self.where) if part is not None for name in tree.reads(part))
        return names | ({self.order, self.table.key} if self.kind in _ORDERED else frozenset())


_ORDERED = ("gap_median", "recent_total")


def count(name: str, table: Table, label: str, *, where: tree.Expr | None = None) -> Measure:
    """How many rows; 0 where there are none."""
    return Measure(Column(name, Kind.INTEGER, label), table, "count", where=where)


def total(
    name: str, table: Table, label: str, *, value: tree.Expr, where: tree.Expr | None = None, unit: str = ""
) -> Measure:
    """The sum of the value; 0 where there are no rows."""
    return Measure(Column(name, Kind.NUMBER, label, unit), table, "total", value, where)


def smallest(column: Column, table: Table, *, value: tree.Expr, where: tree.Expr | None = None) -> Measure:
    """The smallest (for days and moments: the earliest) value."""
    return Measure(column, table, "smallest", value, where)


def largest(column: Column, table: Table, *, value: tree.Expr, where: tree.Expr | None = None) -> Measure:
    """The largest (for days and moments: the latest) value."""
    return Measure(column, table, "largest", value, where)


def gap_median(name: str, table: Table, label: str, *, order: str = "at", where: tree.Expr | None = None) -> Measure:
    """The median number of days between one row and the next, in order of a moment."""
    return Measure(Column(name, Kind.NUMBER, label, "days"), table, "gap_median", where=where, order=order)


def recent_total(
    name: str,
    table: Table,
    label: str,
    *,
    value: tree.Expr,
    last: int,
    where: tree.Expr | None = None,
    order: str = "at",
) -> Measure:
    """The sum of the value over the last few rows that have one."""
    return Measure(Column(name, Kind.NUMBER, label), table, "recent_total", value, where, order, last)


# --- on a book -------------------------------------------------------------------------------------------------


def available(measures: Iterable[Measure], book: Book) -> list[Measure]:
    """The measures that the book can compute: their table is there, with every column they read."""
    context = frozenset(book.context())
    return [
        measure
        for measure in measures
        if measure.table.name in book.tables
        and book.tables[measure.table.name].present | context >= measure.reads() | {KEY}
    ]


def join_measures(deals: LazyFrame, book: Book, measures: Sequence[Measure]) -> tuple[LazyFrame, frozenset[str]]:
    """The deals with one column per measure that the book can compute, and the names of those columns.

    One pass over each table; only rows of the deals asked for are read.
    """
    usable = available(measures, book)
    keys = deals.select(KEY)
    for table in dict.fromkeys(measure.table for measure in usable):
        mine = [measure for measure in usable if measure.table is table]
        for part in _aggregated(book.table(table.name), keys, book, mine):
            deals = deals.join(part, on=KEY, how="left")
    counted = [measure.name for measure in usable if measure.kind in ("count", "total")]
    if counted:
        deals = deals.with_columns(*(nw.col(name).fill_null(0) for name in counted))
    return deals, frozenset(measure.name for measure in usable)


def _aggregated(table: BookTable, keys: LazyFrame, book: Book, measures: Sequence[Measure]) -> list[LazyFrame]:
    context = {name: value for name, value in book.context().items() if any(name in m.reads() for m in measures)}
    needed = sorted(table.present & (frozenset().union(*(m.reads() for m in measures)) | {KEY, table.declared.key}))
    rows = table.rows.select(*needed).join(keys, on=KEY, how="semi")
    if context:
        rows = rows.with_columns(**{name: nw.lit(value) for name, value in context.items()})
    present = frozenset(needed) | frozenset(context)
    plain = [measure for measure in measures if measure.kind not in _ORDERED]
    parts = [_plain(rows, plain, present)] if plain else []
    return parts + [
        _FRAME_ORDERED[m.kind](rows, m, table.declared.key, present) for m in measures if m.kind in _ORDERED
    ]


def _plain(rows: LazyFrame, measures: Sequence[Measure], present: frozenset[str]) -> LazyFrame:
    prepared = {f"_{m.name}": _prepared(m, present) for m in measures}
    return (
        rows.with_columns(**prepared)
        .group_by(KEY)
        .agg(**{m.name: _AGGREGATES[m.kind](nw.col(f"_{m.name}")) for m in measures})
    )


def _prepared(measure: Measure, present: frozenset[str]) -> nw.Expr:
    """The value where the row counts; the condition comes first, since not every engine filters inside an aggregate."""
    where = None if measure.where is None else on_frames.flag_column(measure.where, present)
    if measure.kind == "count":
        return nw.col(KEY) * 0 + 1 if where is None else where.fill_null(value=False).cast(nw.Int64)
    value = _value_of(measure, present)
    return value if where is None else nw.when(where).then(value)


def _value_of(measure: Measure, present: frozenset[str]) -> nw.Expr:
    if measure.value is None:
        raise TypeError(f"The measure {measure.name} of kind {measure.kind} needs a value.")
    value = on_frames.compiled(measure.value, present)
    return nw.lit(None, dtype=nw.Float64) if value is None else value


_AGGREGATES: dict[str, Callable[[nw.Expr], nw.Expr]] = {
    "count": lambda values: values.sum(),
    "total": lambda values: values.sum(),
    "smallest": lambda values: values.min(),
    "largest": lambda values: values.max(),
}


def _counted_rows(rows: LazyFrame, measure: Measure, present: frozenset[str]) -> LazyFrame:
    return rows if measure.where is None else rows.filter(on_frames.flag_column(measure.where, present))


def _gap_median(rows: LazyFrame, measure: Measure, key: str, present: frozenset[str]) -> LazyFrame:
    at = nw.col(measure.order)
    previous = at.shift(1).over(KEY, order_by=[measure.order, key])
    gaps = (
        _counted_rows(rows, measure, present)
        .filter(~at.is_null())
        .select(KEY, _gap=(at - previous) / float(SECONDS_A_DAY))
    )
    return gaps.group_by(KEY).agg(**{measure.name: nw.col("_gap").median()})


def _recent_total(rows: LazyFrame, measure: Measure, key: str, present: frozenset[str]) -> LazyFrame:
    valued = _counted_rows(rows, measure, present).with_columns(_value=_value_of(measure, present))
    valued = valued.filter(~nw.col("_value").is_null() & ~nw.col(measure.order).is_null())
    # What is counted must not be what orders: on pandas the count would take its place before the rows are sorted.
    place = nw.col("_value").cum_count(reverse=True).over(KEY, order_by=[measure.order, key])
    recent = valued.with_columns(_place=place).filter(nw.col("_place") <= measure.last)
    return recent.group_by(KEY).agg(**{measure.name: nw.col("_value").sum()})


_FRAME_ORDERED = {"gap_median": _gap_median, "recent_total": _recent_total}


# --- on one deal -----------------------------------------------------------------------------------------------

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # the rows of one deal, by table; values as in on_rows.Row


def measured_row(
    rows: Rows, measures: Sequence[Measure], context: Mapping[str, float], present: Mapping[str, frozenset[str]]
) -> dict[str, float | int | str | None]:
    """The measures of one deal, by name; a measure that the book cannot compute is left out.

    Args:
        rows: the deal's rows by table name; a name that a row does not hold is blank there.
        context: today and the thresholds (`Book.context`).
        present: the columns that each table really has.
    """
    known = frozenset(context)
    result: dict[str, float | int | str | None] = {}
    for table, mine in _by_table(tuple(measures)).items():
        if table.name not in present:
            continue
        usable = [plan for plan in mine if present[table.name] | known >= plan[0].reads() | {KEY}]
        blank = dict.fromkeys(present[table.name])
        merged = [{**blank, **context, **row} for row in rows.get(table.name, ())]
        parts: dict[tuple[str, Any], list[dict[str, Any]]] = {}
        for key in {plan[3][0] for plan in usable if plan[3] is not None}:
            for row in merged:
                parts.setdefault((key, row[key]), []).append(row)
        for measure, value, where, only in usable:
            among = merged if only is None else parts.get(only, ())
            counted = [row for row in among if where is None or where(row) is True]
            result[measure.name] = _ROW_KINDS[measure.kind](counted, measure, value)
    return result


# A measure, its value, its condition, and the one value of a column that the condition asks for, where it asks first:
# rows of one deal are sorted by it once, since thirty measures that each read all of them are most of judging a deal.
Only = tuple[str, Any]
Plan = tuple[Measure, on_rows.Evaluator | None, on_rows.Evaluator | None, Only | None]


@lru_cache(maxsize=64)
def _by_table(measures: tuple[Measure, ...]) -> dict[Table, list[Plan]]:
    plans: dict[Table, list[Plan]] = {}
    for measure in measures:
        value = None if measure.value is None else on_rows.compiled(measure.value)
        where = None if measure.where is None else on_rows.compiled(measure.where)
        plans.setdefault(measure.table, []).append((measure, value, where, _asked_first(measure.where)))
    return plans


def _asked_first(where: tree.Expr | None) -> Only | None:
    while isinstance(where, tree.Logic) and where.op == "and":
        where = where.left
    if isinstance(where, tree.Comparison) and where.op == "==":
        column, value = where.left, where.right
        if isinstance(column, tree.Column) and isinstance(value, tree.Value):
            return column.name, value.value
    return None


def _values(rows: Sequence[on_rows.Row], value: on_rows.Evaluator | None) -> list[Any]:
    return [] if value is None else [found for found in map(value, rows) if found is not None]


def _ordered(rows: Sequence[on_rows.Row], measure: Measure) -> list[on_rows.Row]:
    dated = [row for row in rows if row.get(measure.order) is not None]
    return sorted(dated, key=lambda row: (row[measure.order], row[measure.table.key]))


def _row_gap_median(rows: Sequence[on_rows.Row], measure: Measure, _value: on_rows.Evaluator | None) -> float | None:
    moments = [row[measure.order] for row in _ordered(rows, measure)]
    gaps = [(later - earlier) / SECONDS_A_DAY for earlier, later in pairwise(moments)]
    return statistics.median(gaps) if gaps else None


def _row_recent_total(rows: Sequence[on_rows.Row], measure: Measure, value: on_rows.Evaluator | None) -> float | None:
    found = _values(_ordered(rows, measure), value)
    return sum(found[-measure.last :]) if found else None


_ROW_KINDS: dict[str, Callable[[Sequence[on_rows.Row], Measure, on_rows.Evaluator | None], Any]] = {
    "count": lambda rows, _measure, _value: len(rows),
    "total": lambda rows, _measure, value: sum(_values(rows, value)),
    "smallest": lambda rows, _measure, value: min(_values(rows, value), default=None),
    "largest": lambda rows, _measure, value: max(_values(rows, value), default=None),
    "gap_median": _row_gap_median,
    "recent_total": _row_recent_total,
}
