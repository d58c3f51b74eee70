"""Exact arithmetic on money: whole minor units inside, Decimal at the edge, one currency at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import ClassVar

from earnest.errors import EarnestError
from earnest.measures.figures import Money
from earnest.rulebook import words


class MixedCurrencies(EarnestError):
    """Money of two currencies was to be added or compared."""

    code: ClassVar[str] = "mixed_currencies"


class MissingRate(EarnestError):
    """Money was to be converted without a rate for that pair and day."""

    code: ClassVar[str] = "missing_rate"


class InexactAmount(EarnestError):
    """An amount has more decimal digits than its currency has, or is not a number."""

    code: ClassVar[str] = "inexact_amount"


@dataclass(frozen=True)
class DayRate:
    """What one unit of a currency was worth in another on a day."""

    of: str
    into: str
    on: date
    rate: Decimal


def money(amount: Decimal | int | str, currency: str) -> Money:
    """An amount in major units as money: `money("45.10", "EUR")`.

    A float is not taken, since 0.1 is not a tenth.
    Raises: InexactAmount when it has more digits than the currency, or is not a finite number.
    """
    if isinstance(amount, float):
        raise TypeError(f"Give {amount!r} as Decimal, whole number or text; a float is not an exact amount.")
    minor = Decimal(amount).scaleb(words.minor_digits(currency))
    if not minor.is_finite() or minor != minor.to_integral_value():
        raise InexactAmount(
            f"{amount} is not an exact amount in {currency or 'a currency that is not named'}.",
            why=f"That currency has {words.minor_digits(currency)} decimal digits.",
            fix="Round the amount first, and say how.",
            data={"amount": str(amount), "currency": currency},
        )
    return Money(int(minor), currency)


def decimal(value: Money) -> Decimal:
    """Money in major units."""
    return Decimal(value.minor).scaleb(-words.minor_digits(value.currency))


def add(left: Money, right: Money) -> Money:
    """The sum of two amounts of one currency. Raises: MixedCurrencies."""
    return total((left, right), left.currency)


def subtract(left: Money, right: Money) -> Money:
    """The difference of two amounts of one currency. Raises: MixedCurrencies."""
    return total((left, Money(-right.minor, right.currency)), left.currency)


def total(values: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency. Raises: MixedCurrencies when one is of another."""
    minor = 0
    for value in values:
        if value.currency != currency:
            raise MixedCurrencies(
                f"{words.exact_money(value.minor, value.currency)} cannot be added to an amount in {currency}.",
                why="A sum across currencies means nothing without the rate of a day.",
                fix="Convert it with a rate of its day first, or show a sum for each currency.",
                data={"currency": currency, "other": value.currency},
            )
        minor += value.minor
    return Money(minor, currency)


def totals(values: Iterable[Money]) -> tuple[Money, ...]:
    """One sum per currency, in alphabetical order."""
    sums: dict[str, int] = {}
    for value in values:
        sums[value.currency] = sums.get(value.currency, 0) + value.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def allocate(value: Money, weights: int | Sequence[int]) -> tuple[Money, ...]:
    """An amount split into so many equal parts, or by whole weights, without losing or making a cent.

    The units left over go where most was cut off, the first of equals first: 100.00 by 3 is 33.34 + 33.33 + 33.33.
    """
    shares = [1] * weights if isinstance(weights, int) else list(weights)
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError(f"Weights must be zero or more and not all zero, not {shares}.")
    sign = -1 if value.minor < 0 else 1
    parts = [abs(value.minor) * share // whole for share in shares]
    cut_off = [abs(value.minor) * share % whole for share in shares]
    for place in sorted(range(len(shares)), key=lambda place: -cut_off[place])[: abs(value.minor) - sum(parts)]:
        parts[place] += 1
    return tuple(Money(sign * part, value.currency) for part in parts)


def convert(value: Money, into: str, *, on: date, rates: Iterable[DayRate]) -> Money:
    """An amount in another currency at the rate of a day, rounded half to even to its smallest unit.

    Raises: MissingRate when there is no rate for the pair on that very day; rates of other days do not stand in.
    """
    if value.currency == into:
        return value
    for rate in rates:
        if (rate.of, rate.into, rate.on) == (value.currency, into, on):
            exact = decimal(value) * rate.rate
            minor = exact.scaleb(words.minor_digits(into)).to_integral_value(ROUND_HALF_EVEN)
            return Money(int(minor), into)
    raise MissingRate(
        f"There is no rate from {value.currency or 'an unnamed currency'} to {into} for {words.long_date(on)}.",
        why="Money is only converted at the rate of its day.",
        fix="Enter the rate of that day, or show the currencies apart.",
        data={"of": value.currency, "into": into, "on": on.isoformat()},
    )
