"""The chance of an open deal: simple histories whose answer is plain."""

import numpy as np
import pytest

from earnest.forecast import chances, deals
from earnest.forecast.deals import Deals
from earnest.measures.lifetimes import NEVER

TODAY = 2_000


def history(opened, closed, won, segment=None, segments=0) -> Deals:
    count = len(opened)
    blank = np.full(count, np.nan)
    return Deals(
        as_of=TODAY,
        deal_id=np.arange(count),
        opened=np.array(opened),
        closed=np.array(closed),
        won=np.array(won, dtype=bool),
        segment=np.full(count, -1) if segment is None else np.array(segment),
        currency=np.zeros(count, int),
        amount=np.ones(count),
        list_amount=blank,
        stage_position=blank,
        stated_chance=blank,
        segment_count=segments,
        currencies=("",),
        stage_count=0,
        undated_open_count=0,
    )


def half_won_at_fifty(days=600, each=4):
    """Every day four deals open: two are lost at age 20, two are won at age 50."""
    opened = np.repeat(np.arange(TODAY - days, TODAY + 1), each)
    won = np.tile([True, True, False, False], days + 1)
    closed = opened + np.where(won, 50, 20)
    later = closed > TODAY
    return history(opened, np.where(later, NEVER, closed), won & ~later)


def estimated(found: Deals, horizon: int):
    known = deals.ends(found)
    since = chances.window(known, TODAY, horizon)
    return chances.estimate(found, since=since, day=TODAY, horizon=horizon)


def test_the_chance_depends_on_the_age_and_the_period():
    share = estimated(half_won_at_fifty(), 30).share[0]
    assert share[0] == pytest.approx(0.0)
    assert share[19] == pytest.approx(0.0)
    assert share[20] == pytest.approx(1.0, abs=1e-6)
    assert share[49] == pytest.approx(1.0, abs=1e-6)
    whole = estimated(half_won_at_fifty(), 92).share[0]
    assert whole[0] == pytest.approx(0.5)
    assert whole[30] == pytest.approx(1.0, abs=1e-6)


def test_only_the_latest_ends_count_when_they_are_enough():
    known = deals.ends(half_won_at_fifty())
    assert chances.window(known, TODAY, 92) == TODAY - 91


def test_the_window_grows_by_whole_periods_until_it_holds_a_hundred_ends():
    opened = np.arange(TODAY - 1_000, TODAY - 30, 5)
    known = deals.ends(history(opened, opened + 30, np.ones(len(opened))))
    start = chances.window(known, TODAY, 92)
    assert start == TODAY - 6 * 92 + 1
    assert known.ended_by(TODAY) - known.ended_by(start - 1) >= chances.ENDED_WANTED
    assert known.ended_by(TODAY) - known.ended_by(start + 92 - 1) < chances.ENDED_WANTED


def test_the_window_never_reaches_behind_the_history():
    opened = np.arange(TODAY - 200, TODAY - 30, 4)
    known = deals.ends(history(opened, opened + 30, np.ones(len(opened))))
    assert chances.window(known, TODAY, 92) == known.first_day == TODAY - 184


def test_deals_that_nobody_closes_weigh_on_the_chance_of_the_old():
    found = half_won_at_fifty()
    forgotten = np.arange(TODAY - 600, TODAY - 100)
    more = history(
        np.concatenate((found.opened, forgotten)),
        np.concatenate((found.closed, np.full(len(forgotten), NEVER))),
        np.concatenate((found.won, np.zeros(len(forgotten), bool))),
    )
    share = estimated(more, 92).share[0]
    assert share[300] == 0.0
    assert share[30] < 0.9


def test_segments_are_drawn_toward_the_whole():
    found = half_won_at_fifty()
    segment = np.where(found.won | (found.closed == NEVER), 0, 1)
    apart = history(found.opened, found.closed, found.won, segment, 2)
    share = estimated(apart, 92).share
    at_risk = 2 * 72  # two a day at age 0 in the window, of those that had reached age 20 and were lost
    whole = estimated(found, 92).share[0][0]
    assert share.shape[0] == 3
    assert share[2][0] == pytest.approx(whole)
    assert share[1][0] == pytest.approx(whole * 10 / (at_risk + 10))
    assert share[0][0] > whole


def test_a_segment_with_few_ends_takes_the_figures_of_all():
    found = half_won_at_fifty()
    segment = np.where(np.arange(len(found.opened)) % 200 == 0, 0, -1)
    apart = history(found.opened, found.closed, found.won, segment, 1)
    assert estimated(apart, 92).share.shape[0] == 1


def test_chances_are_chances():
    draw = np.random.default_rng(5)
    opened = draw.integers(TODAY - 900, TODAY, 500)
    closed = opened + draw.integers(0, 400, 500)
    won = draw.random(500) < 0.4
    later = closed > TODAY
    found = history(opened, np.where(later, NEVER, closed), won & ~later, draw.integers(-1, 3, 500), 3)
    share = estimated(found, 92).share
    assert share.min() >= 0
    assert share.max() <= 1 + 1e-9
    assert np.isfinite(share).all()
