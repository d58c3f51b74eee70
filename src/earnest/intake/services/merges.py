"""Rows that are known and say something else now: what differs is written, unless a person edited it here since.

What a person wrote wins over an older source and is reported as a conflict; fields nobody touched follow the source.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl
from django.db import models

from earnest.intake.services import human_edits, kinds
from earnest.intake.services.kinds import Kind
from earnest.records import bulk
from earnest.records.models import Activity, Deal, DealLine
from earnest.records.services import history

_WHY = "an import compares the rows of the whole workspace with what the source says"

# What may stand in a landed row and is no column of the record.
NOT_COMPARED = frozenset({"record_id", "changed_at"})
PRODUCT = "product_id"


@dataclass(frozen=True)
class Merge:
    """What becomes of rows that are known and say something new.

    `rows` are to be written: `record_id`, `version`, and every column as it will stand, with `<column>_now` as it
    stands. `same` say nothing new after all. `conflicts` have `key`, `line`, `reason` and `content`.
    """

    rows: pl.DataFrame
    columns: tuple[str, ...]
    same: pl.DataFrame
    conflicts: list[dict[str, object]]


def compare(kind: Kind, rows: pl.DataFrame, *, lock: bool) -> Merge:
    """Hold rows against the records they stand for.

    Args:
        kind: what the rows are.
        rows: `record_id`, `key`, `hash`, `line`, and columns of the record with its foreign keys.
        lock: keep other writers off the records until the transaction ends.
    """
    columns = [name for name in rows.columns if name in kind.columns and name not in NOT_COMPARED]
    joined = rows.join(_now(kind, rows["record_id"].to_list(), columns, lock=lock), on="record_id", how="inner")
    if PRODUCT in rows.columns:
        columns.append(PRODUCT)
        joined = joined.join(_products_now(rows["record_id"].to_list()), on="record_id", how="left")
    moved = ["changed_at"] if "changed_at" in rows.columns else []
    joined = _never_older(joined) if moved else joined
    differs = pl.any_horizontal(_differs(name) for name in [*columns, *moved])
    marked = joined.with_columns(differs.alias("differs"))
    known = human_edits.of(kind, marked.filter("differs")["record_id"].to_list())
    gone = pl.col("deleted_at_now").is_not_null()
    touched = pl.col("record_id").is_in(list(known))
    plain = marked.filter(pl.col("differs") & ~gone & ~touched)
    settled, conflicts = _settled(marked.filter(pl.col("differs") & ~gone & touched), columns, known)
    conflicts += [_in_bin(row) for row in marked.filter(pl.col("differs") & gone).iter_rows(named=True)]
    again = settled.filter(pl.any_horizontal(_differs(name) for name in [*columns, *moved]))
    written = pl.concat([plain, again.select(plain.columns)]) if again.height else plain
    return Merge(written, (*columns, *moved), marked.filter(~pl.col("differs")), conflicts)


def changes(kind: Kind, merge: Merge) -> pl.DataFrame:
    """The history of what a merge writes: one row per field that differs.

    Shape: one row per changed field; `record_id`, `field`, and its two sides in words and in typed columns.
    """
    parts = [_changes_of(merge.rows, name) for name in merge.columns if name != "changed_at"]
    found = [part for part in parts if part is not None]
    return pl.concat(found).with_columns(pl.lit(kind.label).alias("kind")) if found else pl.DataFrame()


def _never_older(joined: pl.DataFrame) -> pl.DataFrame:
    """A source that was last changed before the record was does not make the record older."""
    latest = pl.max_horizontal("changed_at", "changed_at_now")
    return joined.with_columns(pl.col("changed_at").alias("told_at"), latest.alias("changed_at"))


def _differs(name: str) -> pl.Expr:
    return pl.col(name).ne_missing(pl.col(f"{name}_now"))


def _now(kind: Kind, numbers: Sequence[int], columns: Sequence[str], *, lock: bool) -> pl.DataFrame:
    """The records as they stand, in the form in which a row lands: dates and moments as text."""
    model = Deal if kind is kinds.DEALS else Activity
    wanted = list(dict.fromkeys(["version", "deleted_at", *columns, *(["changed_at"] if model is Deal else [])]))
    query = model.objects.unscoped(reason=_WHY).filter(pk__in=list(numbers))
    if lock:
        query = query.select_for_update()
    found = query.order_by("pk").values_list("pk", *wanted)
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    frame = pl.DataFrame(
        list(found), schema={"record_id": pl.Int64, **{name: _type(fields[name]) for name in wanted}}, orient="row"
    )
    texts = [
        pl.col(name).dt.to_string("%Y-%m-%d" if frame.schema[name] == pl.Date else "%Y-%m-%d %H:%M:%S")
        for name in wanted
        if frame.schema[name].is_temporal()
    ]
    return frame.with_columns(texts).rename({name: f"{name}_now" for name in wanted})


def _type(field: "models.Field[object, object]") -> pl.DataType:
    if isinstance(field, models.DateTimeField):
        return pl.Datetime("us", "UTC")
    if isinstance(field, models.ForeignKey):
        return _type(field.target_field)
    types: dict[type, pl.DataType] = {
        models.DateField: pl.Date(),
        models.IntegerField: pl.Int64(),
        models.FloatField: pl.Float64(),
        models.BooleanField: pl.Boolean(),
    }
    return next((found for base, found in types.items() if isinstance(field, base)), pl.String())


def _products_now(numbers: Sequence[int]) -> pl.DataFrame:
    lines = DealLine.objects.unscoped(reason=_WHY).filter(deal_id__in=list(numbers), position=1).order_by("pk")
    schema = {"record_id": pl.Int64, f"{PRODUCT}_now": pl.Int64}
    rows = [row for batch in bulk.fetch(lines.values_list("deal_id", PRODUCT)) for row in batch]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _settled(
    rows: pl.DataFrame, columns: Sequence[str], known: human_edits.Edits
) -> tuple[pl.DataFrame, list[dict[str, object]]]:
    """The rows with every field that a person keeps as it stands, and the fields on which both sides disagree."""
    settled, conflicts = [], []
    for row in rows.iter_rows(named=True):
        kept, disputed = human_edits.judged(row, columns, known[row["record_id"]])
        settled.append({**row, **{name: row[f"{name}_now"] for name in kept}})
        if disputed:
            conflicts.append(_conflict(row, disputed))
    return pl.DataFrame(settled, schema=rows.schema), conflicts


def _conflict(row: dict[str, object], disputed: Sequence[str]) -> dict[str, object]:
    both = {
        history.FIELD_NAMES.get(name, name): {
            "here": history.words(name, row[f"{name}_now"]),
            "file": history.words(name, row[name]),
        }
        for name in disputed
    }
    told = "; ".join(
        f"{name} is «{sides['here']}» here and «{sides['file']}» in the file" for name, sides in both.items()
    )
    return {"key": row["key"], "line": row["line"], "reason": f"Edited here since: {told}.", "content": both}


def _in_bin(row: dict[str, object]) -> dict[str, object]:
    reason = "It lies in the recycle bin here, and the file says something new about it."
    return {"key": row["key"], "line": row["line"], "reason": reason, "content": {}}


def _changes_of(rows: pl.DataFrame, name: str) -> pl.DataFrame | None:
    moved = rows.filter(_differs(name))
    if moved.is_empty():
        return None
    sides = pl.DataFrame({"old_text": _words(name, moved[f"{name}_now"]), "new_text": _words(name, moved[name])})
    typed = moved.select(
        "record_id",
        pl.lit(history.FIELD_NAMES.get(name, name)).alias("field"),
        *_typed(name, "_on", "on", pl.String),
        *_typed(name, "_minor", "minor", pl.Int64),
        *_positions(name, moved),
    )
    return typed.hstack(sides)


def _typed(name: str, ending: str, side: str, kind: type[pl.DataType]) -> list[pl.Expr]:
    if not name.endswith(ending):
        return [pl.lit(None, dtype=kind).alias(f"old_{side}"), pl.lit(None, dtype=kind).alias(f"new_{side}")]
    return [pl.col(f"{name}_now").alias(f"old_{side}"), pl.col(name).alias(f"new_{side}")]


def _positions(name: str, moved: pl.DataFrame) -> list[pl.Expr | pl.Series]:
    if name != "stage_id":
        return [pl.lit(None, dtype=pl.Int64).alias("old_position"), pl.lit(None, dtype=pl.Int64).alias("new_position")]
    return [
        _looked_up(moved[column], history.position).cast(pl.Int64).alias(side)
        for column, side in (("stage_id_now", "old_position"), ("stage_id", "new_position"))
    ]


def _words(name: str, values: pl.Series) -> pl.Series:
    if name.endswith("_id") and values.dtype.is_integer():
        return _looked_up(values, lambda value: history.words(name, value)).cast(pl.String).fill_null("")
    if values.dtype == pl.Boolean:
        return values.replace_strict({True: "yes", False: "no"}, default="", return_dtype=pl.String)
    return values.cast(pl.String).fill_null("")


def _looked_up(values: pl.Series, look: Callable[[int], object]) -> pl.Series:
    """Each value through a question that is asked once per different value."""
    answers = {value: look(value) for value in values.drop_nulls().unique().sort().to_list()}
    return values.replace_strict(answers, default=None) if answers else pl.Series([None]).new_from_index(0, len(values))
