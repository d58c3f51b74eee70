"""Section 6, dirt: what was odd in the file, what was done about it, and what a person should confirm."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.intake.figures import Dirt, Proposal, Reconciled
from earnest.rulebook import words
from earnest.surfaces.check.wording import file as wording
from earnest.surfaces.check.wording import phrases


@dataclass(frozen=True)
class Spot:
    """One kind of dirt."""

    title: str
    count: str
    refused: bool
    examples: tuple[str, ...]
    done: str
    fix: str


@dataclass(frozen=True)
class Question:
    """Something a person should confirm."""

    title: str
    count: str
    detail: str
    state: str
    how: str


@dataclass(frozen=True)
class Section:
    """Everything that section 6 shows."""

    finding: str
    reconciled: str
    spots: tuple[Spot, ...]
    proposed: str
    questions: tuple[Question, ...]


def section(dirt: Sequence[Dirt], proposals: Sequence[Proposal], rows: Reconciled) -> Section:
    """Section 6 from its figures."""
    return Section(
        finding=wording.finding(dirt, rows),
        reconciled=wording.reconciled(rows),
        spots=tuple(
            Spot(phrases.capital(each.title), words.count(each.count), each.refused, each.examples, each.done, each.fix)
            for each in dirt
        ),
        proposed=wording.proposed(proposals),
        questions=tuple(
            Question(
                phrases.capital(each.title),
                words.count(each.count),
                phrases.sentence(each.detail),
                wording.state(each),
                each.how,
            )
            for each in proposals
        ),
    )
