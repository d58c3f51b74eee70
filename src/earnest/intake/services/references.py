"""Which of our records a row of another system is: by the reference it left, or by its name where that is unique."""

from dataclasses import dataclass

import polars as pl
from django.db import models

from earnest.intake.services.kinds import STAGES, Kind, all_rows
from earnest.records import bulk
from earnest.records.models import ExternalReference, SourceObject, Stage

_WHY = "an import asks for the whole workspace which rows are known already"
KNOWN = pl.Schema({"key": pl.String, "record_id": pl.Int64, "said": pl.String})
LINKS = pl.Schema({"key": pl.String, "record_id": pl.Int64})


@dataclass(frozen=True)
class Known:
    """What one kind of row left behind: its references, and rows that are one of our records by their name."""

    references: pl.DataFrame
    linked: pl.DataFrame

    @property
    def records(self) -> pl.DataFrame:
        """The key and the record of every row that is known."""
        return pl.concat([self.references.select(*LINKS), self.linked])


def known(kind: Kind, rows: pl.DataFrame, *, system: str) -> Known:
    """Which of the rows are known, by reference first and then by name."""
    references = told(kind, system=system)
    left = rows.join(references, on="key", how="anti")
    return Known(references, _by_name(kind, left, references))


def told(kind: Kind, *, system: str) -> pl.DataFrame:
    """Every reference that this kind of row of this system has left: key, record, and the hash of what it said."""
    query = (
        ExternalReference.objects.unscoped(reason=_WHY)
        .filter(source__system=system, source__object=kind.object)
        .order_by("id")
        .values_list("external_id", "record_id", "content_hash")
    )
    parts = [pl.DataFrame(batch, schema=KNOWN, orient="row") for batch in bulk.fetch(query)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=KNOWN)


def left_by(kind: Kind, numbers: pl.Series, *, run_id: int) -> "models.QuerySet[ExternalReference]":
    """The references that a run has just left for new records with these numbers, which lie close together."""
    rows: models.QuerySet[ExternalReference] = ExternalReference.objects.unscoped(reason=_WHY)
    between = (numbers.min(), numbers.max())
    return rows.filter(kind=kind.label, record_id__range=between, import_run=run_id).order_by("record_id")


def source_object(kind: Kind, *, system: str) -> int:
    """The number of this kind of row in this system, noted when it first comes."""
    rows = SourceObject.objects.unscoped(reason=_WHY)
    row, _ = rows.get_or_create(system=system, object=kind.object, defaults={"kind": kind.label})
    return int(row.pk)


def _by_name(kind: Kind, rows: pl.DataFrame, references: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty() or not (kind.by_name or kind is STAGES):
        return pl.DataFrame(schema=LINKS)
    ours = _ours(kind).join(references, on="record_id", how="anti")
    columns = ["folded", "pipeline_id"] if kind is STAGES else ["folded"]
    ours = ours.filter(pl.struct(columns).is_unique())
    folded = rows.with_columns(pl.col("name").str.to_lowercase().alias("folded"))
    # Two spellings of one name in the file: neither is taken for ours.
    once = folded.filter(pl.struct(columns).is_unique())
    return once.join(ours, on=columns, how="inner", maintain_order="left").select(*LINKS)


def _ours(kind: Kind) -> pl.DataFrame:
    if kind is STAGES:
        stages = Stage.objects.unscoped(reason=_WHY).filter(deleted_at=None)
        found = [row for batch in bulk.fetch(stages.values_list("id", "name", "pipeline_id")) for row in batch]
        schema = {"record_id": pl.Int64, "name": pl.String, "pipeline_id": pl.Int64}
    else:
        rows = all_rows(kind.model, reason=_WHY)
        rows = rows.filter(deleted_at=None) if "deleted_at" in kind.columns else rows
        found = [row for batch in bulk.fetch(rows.values_list("id", "name")) for row in batch]
        schema = {"record_id": pl.Int64, "name": pl.String}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    return frame.with_columns(pl.col("name").str.to_lowercase().alias("folded")).drop("name")
