"""Judging: frame and rules in, verdict columns out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from earnest.rulebook import on_frames
from earnest.rulebook.book import check_kind
from earnest.rulebook.engine import LazyFrame
from earnest.rulebook.rule import Rule
from earnest.rulebook.tables import Column


@dataclass(frozen=True)
class Frame:
    """One row per deal with named columns.

    `present` are the columns it really has; `vocabulary` says what every column that a rule may read is called,
    present or not.
    """

    rows: LazyFrame
    present: frozenset[str]
    vocabulary: Mapping[str, Column]


def judge(frame: Frame, rules: Sequence[Rule]) -> Frame:
    """The frame with one nullable boolean column per rule, by its name: true flagged, false clear, null unknown.

    Raises: WrongColumnKind when a column that a rule reads holds something else than it is declared to.
    """
    schema = frame.rows.collect_schema()
    for name in sorted(frame.present & frozenset().union(*(rule.reads for rule in rules))):
        check_kind("the frame", frame.vocabulary[name], schema[name])
    verdicts = {rule.name: on_frames.flag_column(rule.flags, frame.present) for rule in rules}
    return Frame(frame.rows.with_columns(**verdicts), frame.present | frozenset(verdicts), frame.vocabulary)
