"""Texts as values: blanks, shares, flags and whole numbers."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.intake import values


def column(*texts: str | None) -> pl.Series:
    return pl.Series("column", texts, dtype=pl.String)


def test_words_that_stand_for_no_value_are_blank_and_counted() -> None:
    texts = column(
        "NaT", "None", "NULL", "N/A", "Select", "--None--", "nan", "#N/A", "-", "None", "x", " ", "", None, "NA"
    )
    blanked, counts = values.blank_tokens(texts)
    assert blanked.to_list() == [None] * 10 + ["x", None, None, None, "NA"]
    assert blanked.name == "column"
    assert counts == {
        "None": 2, "NaT": 1, "NULL": 1, "N/A": 1, "Select": 1, "--None--": 1, "nan": 1, "#N/A": 1, "-": 1
    }  # fmt: skip


def test_a_column_without_such_words_stays_as_it_is() -> None:
    blanked, counts = values.blank_tokens(column("Nonesuch", "Selected", None))
    assert (blanked.to_list(), counts) == (["Nonesuch", "Selected", None], {})


class TestShares:
    def test_percent_and_a_probability_of_1000(self) -> None:
        found = values.parse_shares(column("0", "10", "100", "1000", "-1", None, "abc"))
        assert found.shares.to_list() == [0.0, 0.1, 1.0, None, None, None, None]
        assert found.unreadable.to_list() == [False, False, False, True, True, False, True]
        assert (found.percent, found.said) == (True, "Its values are read as percent.")

    def test_shares_of_one(self) -> None:
        found = values.parse_shares(column("0.0", "0.2", "1", None))
        assert (found.shares.to_list(), found.percent) == ([0.0, 0.2, 1.0, None], False)

    def test_a_percent_sign_decides(self) -> None:
        assert values.parse_shares(column("0.5 %", "1%")).shares.to_list() == [0.005, 0.01]

    def test_a_lone_value_above_one_does_not_turn_a_column_of_shares(self) -> None:
        found = values.parse_shares(column("0.2", "0.4", "0.6", "1.5"))
        assert found.shares.to_list() == [0.2, 0.4, 0.6, None]
        assert found.said == "Most values lie below 1, so all are read as shares of one."

    def test_nothing_but_0_and_1_are_shares_of_one(self) -> None:
        assert values.parse_shares(column("0", "1")).percent is False

    @settings(deadline=None, max_examples=50)
    @given(st.integers(0, 1000))
    def test_percents_come_back_as_the_nearest_float(self, permille: int) -> None:
        found = values.parse_shares(column(f"{permille / 10}", "50"))
        assert found.shares.to_list() == [permille / 1000, 0.5]


def test_flags_in_several_languages() -> None:
    found = values.parse_flags(column("TRUE", "nein", "1", "0", " Yes ", "wahr", "f", "maybe", None))
    assert found.flags.to_list() == [True, False, True, False, True, True, False, None, None]
    assert found.unreadable.to_list() == [False] * 7 + [True, False]


def test_whole_numbers() -> None:
    found = values.parse_integers(column("12", "12.0", "1,234", "-3", "1 000", "1.5", "x", "€ 5", None))
    assert found.integers.to_list() == [12, 12, 1234, -3, 1000, None, None, None, None]
    assert found.unreadable.to_list() == [False] * 5 + [True, True, True, False]


@settings(deadline=None, max_examples=50)
@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_come_back(number: int) -> None:
    assert values.parse_integers(column(str(number))).integers.to_list() == [number]
    assert values.parse_integers(column(f"{number:,}", "1,000,000")).integers.to_list() == [number, 1_000_000]


@pytest.mark.parametrize("texts", [[], [None, None]])
def test_nothing_gives_nothing(texts: list[None]) -> None:
    empty = column(*texts)
    assert values.blank_tokens(empty)[0].to_list() == texts
    assert values.parse_shares(empty).shares.to_list() == texts
    assert values.parse_flags(empty).flags.to_list() == texts
    assert values.parse_integers(empty).integers.to_list() == texts
    assert values.parse_days(empty).days.to_list() == texts
    assert values.parse_moments(empty).seconds.to_list() == texts
    assert values.parse_amounts(empty, "EUR").minor.to_list() == texts
    assert values.sniff_dates(empty).kind == ""
    assert values.sniff_numbers(empty).ambiguous is False
