"""What the present rules say of the story: they read it from the database, as every page does.

An acceptance test is named only where all of it holds. AT-14, AT-16 to AT-19, AT-35 and AT-47 are here as far as
rules exist, and each docstring says what is to come.
"""

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pytest

from earnest.demo.story import Loaded
from earnest.demo.tarnholt import company, opened
from earnest.learn import frames as learn_frames
from earnest.learn.figures import Ended
from earnest.measures import cycle
from earnest.measures.figures import Money
from earnest.people import actors
from earnest.people.models import User
from earnest.pipeline import benchmarks, figures, findings, frames, lines
from earnest.pipeline.benchmarks import Benchmarks
from earnest.pipeline.findings import JudgedDeals
from earnest.records import book as records_book
from earnest.records.tables import DEALS
from earnest.rulebook import engine, words
from earnest.rulebook.book import Book

pytestmark = pytest.mark.django_db
K = company.THOUSAND_MINOR


@pytest.fixture(scope="module")
def book(tarnholt: Loaded) -> Book:
    """The book as Grete sees it on the day of the story."""
    grete = actors.actor_of(User.objects.get(pk=tarnholt.user_ids["GR"]), today=company.AS_OF)
    return records_book.read(grete, as_of=company.AS_OF, thresholds=frames.THRESHOLDS)


@pytest.fixture(scope="module")
def without_the_gift(book: Book, tarnholt: Loaded) -> Book:
    """The book as it will be once a rule says that T5 is a gift and no win (D25)."""
    return book.with_table(DEALS, book.table("deals").rows.filter(nw.col("deal_id") != tarnholt.deal_ids["T5"]))


@pytest.fixture(scope="module")
def marks(without_the_gift: Book) -> Benchmarks:
    return benchmarks.benchmarks(without_the_gift)


@pytest.fixture(scope="module")
def judged(without_the_gift: Book, marks: Benchmarks) -> JudgedDeals:
    return findings.in_memory(frames.judged(without_the_gift, marks=marks))


@pytest.fixture(scope="module")
def claimed(judged: JudgedDeals) -> figures.Claimed:
    return findings.claimed(judged)


@pytest.fixture(scope="module")
def ended(without_the_gift: Book) -> Ended:
    return learn_frames.ended(without_the_gift)


@pytest.fixture(scope="module")
def keys(tarnholt: Loaded) -> dict[int, str]:
    """What the story calls each deal, by its number."""
    return {number: key for key, number in tarnholt.deal_ids.items()}


def flagged(judged: JudgedDeals, keys: dict[int, str], rule: str) -> set[str]:
    place = [each.name for each in judged.rules].index(rule)
    numbers = judged.rows["deal_id"].to_numpy()[np.flatnonzero(judged.states[:, place] == findings.FLAGGED)]
    return {keys[int(number)] for number in numbers}


def line(judged: JudgedDeals, loaded: Loaded, key: str) -> figures.DealLine:
    found = lines.deal_lines(judged, limit=None).lines
    return next(each for each in found if each.deal_id == loaded.deal_ids[key])


@pytest.mark.at("AT-01")
def test_days_to_a_win(without_the_gift: Book) -> None:
    measured = cycle.of_book(without_the_gift)
    assert measured.days == (196, 236, 289)
    assert measured.won_share is not None
    assert round(measured.won_share, 4) == 0.2623
    assert (measured.win_count, measured.ended_count, measured.open_count) == (21, 84, 30)
    assert (measured.observed_from_day, measured.undated_count, measured.at_least) == (None, 0, False)


@pytest.mark.at("AT-02")
def test_days_to_a_win_of_each_segment(without_the_gift: Book) -> None:
    ent, mid = cycle.of_book(without_the_gift).segments
    assert (mid.segment, mid.own_days, mid.days) == ("mid", (171, 196, 232), (182, 212, 255))
    assert (ent.segment, ent.own_days, ent.days) == ("ent", (236, 289, 341), (212, 257, 310))
    assert mid.median_days is not None
    assert ent.median_days is not None
    assert (round(mid.median_days, 1), round(ent.median_days, 1)) == (181.0, 211.6)


@pytest.mark.at("AT-03")
def test_naive_days(without_the_gift: Book) -> None:
    measured = cycle.of_book(without_the_gift)
    assert measured.naive_mean_days is not None
    assert [round(days, 1) for days in measured.naive_days if days is not None] == [187.0, 233.3, 279.2]
    assert round(measured.naive_mean_days, 1) == 195.3


def test_until_a_rule_tells_gifts_apart_the_gift_counts_as_a_win(book: Book) -> None:
    """AT-07 wants 21; this test changes on the day D25 is a rule."""
    measured = cycle.of_book(book)
    assert (measured.win_count, measured.days) == (22, (196, 236, 289))
    assert [each.days for each in measured.segments] == [(212, 257, 310), (177, 212, 254)]


@pytest.mark.at("AT-06")
@pytest.mark.at("AT-08")
def test_rates_leave_out_what_was_declined(ended: Ended) -> None:
    assert (ended.won_count, ended.lost_count, ended.no_decision_count, ended.declined_count) == (21, 29, 28, 6)
    rates = (ended.all_in, ended.competitive, ended.decision, ended.no_decision)
    assert [(rate.x, rate.n) for rate in rates] == [(21, 78), (21, 50), (50, 78), (28, 78)]
    assert [round(100 * (rate.share or 0), 1) for rate in rates] == [26.9, 42.0, 64.1, 35.9]
    assert ended.by_value[0].won == Money(2_662 * K, "EUR")


def test_thirty_deals_claim_3465(claimed: figures.Claimed) -> None:
    (value,) = claimed.values
    assert (claimed.open_count, value.claimed) == (30, Money(3_465 * K, "EUR"))
    assert (value.unvalued_count, value.list_priced_count) == (0, 0)


def test_hard_deals_as_far_as_rules_exist(judged: JudgedDeals, claimed: figures.Claimed, keys: dict[int, str]) -> None:
    """T2, P20 and P22 join them once «no need shown» and column fodder are rules: 10 deals, 1,317 k."""
    assert flagged(judged, keys, "no_next_step") == {"P11", "P15", "P17"}
    assert flagged(judged, keys, "vague_next_step") == {"T3", "P14", "P16", "P21"}
    assert flagged(judged, keys, "past_good_through") == {"T3", "P16"}
    assert (claimed.hard_count, claimed.values[0].not_real) == (7, Money(899 * K, "EUR"))


def test_nothing_that_is_not_hard_is_soft_but_the_forced_date(
    judged: JudgedDeals, claimed: figures.Claimed, keys: dict[int, str]
) -> None:
    """P13 and P18 become soft once a next step says who acts."""
    soft = {rule.name for rule in judged.rules if rule.severity == "soft"}
    hard = {"T3", "P11", "P14", "P15", "P16", "P17", "P21"}
    assert set().union(*(flagged(judged, keys, name) for name in soft)) - hard == {"T4"}
    assert claimed.soft_count == 1


def test_open_and_hard_value_of_each_rep(claimed: figures.Claimed) -> None:
    told = {
        each.owner: (each.open_count, each.open_value[0].minor // K, sum(money.minor for money in each.hard_value) // K)
        for each in claimed.owners
    }
    # Bo's and Dana's are 385 and 248 once a need that is not shown is a rule.
    assert told == {
        "Amara": (6, 662, 0),
        "Bo": (5, 733, 75),
        "Chidi": (6, 756, 684),
        "Dana": (5, 598, 140),
        "Elif": (5, 537, 0),
        "Farid": (3, 179, 0),
    }


def test_dunmoor_is_53_days_past_its_date(judged: JudgedDeals, tarnholt: Loaded) -> None:
    dunmoor = line(judged, tarnholt, "T3")
    assert (dunmoor.age_days, dunmoor.push_count, dunmoor.days_past) == (308, 5, 53)
    assert dunmoor.good_through_day == words.epoch_day(date(2025, 10, 23))
    assert [each.rule for each in dunmoor.verdicts if each.severity == "hard"] == [
        "vague_next_step",
        "past_good_through",
    ]


def test_everleigh_is_forced_by_73_days(
    judged: JudgedDeals, marks: Benchmarks, tarnholt: Loaded, keys: dict[int, str]
) -> None:
    everleigh = line(judged, tarnholt, "T4")
    assert flagged(judged, keys, "forced_timeline") == {"T4"}
    assert flagged(judged, keys, "late_for_buyer") == set()
    (forced,) = (each for each in everleigh.verdicts if each.rule == "forced_timeline")
    assert forced.sentence == "Your close date 30 Dec 2025 is 73 days before the buyer needs to decide."
    assert everleigh.good_through_day == words.epoch_day(date(2026, 4, 28))
    median = marks.by_segment["ent"]["median_cycle_days"]
    assert median is not None
    assert round(0.15 * median, 2) == 31.74


def test_brackenfold_is_good_until_21_may_and_unflagged(judged: JudgedDeals, tarnholt: Loaded) -> None:
    brackenfold = line(judged, tarnholt, "T1")
    assert brackenfold.good_through_day == words.epoch_day(date(2026, 5, 21))
    assert [each.rule for each in brackenfold.verdicts] == []


@pytest.mark.parametrize(("key", "verdicts"), [("T1", []), ("T3", ["vague_next_step"]), ("P11", ["no_next_step"])])
def test_verdicts_on_next_steps(judged: JudgedDeals, tarnholt: Loaded, key: str, verdicts: list[str]) -> None:
    """P13's step, on which only we act, has no rule yet: nothing says who acts."""
    found = [each.rule for each in line(judged, tarnholt, key).verdicts if each.rule.endswith("_next_step")]
    assert found == verdicts


def test_a_step_that_is_not_done_is_overdue_the_day_after(tarnholt: Loaded) -> None:
    grete = actors.actor_of(User.objects.get(pk=tarnholt.user_ids["GR"]), today=company.AS_OF)
    later = records_book.read(grete, as_of=date(2025, 12, 19), thresholds=frames.THRESHOLDS)
    judged = findings.in_memory(frames.judged(later))
    assert "overdue_next_step" in [each.rule for each in line(judged, tarnholt, "T1").verdicts]


def test_each_open_deal_is_as_the_table_tells(book: Book, tarnholt: Loaded) -> None:
    frame = engine.collect(frames.open_deals(book).rows)
    found: dict[int, dict[str, Any]] = {row["deal_id"]: row for row in frame.rows(named=True)}
    for told in opened.rows():
        row = found[tarnholt.deal_ids[told.key]]
        assert (row["amount"], row["segment"], row["stage_position"], row["as_of"] - row["opened_on"]) == (
            told.value * K,
            told.segment,
            told.stage,
            told.age_days,
        )
        assert int((row["as_of_at"] - row["latest_inbound_at"]) // 86_400) == told.quiet_days
    told_quiet = {"T1": 3, "T2": 4, "T3": 76, "T4": 6}
    quiet = {
        key: int((row["as_of_at"] - row["latest_inbound_at"]) // 86_400)
        for key in told_quiet
        for row in [found[tarnholt.deal_ids[key]]]
    }
    assert quiet == told_quiet
    assert {key: found[tarnholt.deal_ids[key]]["stage_position"] for key in told_quiet} == {
        "T1": 4,
        "T2": 5,
        "T3": 5,
        "T4": 5,
    }
