"""The board: one pipeline, a column for each stage, the largest deals first."""

from dataclasses import dataclass, replace
from datetime import date

from earnest.people.actors import Actor
from earnest.pipeline.asking import Asked, Cursor, written
from earnest.pipeline.reads import choices, deals, sums
from earnest.pipeline.reads.choices import Choice, StageChoice
from earnest.pipeline.reads.deals import DealRow
from earnest.pipeline.reads.sums import Totals

CARDS = 10
# Deals that no pipeline holds yet stand in a first column of their own.
NO_STAGE = 0


@dataclass(frozen=True)
class Column:
    """A stage with its totals and its largest deals; `more` is where the next ones start."""

    stage_id: int
    name: str
    means: str
    totals: tuple[Totals, ...]
    cards: tuple[DealRow, ...]
    more: str

    @property
    def deal_count(self) -> int:
        """How many open deals it holds."""
        return sum(each.deal_count for each in self.totals)


@dataclass(frozen=True)
class Board:
    """A pipeline as columns, beside the other pipelines that one may choose."""

    pipeline_id: int | None
    pipelines: tuple[Choice, ...]
    columns: tuple[Column, ...]
    stages: tuple[StageChoice, ...]


def board(actor: Actor, asked: Asked, *, as_of: date) -> Board:
    """The board of the asked-for pipeline, or of the first.

    Two statements for the frame and one or two for each stage that holds deals, however many those are.
    """
    every_stage = choices.stages(actor)
    pipelines = tuple(dict.fromkeys((each.pipeline_id, each.pipeline) for each in every_stage))
    known = [number for number, _name in pipelines]
    wanted = asked.values.get("pipeline", known[0] if known else None)
    stages = tuple(each for each in every_stage if each.pipeline_id == wanted)
    found = sums.by_stage(actor, _of_every_pipeline(asked))
    columns = [
        _column(actor, asked, each, found.get(each.stage_id, ()), as_of)
        for each in stages
        if not each.is_end or each.stage_id in found
    ]
    if None in found and wanted in known[:1]:
        stageless = StageChoice(NO_STAGE, "No stage yet", 0, "", "", None)
        columns.insert(0, _column(actor, asked, stageless, found[None], as_of))
    return Board(wanted if wanted in known else None, pipelines, tuple(columns), stages)


def cards(
    actor: Actor, asked: Asked, stage_id: int, *, as_of: date, after: Cursor | None
) -> tuple[tuple[DealRow, ...], str]:
    """The cards of one column after a card, and where the next ones start; empty at the end."""
    narrowed = _of_every_pipeline(asked).narrowed(stage=stage_id)
    column = replace(narrowed, order="amount", descending=True, after=None)
    page = deals.page(actor, column, as_of=as_of, limit=CARDS, after=after)
    return page.rows, "" if page.next is None else written(page.next)


def stages_beside(actor: Actor, stage_id: int) -> tuple[StageChoice, ...]:
    """The stages of the same pipeline; those of the first for what no pipeline holds yet."""
    every_stage = choices.stages(actor)
    pipelines = [each.pipeline_id for each in every_stage if stage_id in (each.stage_id, NO_STAGE)]
    return tuple(each for each in every_stage if pipelines and each.pipeline_id == pipelines[0])


def _of_every_pipeline(asked: Asked) -> Asked:
    """The open deals that the board is asked for; which pipeline follows from the stages that it shows."""
    kept = {name: value for name, value in asked.values.items() if name != "pipeline"}
    return replace(asked, values={**kept, "outcome": "open"})


def _column(actor: Actor, asked: Asked, stage: StageChoice, totals: tuple[Totals, ...], as_of: date) -> Column:
    shown, more = cards(actor, asked, stage.stage_id, as_of=as_of, after=None) if totals else ((), "")
    return Column(stage.stage_id, stage.name, stage.meaning, totals, shown, more)
