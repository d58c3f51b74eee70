"""What the present rules say of the story: they read it from the database, as every page does.

An acceptance test is named only where all of it holds; AT-35 and AT-47 are to come.
"""

from datetime import date
from typing import Any

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
from earnest.pipeline import benchmarks, figures, findings, frames, lines, sales, standings
from earnest.pipeline.benchmarks import Benchmarks
from earnest.pipeline.findings import JudgedDeals
from earnest.records import book as records_book
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
def without_the_gift(book: Book) -> Book:
    """The book with the wins that are sales: T5 was a gift (D25)."""
    return sales.counted(book)


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


@pytest.mark.at("AT-07")
@pytest.mark.duty("S4.18")
def test_a_gift_is_no_win(book: Book, without_the_gift: Book, tarnholt: Loaded) -> None:
    """Without the rule there would be 22 wins, and another cycle of its segment."""
    assert [row["deal_id"] for row in engine.collect(sales.fake(book)).rows(named=True)] == [tarnholt.deal_ids["T5"]]
    measured = cycle.of_book(book)
    assert (measured.win_count, measured.days) == (22, (196, 236, 289))
    assert cycle.of_book(without_the_gift).win_count == 21
    assert learn_frames.ended(without_the_gift).by_value[0].won == Money(2_662 * K, "EUR")


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


@pytest.mark.at("AT-17")
@pytest.mark.duty("S1.9")
def test_ten_deals_are_hard(judged: JudgedDeals, claimed: figures.Claimed, keys: dict[int, str]) -> None:
    hard = {rule.name for rule in judged.rules if rule.severity == "hard"}
    found = set().union(*(flagged(judged, keys, name) for name in hard))
    assert found == {"T2", "T3", "P11", "P14", "P15", "P16", "P17", "P20", "P21", "P22"}
    (value,) = claimed.values
    assert (claimed.hard_count, value.not_real, value.claimed) == (10, Money(1_317 * K, "EUR"), Money(3_465 * K, "EUR"))


@pytest.mark.at("AT-18")
@pytest.mark.duty("S1.9")
def test_hard_deals_by_reason(judged: JudgedDeals, claimed: figures.Claimed, keys: dict[int, str]) -> None:
    assert flagged(judged, keys, "no_next_step") == {"P11", "P15", "P17"}
    assert flagged(judged, keys, "vague_next_step") == {"T3", "P14", "P16", "P21"}
    assert flagged(judged, keys, "no_need") == {"T2", "T3", "P15", "P17", "P20", "P22"}
    assert flagged(judged, keys, "past_good_through") == {"T3", "P16"}
    assert flagged(judged, keys, "column_fodder") == {"T2"}
    hard = {rule.name for rule in judged.rules if rule.severity == "hard"}
    soft = {rule.name for rule in judged.rules if rule.severity == "soft"}
    out = set().union(*(flagged(judged, keys, name) for name in hard))
    assert set().union(*(flagged(judged, keys, name) for name in soft)) - out == {"P13", "P18"}
    assert claimed.soft_count == 2


@pytest.mark.at("AT-19")
def test_open_and_hard_value_of_each_rep(claimed: figures.Claimed) -> None:
    told = {
        each.owner: (each.open_count, each.open_value[0].minor // K, sum(money.minor for money in each.hard_value) // K)
        for each in claimed.owners
    }
    assert told == {
        "Amara": (6, 662, 0),
        "Bo": (5, 733, 385),
        "Chidi": (6, 756, 684),
        "Dana": (5, 598, 248),
        "Elif": (5, 537, 0),
        "Farid": (3, 179, 0),
    }
    shares = {owner: round(100 * hard / value) for owner, (_count, value, hard) in told.items() if hard}
    assert shares == {"Bo": 53, "Chidi": 90, "Dana": 41}


@pytest.mark.at("AT-09")
@pytest.mark.at("AT-12")
@pytest.mark.at("AT-16")
def test_each_told_deal_by_its_figures(book: Book, marks: Benchmarks, tarnholt: Loaded) -> None:
    """Need, fodder, steps and date of the open deals, as every list and page has them."""
    found = {each.deal_id: each for each in standings.of_book(book, marks)}
    told = {key: found[tarnholt.deal_ids[key]] for key in ("T1", "T2", "T3", "T4", "P11", "P13", "P20")}
    needs = {key: (round(each.need_score or 0, 1), each.need_band) for key, each in told.items() if key[0] == "T"}
    assert needs == {"T1": (95.0, 3), "T2": (3.3, 0), "T3": (12.5, 0), "T4": (73.3, 2)}
    assert (round(told["T2"].fodder_chance or 0, 2), round(told["T1"].fodder_chance or 0, 3)) == (0.80, 0.019)
    steps = {key: each.step_verdict for key, each in told.items()}
    assert {key: steps[key] for key in ("T3", "P11", "P13", "T1")} == {
        "T3": "vague",
        "P11": "none",
        "P13": "onesided",
        "T1": "valid",
    }
    earned = {key: (each.claimed_step, each.earned_step) for key, each in told.items()}
    assert (earned["T1"], earned["T2"], earned["T3"], earned["T4"]) == ((4, 4), (5, 1), (5, 1), (5, 5))
    assert (earned["P20"][0] or 0) - (earned["P20"][1] or 0) >= 2
    assert {key: told[key].date_verdict for key in ("T1", "T4")} == {"T1": "ok", "T4": "forced"}


@pytest.mark.at("AT-09")
def test_the_zombie_had_a_need_in_april(tarnholt: Loaded) -> None:
    grete = actors.actor_of(User.objects.get(pk=tarnholt.user_ids["GR"]), today=company.AS_OF)
    then = records_book.read(grete, as_of=date(2025, 4, 1), thresholds=frames.THRESHOLDS)
    marks = benchmarks.benchmarks(records_book.read(grete, as_of=company.AS_OF, thresholds=frames.THRESHOLDS))
    found = {each.deal_id: each for each in standings.of_book(then, marks)}[tarnholt.deal_ids["T3"]]
    assert (found.need_score, found.need_band) == (25.0, 1)


def test_dunmoor_is_53_days_past_its_date(judged: JudgedDeals, tarnholt: Loaded) -> None:
    dunmoor = line(judged, tarnholt, "T3")
    assert (dunmoor.age_days, dunmoor.push_count, dunmoor.days_past) == (308, 5, 53)
    assert dunmoor.good_through_day == words.epoch_day(date(2025, 10, 23))
    assert [each.rule for each in dunmoor.verdicts if each.severity == "hard"] == [
        "vague_next_step",
        "past_good_through",
        "no_need",
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
