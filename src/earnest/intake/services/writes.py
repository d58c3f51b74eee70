"""Rows that are new: the record, its reference, its provenance and the first line of its history, batch by batch.

A batch is one transaction, short enough that people can write between two of them, and the place where an import that
was killed goes on.
"""

from collections.abc import Mapping

import narwhals.stable.v2 as nw
import polars as pl
from django.db import models

from earnest.intake.models import ImportedRow, Landing
from earnest.intake.services import kinds, references
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


def insert(model: type[models.Model], rows: pl.DataFrame, fixed: Mapping[str, bulk.Fixed] = bulk.NOTHING) -> None:
    """Add the rows of a frame whose columns are the table's, and `fixed` what is the same in all of them."""
    bulk.insert(model, nw.from_native(rows, eager_only=True), fixed)


def _write(kind: Kind, batch: pl.DataFrame, run: Run) -> pl.DataFrame:
    # All that does not need the new numbers is made before the transaction, which holds the lock.
    records = kinds.told(kind, batch)
    fixed = kinds.untold(kind, records.columns, at=run.at)
    source, created = run.source(kind), _created(batch) if kind.has_history else None
    with bulk.batch():
        numbers = pl.Series("record_id", bulk.numbers(kind.model, batch.height), dtype=pl.Int64)
        insert(kind.model, records.insert_column(0, numbers.alias("id")), fixed)
        written = batch.with_columns(numbers)
        _refer(kind, written, source, run)
        _prove(kind, numbers, run)
        if created is not None:
            insert(Change, created.insert_column(0, numbers), _first(kind, run))
        if kind is kinds.DEALS:
            write_lines(written)
    return written.select("key", "record_id")


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
    source = run.source(kind)
    with bulk.batch():
        _refer(kind, linked, source, run)


def _refer(kind: Kind, rows: pl.DataFrame, source: int, run: Run) -> None:
    """Write the references in the order of their keys, so that their index is gone through once."""
    told = {"changed_at": "modified_at", "line": "line"}
    here = [pl.col(name).alias(column) for name, column in told.items() if name in rows.columns]
    names = {"key": "external_id", "hash": "content_hash"}
    made = rows.select("record_id", *names, *here).rename(names)
    fixed: dict[str, bulk.Fixed] = {"source_id": source, "kind": kind.label, "import_run": run.number}
    insert(ExternalReference, made.sort("external_id"), fixed)


def _prove(kind: Kind, numbers: pl.Series, run: Run) -> None:
    """Write where each new record came from: the numbers and lines that its reference holds already."""
    left = references.left_by(kind, numbers, run_id=run.number)
    fixed: dict[str, bulk.Fixed] = {
        "kind": kind.label,
        "run_id": run.number,
        "landing": Landing.NEW.value,
        "version_after": 1,
        "undone": False,
    }
    columns = {"record_id": "record_id", "line": "line"}
    bulk.derive(ImportedRow, columns, fixed, left)


def _created(batch: pl.DataFrame) -> pl.DataFrame:
    name = next((column for column in ("title", "name") if column in batch.columns), "key")
    return batch.select(pl.col(name).fill_null("").str.slice(0, 500).alias("new_text"))


def _first(kind: Kind, run: Run) -> dict[str, bulk.Fixed]:
    return {
        "kind": kind.label,
        "field": "created",
        "old_text": "",
        "at": run.at,
        "observed_at": run.at,
        "origin": kinds.ORIGIN,
        "changed_by_id": run.actor.user_id,
        "changed_by_name": "",
        "import_run": run.number,
    }
