"""What buyers said, element by element, and what the story tells of each open deal's chances.

Kept here until the need, impact and learn rooms load it. Levels run from 0 to 3 as in D1: 1 is the seller's belief, 2 a
buyer's own words, 3 a figure or a second person.
"""

from dataclasses import dataclass
from datetime import date

ELEMENTS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9")


@dataclass(frozen=True)
class Levels:
    """The level of each of the nine elements of a deal, and the day on which they were last told."""

    key: str
    levels: tuple[int, ...]
    said_on: date


@dataclass(frozen=True)
class Said:
    """One thing that somebody at the buyer said, in their words."""

    key: str
    element: str
    level: int
    said_on: date
    person: str
    words: str


@dataclass(frozen=True)
class Chance:
    """A told judgement of an open deal: is it column fodder, and is it won by the end of March 2026."""

    key: str
    fodder: float
    first_quarter: float


_TOLD = (
    Levels("T1", (3, 3, 3, 2, 3, 3, 2, 3, 3), date(2025, 12, 1)),
    Levels("T2", (1, 0, 1, 0, 0, 0, 0, 0, 0), date(2025, 11, 24)),
    Levels("T3", (2, 2, 1, 2, 1, 0, 0, 1, 0), date(2025, 3, 20)),
    Levels("T4", (3, 2, 2, 2, 2, 2, 1, 3, 2), date(2025, 11, 13)),
    Levels("T5", (1, 0, 0, 0, 1, 0, 0, 0, 0), date(2025, 10, 8)),
    Levels("T6", (2, 2, 2, 2, 3, 2, 0, 2, 2), date(2025, 4, 29)),
    Levels("T7", (3, 2, 2, 2, 2, 2, 1, 3, 2), date(2025, 10, 8)),
    Levels("T8", (3, 3, 3, 2, 3, 3, 3, 3, 3), date(2024, 12, 12)),
)

# The other open deals: no need shown, emerging, real in three depths, and compelling.
_NONE = (1, 1, 0, 1, 1, 0, 0, 1, 0)
_EARLY = (2, 2, 1, 2, 1, 0, 0, 1, 0)
_EMERGING = (2, 2, 1, 2, 2, 1, 0, 1, 0)
_REAL = (2, 2, 2, 2, 2, 2, 0, 2, 0)
_REAL_WITH_FIGURES = (2, 2, 2, 1, 2, 2, 0, 2, 1)
_REAL_AND_OWNED = (2, 2, 2, 1, 2, 2, 0, 2, 2)
_COMPELLING = (3, 3, 2, 2, 3, 3, 2, 3, 3)
_OF_THE_OTHERS = {
    **dict.fromkeys(("P15", "P17", "P20", "P22"), _NONE),
    **dict.fromkeys(("P05", "P10", "P23", "P28", "P29"), _EARLY),
    **dict.fromkeys(("P11", "P13", "P14", "P16", "P18", "P21"), _EMERGING),
    **dict.fromkeys(("P09", "P25", "P30"), _REAL),
    **dict.fromkeys(("P06", "P24"), _REAL_WITH_FIGURES),
    **dict.fromkeys(("P12", "P19", "P27"), _REAL_AND_OWNED),
    **dict.fromkeys(("P07", "P08", "P26"), _COMPELLING),
}


def levels(heard_on: dict[str, date]) -> list[Levels]:
    """The levels of T1 to T8 and of P05 to P30; `heard_on` is when each of the latter was last heard."""
    return [*_TOLD, *(Levels(key, each, heard_on[key]) for key, each in sorted(_OF_THE_OTHERS.items()))]


# Fear of choosing wrong is asked once a need is real (JOLT); it is told for T6 alone.
_SAID = """
T1 N1 3 2025-09-18 | Joost Terlaak | We counted them together: ninety-six slots missed in August.
T1 N2 3 2025-09-25 | Ines Falkenrath | Every missed slot is in this log, and each is invoiced at 140 euro.
T1 N3 3 2025-09-25 | Ines Falkenrath | The plan I signed says thirty a month.
T1 N4 2 2025-09-18 | Joost Terlaak | Hauliers ring, I write it on the board, and at ten the board is wrong.
T1 N5 3 2025-10-09 | Ines Falkenrath | With thirty we keep the line, and two people come off the phones.
T1 N6 3 2025-10-09 | Ines Falkenrath | If we walk into March like this, we lose the line.
T1 N7 2 2025-11-06 | Joost Terlaak | I would rather plan docks for three years than count misses.
T1 N8 3 2025-10-23 | Ines Falkenrath | From 2 March the new contract charges 260 a slot.
T1 N9 3 2025-10-09 | Ines Falkenrath | This is mine. The board asks me, and nobody else.
T4 N8 3 2025-09-11 | Maeve Corrigan | The auditors are here on 27 April. It has to run by then.
T4 N6 2 2025-09-30 | Una Whelan | A repeated finding would stop shipments from that site.
T5 N7 0 2025-11-20 | Sixten Almroth | It was free, so why not.
T6 N8 2 2025-04-29 | Lotte Simons | The new plant manager decides by 15 June next year.
T7 N8 3 2025-10-08 | Sabine Roth | The summer timetable starts on 29 March; by then we need it live.
T8 N1 3 2024-10-10 | Mira Sorg | Forty-seven minutes on average, over all docks, for a year.
T8 N3 3 2024-12-12 | Johanna Prugger | Twenty-five minutes, by the first of October.
T6 decision_fear 2 2025-02-13 | Lotte Simons | Two of us still remember the last rollout, and so do our drivers.
"""


def said() -> list[Said]:
    """The buyers' own words, deal by deal."""
    return [_said(line) for line in _SAID.strip().splitlines()]


def _said(line: str) -> Said:
    told, person, words = (part.strip() for part in line.split("|"))
    key, element, level, said_on = told.split()
    return Said(key, element, int(level), date.fromisoformat(said_on), person, words)


_CHANCES = """
T1 .02 .62  T2 .80 .04  T3 .10 .02  T4 .04 .48  P05 .10 .06  P06 .08 .30  P07 .05 .41  P08 .03 .66  P09 .12 .12
P10 .15 .05  P11 .20 .10  P12 .10 .34  P13 .35 .09  P14 .12 .08  P15 .15 .04  P16 .10 .03  P17 .22 .05  P18 .15 .12
P19 .08 .33  P20 .18 .10  P21 .25 .11  P22 .15 .12  P23 .12 .05  P24 .09 .31  P25 .07 .20  P26 .04 .58  P27 .06 .36
P28 .10 .05  P29 .15 .10  P30 .08 .17
"""


def chances() -> list[Chance]:
    """The chances of the thirty open deals, in the story's order."""
    words = iter(_CHANCES.split())
    return [Chance(key, float(fodder), float(won)) for key, fodder, won in zip(words, words, words, strict=True)]
