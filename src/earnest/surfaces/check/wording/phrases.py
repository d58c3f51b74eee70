"""How single figures are said everywhere in the report: shares with their n, intervals, days, money."""

from collections.abc import Sequence

from earnest.measures.figures import Money, Rate
from earnest.rulebook import words

BLANK = "—"
TOO_FEW = "too few"
# Under this many a share says nothing; the count is shown instead (definitions, 2.0).
FEWEST = 5
_DAYS_A_MONTH = 30.4375


def day(number: int | None) -> str:
    """`16 Jan 2026`, a dash where there is none, and the bare number where it is no date at all."""
    if number is None:
        return BLANK
    try:
        return words.long_date(words.day_of(number))
    except OverflowError:
        return f"day {words.count(number)}"


def days(number: float | None) -> str:
    """`1 day`, `106 days`, a dash where there is none."""
    if number is None:
        return BLANK
    return "1 day" if number == 1 else f"{words.number(number)} days"


def bare(number: float | None) -> str:
    """The figure alone, for columns that say their unit in the head."""
    return BLANK if number is None else words.number(number)


def months(number: int) -> str:
    """`4 months`, for what a person believes; under two months it stays in days."""
    if number < 2 * _DAYS_A_MONTH - 1:
        return days(number)
    return f"{words.number(round(number / _DAYS_A_MONTH * 2) / 2)} months"


def share_of(rate: Rate) -> str:
    """`63 %`; `too few` where the share would rest on under five; a dash where there is nothing to share."""
    if rate.n == 0 or rate.share is None:
        return BLANK
    return TOO_FEW if rate.n < FEWEST else words.share(rate.share)


def interval(rate: Rate) -> str:
    """`62–64 %`, or nothing where no share is shown."""
    if rate.n < FEWEST or rate.low is None or rate.high is None:
        return ""
    return span(rate.low, rate.high)


def span(low: float, high: float) -> str:
    """`62–64 %`: two shares with the unit once."""
    return f"{words.share(low).removesuffix(' %')}–{words.share(high)}"


def counted(rate: Rate) -> str:
    """`1,291 of 1,589`."""
    return f"{words.count(rate.x)} of {words.count(rate.n)}"


def with_share(rate: Rate) -> str:
    """`1,291 of 1,589 (81 %)`; only the counts where the share would rest on too few."""
    shown = share_of(rate)
    return counted(rate) if shown in (BLANK, TOO_FEW) else f"{counted(rate)} ({shown})"


def money(amount: Money | None) -> str:
    """`USD 4,059 k`, a dash where there is none."""
    return BLANK if amount is None else words.money(amount.minor, amount.currency)


def amount_only(amount: Money | None) -> str:
    """`4,059 k`, for columns that say their currency in the head."""
    return BLANK if amount is None else words.money(amount.minor, amount.currency).removeprefix(amount.currency).strip()


def tick(amount: Money) -> str:
    """`2 bn`, `25 k`: an amount at a round value of a scale."""
    return amount_only(amount).replace(".0 ", " ")


def monies(amounts: Sequence[Money]) -> str:
    """`EUR 71 k and USD 1.2 k`; a dash where there are none. Currencies are never added up."""
    return listed([money(amount) for amount in amounts]) or BLANK


def short(name: str, most: int = 24) -> str:
    """A name cut to fit beside a mark."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a stop at its end."""
    begun = capital(text.strip())
    return begun if not begun or begun[-1] in ".?!…:" else f"{begun}."


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def joined(*parts: str) -> str:
    """Sentences side by side, without the empty ones."""
    return " ".join(part for part in parts if part)
