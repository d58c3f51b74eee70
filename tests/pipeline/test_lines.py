"""Each open deal as a line: in which order, with which words, and the one question to ask next."""

from typing import Any

import pytest

from earnest.measures.figures import Money
from earnest.pipeline import figures, findings, frames, lines
from earnest.pipeline.benchmarks import Benchmarks, benchmarks
from earnest.rulebook.rule import State, Verdict
from tests.pipeline import story
from tests.pipeline.made import NO_MARKS, a_book
from tests.rulebook.books import TODAY
from tests.rulebook.verdicts import day

AGREED = "Agree the measure with Ines"
MARKS = Benchmarks(NO_MARKS.cycle, {"good_through_days": 255}, {}, {}, {})


def listed(
    deals: list[dict[str, Any]], *, limit: int | None = None, marks: Benchmarks = NO_MARKS, **tables: Any
) -> figures.Deals:
    judged = frames.judged(a_book(deals, **tables), marks=marks)
    return lines.deal_lines(findings.in_memory(judged), limit=limit)


def line(deal: dict[str, Any], *, marks: Benchmarks = NO_MARKS, **tables: Any) -> figures.DealLine:
    return listed([deal], marks=marks, **tables).lines[0]


# --- order and limit -------------------------------------------------------------------------------------------


def test_flagged_deals_come_first_and_within_them_the_largest() -> None:
    deals = [
        {"amount": 9_000, "next_step": AGREED},
        {"amount": 100, "next_step": None},
        {"amount": 300, "next_step": "follow up"},
        {"amount": None, "next_step": None},
        {"amount": 300, "next_step": None},
        {"amount": 50, "next_step": AGREED},
    ]
    assert [each.deal_id for each in listed(deals).lines] == [3, 5, 2, 4, 1, 6]


def test_a_soft_flag_counts_as_a_flag_and_a_note_does_not() -> None:
    soft = {"amount": 1, "seller_close_on": TODAY - 1}
    noted = {"amount": 0, "seller_close_on": TODAY}
    assert [each.deal_id for each in listed([noted, {**soft, "amount": 5}, soft]).lines] == [2, 3, 1]


@pytest.mark.parametrize(("limit", "shown"), [(None, 3), (0, 0), (2, 2), (3, 3), (9, 3)])
def test_the_limit_is_on_the_lines_and_not_on_the_count(limit: int | None, shown: int) -> None:
    found = listed([{"amount": 1}, {"amount": 2}, {"amount": 3}], limit=limit)
    assert (found.total, found.shown, len(found.lines)) == (3, shown, shown)
    assert [each.deal_id for each in found.lines] == [3, 2, 1][:shown]


def test_a_book_without_open_deals_has_no_lines() -> None:
    assert listed([{"outcome": "won"}]) == figures.Deals(total=0, shown=0, lines=())


@pytest.mark.duty("S4.76")
def test_the_story_begins_with_what_is_not_real() -> None:
    book = story.book()
    judged = frames.judged(book, marks=benchmarks(book))
    found = lines.deal_lines(findings.in_memory(judged), limit=9)
    assert [each.title for each in found.lines] == ["P15", "P16", "P21", "T3", "P14", "P11", "P17", "T2", "T4"]


# --- one line --------------------------------------------------------------------------------------------------


@pytest.mark.duty("S4.76")
def test_the_zombie_is_told_whole() -> None:
    """T3, Dunmoor Freight."""
    deal = {
        "external_id": "006T3", "title": "Dock scheduling", "account": "Dunmoor Freight", "owner": "Chidi",
        "segment": "mid", "stage": "Proposal", "amount": 128_000_00, "currency": "EUR",
        "opened_on": day("2025-02-10"), "seller_close_on": day("2025-12-31"), "buyer_by_when_on": None,
        "next_step": "follow up", "next_step_on": None, "pushes_stated": 5,
    }  # fmt: skip
    found = line(deal, marks=MARKS)
    assert found == figures.DealLine(
        deal_id=1, external_id="006T3", title="Dock scheduling", account="Dunmoor Freight", owner="Chidi",
        segment="mid", stage="Proposal", amount=Money(128_000_00, "EUR"), amount_is_list_price=False,
        opened_day=day("2025-02-10"), age_days=308, good_through_day=day("2025-10-23"), days_past=53,
        seller_close_day=day("2025-12-31"), buyer_by_when_day=None, next_step="follow up", next_step_day=None,
        push_count=5, verdicts=found.verdicts, unknown_titles=("step overdue",),
        ask_next="What would you need to see before you could take the next step?",
        ask_why="The next step is «follow up»: it names no act of the buyer and no result.",
    )  # fmt: skip
    assert [(each.rule, each.severity, each.sentence) for each in found.verdicts] == [
        ("vague_next_step", "hard", "The next step is «follow up»: it names no act of the buyer and no result."),
        (
            "past_good_through",
            "hard",
            "It has been open for 308 days; nine in ten wins of its kind came within 255 days.",
        ),
        ("often_pushed", "watch", "Its close date has been pushed 5 times."),
        (
            "no_buyer_date",
            "note",
            "Nothing is written down about when the buyer needs this, so the close date is ours alone.",
        ),
    ]


def test_a_verdict_carries_what_clears_it_and_the_duty() -> None:
    rule = frames.RULES_BY_NAME["no_next_step"]
    assert line({"next_step": None}).verdicts == (
        figures.VerdictLine(
            "no_next_step", "no next step", "hard", "flagged",
            "No next step with anybody at the buyer is written down.", rule.clears, rule.asks, "S4.76",
        ),
    )  # fmt: skip


def test_a_bare_deal_is_told_without_inventing() -> None:
    found = line({})
    assert (found.title, found.amount, found.age_days, found.good_through_day, found.days_past) == (
        "",
        None,
        None,
        None,
        None,
    )
    assert (found.verdicts, found.unknown_titles, found.push_count) == ((), (), None)


def test_pushes_that_we_saw_come_before_those_that_are_stated() -> None:
    change = {"field": "seller_close_on", "at": 0, "from_on": 0, "to_on": 30}
    assert line({"pushes_stated": 9}, changes=[change]).push_count == 1
    assert line({"pushes_stated": 9}).push_count == 9


@pytest.mark.parametrize(
    ("amount", "listed_at", "told", "is_list_price"),
    [
        (500, 900, Money(500, "EUR"), False),
        (None, 900, Money(900, "EUR"), True),
        (0, 900, Money(900, "EUR"), True),
        (None, None, None, False),
    ],
)
def test_a_list_price_is_marked_wherever_it_stands(
    amount: int | None, listed_at: int | None, told: Money | None, is_list_price: bool
) -> None:
    found = line({"amount": amount, "list_amount": listed_at, "currency": "EUR"})
    assert (found.amount, found.amount_is_list_price) == (told, is_list_price)


# --- the good-through day --------------------------------------------------------------------------------------


def good_through(**columns: Any) -> tuple[int | None, int | None, bool]:
    found = line({"opened_on": TODAY - 300, **columns}, marks=MARKS)
    return found.good_through_day, found.days_past, "past its date" in [each.title for each in found.verdicts]


@pytest.mark.duty("S4.76")
def test_the_good_through_day_is_the_opening_day_and_the_days_of_its_kind() -> None:
    assert good_through() == (TODAY - 45, 45, True)
    assert good_through(opened_on=TODAY - 255) == (TODAY, 0, False)
    assert good_through(opened_on=TODAY - 254) == (TODAY + 1, 0, False)
    assert good_through(opened_on=None) == (None, None, False)


@pytest.mark.duty("S4.76")
def test_a_later_day_of_the_buyers_own_moves_it() -> None:
    """D3: their day less the lead time, and a fortnight; what the line shows and what the rule flags are one."""
    theirs = {"buyer_by_when_on": TODAY + 60, "lead_time_days": 45.0}
    assert good_through(**theirs) == (TODAY + 60 - 45 + 14, 0, False)
    assert good_through(**{**theirs, "lead_time_days": None}) == (TODAY + 60 + 14, 0, False)
    assert good_through(**{**theirs, "buyer_by_when_on": TODAY}) == (TODAY - 45, 45, True)
    assert good_through(**{**theirs, "buyer_by_when_on": TODAY + 10}) == (TODAY + 10 - 45 + 14, 21, True)
    assert good_through(**{**theirs, "buyer_by_when_on": None}) == (TODAY - 45, 45, True)


# --- the next question -----------------------------------------------------------------------------------------

RULE = frames.RULES_BY_NAME


def flagged(name: str) -> Verdict:
    return Verdict(RULE[name], State.FLAGGED, f"The sentence of {name}.")


@pytest.mark.duty("S1.2")
def test_the_question_comes_from_the_gravest_flag() -> None:
    found = line({"next_step": None, "seller_close_on": TODAY - 1})
    assert (found.ask_next, found.ask_why) == (
        "What would be a useful next step for you, and who else should be there?",
        "No next step with anybody at the buyer is written down.",
    )
    assert lines.next_question([flagged("close_date_passed"), flagged("use_soon")], []) == (
        RULE["close_date_passed"].asks,
        "The sentence of close_date_passed.",
    )


def test_where_nothing_is_flagged_it_asks_what_only_the_buyer_can_tell() -> None:
    unknown = [RULE["often_pushed"], RULE["stuck_in_stage"], RULE["forced_timeline"], RULE["gap_unknown"]]
    assert lines.next_question([], unknown) == (
        "How did you arrive at that date, and who else is holding you to it?",
        "The buyer's answer is not written down, so «forced date» cannot be told.",
    )


def test_what_no_buyer_can_tell_is_not_asked() -> None:
    assert lines.next_question([], [RULE["often_pushed"], RULE["stuck_in_stage"], RULE["amount_missing"]]) == ("", "")
    assert lines.next_question([], []) == ("", "")


def test_a_clean_deal_of_a_thin_export_is_asked_what_waiting_costs() -> None:
    found = line({"next_step": AGREED, "next_step_on": TODAY + 3})
    assert (found.ask_next, found.ask_why) == (
        "What happens if you leave this as it is for another year?",
        "The buyer's answer is not written down, so «no need shown» cannot be told.",
    )
