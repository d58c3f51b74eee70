"""What a person looks at before an import is written, as plain values: columns beside one row, stages, dirt, counts."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import narwhals.stable.v2 as nw
import polars as pl

from earnest.intake import mapping as mappings
from earnest.intake.book import Intake
from earnest.intake.explained import in_words
from earnest.intake.mapping import FileMapping, Mapping
from earnest.intake.raw import RawTable
from earnest.intake.typed import Typed, typed
from earnest.intake.vocabulary import Role
from earnest.rulebook import engine

# Enough rows to find one that says much, enough headers for any export that a person would look through.
_ROWS = 200
MOST_HEADERS = 600
_CELL = 90
_SAMPLES = 3
_MOST_NAMES = 60

# What stands on the page; JSON of many shapes.
Shown = dict[str, Any]


def of_files(tables: Sequence[RawTable], chosen: Mapping) -> list[Shown]:
    """Each file with the meaning of its headers, beside one of its rows as it stands there and as it is read."""
    return [_file(table, used) for table, used in zip(tables, chosen.files, strict=True)]


def of_intake(intake: Intake) -> Shown:
    """What reading the files found: stages and reasons to be told, spellings, proposals, dirt, where each row went."""
    deals = nw.to_native(engine.collect(intake.whole.table("deals").rows))
    return {
        "stages": _stages(deals, intake.mapping),
        "reasons": _reasons(deals, intake.mapping),
        "spellings": [
            {"column": column, "name": name, "meant": meant, "applied": applied}
            for pairs, applied in ((intake.repaired, True), (intake.likely, False))
            for column, found in pairs.items()
            for name, meant in list(found.items())[:_MOST_NAMES]
        ],
        "proposals": [msgspec.to_builtins(each) for each in intake.proposals],
        "dirt": [msgspec.to_builtins(each) for each in intake.dirt],
        "reconciled": msgspec.to_builtins(intake.reconciled),
        "mapping": msgspec.to_builtins(intake.mapping),
    }


def _file(table: RawTable, used: FileMapping) -> Shown:
    head = replace(table, rows=table.rows.head(_ROWS), dirt=())
    read = None if used.role == Role.UNUSED else typed(head, used)
    place = _telling_row(head, used)
    sure = mappings.certainties(table, used)
    return {
        "name": table.name,
        "fingerprint": used.fingerprint,
        "role": used.role,
        "system": used.system,
        "date_order": used.date_order,
        "decimal_mark": used.decimal_mark,
        "rows": table.row_count,
        "columns": len(table.headers),
        "line": table.line_of(place),
        "doubts": [f"{each.column.replace('_', ' ')}: {each.said}" for each in read.doubts] if read else [],
        "headers": [_header(head, read, used, sure[name], name, place) for name in table.headers[:MOST_HEADERS]],
    }


def _header(head: RawTable, read: Typed | None, used: FileMapping, sure: str, name: str, place: int) -> Shown:
    column = used.columns.get(name, "")
    texts = head.rows[name]
    seen = [_short(str(text)) for text in texts.drop_nulls().unique(maintain_order=True).head(_SAMPLES + 1)]
    text = "" if texts[place] is None else _short(str(texts[place]))
    return {
        "header": name,
        "column": column,
        "certainty": sure,
        "text": text,
        "read": "" if read is None else _short(in_words(read, column, place)),
        "samples": [sample for sample in seen if sample != text][:_SAMPLES],
    }


def _telling_row(head: RawTable, used: FileMapping) -> int:
    """The first of the rows that fill most of the columns that mean something."""
    names = [name for name in head.headers if used.columns.get(name)] or list(head.headers)
    filled = head.rows.select(pl.sum_horizontal(pl.col(name).is_not_null() for name in names).alias("filled"))
    return filled["filled"].arg_max() or 0


def _stages(deals: pl.DataFrame, chosen: Mapping) -> list[Shown]:
    if not {"stage", "outcome"} <= set(deals.columns):
        return []
    counted = deals.filter(pl.col("stage").is_not_null()).group_by("stage", "outcome").len()
    found: dict[str, dict[str, int]] = {}
    for stage, outcome, count in counted.sort("stage", "outcome").iter_rows():
        found.setdefault(stage, {})[outcome or ""] = count
    given = chosen.stages
    return [
        {"name": stage, "counts": counts, "given": given[stage].outcome if stage in given else ""}
        for stage, counts in list(found.items())[:_MOST_NAMES]
    ]


def _reasons(deals: pl.DataFrame, chosen: Mapping) -> list[Shown]:
    if not {"lost_reason", "outcome"} <= set(deals.columns):
        return []
    ended = deals.filter(pl.col("lost_reason").is_not_null() & pl.col("outcome").is_in(["lost", "no_decision"]))
    counted = ended.group_by("lost_reason").agg(pl.len(), pl.col("outcome").mode().min())
    ordered = counted.sort(["len", "lost_reason"], descending=[True, False]).head(_MOST_NAMES)
    given: AnyMapping[str, str] = chosen.lost_reasons
    return [
        {"name": reason, "count": count, "outcome": outcome, "given": given.get(reason, "")}
        for reason, count, outcome in ordered.iter_rows()
    ]


def _short(text: str) -> str:
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"
