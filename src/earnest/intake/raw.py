"""A file as it was read, before anybody has said what its columns mean: headers, texts, and how it was read."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from earnest.intake.figures import Dirt


@dataclass(frozen=True)
class RawTable:
    """One table of one file (a sheet, for a spreadsheet).

    `rows` holds text only, one column per header in file order (headers made unique as `name`, `name (2)`), blanks as
    null, plus nothing else; `first_line` is the line number in the file of the first row. Row i stands at
    `first_line + i` unless lines between were left out or quoted fields span lines: `line_of` knows both.
    Moments and dates that came typed (XLSX, Parquet) are texts in ISO form, numbers in plain decimal form.
    """

    path: Path
    name: str
    headers: tuple[str, ...]
    rows: pl.DataFrame
    encoding: str
    delimiter: str
    first_line: int = 2
    footer_row_count: int = 0
    dirt: tuple[Dirt, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    spans_lines: bool = False

    @property
    def row_count(self) -> int:
        return self.rows.height

    def line_of(self, row: int) -> int:
        """The line of the file on which a row starts: what to look up in an editor."""
        at = bisect_right(self.gaps, row, key=lambda gap: gap[0])
        inside = self._lines_inside[row - 1] if row and self.spans_lines else 0
        return self.first_line + row + (self.gaps[at - 1][1] if at else 0) + int(inside)

    @cached_property
    def _lines_inside(self) -> pl.Series:
        """How many line ends the fields of each row and all rows above it hold."""
        inside = pl.all().str.count_matches("\n", literal=True).fill_null(0)
        return self.rows.select(pl.sum_horizontal(inside).cum_sum()).to_series()
