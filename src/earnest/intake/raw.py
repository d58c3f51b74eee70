"""A file as it was read, before anybody has said what its columns mean: headers, texts, and how it was read."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from earnest.intake.figures import Dirt


@dataclass(frozen=True)
class RawTable:
    """One table of one file (a sheet, for a spreadsheet).

    `rows` holds text only, one column per header in file order (headers made unique as `name`, `name (2)`), blanks as null,
    plus nothing else; `first_line` is the line number in the file of the first row, so that row i stands at `first_line + i`
    where no quoted field spans lines.
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

    @property
    def row_count(self) -> int:
        return self.rows.height
