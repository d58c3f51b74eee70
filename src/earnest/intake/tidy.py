"""The last touch to rows of text: cells with nothing but spaces become blank, and rows with nothing but blanks go."""

from typing import NamedTuple

import polars as pl


class Tidied(NamedTuple):
    """The rows, and the places of the blank rows that were taken out."""

    rows: pl.DataFrame
    blank_rows: tuple[int, ...]


def tidied(rows: pl.DataFrame) -> Tidied:
    """The rows without blank cells and blank rows.

    Both are rare, so they are only looked for in the columns and rows where they could be.
    """
    if not rows.width or not rows.height:
        return Tidied(rows, ())
    # A text that sorts before the exclamation mark starts with a space or a control character.
    suspect = rows.select((pl.all() < "!").any() | pl.all().str.starts_with("\u00a0").any()).row(0)
    names = [name for name, found in zip(rows.columns, suspect, strict=True) if found]
    cleaned = rows.with_columns(
        pl.when(pl.col(name).str.strip_chars().str.len_bytes() > 0).then(pl.col(name)) for name in names
    )
    outer = cleaned.select(pl.first().is_null() & pl.last().is_null()).to_series()
    if not outer.any():
        return Tidied(cleaned, ())
    blank = cleaned.select(pl.all_horizontal(pl.all().is_null())).to_series()
    places = tuple(blank.arg_true().to_list())
    return Tidied(cleaned.filter(~blank) if places else cleaned, places)
