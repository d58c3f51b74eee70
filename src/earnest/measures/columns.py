"""Columns of a book's table in memory, as numbers; texts become numbers with their names beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np

from earnest.measures.arrays import Floats, Whole
from earnest.rulebook import engine
from earnest.rulebook.book import BookTable

ENDS = ("open", "won", "lost", "no_decision", "declined")
OPEN, WON, LOST, NO_DECISION, DECLINED = range(5)

Series: TypeAlias = nw.Series[Any]  # typed by the native series, which no caller here needs

UNKNOWN = -1
BLANK_DAY = -(2**30)
_NAN = float("nan")


@dataclass(frozen=True)
class Columns:
    """Columns of one table, all in the order of its rows.

    Blank days are `BLANK_DAY`, blank numbers NaN, blank texts -1; a column that the table lacks is blank throughout.
    `codes[name]` counts into `names[name]`, which is in alphabetical order. `outcome` counts into `ENDS`.
    """

    height: int
    days: Mapping[str, Whole]
    numbers: Mapping[str, Floats]
    codes: Mapping[str, Whole]
    names: Mapping[str, tuple[str, ...]]
    outcome: Whole


def read(
    table: BookTable, *, days: Sequence[str] = (), numbers: Sequence[str] = (), texts: Sequence[str] = ()
) -> Columns:
    """Columns of a table in memory, with the outcome where the table has one."""
    chosen = {name: nw.col(name) for name in (table.declared.key, *texts) if name in table.present}
    chosen |= {name: nw.col(name).cast(nw.Int32).fill_null(BLANK_DAY) for name in days if name in table.present}
    chosen |= {name: nw.col(name).cast(nw.Float64).fill_null(_NAN) for name in numbers if name in table.present}
    if "outcome" in table.present:
        chosen["_outcome"] = _outcome_code()
    found = engine.collect(table.rows.select(**chosen))
    height = len(found)

    def whole(name: str, blank: int) -> Whole:
        values: Whole = found[name].to_numpy() if name in chosen else np.full(height, blank, np.int32)
        return values

    def number(name: str) -> Floats:
        values: Floats = found[name].to_numpy() if name in chosen else np.full(height, np.nan)
        return values

    coded = {name: _coded(found[name]) if name in chosen else (whole(name, UNKNOWN), ()) for name in texts}
    return Columns(
        height,
        {name: whole(name, BLANK_DAY) for name in days},
        {name: number(name) for name in numbers},
        {name: codes for name, (codes, _) in coded.items()},
        {name: names for name, (_, names) in coded.items()},
        whole("_outcome", UNKNOWN),
    )


def _coded(texts: Series) -> tuple[Whole, tuple[str, ...]]:
    distinct = texts.unique().sort()
    names = distinct.drop_nulls().to_list()
    if len(distinct) == 1:
        return np.full(len(texts), len(names) - 1, np.int32), tuple(names)
    codes = texts.replace_strict([None, *names], range(UNKNOWN, len(names)), return_dtype=nw.Int32)
    return codes.to_numpy(), tuple(names)


def _outcome_code() -> nw.Expr:
    code = nw.lit(UNKNOWN)
    for number, name in enumerate(ENDS):
        code = nw.when(nw.col("outcome") == name).then(nw.lit(number)).otherwise(code)
    return code.cast(nw.Int8)
