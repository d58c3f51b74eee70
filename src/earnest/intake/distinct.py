"""A column by its different texts: reading a thousand dates and spreading them is quicker than reading a million."""

from collections.abc import Mapping

import polars as pl

_LOOKED_AT = 20_000
_WORTH_IT = 0.5  # with more different texts than this, finding them takes longer than it saves


class Distinct:
    """The different texts of a column, and the way back to its rows."""

    def __init__(self, column: pl.Series) -> None:
        self.column = column
        self.is_small = self._is_repetitive(column)
        self.texts = column.unique(maintain_order=True) if self.is_small else column
        self._places: pl.Series | None = None

    def spread(self, values: pl.Series) -> pl.Series:
        """One value per row of the column, from one per different text."""
        if not self.is_small:
            return values
        if values is self.texts or (values.dtype == pl.String and values.equals(self.texts, null_equal=True)):
            return self.column
        if self.texts.null_count():
            blank = self.texts.is_null()
            placed = pl.DataFrame({"place": self._rows_places(), "blank": self.column.is_null()})
            place = pl.when("blank").then(blank.arg_max()).otherwise("place")
            return values.gather(placed.select(place).to_series())
        return values.gather(self._rows_places())

    def counted(self, unset: Mapping[str, int]) -> Mapping[str, int]:
        """How often each of these texts stands in the column."""
        if not self.is_small or not unset:
            return unset
        stripped = self.column.filter(self.column.str.strip_chars().is_in(list(unset)))
        return dict(stripped.str.strip_chars().value_counts(sort=True, name="times").iter_rows())

    @property
    def filled_count(self) -> int:
        """How many rows have a text."""
        return len(self.column) - self.column.null_count()

    def _rows_places(self) -> pl.Series:
        """For each row the place of its text among the different ones that are not blank; blank for blank rows."""
        if self._places is None:
            kinds = pl.Enum(self.texts.drop_nulls())
            codes = self.column.cast(kinds).to_physical()
            filled = pl.int_range(len(self.texts), eager=True).filter(self.texts.is_not_null())
            self._places = filled.gather(codes)
        return self._places

    @staticmethod
    def _is_repetitive(column: pl.Series) -> bool:
        if len(column) <= _LOOKED_AT:
            return True
        sample = column.gather_every(len(column) // _LOOKED_AT)
        return sample.n_unique() <= _WORTH_IT * len(sample)
