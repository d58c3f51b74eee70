"""The ranges of the cost of waiting and of the value: always the same, never wider than the figures, and in order."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.need import draws, value
from earnest.need.draws import Spread
from earnest.need.value import NoGap, exactly
from tests.need.money import SLOTS, WIDE, between


@pytest.mark.at("AT-11")
def test_certain_figures_have_no_range_and_agree_with_the_exact_result() -> None:
    assert draws.ranges(SLOTS) == draws.Ranges(
        until_date=Spread(Decimal("23375.11"), Decimal("23375.11")),
        value=Spread(Decimal("317452.80"), Decimal("317452.80")),
        moves_most="",
    )


def test_p10_and_p90_of_one_figure_are_those_of_its_triangle() -> None:
    """Of a triangle from 0 by 1 to 1, a share p of the draws lies below the root of p."""
    inputs = replace(SLOTS, unit_value=between(0, 100, 100), later_unit_value=None, by_when=None)
    inputs = replace(inputs, one_off_cost=None, running_cost=None, horizon_months=1, ramp=())
    spread = draws.ranges(inputs).value
    full = 100 * 66 * 0.8
    assert float(spread.low) == pytest.approx(full * 0.1**0.5, rel=0.03)
    assert float(spread.high) == pytest.approx(full * 0.9**0.5, rel=0.01)


def test_the_figure_that_moves_the_value_most_is_named() -> None:
    assert draws.ranges(WIDE).moves_most == "share"
    assert draws.ranges(replace(WIDE, share=exactly("0.8"))).moves_most == "baseline"
    assert draws.ranges(replace(SLOTS, running_cost=between(0, 3_900, 5_000))).moves_most == "running_cost"


def test_a_figure_that_cannot_move_the_value_is_not_named() -> None:
    assert draws.ranges(replace(SLOTS, unit_value=between(1, 140, 900))).moves_most == ""


def test_without_a_date_there_is_no_range_until_it() -> None:
    assert draws.ranges(replace(WIDE, by_when=None)).until_date is None


def test_a_draw_without_a_gap_costs_nothing() -> None:
    spread = draws.ranges(replace(SLOTS, baseline=between(0, 31, 40))).until_date
    assert spread is not None
    assert spread.low == 0


def test_no_gap_is_refused_here_too() -> None:
    with pytest.raises(NoGap):
        draws.ranges(replace(SLOTS, baseline=exactly(30)))
    with pytest.raises(NoGap):
        draws.course(replace(SLOTS, baseline=exactly(30)))


def test_the_same_figures_give_the_same_range_to_the_last_digit() -> None:
    first = repr(draws.ranges(WIDE)) + repr(draws.course(WIDE))
    draws._chances.cache_clear()
    assert repr(draws.ranges(WIDE)) + repr(draws.course(WIDE)) == first


@settings(max_examples=20)
@given(st.lists(st.integers(1, 5_000), min_size=3, max_size=3), st.integers(0, 500))
def test_a_higher_figure_never_lowers_the_range(ends: list[int], more: int) -> None:
    low, likely, high = sorted(ends)
    lower, higher = (
        draws.ranges(replace(WIDE, later_unit_value=between(low + add, likely + add, high + add))).value
        for add in (0, more)
    )
    assert lower.low <= higher.low
    assert lower.high <= higher.high


def test_the_course_ends_at_the_results() -> None:
    course = draws.course(WIDE)
    spread = draws.ranges(WIDE).value
    last = course.value[-1]
    assert [value.in_benefit_unit(WIDE, Decimal(end)) for end in (last.low, last.likely, last.high)] == [
        spread.low,
        value.ownership(WIDE).value,
        spread.high,
    ]


def test_waiting_jumps_at_the_date_by_what_happens_once() -> None:
    jump = replace(SLOTS, consequence=exactly(50_000), probability=exactly("0.5"))
    start, before, at_date = draws.course(jump).waiting[:3]
    assert (start.likely, start.day) == (0.0, 20437.0)
    assert before.day == at_date.day == 20514.0
    assert at_date.likely - before.likely == 25_000


def test_a_long_horizon_is_drawn_in_few_points_to_its_very_end() -> None:
    course = draws.course(replace(SLOTS, horizon_months=119))
    assert len(course.value) == 31
    assert course.value[-1].day == 20514 + 119 * 30.4375
