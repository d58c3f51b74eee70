"""Money is exact, never crosses currencies unasked, and neither loses nor makes a cent."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import money
from earnest.measures.figures import Money

MINOR = st.integers(-(10**12), 10**12)
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])
DAY = date(2025, 12, 15)


def test_three_parts_of_a_hundred():
    parts = money.allocate(money.money("100.00", "EUR"), 3)
    assert [money.decimal(part) for part in parts] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


@given(MINOR, st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any))
def test_parts_add_up_and_differ_from_fair_by_less_than_a_unit(minor, weights):
    parts = money.allocate(Money(minor, "EUR"), weights)
    assert money.total(parts, "EUR") == Money(minor, "EUR")
    fair = [Decimal(minor) * weight / sum(weights) for weight in weights]
    assert all(abs(part.minor - share) < 1 for part, share in zip(parts, fair, strict=True))


def test_weights_must_not_all_be_nothing():
    with pytest.raises(ValueError, match="not all zero"):
        money.allocate(Money(100, "EUR"), [0, 0])


@given(MINOR, CURRENCIES)
def test_decimal_and_back(minor, currency):
    value = Money(minor, currency)
    assert money.money(money.decimal(value), currency) == value


@given(MINOR, MINOR, MINOR)
def test_sums_are_exact_and_in_any_order(a, b, c):
    one, two, three = (Money(minor, "EUR") for minor in (a, b, c))
    assert money.add(money.add(one, two), three) == money.total((three, one, two), "EUR") == Money(a + b + c, "EUR")
    assert money.subtract(money.add(one, two), two) == one


def test_a_tenth_stays_a_tenth():
    assert money.decimal(money.total([money.money("0.1", "EUR")] * 100_000, "EUR")) == Decimal("10000.00")


def test_two_currencies_are_not_added():
    with pytest.raises(money.MixedCurrencies) as refused:
        money.add(Money(100, "EUR"), Money(100, "USD"))
    assert refused.value.what == "USD 1.00 cannot be added to an amount in EUR."
    assert refused.value.data == {"currency": "EUR", "other": "USD"}


def test_sums_are_kept_apart_by_currency():
    values = [Money(3, "USD"), Money(1, "EUR"), Money(2, "USD")]
    assert money.totals(values) == (Money(1, "EUR"), Money(5, "USD"))


@pytest.mark.parametrize("amount", ["0.001", "nan", "inf"])
def test_what_is_not_an_exact_amount_is_refused(amount):
    with pytest.raises(money.InexactAmount):
        money.money(amount, "EUR")


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="not an exact amount"):
        money.money(0.1, "EUR")


@pytest.mark.parametrize(
    ("minor", "of", "into", "rate", "expected"),
    [(12_345, "EUR", "JPY", "161.5", 19_937), (1, "USD", "EUR", "0.5", 0), (3, "USD", "EUR", "0.5", 2)],
)
def test_conversion_at_the_rate_of_a_day(minor, of, into, rate, expected):
    rates = [money.DayRate(of, into, DAY, Decimal(rate))]
    assert money.convert(Money(minor, of), into, on=DAY, rates=rates) == Money(expected, into)


def test_the_same_currency_needs_no_rate():
    assert money.convert(Money(5, "EUR"), "EUR", on=DAY, rates=[]) == Money(5, "EUR")


def test_the_rate_of_another_day_does_not_stand_in():
    rates = [money.DayRate("EUR", "USD", date(2025, 12, 14), Decimal("1.1"))]
    with pytest.raises(money.MissingRate) as refused:
        money.convert(Money(5, "EUR"), "USD", on=DAY, rates=rates)
    assert refused.value.what == "There is no rate from EUR to USD for 15 Dec 2025."
