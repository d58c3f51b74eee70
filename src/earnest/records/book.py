"""The book as one person may see it, from the database: one query per table, through the one predicate.

Days come out as whole epoch days and moments as whole epoch seconds, made by the database, so no text date is parsed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records import bulk
from earnest.records.models import Activity, Change, Deal, ExternalReference, Stakeholder, ToldColumn, VoidedImport
from earnest.records.models.money import UNTOLD_CURRENCY
from earnest.records.models.pipelines import STEPS
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import book as books
from earnest.rulebook import engine
from earnest.rulebook.book import Book
from earnest.rulebook.engine import LazyFrame
from earnest.rulebook.tables import Kind, Table, Threshold

EVERY_COLUMN = "*"


@dataclass(frozen=True)
class Shelf:
    """A table of the book that a room above keeps: its rows for an actor, each with the number of its deal.

    `deal` is the path of the deal's number in those rows; `columns` says where each column comes from.
    """

    declared: Table
    rows: "Callable[[Actor], QuerySet[Any]]"
    columns: "Callable[[], Columns]"
    deal: str = "deal_id"


# Rooms above add theirs when the program starts; nothing here knows what they hold.
_OFFERED: list[Shelf] = []


def offer(*shelves: Shelf) -> None:
    """Add tables to every book that is read from the database; offering one again changes nothing."""
    known = {shelf.declared.name for shelf in _OFFERED}
    _OFFERED.extend(shelf for shelf in shelves if shelf.declared.name not in known)


# Stands in a statement for the number of the deal that it is run for.
_ANY_DEAL = -7_777_777_777

Columns = Mapping[str, Combinable]


def epoch_day(path: str) -> Func:
    """A date as whole days since 1970-01-01; exact on SQLite too, where both ends are at noon."""
    on_sqlite = "CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)"
    template = on_sqlite if connection.vendor == "sqlite" else "(%(expressions)s - DATE '1970-01-01')"
    return Func(F(path), template=template, output_field=models.IntegerField())


def epoch_day_of_moment(path: str) -> Combinable:
    """The day of a moment, in UTC, as whole days since 1970-01-01."""
    return epoch_second(path) / Value(86_400)


def epoch_second(path: str) -> Func:
    """A moment as whole seconds since 1970-01-01 UTC; fractions are cut."""
    on_sqlite = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
    elsewhere = "CAST(floor(extract(epoch FROM %(expressions)s)) AS bigint)"
    template = on_sqlite if connection.vendor == "sqlite" else elsewhere
    return Func(F(path), template=template, output_field=models.BigIntegerField())


def read(
    actor: Actor,
    *,
    as_of: date,
    thresholds: Iterable[Threshold] = (),
    changed: Mapping[str, float] | None = None,
) -> Book:
    """The book of what the actor may see: deals, activities and the history of deals.

    A column or a table that neither a source nor a person has ever filled is left out, and so unknown.
    """
    told = _told()
    tables = [
        (shelf.declared, _frame(shelf, actor, told))
        for shelf in _shelves()
        if shelf.declared is DEALS or shelf.declared.name in told
    ]
    return books.book(tables, as_of=as_of, thresholds=thresholds, changed=changed)


@dataclass(frozen=True)
class Rows:
    """Some deals with their rows by table, and the columns that each table of the book really has."""

    by_deal: Mapping[int, Mapping[str, list[dict[str, Any]]]]  # values as in rulebook.on_rows.Row
    present: Mapping[str, frozenset[str]]


def rows_of(actor: Actor, deal_ids: Sequence[int]) -> Rows:
    """The rows of some deals, as plain values: for judging a few without a dataframe. One query per table.

    Shape: a deal that the actor does not see is left out; `deals` holds one row per deal.
    """
    told = _told()
    found: dict[int, dict[str, list[dict[str, Any]]]] = {number: {} for number in deal_ids}
    present: dict[str, frozenset[str]] = {}
    for shelf in _shelves():
        declared = shelf.declared
        if declared is not DEALS and declared.name not in told:
            continue
        names = tuple(_names(declared, told))
        present[declared.name] = frozenset(names)
        flags = [place for place, name in enumerate(names) if declared.column(name).kind is Kind.FLAG]
        for number, tables in found.items():
            rows = _rows_of_one(actor, shelf, names, number)
            if rows:
                tables[declared.name] = [dict(zip(names, _with_flags(row, flags), strict=True)) for row in rows]
    return Rows({number: tables for number, tables in found.items() if DEALS.name in tables}, present)


def _rows_of_one(actor: Actor, shelf: Shelf, names: tuple[str, ...], deal_id: int) -> list[tuple[Any, ...]]:
    sql, params = _statement(actor, shelf, names)
    with connection.cursor() as cursor:
        cursor.execute(sql, [deal_id if value == _ANY_DEAL else value for value in params])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _with_flags(row: tuple[Any, ...], flags: Sequence[int]) -> Sequence[Any]:
    """The row with yes and no as such; straight from the cursor SQLite has them as 1 and 0."""
    if not flags:
        return row
    values = list(row)
    for place in flags:
        values[place] = None if values[place] is None else bool(values[place])
    return values


@lru_cache(maxsize=512)
def _statement(actor: Actor, shelf: Shelf, names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement that reads a table's rows of one deal, put together once: that took two thirds of judging one."""
    columns = shelf.columns()
    rows = shelf.rows(actor).filter(**{shelf.deal: _ANY_DEAL})
    query = rows.order_by("pk").values_list(*(columns[name] for name in names)).query
    sql, params = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def _shelves() -> list[Shelf]:
    return [*_OWN, *_OFFERED]


def deal_columns() -> Columns:
    """Where each column of the book's deals comes from."""
    people = (
        Stakeholder.objects.unscoped(reason="a deal's own people, for whoever sees the deal")
        .filter(deal_id=OuterRef("pk"), deleted_at=None)
        .order_by()
        .values("deal_id")
        .annotate(people=Count("pk"))
        .values("people")
    )
    return {
        "deal_id": F("id"),
        "external_id": _known_as("records.deal"),
        "title": _text("title"),
        "account": _text("account__name"),
        "owner": _text("owner__name"),
        "team": _text("team__name"),
        "segment": _text("segment"),
        "sector": _text("sector"),
        "region": _text("region"),
        "product": F("first_line__product__name"),
        "source": _text("source"),
        "deal_type": _text("deal_type"),
        "pipeline": _text("stage__pipeline__name"),
        "stage": Case(When(stage__named=True, then=F("stage__name"))),
        "stage_position": F("stage__position"),
        "stage_step": _step(),
        "outcome": F("outcome"),
        "lost_reason": _text("lost_reason"),
        "end_reason": _text("end_reason"),
        "amount": F("amount_minor"),
        "list_amount": F("list_amount_minor"),
        "currency": NullIf(F("currency_id"), Value(UNTOLD_CURRENCY), output_field=models.TextField()),
        "probability": F("stated_probability"),
        "forecast_category": _text("stated_forecast_category"),
        "opened_on": epoch_day("opened_on"),
        "closed_on": epoch_day("closed_on"),
        "seller_close_on": epoch_day("seller_close_on"),
        "buyer_by_when_on": epoch_day("buyer_by_when_on"),
        "lead_time_days": F("lead_time_days"),
        "next_step": _text("next_step"),
        "next_step_on": epoch_day("next_step_on"),
        "next_step_side": _text("next_step_side"),
        "next_step_agreed_on": epoch_day("next_step_agreed_on"),
        "next_step_their_day": F("next_step_their_day"),
        "offer_ends_on": epoch_day("offer_ends_on"),
        "latest_activity_on": epoch_day("stated_latest_activity_on"),
        "stage_changed_on": epoch_day("stage_changed_on"),
        "pushes_stated": F("stated_push_count"),
        "contact_count": Coalesce(Subquery(people), F("stated_contact_count")),
        "updated_at": epoch_second("changed_at"),
    }


def activity_columns() -> Columns:
    """Where each column of the book's activities comes from."""
    return {
        "activity_id": F("id"),
        "external_id": _known_as("records.activity"),
        "deal_id": F("deal_id"),
        "at": epoch_second("at"),
        "channel": _text("channel"),
        "direction": _text("direction"),
        "contact_id": F("contact_id"),
        "owner": _text("owner__name"),
        "duration_minutes": Cast("duration_seconds", models.FloatField()) / Value(60.0),
        "seller_talk_seconds": F("seller_talk_seconds"),
        "buyer_talk_seconds": F("buyer_talk_seconds"),
        "subject": _text("subject"),
        "done": F("done"),
    }


def change_columns() -> Columns:
    """Where each column of the book's changes comes from."""
    return {
        "change_id": F("id"),
        "deal_id": F("record_id"),
        "at": epoch_second("at"),
        "field": F("field"),
        "from_text": _text("old_text"),
        "to_text": _text("new_text"),
        "from_position": F("old_position"),
        "to_position": F("new_position"),
        "from_on": epoch_day("old_on"),
        "to_on": epoch_day("new_on"),
        "from_amount": F("old_minor"),
        "to_amount": F("new_minor"),
        "changed_by": Coalesce(F("changed_by__name"), _text("changed_by_name"), output_field=models.TextField()),
        "origin": F("origin"),
    }


def _known_as(kind: str) -> Subquery:
    """The record's number in the system that it was first imported from."""
    references = ExternalReference.objects.unscoped(reason="a record's own number, for whoever sees the record")
    return Subquery(
        references.filter(kind=kind, record_id=OuterRef("pk")).order_by("id").values("external_id")[:1],
    )


def _step() -> Case:
    """The step that a deal's stage stands for, by its meaning; blank for an end and where nobody has said."""
    return Case(*(When(stage__meaning=meaning, then=Value(step)) for step, meaning in enumerate(STEPS, start=1)))


def _text(path: str) -> NullIf:
    return NullIf(F(path), Value(""), output_field=models.TextField())


def _deals(actor: Actor) -> "QuerySet[Deal]":
    first_line = FilteredRelation("lines", condition=Q(lines__position=1))
    return visibility.visible(actor, Deal).annotate(first_line=first_line)


def _activities(actor: Actor) -> "QuerySet[Activity]":
    return visibility.visible(actor, Activity).filter(deal__isnull=False)


def _changes(actor: Actor) -> "QuerySet[Change]":
    taken_back = VoidedImport.objects.unscoped(reason="imports that were taken back are nobody's history")
    # Asked of each row and not as a list: for one deal, SQLite would list every deal first (45 ms of 200,000).
    seen = visibility.visible(actor, Deal).filter(pk=OuterRef("record_id"))
    return (
        Change.objects.unscoped(reason="narrowed to the deals that the actor sees")
        .filter(Exists(seen), kind="records.deal")
        .exclude(field="created")
        .exclude(import_run__isnull=False, import_run__in=taken_back.values("import_run"))
    )


def _told() -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    rows = ToldColumn.objects.unscoped(reason="which columns are told is the same for everybody")
    for table, column in rows.values_list("table", "column").distinct():
        told.setdefault(table, set()).add(column)
    return told


def _frame(shelf: Shelf, actor: Actor, told: Mapping[str, set[str]]) -> LazyFrame:
    declared, columns = shelf.declared, shelf.columns()
    names = _names(declared, told)
    found = shelf.rows(actor).order_by("pk").values_list(*(columns[name] for name in names))
    kinds = {name: declared.column(name).kind.value for name in names}
    return engine.from_rows(kinds, bulk.fetch(found))


def _names(declared: Table, told: Mapping[str, set[str]]) -> list[str]:
    known = told.get(declared.name, set())
    return [name for name in declared.names() if EVERY_COLUMN in known or name in known or name == declared.key]


_OWN = (
    Shelf(DEALS, _deals, deal_columns, deal="pk"),
    Shelf(ACTIVITIES, _activities, activity_columns),
    Shelf(CHANGES, _changes, change_columns, deal="record_id"),
)
