"""The board: one pipeline, a column for each stage, the largest deals first."""

from collections.abc import Mapping
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

    Four statements, and one more where a stage holds fewer deals with a value than it shows, however many stages.
    """
    every_stage = choices.stages(actor)
    pipelines = tuple(dict.fromkeys((each.pipeline_id, each.pipeline) for each in every_stage))
    known = [number for number, _name in pipelines]
    wanted = asked.values.get("pipeline", known[0] if known else None)
    stages = tuple(each for each in every_stage if each.pipeline_id == wanted)
    found = sums.by_stage(actor, _of_every_pipeline(asked))
    shown = [each for each in stages if not each.is_end or each.stage_id in found]
    if None in found and wanted in known[:1]:
        shown.insert(0, StageChoice(NO_STAGE, "No stage yet", 0, "", "", None))
    columns = _columns(actor, asked, [(each, found.get(each.stage_id or None, ())) for each in shown], as_of)
    return Board(wanted if wanted in known else None, pipelines, columns, stages)


def cards(
    actor: Actor, asked: Asked, stage_id: int, *, as_of: date, after: Cursor | None
) -> tuple[tuple[DealRow, ...], str]:
    """The cards of one column after a card, and where the next ones start; empty at the end."""
    page = deals.page(actor, _by_value(asked, stage_id), as_of=as_of, limit=CARDS, after=after)
    return page.rows, "" if page.next is None else written(page.next)


def stages_beside(actor: Actor, stage_id: int) -> tuple[StageChoice, ...]:
    """The stages of the same pipeline; those of the first for what no pipeline holds yet."""
    every_stage = choices.stages(actor)
    pipelines = [each.pipeline_id for each in every_stage if stage_id in (each.stage_id, NO_STAGE)]
    return tuple(each for each in every_stage if pipelines and each.pipeline_id == pipelines[0])


def _of_every_pipeline(asked: Asked) -> Asked:
    """The open deals that the board is asked for; which pipeline follows from the stages that it shows."""
    return asked.widened("pipeline").narrowed(outcome="open")


def _by_value(asked: Asked, stage_id: int) -> Asked:
    narrowed = _of_every_pipeline(asked).narrowed(stage=stage_id)
    return replace(narrowed, order="amount", descending=True, after=None)


def _columns(
    actor: Actor, asked: Asked, stages: list[tuple[StageChoice, tuple[Totals, ...]]], as_of: date
) -> tuple[Column, ...]:
    """The columns of a board: which cards each has, one by one; everything about them, in one statement."""
    held = tuple(stage.stage_id for stage, totals in stages if totals)
    firsts = deals.largest(actor, _of_every_pipeline(asked), held, limit=CARDS + 1)
    wanted = [cursor.deal_id for cursors in firsts.values() for cursor in cursors[:CARDS]]
    rows = {row.deal_id: row for row in deals.chosen(actor, wanted, as_of=as_of)}
    return tuple(_column(stage, totals, firsts.get(stage.stage_id, []), rows) for stage, totals in stages)


def _column(stage: StageChoice, totals: tuple[Totals, ...], first: list[Cursor], rows: Mapping[int, DealRow]) -> Column:
    shown = tuple(rows[cursor.deal_id] for cursor in first[:CARDS] if cursor.deal_id in rows)
    more = written(first[CARDS - 1]) if len(first) > CARDS else ""
    return Column(stage.stage_id, stage.name, stage.meaning, totals, shown, more)
