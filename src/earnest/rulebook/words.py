"""The one formatter: how a date, a share, a count and money read in a sentence."""

from datetime import date, timedelta
from decimal import Decimal

EPOCH = date(1970, 1, 1)

# Currencies whose smallest unit is not a hundredth (ISO 4217).
_EXPONENTS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_digits(currency: str) -> int:
    """How many decimal digits the currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def day_of(number: int) -> date:
    """The date of an epoch day (days since 1970-01-01)."""
    return EPOCH + timedelta(days=number)


def epoch_day(day: date) -> int:
    """The epoch day (days since 1970-01-01) of a date."""
    return (day - EPOCH).days


def long_date(day: date) -> str:
    """`16 Jan 2026`: unambiguous on both sides of the Atlantic."""
    return f"{day.day} {day:%b %Y}"


def share(value: float) -> str:
    """`38 %`, or `0.4 %` and `99.6 %` near the ends, so that few does not read as none nor most as all."""
    percent = value * 100
    if 0 < percent < 0.05:
        return "under 0.1 %"
    if 99.95 <= percent < 100:
        return "over 99.9 %"
    digits = 1 if 0 < percent < 1 or 99 < percent < 100 else 0
    return f"{percent:.{digits}f} %"


def count(number: int) -> str:
    """`1,291`, as the field writes counts."""
    return f"{number:,}"


def number(value: float) -> str:
    """`1,291` or `12.5`: at most one decimal digit, none where it is zero."""
    rounded = round(value, 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.1f}"


def money(minor: float, currency: str) -> str:
    """`EUR 71 k`, `EUR 3,465 k`, `EUR 12.4 m`, `EUR 950`: short, for tables and sentences."""
    amount = Decimal(round(minor)) / (Decimal(10) ** minor_digits(currency))
    return f"{currency} {short_amount(float(amount))}".strip()


# From which size on an amount is written in which unit; a size that would be rounded up to a unit is written in it.
_UNITS = ((999_950_000, 1e9, 1, " bn"), (9_999_500, 1e6, 1, " m"), (9_950, 1e3, 0, " k"), (999.5, 1e3, 1, " k"))


def short_amount(amount: float) -> str:
    """`950`, `7.1 k`, `71 k`, `3,465 k`, `12.4 m`: an amount in major units, two to four figures."""
    for least, unit, digits, letter in _UNITS:
        if abs(amount) >= least:
            return f"{amount / unit:,.{digits}f}{letter}"
    return f"{amount:z,.0f}"  # z: forty cents less than nothing is nothing, not minus nothing


def exact_money(minor: int, currency: str) -> str:
    """`EUR 71,000.00`: to the last unit."""
    digits = minor_digits(currency)
    return f"{currency} {Decimal(minor) / (Decimal(10) ** digits):,.{digits}f}"


def plural(value: float, noun: str, many: str = "") -> str:
    """`1 deal`, `3 deals`, `2 people`, `2.4 days`."""
    told = number(value)
    return f"{told} {noun if told == '1' else many or noun + 's'}"


def times(value: float) -> str:
    """`once`, `twice`, `3 times`."""
    told = number(value)
    return {"1": "once", "2": "twice"}.get(told, f"{told} times")
