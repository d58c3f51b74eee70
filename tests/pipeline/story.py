"""The demo story as a book: what ended, and the thirty open deals with their age, value, stage and next step."""

from typing import Any

from earnest.measures.columns import ENDS
from earnest.rulebook.book import SECONDS_A_DAY, Book
from tests.measures import tarnholt
from tests.pipeline import made
from tests.rulebook.books import TODAY

# id, owner, segment, value in thousands, age, claimed stage, next step, days since two-way contact
_OPEN = """
T1  AM mid  71  98 4 valid     3
T2  BO ent 310  21 5 valid     4
T3  CH mid 128 308 5 vague    76
T4  DA ent 265 176 5 valid     6
P05 AM mid  64   5 1 valid     2
P06 AM mid  92  63 3 valid     5
P07 AM ent 205 149 4 valid     4
P08 AM mid  80 126 5 valid     1
P09 AM ent 150  52 2 valid     8
P10 BO mid  58   9 1 valid     6
P11 BO mid  75  46 2 none     21
P12 BO mid 110 104 4 valid     7
P13 BO ent 180 138 3 onesided 16
P14 CH mid  90 189 4 vague    33
P15 CH ent 240 254 4 none     48
P16 CH ent 160 337 5 vague    61
P17 CH mid  66  79 3 none     27
P18 CH mid  72 163 3 onesided 19
P19 DA mid  85  88 4 valid     6
P20 DA mid  60  57 5 valid     5
P21 DA ent 140 117 3 vague    15
P22 DA mid  48  24 4 valid     3
P23 EL mid  70  12 1 valid     4
P24 EL mid  95  70 3 valid     6
P25 EL mid  62  33 2 valid     3
P26 EL ent 190 207 5 valid     2
P27 EL ent 120 229 4 valid     9
P28 FA mid  54  17 1 valid     5
P29 FA mid  68  39 2 valid     7
P30 FA mid  57  28 2 valid     2
"""
_STEPS: dict[str, tuple[str | None, int | None]] = {
    "none": (None, None),
    "vague": ("follow up", None),
    "onesided": ("Send them our revised price list", TODAY + 3),
    "valid": ("Agree the measure with Ines", TODAY + 3),
}
NAMES = [line.split()[0] for line in _OPEN.strip().splitlines()]


def history() -> list[dict[str, Any]]:
    """The 84 deals that ended in 2025; only how long they lived is told, so all of them end today."""
    lives = tarnholt.lives()
    return [
        {"segment": lives.segments[segment], "outcome": ENDS[cause], "opened_on": TODAY - int(age), "closed_on": TODAY}
        for age, cause, segment in zip(lives.leave, lives.cause, lives.segment, strict=True)
        if ENDS[cause] != "open"
    ]


def open_deals() -> list[dict[str, Any]]:
    return [_open_deal(line) for line in _OPEN.strip().splitlines()]


def _open_deal(line: str) -> dict[str, Any]:
    name, owner, segment, value, age, stage, step, _quiet = line.split()
    text, on = _STEPS[step]
    return {
        "segment": segment, "outcome": "open", "opened_on": TODAY - int(age), "closed_on": None, "title": name,
        "owner": owner, "amount": int(value) * 1_000_00, "currency": "EUR", "stage_position": int(stage),
        "next_step": text, "next_step_on": on,
    }  # fmt: skip


def book() -> Book:
    """The open deals first, numbered from 1 as in the story, and one letter from each of their buyers."""
    deals = open_deals()
    ended = [{**dict.fromkeys(deals[0]), **deal} for deal in history()]
    letters = [
        {"deal_id": number, "direction": "in", "at": (TODAY - int(line.split()[-1])) * SECONDS_A_DAY + 50_000}
        for number, line in enumerate(_OPEN.strip().splitlines(), start=1)
    ]
    return made.a_book(deals + ended, activities=letters)
