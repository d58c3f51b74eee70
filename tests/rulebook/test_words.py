"""The one formatter at its edges: few is not none, most is not all, and no amount is rounded into another unit."""

from datetime import date

import pytest

from earnest.rulebook import words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0 %"),
        (0.0001, "under 0.1 %"),
        (0.0004, "under 0.1 %"),
        (0.0005, "0.1 %"),
        (0.004, "0.4 %"),
        (0.0099, "1.0 %"),
        (0.01, "1 %"),
        (0.29, "29 %"),
        (0.38, "38 %"),
        (0.99, "99 %"),
        (0.996, "99.6 %"),
        (0.9994, "99.9 %"),
        (0.9995, "over 99.9 %"),
        (0.99999, "over 99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_near_its_ends_is_never_rounded_to_them(value: float, said: str) -> None:
    assert words.share(value) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0"),
        (0.4, "0"),
        (-0.4, "0"),
        (950, "950"),
        (999.4, "999"),
        (999.5, "1.0 k"),
        (1_000, "1.0 k"),
        (7_149, "7.1 k"),
        (9_949, "9.9 k"),
        (9_950, "10 k"),
        (71_000, "71 k"),
        (999_499, "999 k"),
        (1e6, "1,000 k"),
        (3_465_000, "3,465 k"),
        (9_999_499, "9,999 k"),
        (9_999_500, "10.0 m"),
        (12_400_000, "12.4 m"),
        (999_949_999, "999.9 m"),
        (999_950_000, "1.0 bn"),
        (2_540_000_000, "2.5 bn"),
        (-71_000, "-71 k"),
        (-999.5, "-1.0 k"),
    ],
)
def test_an_amount_is_short(amount: float, said: str) -> None:
    assert words.short_amount(amount) == said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (7_100_000, "EUR", "EUR 71 k"),
        (95_000, "EUR", "EUR 950"),
        (-95_049, "EUR", "EUR -950"),
        (71_000, "JPY", "JPY 71 k"),
        (71_000_000, "KWD", "KWD 71 k"),
        (7_100_000, "", "71 k"),
        (346_500_000, "USD", "USD 3,465 k"),
    ],
)
def test_money_in_a_sentence(minor: int, currency: str, said: str) -> None:
    assert words.money(minor, currency) == said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (7_100_005, "EUR", "EUR 71,000.05"),
        (71_000, "JPY", "JPY 71,000"),
        (71_000_005, "KWD", "KWD 71,000.005"),
        (-5, "EUR", "EUR -0.05"),
        (0, "USD", "USD 0.00"),
        (90_071_992_547_409_93, "EUR", "EUR 90,071,992,547,409.93"),
    ],
)
def test_exact_money_is_exact(minor: int, currency: str, said: str) -> None:
    assert words.exact_money(minor, currency) == said


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("XYZ", 2), ("", 2)])
def test_the_digits_of_a_currency(currency: str, digits: int) -> None:
    assert words.minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 1, 6), "6 Jan 2026"), (date(2025, 12, 31), "31 Dec 2025"), (date(1969, 12, 31), "31 Dec 1969")],
)
def test_a_date_says_its_month_by_name(day: date, said: str) -> None:
    assert words.long_date(day) == said
    assert words.day_of(words.epoch_day(day)) == day


def test_epoch_days_count_from_1970() -> None:
    assert [words.epoch_day(date(1970, 1, 1)), words.epoch_day(date(1969, 12, 31))] == [0, -1]
    assert words.epoch_day(date(2025, 12, 15)) == 20_437


@pytest.mark.parametrize(
    ("value", "said"),
    [(1_291, "1,291"), (12.5, "12.5"), (12.04, "12"), (0.96, "1"), (-0.04, "0"), (-3, "-3"), (1_234.56, "1,234.6")],
)
def test_a_number_has_one_decimal_digit_at_most(value: float, said: str) -> None:
    assert words.number(value) == said


def test_counts_are_grouped() -> None:
    assert words.count(1_291) == "1,291"


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0 days"), (1, "1 day"), (1.04, "1 day"), (2.4, "2.4 days"), (1_291, "1,291 days")]
)
def test_one_day_and_many_days(value: float, said: str) -> None:
    assert words.plural(value, "day") == said


def test_an_irregular_plural_is_given() -> None:
    assert [words.plural(number, "person", "people") for number in (1, 2)] == ["1 person", "2 people"]


@pytest.mark.parametrize(("value", "said"), [(0, "0 times"), (1, "once"), (2, "twice"), (3, "3 times")])
def test_how_often(value: int, said: str) -> None:
    assert words.times(value) == said
