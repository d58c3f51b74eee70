"""Rows that are known and say something new: written batch by batch, with history, provenance and what stood before."""

import json

import polars as pl

from earnest.errors import EarnestError
from earnest.intake.models import ImportedRow, Landing
from earnest.intake.services import kinds, merges, writes
from earnest.intake.services.kinds import Kind
from earnest.intake.services.merges import PRODUCT, Merge
from earnest.intake.services.runs import Run, Step
from earnest.records import bulk
from earnest.records.models import Change, DealLine, ExternalReference

# What an import keeps of a row that it changes, beside the columns: the hash of what the source had said before.
SAID = "said"

Conflict = dict[str, object]


class Overtaken(EarnestError):
    """Another writer changed a row in the middle of the import's own transaction."""

    code = "overtaken"


def land(kind: Kind, rows: pl.DataFrame, told: pl.DataFrame, run: Run) -> list[Conflict]:
    """Write what differs in the rows that are known; returns the rows on which a person's edit stands against them.

    Args:
        kind: what the rows are.
        rows: the rows of the import, with the foreign keys of the record.
        told: the references that the source left before: `key`, `record_id`, `said`.
        run: the import.
    """
    differing = rows.join(told, on="key", how="inner", maintain_order="left").filter(pl.col("hash") != pl.col("said"))
    conflicts: list[Conflict] = []
    for start in range(0, differing.height, run.batch_rows):
        batch = differing.slice(start, run.batch_rows)
        with bulk.batch():
            merge = merges.compare(kind, batch, lock=True)
            _write(kind, merge, run)
        conflicts += merge.conflicts
        run.progress(Step(f"{kind.object} changes", start + batch.height, differing.height))
    return conflicts


def _write(kind: Kind, merge: Merge, run: Run) -> None:
    disputed = [conflict["key"] for conflict in merge.conflicts]
    heard = pl.concat([merge.rows.select("key", "hash", "line"), merge.same.select("key", "hash", "line")])
    _rewrite_references(kind, heard.filter(~pl.col("key").is_in(disputed)), run)
    if merge.rows.is_empty():
        return
    columns = [name for name in merge.columns if name != PRODUCT]
    cells = merge.rows.select(*columns, pl.lit(run.at).alias("written_at"), "record_id", "version_now").rows()
    if bulk.update(kind.model, [*columns, "written_at"], cells) != merge.rows.height:
        raise Overtaken(
            "Another writer changed a row while it was being imported.",
            why="The import's batch was not alone with its rows.",
            fix="Run the import again; it goes on where it stopped.",
        )
    told = merges.changes(kind, merge)
    if told.height:
        writes.insert(Change, _history(told, run))
    writes.insert(ImportedRow, _provenance(kind, merge, run))
    _rewrite_lines(merge)


def _rewrite_references(kind: Kind, rows: pl.DataFrame, run: Run) -> None:
    source = run.source(kind)
    cells = [(said, run.number, line, source, key) for key, said, line in rows.iter_rows()]
    bulk.rewrite(ExternalReference, ["content_hash", "import_run", "line"], ["source_id", "external_id"], cells)


def _rewrite_lines(merge: Merge) -> None:
    if PRODUCT not in merge.columns:
        return
    moved = merge.rows.filter(pl.col(PRODUCT).ne_missing(pl.col(f"{PRODUCT}_now")))
    numbers = moved["record_id"].to_list()
    DealLine.objects.unscoped(reason="the lines of the deals of this batch").filter(
        deal_id__in=numbers, position=1
    ).delete()
    writes.write_lines(moved)


def _history(told: pl.DataFrame, run: Run) -> pl.DataFrame:
    return told.with_columns(
        pl.lit(run.at).alias("at"),
        pl.lit(run.at).alias("observed_at"),
        pl.lit(kinds.ORIGIN).alias("origin"),
        pl.lit(run.actor.user_id).alias("changed_by_id"),
        pl.lit("").alias("changed_by_name"),
        pl.lit(run.number).alias("import_run"),
    )


def _provenance(kind: Kind, merge: Merge, run: Run) -> pl.DataFrame:
    return merge.rows.select(
        pl.lit(run.number).alias("run_id"),
        pl.lit(kind.label).alias("kind"),
        "record_id",
        pl.lit(Landing.CHANGED.value).alias("landing"),
        "line",
        (pl.col("version_now") + 1).alias("version_after"),
        pl.lit(value=False).alias("undone"),
    ).with_columns(pl.Series("before", [_before(row, merge) for row in merge.rows.iter_rows(named=True)], pl.String))


def _before(row: dict[str, object], merge: Merge) -> str:
    before = {name: row[f"{name}_now"] for name in merge.columns if row[name] != row[f"{name}_now"]}
    return json.dumps({SAID: row["said"], "columns": before}, sort_keys=True)
