"""The open deals of a book as a frame, judged by every rule of this room and the rooms below it."""

from collections.abc import Mapping, Sequence
from functools import cache

import narwhals.stable.v2 as nw

from earnest.need import rules as need_rules
from earnest.need import tables as need_tables
from earnest.pipeline import benchmarks as marks_of
from earnest.pipeline import earned, fodder, periods, pressure
from earnest.pipeline import rules as pipeline_rules
from earnest.pipeline import tables as pipeline_tables
from earnest.pipeline.benchmarks import Benchmarks
from earnest.promises import rules as promise_rules
from earnest.promises import tables as promise_tables
from earnest.records.tables import DEALS
from earnest.rulebook import judge as judging
from earnest.rulebook import measure
from earnest.rulebook.book import AS_OF, AS_OF_AT, Book
from earnest.rulebook.judge import Frame
from earnest.rulebook.rule import Rule
from earnest.rulebook.tables import Column, Table, frame_table

RULES: tuple[Rule, ...] = (
    pipeline_rules.RULES + fodder.RULES + earned.RULES + pressure.RULES + need_rules.RULES + promise_rules.RULES
)
MEASURES = need_tables.MEASURES + promise_tables.MEASURES + pipeline_tables.MEASURES
THRESHOLDS = need_tables.THRESHOLDS + promise_tables.THRESHOLDS + pipeline_tables.THRESHOLDS
RULES_BY_NAME = {rule.name: rule for rule in RULES}


@cache
def deal_table() -> Table:
    """Every column that a rule may read, with its words."""
    measured = (each.column for each in MEASURES)
    return frame_table(
        "deal", DEALS, (AS_OF, AS_OF_AT, *pipeline_tables.PERIODS), measured, pipeline_tables.BENCHMARKS, THRESHOLDS
    )


@cache
def vocabulary() -> Mapping[str, Column]:
    """The columns by name."""
    return {column.name: column for column in deal_table().columns}


def open_deals(book: Book, marks: Benchmarks | None = None, *, rules: Sequence[Rule] = RULES) -> Frame:
    """The open deals of a book with every column that the rules read and the book can tell.

    Measures that none of the rules reads are not computed.

    Shape: one row per open deal; unique on deal_id; in no particular order.
    Columns: see `deal_table`; amounts in minor units of the deal's own currency, dates as epoch days.
    Raises: MissingTable if the book has no deals table; a missing column becomes unknown.
    Source: D3, D5, D7, D9.
    """
    deals = book.table("deals")
    marks = marks_of.benchmarks(book) if marks is None else marks
    rows = deals.rows.filter(nw.col("outcome") == "open")
    read = frozenset().union(*(rule.reads for rule in rules))
    rows, measured = measure.join_measures(rows, book, [each for each in MEASURES if each.name in read])
    rows, marked = marks_of.join_benchmarks(rows, deals.present, marks)
    context = context_of(book)
    rows = rows.with_columns(**{name: nw.lit(value) for name, value in context.items()})
    return Frame(rows, deals.present | measured | marked | frozenset(context), vocabulary())


def context_of(book: Book) -> dict[str, float | int]:
    """What is the same for every deal: today, the thresholds, and the ends of our periods (calendar quarters unless
    the book says otherwise).
    """
    return {**periods.windows(book.as_of), **book.context()}


def judged(book: Book, *, marks: Benchmarks | None = None, rules: Sequence[Rule] = RULES) -> Frame:
    """The open deals with one nullable boolean column per rule.

    Shape: as `open_deals`.
    Columns: those of `open_deals`, and one per rule by its name: true flagged, false clear, null unknown.
    Source: D9.
    """
    return judging.judge(open_deals(book, marks, rules=rules), rules)


def deal_row(
    rows: measure.Rows, marks: Benchmarks, *, context: Mapping[str, float], present: Mapping[str, frozenset[str]]
) -> dict[str, object]:
    """One deal as the row that rules read: a book of one, without any dataframe.

    Args:
        rows: the deal under `deals` and its activities, changes, promises and evidence, by table name.
        marks: the benchmarks of the book, computed once.
        context: today, the thresholds and our periods (`context_of`).
        present: the columns that each table of the book really has.
    """
    deal = rows["deals"][0]
    stored = {name: deal.get(name) for name in present["deals"]}
    measured = measure.measured_row(rows, MEASURES, context, present)
    return {**stored, **measured, **marks.of_deal(deal), **context}
