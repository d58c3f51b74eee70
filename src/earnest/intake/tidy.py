"""The last touch to rows of text: cells with nothing but spaces become blank, and rows with nothing but blanks go."""

from typing import NamedTuple

import polars as pl


class Tidied(NamedTuple):
    """The rows, and the places of the blank rows that were taken out."""

    rows: pl.DataFrame
    blank_rows: tuple[int, ...]


def with_blanks(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with empty cells and cells of nothing but spaces blank; a column of nothing but blanks takes no memory.

    Such cells are rare, so they are only looked for in the columns where they could be.
    """
    # A text that sorts before the exclamation mark is empty or starts with a space or a control character.
    suspect = rows.select((pl.all() < "!").any() | pl.all().str.starts_with("\u00a0").any()).row(0)
    names = [name for name, found in zip(rows.columns, suspect, strict=True) if found]
    filled = (pl.when(pl.col(name).str.strip_chars().str.len_bytes() > 0).then(pl.col(name)) for name in names)
    cleaned = rows.with_columns(filled)
    # Exports of every field have hundreds of columns that nobody fills: 16 bytes a cell as texts, none as one blank.
    blank = [name for name in cleaned.columns if cleaned[name].null_count() == cleaned.height]
    return cleaned.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in blank)


def without_blank_rows(rows: pl.DataFrame) -> Tidied:
    """The rows that hold anything; looked for only where the first and the last cell are blank."""
    if not rows.width or not (rows[:, 0].is_null() & rows[:, -1].is_null()).any():
        return Tidied(rows, ())
    blank = rows.select(pl.all_horizontal(pl.all().is_null())).to_series()
    places = tuple(blank.arg_true().to_list())
    return Tidied(rows.filter(~blank) if places else rows, places)
