"""What a workspace chooses about itself: each setting with its default, its unit, why it is there, what it may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from earnest.errors import EarnestError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class ChoiceRefused(EarnestError):
    """A setting cannot have this value."""

    code: ClassVar[str] = "choice_refused"


@dataclass(frozen=True)
class Choice:
    """One setting. `read` makes its value of a form's text, and raises ValueError where it cannot."""

    name: str
    label: str
    default: object
    unit: str
    why: str
    read: Callable[[str], object]
    options: Sequence[tuple[str, str]] = ()
    fix: str = "Give a name of up to 200 letters."

    def value_of(self, text: str) -> object:
        """The value that a text stands for. Raises: ChoiceRefused."""
        try:
            return self.read(text.strip())
        except ValueError as error:
            raise ChoiceRefused(
                f"«{text}» is no value for {self.label.lower()}.",
                why=self.why,
                fix=f"Choose one of: {', '.join(word for _, word in self.options)}." if self.options else self.fix,
                data={"name": self.name, "value": text},
            ) from error


def _name(text: str) -> str:
    if not 0 < len(text) <= 200:
        raise ValueError(text)
    return text


def _code(text: str) -> str:
    code = text.upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise ValueError(text)
    return code


def _whole_among(allowed: Sequence[int]) -> Callable[[str], int]:
    def read(text: str) -> int:
        if int(text) not in allowed:
            raise ValueError(text)
        return int(text)

    return read


WORKSPACE_NAME = Choice(
    "workspace_name", "Name of this workspace", "Earnest", "", "It stands in invitations and letters.", _name
)
CURRENCY = Choice(
    "currency",
    "Amounts are in",
    "EUR",
    "ISO 4217 code",
    "A new deal has this currency until somebody says another; deals that are there keep theirs.",
    _code,
    fix="Give its code of three letters, for example EUR.",
)
FISCAL_START = Choice(
    "fiscal_year_starts_on_month",
    "The fiscal year starts in",
    1,
    "month",
    "Targets and comparisons follow your year.",
    _whole_among(range(1, 13)),
    tuple((str(number), month) for number, month in enumerate(MONTHS, start=1)),
)
FISCAL_LENGTH = Choice(
    "fiscal_period_months",
    "A period has",
    3,
    "months",
    "Forecasts and reviews look at one period at a time.",
    _whole_among((1, 3, 4, 6, 12)),
    (("1", "1 month"), ("3", "3 months"), ("4", "4 months"), ("6", "6 months"), ("12", "12 months")),
)
CHOICES = {choice.name: choice for choice in (WORKSPACE_NAME, CURRENCY, FISCAL_START, FISCAL_LENGTH)}
