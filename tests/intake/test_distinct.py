"""A column by its different texts."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.intake.distinct import Distinct

_texts = st.lists(st.none() | st.sampled_from(["a", "b", " b", "c", ""]), max_size=40)


@given(texts=_texts)
def test_spreading_gives_each_row_the_value_of_its_text(texts: list[str | None]) -> None:
    column = pl.Series("x", texts, dtype=pl.String)
    distinct = Distinct(column)
    upper = distinct.texts.str.to_uppercase() + "!"
    assert distinct.spread(upper).to_list() == [None if text is None else text.upper() + "!" for text in texts]


@given(texts=_texts)
def test_spreading_what_did_not_change_gives_the_column(texts: list[str | None]) -> None:
    column = pl.Series("x", texts, dtype=pl.String)
    distinct = Distinct(column)
    assert distinct.spread(distinct.texts).to_list() == texts


def test_a_column_of_many_different_texts_is_taken_as_it_is() -> None:
    column = pl.Series([f"text {number}" for number in range(30_000)])
    distinct = Distinct(column)
    assert not distinct.is_small
    assert distinct.spread(distinct.texts.str.len_chars())[29_999] == len("text 29999")


def test_a_long_column_of_few_texts_is_taken_by_them() -> None:
    column = pl.Series([str(number % 7) for number in range(30_000)])
    distinct = Distinct(column)
    assert distinct.is_small
    assert sorted(distinct.texts) == ["0", "1", "2", "3", "4", "5", "6"]
    assert distinct.spread(distinct.texts.cast(pl.Int64)).sum() == sum(number % 7 for number in range(30_000))


@pytest.mark.parametrize("size", [6, 30_000])
def test_blank_rows_can_be_given_a_value(size: int) -> None:
    column = pl.Series(["a", None, "b"] * (size // 3))
    distinct = Distinct(column)
    assert distinct.spread(distinct.texts.is_null()).sum() == size // 3


def test_words_are_counted_as_they_stand_in_the_column() -> None:
    distinct = Distinct(pl.Series(["Select", "Select ", "x", "Select", None]))
    assert distinct.counted({"Select": 1}) == {"Select": 3}
    assert distinct.filled_count == 4
