"""Parquet: typed columns, turned into the plain texts that every other format gives."""

from decimal import Decimal

import polars as pl

from earnest.intake import column_names, unreadable
from earnest.intake.figures import Dirt
from earnest.intake.handover import Found
from earnest.intake.place import Place, too_many_columns

_EXACT_BELOW = 10**15
_SHOWN_PLAIN = (1e-5, 1e15)


def read_parquet(place: Place) -> Found:
    """Read a Parquet file, every column as text: dates and moments in ISO form, numbers as plain decimals.

    Raises: Truncated when the file is cut off or damaged, TooManyColumns.
    """
    name = place.task.name
    try:
        rows = pl.scan_parquet(place.task.source, glob=False)
        schema = rows.collect_schema()
        if len(schema) > place.limits.column_count:
            raise too_many_columns(name, len(schema), place.limits.column_count)
        columns = [_text(column, kind).alias(str(number)) for number, (column, kind) in enumerate(schema.items())]
        arrow = place.beside("arrow")
        rows.select(columns).sink_ipc(arrow, compression="uncompressed")
    except (pl.exceptions.ComputeError, OSError) as error:
        raise unreadable.Truncated(
            f"{name} starts like a Parquet file, but cannot be read: {_first_line(error)}.",
            why="The download or copy did not finish, or the file is damaged.",
            fix="Export or download it again.",
            data={"file": name, "reason": _first_line(error)},
        ) from error
    names = column_names.clean(list(schema))
    dirt = (*names.dirt, *_unshown(schema))
    return Found(name, names.names, arrow.name, encoding="parquet", delimiter="", first_line=1, dirt=dirt)


def _text(column: str, kind: pl.DataType) -> pl.Expr:
    """A column as text."""
    value = pl.col(column)
    if isinstance(kind, pl.Datetime):
        # A zone is written as an offset, so that the moment stays the same moment.
        return value.dt.strftime("%Y-%m-%d %H:%M:%S%.f%:z" if kind.time_zone else "%Y-%m-%d %H:%M:%S%.f")
    if isinstance(kind, pl.Duration):
        return value.dt.total_seconds().cast(pl.String)
    if kind.is_float():
        return _number(value)
    if isinstance(kind, pl.List):
        return value.list.eval(_element(kind.inner)).list.join(";", ignore_nulls=True)
    if isinstance(kind, pl.Struct):
        return value.struct.json_encode()
    if isinstance(kind, pl.Binary | pl.Object | pl.Array):
        return pl.lit(None, dtype=pl.String)
    return value.cast(pl.String)


def _element(kind: object) -> pl.Expr:
    """An element of a list as text."""
    return pl.element().struct.json_encode() if isinstance(kind, pl.Struct) else pl.element().cast(pl.String)


def _number(value: pl.Expr) -> pl.Expr:
    """A float as a plain decimal number of at most 15 digits: no exponent, no `.0`."""
    low, high = _SHOWN_PLAIN
    exact = (value == value.floor()) & (value.abs() < _EXACT_BELOW)
    plain = value.abs().is_between(low, high) | ~value.is_finite()
    return (
        pl.when(exact)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .when(plain)
        .then(value.round_sig_figs(15).cast(pl.String))
        .otherwise(pl.when(~exact & ~plain).then(value).map_elements(_spelled_out, return_dtype=pl.String))
    )


def _spelled_out(value: float) -> str:
    """A very large or very small number without its exponent; these are few."""
    return f"{Decimal(f'{value:.15g}'):f}"


def _unshown(schema: pl.Schema) -> tuple[Dirt, ...]:
    names = [name for name, kind in schema.items() if isinstance(kind, pl.Binary | pl.Object | pl.Array)]
    if not names:
        return ()
    done, fix = "They were left blank.", "Write them as text if they matter."
    return (Dirt("binary_columns", "columns that hold bytes or vectors", len(names), tuple(names[:3]), done, fix),)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0].rstrip(".")
