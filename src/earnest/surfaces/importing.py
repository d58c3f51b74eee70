"""An import from files to records, the same for the command line and for the page: read, plan, write, judge, index."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from earnest.intake import book, mapping_files, reading
from earnest.intake import services as intake
from earnest.intake.book import Intake
from earnest.intake.mapping import Mapping
from earnest.intake.raw import RawTable
from earnest.people.actors import Actor
from earnest.pipeline import services as pipeline
from earnest.records.services import search

# What is being done, and how far it is (0 to 1, None when that cannot be said).
Tell: TypeAlias = Callable[[str, float | None], None]


def read(files: Sequence[Path], *, names: Sequence[str] | None = None, tell: Tell) -> list[RawTable]:
    """The files as tables of text.

    Raises: a subclass of Unreadable.
    """
    return reading.read_files(files, names=names, progress=lambda name, share: tell(f"Reading {name}", share))


def chosen_for(tables: Sequence[RawTable], given: Mapping | None) -> Mapping:
    """What a person gave for these files, now or for files with the same headers before."""
    return given if given is not None else mapping_files.remembered(tables, mapping_files.store())


def understood(tables: Sequence[RawTable], *, given: Mapping | None, today: date, tell: Tell) -> Intake:
    """The files as a book; what a person gave is remembered for the next export with these headers.

    Raises: NoDeals, WrongMapping.
    """
    tell("Understanding the columns", None)
    made = book.build(tables, mapping=chosen_for(tables, given), today=today)
    if given is not None:
        mapping_files.remember(made.mapping, mapping_files.store())
    return made


def foreseen(made: Intake, *, actor: Actor, system: str, label: str, tell: Tell) -> intake.Plan:
    """What importing would do; nothing is written. Raises: NotAllowed."""
    tell("Comparing with what is here", None)
    return intake.plan(
        made.whole, actor=actor, source=intake.Source(system or system_of(made), label), refused=made.refused
    )


def written(plan: intake.Plan, *, actor: Actor, at: datetime, as_of: date, tell: Tell) -> intake.Outcome:
    """Write what was foreseen, then judge the book and index it for the search. Raises: NotAllowed."""
    outcome = intake.apply(plan, actor=actor, at=at, progress=told_by(tell))
    settled(as_of=as_of, at=at, tell=tell)
    return outcome


def taken_back(run: int, *, actor: Actor, at: datetime, as_of: date, tell: Tell) -> intake.Reverted:
    """Take an import back, then judge and index what remains. Raises: NotAllowed, ImportNotFound, CannotRevert."""
    done = intake.revert(run, actor=actor, at=at, progress=told_by(tell))
    settled(as_of=as_of, at=at, tell=tell)
    return done


def settled(*, as_of: date, at: datetime, tell: Tell) -> None:
    """Bring everything that is worked out from records up to date, after many of them were written at once."""
    tell("Judging the open deals", None)
    pipeline.judge_book(as_of=as_of, at=at)
    tell("Writing what the search finds", None)
    search.rebuild()


def system_of(made: Intake) -> str:
    """The system that the deals come from, as references name it."""
    return next((file.system for file in made.files if file.role == "deals"), "") or "file"


def told_by(tell: Tell) -> intake.Progress:
    """The progress of writing, told in words."""
    return lambda step: tell(f"Writing: {step.name}", step.done / step.total if step.total else None)
