"""The one place that names the dataframe engine.

Polars' streaming engine judges a book; the same rules run unchanged on DuckDB, pandas and others, because
everything above this module speaks narwhals. Polars is imported when first used: start-up is part of the product.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

# Frames of any engine; narwhals' own types take the native frame as a parameter that no caller here needs.
LazyFrame: TypeAlias = nw.LazyFrame[Any]
DataFrame: TypeAlias = nw.DataFrame[Any]


def lazy(native: object) -> LazyFrame:
    """A native frame of any engine as a lazy narwhals frame."""
    frame = nw.from_native(native)  # type: ignore[call-overload]  # the engine is known only at run time
    result: LazyFrame = frame if isinstance(frame, nw.LazyFrame) else frame.lazy()
    return result


def scan_parquet(path: Path) -> LazyFrame:
    """A Parquet file, read when collected and only the columns that are asked for."""
    import polars as pl  # noqa: PLC0415  # imported late: see the module's docstring

    return lazy(pl.scan_parquet(path))


def table(columns: Mapping[str, Sequence[object]], like: LazyFrame | None = None) -> LazyFrame:
    """A small table from columns, on the engine of `like` (by default Polars), so that the two can be joined."""
    import polars as pl  # noqa: PLC0415

    native = pl.DataFrame(dict(columns), strict=False)
    backend = "polars" if like is None else like.implementation.name.lower()
    if backend == "duckdb":
        import duckdb  # noqa: PLC0415

        return lazy(duckdb.from_arrow(native.to_arrow()))
    if backend == "pandas":
        return lazy(native.to_pandas(use_pyarrow_extension_array=True))
    return lazy(native.lazy())


def from_rows(kinds: Mapping[str, str], batches: Iterable[Sequence[Sequence[object]]]) -> LazyFrame:
    """A table from rows as a database cursor gives them, batch by batch.

    Args:
        kinds: the kind of each column (see `tables.Kind`), in the order of the values in a row.
        batches: lists of rows, each row a sequence of values.
    """
    import polars as pl  # noqa: PLC0415

    types = {"text": pl.String, "number": pl.Float64, "flag": pl.Boolean, "day": pl.Int32}
    schema = {name: types.get(kind, pl.Int64) for name, kind in kinds.items()}
    parts = [
        pl.DataFrame(
            [pl.Series(name, column, schema[name], strict=False) for name, column in zip(schema, columns, strict=True)]
        )
        for columns in (list(zip(*batch, strict=True)) for batch in batches)
        if columns
    ]
    return lazy((pl.concat(parts) if parts else pl.DataFrame(schema=schema)).lazy())


def collect(frame: LazyFrame) -> DataFrame:
    """Run the plan and bring the rows into memory as a Polars frame (streamed where the engine can)."""
    native = frame.to_native()
    if frame.implementation.is_polars():
        result: DataFrame = nw.from_native(native.collect(engine="streaming"), eager_only=True)
        return result
    collected: DataFrame = frame.collect("polars")
    return collected
