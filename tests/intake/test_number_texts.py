"""Money and numbers from texts: exact, by the whole column, and never a silent guess."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.intake import number_texts
from earnest.intake.number_texts import Amounts


def column(*texts: str | None) -> pl.Series:
    return pl.Series("amount", texts, dtype=pl.String)


def amounts(*texts: str | None, currency: str = "EUR") -> Amounts:
    return number_texts.parse_amounts(column(*texts), currency)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("$45,000.00", 4_500_000, None),
        ("45.000,00 €", 4_500_000, "EUR"),
        ("1 234,56", 123_456, None),
        ("1\u00a0234,56", 123_456, None),
        ("1\u202f234,56", 123_456, None),
        ("45k", 4_500_000, None),
        ("1.2m", 120_000_000, None),
        ("1,2 Mio. €", 120_000_000, "EUR"),
        ("5 Tsd. EUR", 500_000, "EUR"),
        ("3bn", 300_000_000_000, None),
        ("(1,234.00)", -123_400, None),
        ("1'234.50", 123_450, None),
        ("1’234.50", 123_450, None),
        ("USD 1,000.00", 100_000, "USD"),
        ("1,000.00 usd", 100_000, "USD"),
        ("US$ 12", 1_200, "USD"),
        ("R$5", 500, "BRL"),
        ("£7", 700, "GBP"),
        ("500 kr", 50_000, None),
        ("10 MXN", 1_000, "MXN"),
        ("5 MUSD", 500_000_000, "USD"),
        ("-7.25", -725, None),
        ("−7.25", -725, None),
        ("7.25-", -725, None),
        ("$-7.25", -725, None),
        ("-$7.25", -725, None),
        ("+5", 500, None),
        ("-0", 0, None),
        (".5", 50, None),
        ("007", 700, None),
        ("12,34,567.00", 123_456_700, None),
        ("1.234.567", 123_456_700, None),
        ("0.125", 13, None),
        ("-0.125", -13, None),
        ("1100.045", 110_005, None),
        ("999999999999999.99", 99_999_999_999_999_999, None),
    ],
)
def test_money_as_people_write_it(text: str, minor: int, currency: str | None) -> None:
    found = amounts(text)
    assert found.minor.to_list() == [minor]
    assert found.currency.to_list() == [currency]
    assert (found.unreadable.to_list(), found.ambiguous.to_list()) == ([False], [False])


@pytest.mark.case("A56")
@pytest.mark.parametrize(
    "text",
    [
        "NaN", "Infinity", "-inf", "1_000", "1e400", "1E5", "٣٤", "１２", "1" * 5000, "9" * 19, "--5", "+-5",
        "(5", "5)", "(-5)", "abc 5", "5 XYZ", "€5€", "5%", "0x10", "1,2,3", "1.2.3", "12 34", "1 2345", "five",
        "5k k", "k", "$", "-",
    ],
)  # fmt: skip
def test_what_is_no_money_is_refused(text: str) -> None:
    found = amounts(text)
    assert (found.minor.to_list(), found.unreadable.to_list()) == ([None], [True])


def test_a_column_of_cents_is_read_as_one_with_other_units_is() -> None:
    texts = ("65131.81", "-3.5", None, "soon", "12", "9999999999999.99")
    alone = amounts(*texts)
    beside = number_texts.parse_amounts(column(*texts, "7"), pl.Series([*["EUR"] * len(texts), "JPY"]))
    assert alone.minor.to_list() == [6_513_181, -350, None, None, 1_200, 999_999_999_999_999]
    assert beside.minor.to_list() == [*alone.minor, 7]
    assert alone.unreadable.to_list() == [False, False, False, True, False, False]


def test_more_digits_than_64_bits_hold_stay_unreadable() -> None:
    found = amounts("€ 12345678901234567.89", "€ 1.50")
    assert (found.minor.to_list(), found.unreadable.to_list()) == ([None, 150], [True, False])


def test_the_number_of_digits_follows_the_currency_of_each_row() -> None:
    texts = column("1000", "1.5", "1.5", "JPY 1000", None)
    given_currency = pl.Series(["JPY", "KWD", "EUR", "EUR", "EUR"])
    found = number_texts.parse_amounts(texts, given_currency)
    assert found.minor.to_list() == [1000, 1500, 150, 1000, None]
    assert found.currency.to_list() == [None, None, None, "JPY", None]


class TestWhichMarkIsTheDecimalOne:
    @pytest.mark.parametrize(
        ("text", "decimal", "minor"), [("1,234", ".", 123_400), ("1.234", ",", 123_400), ("€ 999,999", ".", 99_999_900)]
    )
    def test_alone_it_is_ambiguous_and_said(self, text: str, decimal: str, minor: int) -> None:
        form = number_texts.sniff_numbers(column(text))
        assert (form.decimal, form.ambiguous, form.example) == (decimal, True, text)
        said = f"No value shows which mark is the decimal one; «{text}» is read with its mark between thousands."
        assert form.said == said
        found = amounts(text)
        assert (found.minor.to_list(), found.ambiguous.to_list()) == ([minor], [True])

    @pytest.mark.parametrize(("other", "minor"), [("5.5", 123_400), ("5,5", 123)])
    def test_the_other_values_of_the_column_decide(self, other: str, minor: int) -> None:
        found = amounts("1,234", other)
        assert (found.minor.to_list(), found.ambiguous.to_list()) == ([minor, 550], [False, False])

    def test_where_both_marks_are_used_what_could_be_either_stays_open(self) -> None:
        found = amounts("1,234", "5.5", "6.5", "7,5")
        assert found.minor.to_list() == [123_400, 550, 650, 750]
        assert found.ambiguous.to_list() == [True, False, False, True]

    def test_a_value_that_shows_both_marks_is_sure_of_itself(self) -> None:
        found = amounts("1.5", "2.5", "45.000,00")
        assert (found.minor.to_list(), found.ambiguous.to_list()) == ([150, 250, 4_500_000], [False] * 3)

    def test_the_share_that_can_be_read_is_told(self) -> None:
        assert number_texts.sniff_numbers(column("1.5", "x", "2 €", None, "y")).share == 0.5


AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@settings(deadline=None, max_examples=50)
@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_money_comes_back_exactly_in_every_manner(written: list[Decimal]) -> None:
    minor = [int(amount * 100) for amount in written]
    german = str.maketrans(",.", ".,")
    # One value that shows the mark, as a whole column does.
    for texts in (
        [str(amount) for amount in written],
        [f"{amount:,}" for amount in written],
        [f"${amount:,}" for amount in written],
        [f"{amount:,}".translate(german) + " €" for amount in written],
        [f"{amount:,}".replace(",", "'") for amount in written],
        [f"{amount:,}".replace(",", " ").replace(".", ",") for amount in written],
        [f"({-amount:,})" if amount < 0 else f"{amount:,}" for amount in written],
    ):
        found = amounts(*texts)
        assert found.minor.to_list() == minor
        assert not found.ambiguous.any()


@settings(deadline=None, max_examples=50)
@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_digits_beyond_the_minor_unit_are_rounded_half_up(amount: Decimal) -> None:
    # A second value that shows the point, since `1.234` alone could be thousands.
    found = amounts(f"{amount:f}", "0.5")
    assert found.minor[0] == int(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) * 100)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=12))
def test_any_text_is_money_or_unreadable(text: str) -> None:
    found = amounts(text, None)
    assert found.minor.is_null().to_list() == [found.unreadable[0], True]
