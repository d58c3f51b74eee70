"""Rows in bulk, into either database: `executemany` on SQLite, `COPY` on PostgreSQL.

Django's `bulk_create` writes about 30,000 rows a second; this writes some 200,000. It does not check whose rows they
are: the services that call it have done so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
from django.db import connection, models, transaction

# A value of any column, as a database driver takes it.
Cells = Sequence[Any]
# A value that is the same in every row of a batch.
Fixed: TypeAlias = str | int | bool | None
NOTHING: Mapping[str, Fixed] = MappingProxyType({})

BATCH_ROWS = 50_000


def fetch(query: "models.QuerySet[Any, Any]", batch_rows: int = BATCH_ROWS) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, straight from the cursor: no model, and no value is converted twice."""
    sql, params = query.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(batch_rows):
            yield batch


@contextmanager
def batch() -> Iterator[None]:
    """A transaction for rows in bulk.

    PostgreSQL then checks foreign keys statement by statement, and not from a queue of every row at the commit, which
    took a quarter of the server's time.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


def numbers(model: type[models.Model], count: int) -> list[int]:
    """The next `count` primary keys of a table, for the transaction that is open.

    On SQLite the transaction holds the only write lock; on PostgreSQL the sequence gives each number once.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            first = (found[0] if found else 0) + 1
            return list(range(first, first + count))
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], rows: "nw.DataFrame[Any]", fixed: Mapping[str, Fixed] = NOTHING) -> None:
    """Add the rows of a frame; its columns are the table's, dates and moments as text, money in minor units.

    `fixed` are columns that hold one value in every row. It comes from the program and never from a file.
    """
    if len(rows) == 0:
        return
    table = _name(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What is empty everywhere need not be sent.
            whole = rows.with_columns(nw.lit(each).alias(name) for name, each in fixed.items() if each is not None)
            with cursor.copy(f"COPY {table} ({_names(whole.columns)}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(whole.write_csv(None).partition("\n")[2])
            return
        places = ", ".join(["%s"] * len(rows.columns) + [_literal(each) for each in fixed.values()])
        cursor.executemany(
            f"INSERT INTO {table} ({_names([*rows.columns, *fixed])}) VALUES ({places})",  # noqa: S608  # names are the model's
            rows.rows(),
        )


def derive(
    model: type[models.Model],
    columns: Mapping[str, str],
    fixed: Mapping[str, Fixed],
    source: "models.QuerySet[Any, Any]",
) -> None:
    """Add a row for each row that a query finds, without taking them out of the database.

    Args:
        model: the table.
        columns: column of the table: column of the query.
        fixed: columns that hold one value in every row.
        source: the rows; the values of the program go in as parameters.
    """
    sql, params = source.values_list(*columns.values()).query.get_compiler(connection=connection).as_sql()
    places = ", ".join(["found.*", *(_literal(each) for each in fixed.values())])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_name(model)} ({_names([*columns, *fixed])}) SELECT {places} FROM ({sql}) AS found",  # noqa: S608  # names are the model's
            params,
        )


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Cells]) -> int:
    """Write columns of rows that still have the version they were read at; returns how many did.

    Args:
        model: the table.
        columns: the columns to write.
        rows: for each row the values of these columns, then its id, then the version it was read at.
    """
    sets = f"{_sets(columns)}, version = version + 1"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_name(model)} SET {sets} WHERE id = %s AND version = %s",  # noqa: S608  # names are the model's
            list(rows),
        )
        return int(cursor.rowcount)


def rewrite(model: type[models.Model], columns: Sequence[str], by: Sequence[str], rows: Iterable[Cells]) -> None:
    """Write columns of rows without a version, found by the columns `by`; each row gives the values in this order."""
    where = " AND ".join(f"{connection.ops.quote_name(name)} = %s" for name in by)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_name(model)} SET {_sets(columns)} WHERE {where}",  # noqa: S608  # names are the model's
            list(rows),
        )


def remove(model: type[models.Model], numbers_of_rows: Sequence[int]) -> None:
    """Delete rows by their primary key."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {_name(model)} WHERE id = %s",  # noqa: S608  # the name is the model's
            [(number,) for number in numbers_of_rows],
        )


def _name(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _names(columns: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in columns)


def _literal(value: Fixed) -> str:
    """A value of the program as it stands in a statement that has places for others."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"


def _sets(columns: Sequence[str]) -> str:
    return ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
