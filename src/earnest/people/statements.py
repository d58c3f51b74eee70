"""Statements put together once and run many times: on a page of small reads, writing the SQL takes longer than SQLite.

A statement is kept under everything that it was built from, the actor among it, so nobody is given another's predicate.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Rows: TypeAlias = list[tuple[Any, ...]]  # what a cursor gives
# What a statement may be run for: a number, a day, a text, or several numbers.
Value: TypeAlias = int | date | str | tuple[int, ...]
Query: TypeAlias = "QuerySet[Any, tuple[Any, ...]]"
Build: TypeAlias = "Callable[..., Query | Sequence[Query]]"

# Stand in a statement for what it is run for; none can be a number, a day or a text of a workspace.
_NUMBERS_FROM = -2_111_000_000
_NUMBERS_END = 2**63
_DAYS_FROM = date(9_801, 1, 1)
_TEXTS_FROM = "\ue000stands for "


def rows(build: Build, *shape: object, **values: Value) -> Rows:
    """The rows of the values_list that `build(*shape, **values)` makes; of several, one after the other.

    `build` rests on nothing but what it is given: no clock, no row. `shape` is few (an actor, a limit, an order);
    `values` are what changes from run to run, and must reach the database as they are.
    Raises: TypeError when a value does not, or a column is of a kind that a cursor does not give as it is.
    """
    names = tuple((name, type(value), _length(value)) for name, value in values.items())
    found = _prepared(connection.vendor, build, shape, names)
    return [] if found is None else found.run(values)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement, its parameters, which of them hold which value, and how the columns are read."""

    sql: str
    params: tuple[Any, ...]  # as the database takes them
    places: tuple[tuple[int, str, int | None], ...]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]

    def run(self, values: Mapping[str, Value]) -> Rows:
        params = list(self.params)
        for place, name, part in self.places:
            value = values[name]
            params[place] = _adapted(value[part] if isinstance(value, tuple) and part is not None else value)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found: Rows = cursor.fetchall()
        return [self._read(row) for row in found] if self.readers else found

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        told = list(row)
        for place, reader in self.readers:
            if told[place] is not None:
                told[place] = reader(told[place])
        return tuple(told)


@lru_cache(maxsize=512)
def _prepared(
    vendor: str,  # noqa: ARG001  # a part of the key: each database has its own SQL
    build: Build,
    shape: tuple[object, ...],
    names: tuple[tuple[str, type, int | None], ...],
) -> _Prepared | None:
    stands: dict[object, tuple[str, int | None]] = {}
    given: dict[str, Any] = {}  # of the types in Value
    for name, kind, length in names:
        parts = [_stand_in(int if length is not None else kind, len(stands) + each) for each in range(length or 1)]
        stands |= {_adapted(each): (name, None if length is None else at) for at, each in enumerate(parts)}
        given[name] = parts[0] if length is None else tuple(parts)
    made = build(*shape, **given)
    queries = [made] if isinstance(made, QuerySet) else list(made)
    written = [found for query in queries if (found := _written(query)) is not None]
    if not written:
        return None
    params = tuple(param for _sql, part, _readers in written for param in part)
    places = tuple((place, *stands[param]) for place, param in enumerate(params) if _is_in(param, stands))
    if len(written) == len(queries) and {each[1:] for each in places} != set(stands.values()):
        raise TypeError(f"{build.__name__} writes something that it is run for into its statement.")
    return _Prepared(_united([sql for sql, _params, _readers in written]), params, places, written[0][2])


def _united(sqls: Sequence[str]) -> str:
    # Each in brackets of its own, so that it keeps its order and its limit. Every part is Django's own SQL.
    parts = [f"SELECT * FROM ({sql}) AS part{number}" for number, sql in enumerate(sqls)]  # noqa: S608  # as above
    return sqls[0] if len(sqls) == 1 else " UNION ALL ".join(parts)


def _written(query: Query) -> tuple[str, tuple[Any, ...], tuple[tuple[int, Callable[[Any], Any]], ...]] | None:
    compiler = query.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    kinds = [_reader(expression) for expression, _sql, _alias in compiler.select or ()]
    return sql, tuple(params), tuple((place, reader) for place, reader in enumerate(kinds) if reader is not None)


def _reader(expression: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401  # Django's expressions have no common type
    field = expression.output_field
    kind = field.get_internal_type()
    if kind not in _AS_IT_IS and kind not in _READERS:
        raise TypeError(f"A prepared statement does not read a {kind}.")
    if kind.endswith("IntegerField") and not hasattr(expression, "target"):
        return int  # PostgreSQL gives sums as decimals
    return _READERS.get(kind)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: datetime | str) -> datetime:
    told = datetime.fromisoformat(value) if isinstance(value, str) else value
    return told if told.tzinfo else told.replace(tzinfo=UTC)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "BooleanField": bool,
    "DateField": _day,
    "DateTimeField": _moment,
    "JSONField": json.loads,
}
_AS_IT_IS = frozenset(
    {
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "CharField",
        "EmailField",
        "FloatField",
        "ForeignKey",
        "IntegerField",
        "OneToOneField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SmallIntegerField",
        "TextField",
    }
)


def _length(value: Value) -> int | None:
    return len(value) if isinstance(value, tuple) else None


def _is_in(param: object, stands: Mapping[object, object]) -> bool:
    return isinstance(param, int | str | date) and param in stands


def _stand_in(kind: type, number: int) -> int | date | str:
    if issubclass(kind, date):
        return _DAYS_FROM + timedelta(days=number)
    return _NUMBERS_FROM - number if issubclass(kind, int) else f"{_TEXTS_FROM}{number}"


def _adapted(value: Any) -> Any:  # noqa: ANN401  # as the database takes it
    if isinstance(value, int):
        # A number that no column of a database holds is no row's.
        return value if -_NUMBERS_END <= value < _NUMBERS_END else _NUMBERS_FROM
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
