"""The open deals as a frame: one row each, the columns that the book can tell, and one deal as a book of one."""

from typing import Any

import pytest

from earnest.pipeline import frames
from earnest.pipeline.benchmarks import benchmarks
from earnest.pipeline.tables import PERIODS
from earnest.rulebook import engine
from earnest.rulebook.book import MissingTable, book
from earnest.rulebook.rule import verdicts_on_row
from earnest.rulebook.tables import Kind
from tests.pipeline import made, story
from tests.pipeline.made import NO_MARKS, a_book
from tests.rulebook.books import AS_OF, TODAY
from tests.rulebook.verdicts import at, day

CONTEXT = {
    "as_of",
    "as_of_at",
    *(threshold.name for threshold in frames.THRESHOLDS),
    *(column.name for column in PERIODS),
}
ENGINES = ("polars", "duckdb", "pandas")


def rows_of(frame: frames.Frame) -> list[dict[str, Any]]:
    return engine.collect(frame.rows).sort("deal_id").rows(named=True)


def test_only_open_deals_are_in_the_frame_once_each() -> None:
    ends = ["open", "won", "lost", "no_decision", "declined", "open"]
    found = frames.open_deals(a_book([{"outcome": end} for end in ends]), NO_MARKS)
    assert [row["deal_id"] for row in rows_of(found)] == [1, 6]


def test_a_deal_with_many_rows_stays_one() -> None:
    letters = [{"direction": "in", "at": at("2025-12-01")}] * 3
    changes = [{"field": "stage", "at": at("2025-12-01"), "from_position": 1, "to_position": 2}] * 2
    found = frames.open_deals(a_book([{}, {}], activities=letters, changes=changes), NO_MARKS)
    assert [row["deal_id"] for row in rows_of(found)] == [1, 2]


def test_a_column_is_present_when_the_book_can_tell_it() -> None:
    found = frames.open_deals(a_book([{"next_step": None}]), NO_MARKS)
    assert found.present == {"deal_id", "outcome", "next_step"} | CONTEXT
    promises = [{"made_by": "seller", "due_on": TODAY - 1, "delivered_on": None}]
    more = frames.open_deals(a_book([{"next_step": None}], promises=promises), NO_MARKS).present - found.present
    assert more == {"promises_due_count", "promises_kept_count", "promises_overdue_count"}


def test_the_frame_holds_today_and_the_thresholds_as_they_are_set() -> None:
    row = rows_of(frames.open_deals(a_book([{}], changed={"quiet_limit_days": 45.0}), NO_MARKS))[0]
    assert (row["as_of"], row["as_of_at"]) == (TODAY, at("2025-12-16") - 1)
    assert (row["quiet_limit_days"], row["push_limit"]) == (45.0, 3)


def test_a_book_without_deals_is_refused() -> None:
    with pytest.raises(MissingTable, match="This book has no table of deals"):
        frames.open_deals(book([], as_of=AS_OF), NO_MARKS)


def test_the_benchmarks_are_learnt_from_the_book_unless_they_are_given() -> None:
    found = frames.open_deals(story.book())
    days = {row["segment"]: row["good_through_days"] for row in rows_of(found)}
    assert days == {"ent": 310, "mid": 255}
    assert "good_through_days" not in frames.open_deals(story.book(), NO_MARKS).present


@pytest.mark.parametrize("on", ENGINES)
def test_every_rule_becomes_a_column(on: str) -> None:
    judged = frames.judged(a_book([{"next_step": None}, {"next_step": "follow up"}], on=on), marks=NO_MARKS)
    found = rows_of(judged)
    assert [(row["no_next_step"], row["vague_next_step"], row["often_pushed"]) for row in found] == [
        (True, False, None),
        (False, True, None),
    ]
    assert judged.present >= {rule.name for rule in frames.RULES}


def test_only_the_rules_asked_for_are_judged() -> None:
    rule = frames.RULES_BY_NAME["no_next_step"]
    judged = frames.judged(a_book([{"next_step": None}]), marks=NO_MARKS, rules=[rule])
    assert judged.present & set(frames.RULES_BY_NAME) == {"no_next_step"}


def test_a_book_without_open_deals_is_judged_all_the_same() -> None:
    assert rows_of(frames.judged(a_book([{"outcome": "won"}]), marks=NO_MARKS)) == []


def test_the_vocabulary_has_every_column_with_its_kind_and_words() -> None:
    words = frames.vocabulary()
    assert (words["good_through_days"].kind, words["quiet_limit_days"].label) == (Kind.NUMBER, "quiet limit days")
    assert {name for rule in frames.RULES for name in rule.reads} <= set(words)
    assert frames.vocabulary() is words


# --- one deal is a book of one ---------------------------------------------------------------------------------

T3 = {
    "segment": "mid", "currency": "EUR", "opened_on": day("2025-02-10"), "amount": 12_800_000, "stage_position": 5,
    "next_step": "follow up", "next_step_on": None, "seller_close_on": day("2025-12-31"), "buyer_by_when_on": None,
    "lead_time_days": None,
}  # fmt: skip
T3_ROWS = {
    "activities": [
        {"direction": "in", "at": at("2025-09-30", 14), "channel": "call", "contact_id": 7},
        {"direction": "out", "at": at("2025-12-02", 9), "channel": "email", "contact_id": 7},
    ],
    "changes": [
        {"field": "seller_close_on", "at": at(f"2025-{month:02}-01"), "from_on": day(f"2025-{month:02}-28"),
         "to_on": day(f"2025-{month + 1:02}-28")}
        for month in range(6, 11)
    ],
    "evidence": [
        {"element": f"N{n}", "level": level, "said_on": day("2025-03-20"), "corrected_on": None}
        for n, level in enumerate((2, 2, 1, 2, 1), 1)
    ],
    "promises": [{"made_by": "seller", "due_on": day("2025-10-10"), "delivered_on": None}],
}  # fmt: skip


@pytest.mark.duty("S4.76")
def test_one_deal_is_judged_from_its_own_rows() -> None:
    """T3, Dunmoor Freight: the zombie."""
    said = verdicts_on_row(frames.RULES, made.deal(T3, marks=benchmarks(story.book()), **T3_ROWS))
    assert {name for name, state in said.items() if state} == {
        "vague_next_step", "past_good_through", "often_pushed", "pushed_far", "buyer_quiet", "no_buyer_date",
        "gap_unknown", "one_person_only", "promise_overdue", "promises_broken", "recheck_due",
    }  # fmt: skip
    assert {name for name, state in said.items() if state is None} == {
        "overdue_next_step", "far_next_step", "forced_timeline", "late_for_buyer", "no_activity", "stuck_in_stage",
        "we_talk_more", "back_and_forth", "stage_skipped", "unusually_large", "no_need",
        "fit_failed", "people_unheard", "one_sided_step", "stage_inflated", "column_fodder", "fodder_in_question",
        "forced_date", "deep_discount", "below_floor",
    }  # fmt: skip


def test_rows_of_tables_that_the_book_lacks_are_not_looked_at() -> None:
    book_of_one = {"deals": [{"deal_id": 1, "outcome": "open", "amount": 5}], "promises": T3_ROWS["promises"]}
    row = frames.deal_row(book_of_one, NO_MARKS, context={"as_of": TODAY}, present={"deals": frozenset({"deal_id"})})
    assert row == {"deal_id": 1, "as_of": TODAY}
