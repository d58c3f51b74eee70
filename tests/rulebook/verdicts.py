"""What one rule says of one row of columns: on the row and on a Polars frame, which must agree."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from earnest.pipeline import frames
from earnest.rulebook import book, engine, words
from earnest.rulebook.judge import Frame, judge
from earnest.rulebook.rule import Rule, State, verdict_on_row
from tests.rulebook.books import AS_OF, POLARS

FLAGGED, CLEAR, UNKNOWN = "flagged", "clear", "unknown"
THREE = {FLAGGED: True, CLEAR: False, UNKNOWN: None}
NAMES = ("columns", "state", "sentence")


def day(text: str) -> int:
    """An epoch day from `2025-12-18`."""
    return words.epoch_day(date.fromisoformat(text))


def at(text: str, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """An epoch second of a day."""
    return day(text) * 86_400 + hour * 3_600 + minute * 60 + second


def verdict(rule: Rule, columns: Mapping[str, Any]) -> tuple[str, str]:
    """The state and the sentence; the columns that are not given are absent, today is the day of the demo story."""
    row = {**frames.context_of(book.book([], as_of=AS_OF, thresholds=frames.THRESHOLDS)), **columns}
    found = verdict_on_row(rule, row, frames.vocabulary())
    assert _on_a_frame(rule, row) is THREE[found.state]
    return found.state, found.sentence


def _on_a_frame(rule: Rule, row: Mapping[str, Any]) -> bool | None:
    kinds = {name: POLARS[frames.vocabulary()[name].kind] for name in row}
    rows = pl.DataFrame({"deal_id": [1]} | {name: [value] for name, value in row.items()}, schema_overrides=kinds)
    judged = judge(Frame(engine.lazy(rows), frozenset(row), frames.vocabulary()), [rule])
    said: bool | None = engine.collect(judged.rows)[rule.name].to_list()[0]
    return said


def shown(rules: Iterable[Rule], module: ModuleType) -> None:
    """Every rule has a test of its own name, for its duty, with a flagged, a clear and an unknown deal."""
    for rule in rules:
        test: Callable[..., None] = getattr(module, f"test_{rule.name}")
        marks: dict[str, pytest.Mark] = {mark.name: mark for mark in getattr(test, "pytestmark", ())}
        assert marks["duty"].args == (rule.source,), rule.name
        assert {State(state) for _, state, _ in marks["parametrize"].args[1]} == set(State), rule.name
