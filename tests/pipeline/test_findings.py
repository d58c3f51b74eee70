"""Claimed against real (D9): what is open, what of it fails a hard rule, why, with whom, and in which currency."""

from typing import Any

import pytest

from earnest.measures.figures import Money
from earnest.pipeline import figures, findings, frames
from earnest.pipeline.benchmarks import Benchmarks, benchmarks
from earnest.rulebook.rule import Severity
from tests.pipeline import story
from tests.pipeline.made import NO_MARKS, a_book
from tests.rulebook.books import TODAY
from tests.rulebook.verdicts import at

AGREED = "Agree the measure with Ines"


def held(deals: list[dict[str, Any]], *, marks: Benchmarks = NO_MARKS, **tables: Any) -> findings.JudgedDeals:
    return findings.in_memory(frames.judged(a_book(deals, **tables), marks=marks))


def reason(found: figures.Claimed, rule: str) -> figures.Reason:
    return next(each for each in found.reasons if each.rule == rule)


def deal(amount: int | None = 100, step: str | None = AGREED, **more: Any) -> dict[str, Any]:
    return {"amount": amount, "next_step": step, "currency": "EUR", **more}


# --- the demo story --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told() -> figures.Claimed:
    book = story.book()
    marks = benchmarks(book)
    return findings.claimed(findings.in_memory(frames.judged(book, marks=marks)))


@pytest.mark.duty("S1.9")
def test_the_story_claims_3465_k_of_which_899_k_fail_these_rules(told: figures.Claimed) -> None:
    """Of the 1,317 k that are not real, 418 k (T2, P20, P22) are found by the need and by column fodder, not here."""
    assert told.values == (
        figures.ClaimedValue(
            currency="EUR",
            open_count=30,
            claimed=Money(3_465_000_00, "EUR"),
            not_real=Money(899_000_00, "EUR"),
            real=Money(2_566_000_00, "EUR"),
            not_real_share=899 / 3_465,
            unvalued_count=0,
            list_priced_count=0,
        ),
    )
    assert (told.open_count, told.hard_count, told.soft_count, told.unflagged_count) == (30, 7, 0, 23)


@pytest.mark.duty("S1.9")
def test_the_story_tells_why_and_no_deal_twice(told: figures.Claimed) -> None:
    none, vague, past = (reason(told, rule) for rule in ("no_next_step", "vague_next_step", "past_good_through"))
    assert (none.deal_count, none.value, none.only_reason_count) == (3, (Money(381_000_00, "EUR"),), 3)
    assert (vague.deal_count, vague.value, vague.only_reason_count) == (4, (Money(518_000_00, "EUR"),), 2)
    assert vague.only_reason_value == (Money(230_000_00, "EUR"),)  # P14 and P21
    # T3 and P16 are vague as well: no deal is past its date alone, and the three reasons hold seven deals, not nine.
    assert (past.deal_count, past.value) == (2, (Money(288_000_00, "EUR"),))
    assert (past.only_reason_count, past.only_reason_value) == (0, ())


@pytest.mark.duty("S1.9")
def test_the_story_tells_with_whom_by_name_and_unranked(told: figures.Claimed) -> None:
    assert [(each.owner, each.open_count, each.hard_count) for each in told.owners] == [
        ("AM", 6, 0), ("BO", 5, 1), ("CH", 6, 5), ("DA", 5, 1), ("EL", 5, 0), ("FA", 3, 0),
    ]  # fmt: skip
    assert [each.open_value[0].minor // 1_000_00 for each in told.owners] == [662, 733, 756, 598, 537, 179]
    hard = {each.owner: each.hard_value for each in told.owners}
    assert hard["CH"] == (Money(684_000_00, "EUR"),)  # 90 % of 756 k
    assert hard["AM"] == ()


def test_the_story_is_quiet_where_the_buyer_is(told: figures.Claimed) -> None:
    quiet = reason(told, "buyer_quiet")
    assert (quiet.deal_count, quiet.clear_count, quiet.unknown_count) == (4, 26, 0)


# --- value -----------------------------------------------------------------------------------------------------


def test_a_hard_deal_is_taken_out_once_however_many_reasons_it_has() -> None:
    marks = Benchmarks(NO_MARKS.cycle, {"good_through_days": 100}, {}, {}, {})
    old = {"opened_on": TODAY - 101}
    young = {"opened_on": TODAY - 1}
    found = findings.claimed(held([deal(700, None, **old), deal(200, None, **young), deal(100, **young)], marks=marks))
    value = found.values[0]
    assert (value.claimed.minor, value.not_real.minor, value.real.minor) == (1_000, 900, 100)
    assert value.not_real_share == 0.9
    assert (reason(found, "no_next_step").deal_count, reason(found, "past_good_through").deal_count) == (2, 1)
    assert reason(found, "no_next_step").only_reason_value == (Money(200, "EUR"),)


def test_currencies_are_never_added_up() -> None:
    found = findings.claimed(
        held([deal(100, None), deal(50, currency="USD"), deal(7, None, currency="JPY"), deal(9, currency=None)])
    )
    assert [(each.currency, each.claimed.minor, each.not_real.minor) for each in found.values] == [
        ("", 9, 0), ("EUR", 100, 100), ("JPY", 7, 7), ("USD", 50, 0),
    ]  # fmt: skip
    assert reason(found, "no_next_step").value == (Money(100, "EUR"), Money(7, "JPY"))


def test_a_book_without_currencies_has_one_without_a_name() -> None:
    found = findings.claimed(held([{"amount": 5, "next_step": None}, {"amount": 6, "next_step": AGREED}]))
    assert [(each.claimed, each.not_real) for each in found.values] == [(Money(11, ""), Money(5, ""))]


def test_a_list_price_stands_in_for_a_blank_amount_and_is_counted() -> None:
    deals = [
        deal(100, list_amount=900),
        deal(None, list_amount=40),
        deal(0, list_amount=5),
        deal(None, list_amount=None),
    ]
    value = findings.claimed(held(deals)).values[0]
    assert (value.claimed, value.list_priced_count, value.unvalued_count) == (Money(145, "EUR"), 2, 1)
    assert reason(findings.claimed(held(deals)), "amount_missing").deal_count == 3


def test_a_negative_amount_is_no_value() -> None:
    value = findings.claimed(held([deal(-500), deal(100)])).values[0]
    assert (value.claimed, value.unvalued_count) == (Money(100, "EUR"), 1)


def test_deals_without_any_amount_have_no_share() -> None:
    found = findings.claimed(held([{"next_step": None}]))
    assert found.values == (figures.ClaimedValue("", 1, Money(0, ""), Money(0, ""), Money(0, ""), None, 1, 0),)
    assert (found.hard_count, reason(found, "no_next_step").value) == (1, ())


def test_large_sums_stay_exact() -> None:
    amounts = [2**53 + 1, 2**53 + 1, 10]
    assert findings.claimed(held([deal(each) for each in amounts])).values[0].claimed.minor == 2**54 + 12


# --- reasons, owners, counts -----------------------------------------------------------------------------------


def test_what_cannot_be_told_names_the_columns_that_would_tell_it() -> None:
    found = findings.claimed(held([deal(seller_close_on=None), deal(seller_close_on=TODAY)]))
    far, passed, often = (reason(found, rule) for rule in ("far_next_step", "close_date_passed", "often_pushed"))
    assert (far.unknown_count, far.absent) == (2, ("next_step_horizon_days", "next_step_on"))
    assert far.absent_labels == ("how far out a next step may be", "the next step's date")
    assert (passed.unknown_count, passed.clear_count, passed.absent) == (1, 1, ())
    assert often.absent == ("pushes_count", "pushes_stated")


def test_a_column_whose_place_another_takes_is_not_missed() -> None:
    found = findings.claimed(held([deal(stage_changed_on=TODAY, pushes_stated=1)]))
    assert reason(found, "stuck_in_stage").absent == ("stage_median_days",)
    assert (reason(found, "often_pushed").unknown_count, reason(found, "often_pushed").absent) == (0, ())


def test_a_reason_carries_the_words_of_its_rule() -> None:
    found = reason(findings.claimed(held([deal(step=None)])), "no_next_step")
    rule = frames.RULES_BY_NAME["no_next_step"]
    assert (found.title, found.severity, found.source, found.clears) == (rule.title, "hard", "S4.76", rule.clears)
    assert (found.clear_count, found.unknown_count) == (0, 0)


def test_every_rule_is_a_reason_in_the_order_of_the_rules() -> None:
    found = findings.claimed(held([deal()]))
    assert [each.rule for each in found.reasons] == [rule.name for rule in frames.RULES]


def test_only_reason_means_alone_among_its_kind() -> None:
    """A note beside a hard flag does not make it less the only reason for which the deal is not real."""
    found = findings.claimed(held([deal(None, None), deal(None)]))
    assert reason(found, "no_next_step").only_reason_count == 1
    assert reason(found, "amount_missing").only_reason_count == 2


def test_deals_without_an_owner_are_listed_and_a_book_without_owners_lists_none() -> None:
    found = findings.claimed(held([deal(owner="Bo"), deal(200, None, owner=None), deal(owner="Amara")]))
    assert [(each.owner, each.open_count, each.hard_value) for each in found.owners] == [
        ("(no owner)", 1, (Money(200, "EUR"),)),
        ("Amara", 1, ()),
        ("Bo", 1, ()),
    ]
    assert findings.claimed(held([deal()])).owners == ()


def test_soft_means_flagged_and_not_hard() -> None:
    passed = {"seller_close_on": TODAY - 1}
    deals = held([deal(**passed), deal(step=None, **passed), deal(seller_close_on=TODAY)])
    found = findings.claimed(deals)
    assert (found.hard_count, found.soft_count, found.unflagged_count) == (1, 1, 1)
    assert deals.flagged(Severity.SOFT).tolist() == [True, True, False]
    assert deals.flagged().tolist() == [False, False, False]


def test_a_book_without_open_deals_claims_nothing() -> None:
    found = findings.claimed(held([{**deal(), "outcome": "won"}]))
    assert (found.open_count, found.hard_count, found.values, found.owners) == (0, 0, (), ())
    assert {(each.deal_count, each.unknown_count, each.value) for each in found.reasons} == {(0, 0, ())}


# --- age -------------------------------------------------------------------------------------------------------


def test_open_deals_older_than_every_win_are_counted_among_those_with_a_date() -> None:
    book = story.book()
    marks = benchmarks(book)
    deals = findings.in_memory(frames.judged(book, marks=marks))
    found = findings.past_every_win(deals, marks.cycle, as_of_day=TODAY)
    assert (found.longest_win_days, found.past_longest.x, found.past_longest.n) == (341, 0, 30)
    assert (found.undated_count, sum(each.open_count for each in found.ages)) == (0, 30)
    assert found.won_p95_days is not None
    assert found.past_p95.x == sum(TODAY - each["opened_on"] > found.won_p95_days for each in story.open_deals())


def test_undated_deals_are_counted_apart() -> None:
    deals = held([deal(opened_on=TODAY - 10), deal(opened_on=None), deal(opened_on=TODAY)])
    found = findings.past_every_win(deals, NO_MARKS.cycle, as_of_day=TODAY)
    assert (found.undated_count, found.past_longest.n, found.longest_win_days) == (1, 0, None)
    assert [(each.from_days, each.to_days, each.open_count) for each in found.ages] == [
        (age, age, int(age in (0, 10))) for age in range(11)
    ]
    bare = findings.past_every_win(held([deal()]), NO_MARKS.cycle, as_of_day=TODAY)
    assert (bare.undated_count, bare.ages) == (1, ())


def test_ages_lie_in_steps_of_one_width_without_a_gap() -> None:
    deals = held([deal(opened_on=TODAY - age) for age in (5, 6, 44, 45)])
    ages = findings.past_every_win(deals, NO_MARKS.cycle, as_of_day=TODAY).ages
    assert (ages[0].from_days, ages[0].to_days, ages[-1].to_days) == (5, 7, 46)
    assert [each.open_count for each in ages] == [2, *[0] * 12, 2]
    assert [one.to_days + 1 for one in ages[:-1]] == [other.from_days for other in ages[1:]]


def test_a_deal_is_given_as_the_rules_read_it() -> None:
    deals = held([deal()], activities=[{"direction": "in", "at": at("2025-09-30", 14)}])
    assert deals.row(0)["latest_inbound_at"] == at("2025-09-30", 14)
