"""What is written down of a deal's need, element by element, with what to ask where nothing is."""

from dataclasses import dataclass
from datetime import date

from earnest.need import questions
from earnest.need.models import Evidence
from earnest.need.tables import NEED_ELEMENTS
from earnest.people import visibility
from earnest.people.actors import Actor

LEVEL_WORDS = (
    "nothing in it",
    "we believe it",
    "they said it",
    "with a figure, in writing or by a second person",
)


@dataclass(frozen=True)
class Heard:
    """Words as they were said: who, when, at which level, and the day that they speak of."""

    level: int
    words: str
    who: str
    said_on: date
    about_on: date | None


@dataclass(frozen=True)
class Element:
    """One of the nine elements: the best of what was said and stands uncorrected, and the question to ask."""

    name: str
    told: str
    best: Heard | None
    ask: str


def elements(actor: Actor, deal_id: int) -> tuple[Element, ...]:
    """The nine elements of a deal's need in their order; none has words for whoever may not see the deal.

    Shape: one query; of several entries for an element the highest level counts, then the latest.
    """
    rows = visibility.beneath(actor, Evidence, deal_id).filter(element__in=NEED_ELEMENTS, corrected_on=None)
    found = rows.order_by("level", "said_on", "id")
    columns = ("level", "words", "contact__name", "said_on", "about_on")
    best = {
        element: Heard(level, words, who or "", said_on, about_on)
        for element, level, words, who, said_on, about_on in found.values_list("element", *columns)
    }
    return tuple(Element(name, told, best.get(name), _ask(name)) for name, told in NEED_ELEMENTS.items())


def _ask(name: str) -> str:
    return questions.of_element(name)[0].variants[0]
