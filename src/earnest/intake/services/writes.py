"""Rows that are new: the record, its reference, its provenance and the first line of its history, batch by batch.

A batch is one transaction, short enough that people can write between two of them, and the place where an import that
was killed goes on.
"""

import narwhals.stable.v2 as nw
import polars as pl
from django.db import models

from earnest.intake.models import ImportedRow, Landing
from earnest.intake.services import kinds
from earnest.intake.services.kinds import Kind
from earnest.intake.services.references import Known
from earnest.intake.services.runs import Run, Step
from earnest.records import bulk
from earnest.records.models import Change, DealLine, ExternalReference


def land(kind: Kind, rows: pl.DataFrame, known: Known, run: Run) -> pl.DataFrame:
    """Write the rows that are not known yet; returns the key and the record of all of them.

    Args:
        kind: what the rows are.
        rows: `key`, `hash`, and columns of the record; `line` and `changed_at` where they are told.
        known: which of them are known already.
        run: the import.
    """
    _link(kind, known, rows, run)
    fresh = rows.join(known.records, on="key", how="anti", maintain_order="left")
    made = [known.records]
    for start in range(0, fresh.height, run.batch_rows):
        batch = fresh.slice(start, run.batch_rows)
        made.append(_write(kind, batch, run))
        run.progress(Step(kind.object, start + batch.height, fresh.height))
    return pl.concat(made)


def insert(model: type[models.Model], rows: pl.DataFrame) -> None:
    """Add the rows of a frame whose columns are the table's."""
    bulk.insert(model, nw.from_native(rows, eager_only=True))


def _write(kind: Kind, batch: pl.DataFrame, run: Run) -> pl.DataFrame:
    # All that does not need the new numbers is made before the transaction, which holds the lock.
    records = kinds.whole(kind, batch, at=run.at)
    reference, provenance = _reference(kind, batch, run), _provenance(kind, batch, run)
    created = _created(kind, batch, run) if kind.has_history else None
    with bulk.batch():
        numbers = pl.Series("record_id", bulk.numbers(kind.model, batch.height), dtype=pl.Int64)
        insert(kind.model, records.insert_column(0, numbers.alias("id")))
        insert(ExternalReference, reference.insert_column(0, numbers))
        insert(ImportedRow, provenance.insert_column(0, numbers))
        if created is not None:
            insert(Change, created.insert_column(0, numbers))
        if kind is kinds.DEALS:
            write_lines(batch.with_columns(numbers))
    return batch.select("key").with_columns(numbers)


def write_lines(deals: pl.DataFrame) -> None:
    """Give each of these deals its product as its first line."""
    lines = deals.filter(pl.col("product_id").is_not_null()).select(
        pl.col("record_id").alias("deal_id"),
        "product_id",
        pl.lit(1).alias("position"),
        pl.lit(1).alias("quantity"),
    )
    insert(DealLine, lines)


def _link(kind: Kind, known: Known, rows: pl.DataFrame, run: Run) -> None:
    """Note for rows that are one of our records by name that they are; the record itself is not touched."""
    if known.linked.is_empty():
        return
    linked = rows.join(known.linked, on="key", how="inner", maintain_order="left")
    with bulk.batch():
        insert(ExternalReference, _reference(kind, linked, run).with_columns(linked["record_id"]))


def _reference(kind: Kind, batch: pl.DataFrame, run: Run) -> pl.DataFrame:
    return batch.select(
        pl.lit(run.source(kind)).alias("source_id"),
        pl.col("key").alias("external_id"),
        pl.lit(kind.label).alias("kind"),
        _told_or_null(batch, "changed_at", pl.String).alias("modified_at"),
        pl.col("hash").alias("content_hash"),
        pl.lit(run.number).alias("import_run"),
        _told_or_null(batch, "line", pl.Int64).alias("line"),
    )


def _provenance(kind: Kind, batch: pl.DataFrame, run: Run) -> pl.DataFrame:
    return batch.select(
        "key",
        pl.lit(run.number).alias("run_id"),
        pl.lit(kind.label).alias("kind"),
        pl.lit(Landing.NEW.value).alias("landing"),
        _told_or_null(batch, "line", pl.Int64).alias("line"),
        pl.lit(1).alias("version_after"),
        pl.lit(value=False).alias("undone"),
    ).drop("key")


def _created(kind: Kind, batch: pl.DataFrame, run: Run) -> pl.DataFrame:
    name = next((column for column in ("title", "name") if column in batch.columns), "key")
    return batch.select(
        pl.lit(kind.label).alias("kind"),
        pl.lit("created").alias("field"),
        pl.lit("").alias("old_text"),
        pl.col(name).fill_null("").str.slice(0, 500).alias("new_text"),
        pl.lit(run.at).alias("at"),
        pl.lit(run.at).alias("observed_at"),
        pl.lit(kinds.ORIGIN).alias("origin"),
        pl.lit(run.actor.user_id).alias("changed_by_id"),
        pl.lit("").alias("changed_by_name"),
        pl.lit(run.number).alias("import_run"),
    )


def _told_or_null(batch: pl.DataFrame, column: str, kind: type[pl.DataType]) -> pl.Expr:
    return pl.col(column) if column in batch.columns else pl.lit(None, dtype=kind)
