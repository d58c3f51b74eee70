"""The same rules on every engine and on one deal: they are the same rule, or the build fails."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.measures.figures import Cycle
from earnest.measures.intervals import rate
from earnest.pipeline import frames
from earnest.pipeline.benchmarks import Benchmarks
from earnest.rulebook import engine
from earnest.rulebook.rule import verdicts_on_row
from tests.rulebook import books

OVERALL = {
    "median_cycle_days": 60.0,
    "use_soon_days": 90.0,
    "good_through_days": 120.0,
    "longest_win_days": 150.0,
    "next_step_horizon_days": 21.0,
}
MARKS = Benchmarks(
    Cycle(9, 20, 5, (60, 90, 120), 0.4, (50.0, 80.0, 100.0), 60.0, 140.0, 150, 400, False, None, rate(0, 0), (), ()),
    OVERALL,
    {"mid": {**OVERALL, "good_through_days": 100.0, "median_cycle_days": 40.0}},
    {"EUR": 60_000.0, "USD": 30_000.0},
    {2: 12.5, 3: 20.0},
    {"fodder_base_logit": -1.0, "usual_discount_share": 0.1},
)
NO_MARKS = Benchmarks(MARKS.cycle, dict.fromkeys(OVERALL), {}, {}, {})
SEEDS = st.integers(0, 2**32)


def _on_rows(found: books.Rows, marks: Benchmarks) -> dict[int, dict[str, bool | None]]:
    context = books.book_on("polars", found).context()
    by_deal: dict[int, dict[str, bool | None]] = {}
    for deal in found.tables["deals"]:
        if deal["outcome"] != "open":
            continue
        mine = {name: [r for r in rows if r["deal_id"] == deal["deal_id"]] for name, rows in found.tables.items()}
        row = frames.deal_row(mine, marks, context=context, present=found.present)
        by_deal[deal["deal_id"]] = verdicts_on_row(frames.RULES, row)
    return by_deal


def _on_engine(name: str, found: books.Rows, marks: Benchmarks) -> dict[int, dict[str, bool | None]]:
    judged = frames.judged(books.book_on(name, found), marks=marks)
    rows = engine.collect(judged.rows.select("deal_id", *(rule.name for rule in frames.RULES)))
    return {row["deal_id"]: {k: v for k, v in row.items() if k != "deal_id"} for row in rows.rows(named=True)}


@pytest.mark.parametrize(("name", "examples"), [("polars", 25), ("lazy", 25), ("duckdb", 6), ("pandas", 6)])
def test_every_engine_and_one_deal_say_the_same(name: str, examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(seed=SEEDS)
    def same(seed: int) -> None:
        found = books.random_rows(seed)
        assert _on_engine(name, found, MARKS) == _on_rows(found, MARKS)

    same()


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_without_enough_wins_every_rule_that_needs_them_is_unknown(seed: int) -> None:
    found = books.random_rows(seed)
    said = _on_engine("polars", found, NO_MARKS)
    assert said == _on_rows(found, NO_MARKS)
    assert True not in {verdicts["past_every_win"] for verdicts in said.values()}


def test_the_random_books_decide_every_rule_both_ways() -> None:
    """The property above would say nothing about a rule that the random books never decide."""
    seen: dict[str, set[bool | None]] = {rule.name: set() for rule in frames.RULES}
    for seed in range(120):
        for verdicts in _on_rows(books.random_rows(seed, whole=seed % 2 == 0), MARKS).values():
            for name, state in verdicts.items():
                seen[name].add(state)
    assert {name: states for name, states in seen.items() if not {True, False, None} <= states} == {}


def test_streaming_and_in_memory_polars_say_the_same() -> None:
    frame = pl.DataFrame({"deal_id": [1, 2], "outcome": ["open", "open"], "next_step": ["follow up", None]})
    native = frames.judged(
        books.book([(books.DEALS, frame.lazy())], as_of=books.AS_OF, thresholds=frames.THRESHOLDS), marks=MARKS
    ).rows.to_native()
    assert native.collect(engine="streaming").sort("deal_id").equals(native.collect(engine="in-memory").sort("deal_id"))
