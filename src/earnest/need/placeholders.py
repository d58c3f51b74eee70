"""Sentences with gaps: «we need {access} by {date}», filled with what is known, and saying what is not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from earnest.rulebook import words

_GAP = re.compile(r"\{([a-z][a-z-]{0,30})\}")


@dataclass(frozen=True)
class Filled:
    """A sentence as far as it could be filled; what is missing stands in it as `{name}` and in `missing`."""

    text: str
    missing: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be said as it stands."""
        return not self.missing


def names(sentence: str) -> tuple[str, ...]:
    """The names of the gaps of a sentence, in the order in which they first stand there."""
    return tuple(dict.fromkeys(_GAP.findall(sentence)))


def fill(sentence: str, known: Mapping[str, str | date]) -> Filled:
    """The sentence with each gap filled once; a blank value fills nothing, and braces in a value stay as they are."""
    said = {name: _said(value) for name, value in known.items()}
    text = _GAP.sub(lambda gap: said.get(gap.group(1)) or gap.group(0), sentence)
    return Filled(text, tuple(name for name in names(sentence) if not said.get(name)))


def _said(value: str | date) -> str:
    return words.long_date(value) if isinstance(value, date) else value.strip()
