"""Judging: frame and rules in, verdict columns out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from earnest.rulebook import on_frames
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
    """The frame with one nullable boolean column per rule, by its name: true flagged, false clear, null unknown."""
    verdicts = {rule.name: on_frames.flag_column(rule.flags, frame.present) for rule in rules}
    return Frame(frame.rows.with_columns(**verdicts), frame.present | frozenset(verdicts), frame.vocabulary)
