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
    """`38 %`, or `0.4 %` and `99.6 %` near the ends so that few does not read as none."""
    percent = value * 100
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
    """`EUR 71 k`, `EUR 3,465 k`, `EUR 1.2 m`, `EUR 950`: short, for tables and sentences."""
    amount = Decimal(round(minor)) / (Decimal(10) ** minor_digits(currency))
    return f"{currency} {short_amount(float(amount))}".strip()


def short_amount(amount: float) -> str:
    """`950`, `71 k`, `3,465 k`, `12.4 m`: an amount in major units, three to four figures."""
    size = abs(amount)
    if size < 1_000:
        return f"{amount:,.0f}"
    if size < 10_000:
        return f"{amount / 1_000:,.1f} k"
    if size < 10_000_000:
        return f"{amount / 1_000:,.0f} k"
    if size < 1_000_000_000:
        return f"{amount / 1_000_000:,.1f} m"
    return f"{amount / 1_000_000_000:,.1f} bn"


def exact_money(minor: int, currency: str) -> str:
    """`EUR 71,000.00`: to the last unit."""
    digits = minor_digits(currency)
    return f"{currency} {Decimal(minor) / (Decimal(10) ** digits):,.{digits}f}"


def plural(number: int, noun: str, many: str = "") -> str:
    """`1 deal`, `3 deals`, `2 people`."""
    return f"{count(number)} {noun if number == 1 else many or noun + 's'}"
