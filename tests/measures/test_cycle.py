"""The cycle: the figures of the demo story, too few wins, short history, segments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import cycle, intervals
from earnest.measures.columns import OPEN, WON
from earnest.measures.cycle import Lives
from earnest.measures.figures import Rate
from tests.measures import tarnholt


@pytest.fixture
def measured():
    return cycle.of_lives(tarnholt.lives(), history_days=1_000)


@pytest.mark.at("AT-01")
def test_percentiles_of_all_segments(measured):
    assert measured.days == (196, 236, 289)
    assert abs(measured.won_share - 0.2623) < 0.0005


@pytest.mark.at("AT-02")
def test_percentiles_of_each_segment(measured):
    ent, mid = measured.segments
    assert (mid.own_days, ent.own_days) == ((171, 196, 232), (236, 289, 341))
    assert (mid.days, ent.days) == ((182, 212, 255), (212, 257, 310))
    assert (round(mid.median_days, 1), round(ent.median_days, 1)) == (181.0, 211.6)
    assert (mid.weight, ent.weight) == (14 / 24, 7 / 17)


@pytest.mark.at("AT-03")
def test_naive_figures(measured):
    assert [round(value, 1) for value in measured.naive_days] == [187.0, 233.3, 279.2]
    assert round(measured.naive_mean_days, 1) == 195.3
    assert measured.longest_win_days == 341


@pytest.mark.at("AT-04")
def test_what_became_of_deals_that_outlived_the_date(measured):
    assert measured.outlived == intervals.rate(1, 8)
    assert (round(measured.outlived.low, 3), round(measured.outlived.high, 3)) == (0.014, 0.454)


def test_counts(measured):
    assert (measured.win_count, measured.ended_count, measured.open_count) == (21, 84, 30)
    ent, mid = measured.segments
    assert (mid.win_count, mid.ended_count, mid.open_count) == (14, 58, 20)
    assert (ent.win_count, ent.ended_count, ent.open_count) == (7, 26, 10)


def test_the_curve_ends_at_the_share_won_and_its_intervals_enclose_it(measured):
    assert measured.curve[-1].value == measured.won_share
    assert measured.curve[-1].day == 341
    assert len(measured.curve) == 21
    assert all(point.low <= point.value <= point.high for point in measured.curve)


@pytest.mark.parametrize(("history_days", "at_least"), [(433, True), (434, False)])
def test_short_history_says_at_least(history_days, at_least):
    found = cycle.of_lives(tarnholt.lives(), history_days=history_days)
    assert found.at_least is at_least  # 1.5 x 289 = 433.5


def lives(ages, causes, segment=None, segments=()):
    age = np.array(ages, dtype=int)
    codes = np.full(len(age), -1) if segment is None else np.array(segment)
    return Lives(np.zeros_like(age), age, np.array(causes, dtype=int), codes, segments)


def test_under_five_wins_there_is_no_date():
    found = cycle.of_lives(lives([10, 20, 30, 40, 50], [WON] * 4 + [OPEN]), history_days=400)
    assert found.days == (None, None, None)
    assert found.outlived == Rate(0, 0, None, None, None)
    assert (found.won_share, found.curve, found.at_least) == (None, (), False)
    assert (found.longest_win_days, found.naive_days[0]) == (40, 25.0)


def test_no_deals_at_all():
    found = cycle.of_lives(lives([], []), history_days=0)
    assert (found.win_count, found.ended_count, found.open_count) == (0, 0, 0)
    assert (found.naive_mean_days, found.longest_win_days, found.segments) == (None, None, ())


def test_a_segment_under_five_wins_takes_the_figures_of_all():
    few, many = [50, 60, 70, 80], [10, 20, 30, 40, 50, 60]
    found = cycle.of_lives(lives(few + many, [WON] * 10, [0] * 4 + [1] * 6, ("few", "many")), history_days=1_000)
    assert found.segments[0].own_days == (None, None, None)
    assert found.segments[0].days == found.days
    assert found.segments[0].weight == 0.0
    assert found.segments[1].own_days == (30.0, 50.0, 60.0)
    assert found.segments[1].weight == 6 / 16


def test_wins_on_the_first_day_have_a_cycle_of_one_day_at_least():
    found = cycle.of_lives(lives([0] * 6, [WON] * 6, [0] * 6, ("all",)), history_days=10)
    assert found.days == (0, 0, 0)
    assert found.segments[0].days == (1, 1, 1)


def test_deals_of_no_segment_count_only_in_the_whole():
    found = cycle.of_lives(lives([10] * 6 + [90] * 6, [WON] * 12, [0] * 6 + [-1] * 6, ("a",)), history_days=400)
    assert found.win_count == 12
    assert [segment.win_count for segment in found.segments] == [6]


@given(st.floats(1, 900), st.floats(1, 900), st.integers(5, 5_000))
def test_shrinking_stays_between_and_follows_the_number_of_wins(own, whole, wins):
    drawn = cycle.shrunk(own, whole, wins)
    assert min(own, whole) - 1e-9 <= drawn <= max(own, whole) + 1e-9
    assert abs(cycle.shrunk(own, whole, wins * 2) - own) <= abs(drawn - own) + 1e-9


def test_thousands_of_segments_are_measured_in_blocks(monkeypatch):
    draw = np.random.default_rng(3)
    segment = np.repeat(np.arange(300), 8)
    book = lives(draw.integers(1, 200, 2_400), np.full(2_400, WON), segment, tuple(f"s{n:03}" for n in range(300)))
    at_once = cycle.of_lives(book, history_days=400)
    monkeypatch.setattr(cycle, "MAX_CELLS", 2_000)
    assert cycle.of_lives(book, history_days=400) == at_once
