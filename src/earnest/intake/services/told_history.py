"""The history that a source tells: written once, marked as imported, dated by the source and observed by us now."""

import polars as pl

from earnest.intake.services import kinds, writes
from earnest.intake.services.runs import Run, Step
from earnest.records import bulk
from earnest.records.models import Change, VoidedImport

_WHY = "an import asks for the whole workspace which history is told already"
SIDES = (
    "old_text",
    "new_text",
    "old_position",
    "new_position",
    "old_on",
    "new_on",
    "old_minor",
    "new_minor",
    "changed_by_name",
)
_TEXTS = ("old_text", "new_text", "changed_by_name")


def land(rows: pl.DataFrame, deals: pl.DataFrame, run: Run) -> None:
    """Write the changes that nobody told before.

    Args:
        rows: `key` (the hash of what it says), `deal` (its key) and columns of the history.
        deals: the key and the record of every deal of the import.
        run: the import.
    """
    fresh = unheard(rows).join(deals.rename({"key": "deal"}), on="deal", how="inner", maintain_order="left")
    missing = [
        (pl.lit("") if name in _TEXTS else pl.lit(None)).alias(name) for name in SIDES if name not in fresh.columns
    ]
    at = pl.col("at_text") if "at_text" in fresh.columns else pl.lit(None, dtype=pl.String)
    made = fresh.with_columns(missing).select(
        pl.lit(kinds.DEALS.label).alias("kind"),
        "record_id",
        "field",
        *SIDES,
        at.alias("at"),
        pl.lit(run.at).alias("observed_at"),
        pl.lit(kinds.ORIGIN).alias("origin"),
        pl.lit(run.number).alias("import_run"),
        pl.col("key").alias("source_key"),
    )
    for start in range(0, made.height, run.batch_rows):
        batch = made.slice(start, run.batch_rows)
        with bulk.batch():
            writes.insert(Change, batch)
        run.progress(Step("change", start + batch.height, made.height))


def unheard(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that no import told before, save one that was taken back."""
    taken_back = VoidedImport.objects.unscoped(reason=_WHY).values("import_run")
    told = (
        Change.objects.unscoped(reason=_WHY)
        .filter(source_key__isnull=False)
        .exclude(import_run__in=taken_back)
        .order_by()
        .values_list("source_key")
    )
    schema = {"key": pl.String}
    parts = [pl.DataFrame(batch, schema=schema, orient="row") for batch in bulk.fetch(told)]
    heard = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    return rows.join(heard, on="key", how="anti", maintain_order="left")
