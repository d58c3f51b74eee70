"""The report of `earnest check`: every figure that the page, the terminal and the JSON show, and nothing else.

The JSON is this structure as it is; `schema()` is its documentation. `SCHEMA_VERSION` goes up with every change
that could break a reader.
"""

from typing import Any

import msgspec

from earnest.forecast.figures import Forecast
from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal, Reconciled
from earnest.learn.figures import Ended
from earnest.measures.figures import Cycle
from earnest.pipeline.figures import Claimed, Deals, PastEveryWin

SCHEMA_VERSION = "1.0"


class Report(msgspec.Struct, frozen=True):
    """Everything `earnest check` found. Days are epoch days (since 1970-01-01); money is minor units with its currency.

    `headline` is one sentence, the finding; `sublines` what it rests on, one to three sentences. `next_acts` are
    sentences to act on, the first of them the one obvious act. `as_of_reason` says in a few words why that day.
    """

    schema_version: str
    earnest_version: str
    as_of_day: int
    as_of_reason: str
    replayed: bool
    headline: str
    sublines: tuple[str, ...]
    believed_cycle_days: int | None
    files: tuple[FileRead, ...]
    reconciled: Reconciled
    claimed: Claimed
    cycle: Cycle
    past_every_win: PastEveryWin
    deals: Deals
    ended: Ended
    forecast: Forecast
    dirt: tuple[Dirt, ...]
    proposals: tuple[Proposal, ...]
    mapping: tuple[MappedColumn, ...]
    next_acts: tuple[str, ...]


def to_json(report: Report) -> bytes:
    """The report as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2)


def schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    return msgspec.json.schema(Report)
