"""What the buyers of Tarnholt said, written down as it happened: words, must-haves, standpoints, signs and hours."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache, partial
from typing import TYPE_CHECKING

from earnest.demo.happenings import Happening, moment
from earnest.demo.tarnholt import evidence, opened, words
from earnest.demo.tarnholt.evidence import ELEMENTS, Levels
from earnest.demo.tarnholt.evidence import Said as ToldWords
from earnest.demo.tarnholt.parts import Buyer
from earnest.need import services as need
from earnest.need.services.evidence import Said, View
from earnest.pipeline.services import pursuit

if TYPE_CHECKING:
    from earnest.demo.selling import Written

HEARING, CHECKING = time(10), time(11)
BELIEVED, SAID, SHOWN = 1, 2, 3


def hearing(row: "Written") -> Iterator[Happening]:
    """Everything that the buyer of one deal said, and what the seller noted about it."""
    key = row.deal.key
    found = _levels().get(key)
    if found is not None:
        yield from _elements(row, found)
    if found is not None and key in words.FITTING:
        yield from _fit(row, words.FITTED_ON.get(key, found.said_on))
    yield from _noted(row, key)


def _noted(row: "Written", key: str) -> Iterator[Happening]:
    """What the seller found out: a must-have that we fail, signs of a comparison, hours that it took."""
    if key in words.FAILED:
        at = moment(words.FAILED_ON, CHECKING)
        yield Happening(at, partial(_must_have, row, words.FAILED[key], "no", at))
    for _key, on, names in (each for each in words.SIGNS if each[0] == key):
        for place, name in enumerate(names):
            at = moment(on, CHECKING, 30 + place)
            yield Happening(at, partial(_sign, row, name, at))
    for _key, on, hours, what in (each for each in words.HOURS if each[0] == key):
        at = moment(on, CHECKING, 55)
        yield Happening(at, partial(_hours, row, on, hours * 60, what, at))


def _elements(row: "Written", found: Levels) -> Iterator[Happening]:
    told = {(each.key, each.element): each for each in evidence.said()}
    for place, (element, level) in enumerate(zip(ELEMENTS, found.levels, strict=True)):
        own = told.get((found.key, element))
        if level or own:
            at = moment(own.said_on if own else found.said_on, HEARING, place)
            yield Happening(at, partial(_say, row, element, level, own, at))
    fear = told.get((found.key, "decision_fear"))
    if fear is not None:
        at = moment(fear.said_on, HEARING, len(ELEMENTS))
        yield Happening(at, partial(_say, row, fear.element, fear.level, fear, at))


def _fit(row: "Written", on: date) -> Iterator[Happening]:
    for place, text in enumerate(words.MUST_HAVES):
        at = moment(on, CHECKING, place)
        yield Happening(at, partial(_must_have, row, text, "yes", at))
    said = ["need_said", "help_said", *(["decision_steps", "price_range"] if row.deal.key in words.AGREED else [])]
    for place, element in enumerate(said, start=2):
        at = moment(on, CHECKING, place)
        yield Happening(at, partial(_say, row, element, SAID, None, at))
    for place, person in enumerate(row.deal.people, start=10):
        at = moment(max(on, person.met_on or on), CHECKING, place)
        yield Happening(at, partial(_standpoint, row, person, at))


def _say(row: "Written", element: str, level: int, own: ToldWords | None, at: datetime) -> None:
    spoken = level >= SAID or own is not None
    text = own.words if own else _words(element, level)
    said = Said(
        element=element,
        level=level,
        words=text,
        said_on=at.date(),
        channel="meeting" if spoken else "other",
        contact_id=_speaker(row, own, at.date()) if spoken else None,
        about_on=words.their_day(row.deal) if element == "N8" and level >= SAID else None,
    )
    kept = need.add_evidence(by=row.by(at), deal_id=row.deal_id, said=said)
    row.version = need.version_of(kept)


def _words(element: str, level: int) -> str:
    if level == BELIEVED:
        return words.BELIEVED[element]
    return (words.SHOWN if level == SHOWN and element in words.SHOWN else words.SAID)[element]


def _speaker(row: "Written", own: ToldWords | None, on: date) -> int:
    known = [person for person in row.deal.people if person.met_on is None or person.met_on <= on]
    named = [person for person in known if own is not None and person.name == own.person]
    return row.contact_ids[(named or known)[0]]


def _standpoint(row: "Written", person: Buyer, at: datetime) -> None:
    view = View(
        contact_id=row.contact_ids[person],
        said_on=at.date(),
        version=words.SAID["need_said"],
        influence="high" if person.role in ("owner", "decider") else "medium",
        by_when_on=words.their_day(row.deal),
    )
    need.add_standpoint(by=row.by(at), deal_id=row.deal_id, view=view)


def _must_have(row: "Written", text: str, answer: str, at: datetime) -> None:
    need.add_must_have(by=row.by(at), deal_id=row.deal_id, text=text, answer=answer)


def _sign(row: "Written", name: str, at: datetime) -> None:
    pursuit.note_sign(by=row.by(at), deal_id=row.deal_id, name=name, holds=True)


def _hours(row: "Written", on: date, minutes: int, what: str, at: datetime) -> None:
    pursuit.log_effort(by=row.by(at), deal_id=row.deal_id, on=on, minutes=minutes, what=what)


@cache
def _levels() -> dict[str, Levels]:
    return {each.key: each for each in evidence.levels({row.key: row.heard_on for row in opened.rows()})}
