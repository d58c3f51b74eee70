"""Whole charts: what stands in them, in which order, and that no number breaks them."""

import math
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.charts import plots
from earnest.charts.frame import Words
from earnest.charts.marks import Dot, Marker, Point
from earnest.charts.plots import Axes, Bin, Period
from earnest.charts.svg import Drawing
from tests.charts.hostile import ANY_NUMBER, strange_coordinates

WORDS = Words("name", "What it shows", "And how")


def whole(value: float) -> str:
    return f"{value:.2f}"


AXES = Axes(whole, whole)


def curve(points: list[Point], *, until: float = 10) -> Drawing:
    return plots.curve(WORDS, points, [Marker(5, "half by day 5")], AXES, until=until)


def test_a_curve_is_held_to_its_end() -> None:
    drawn = curve([Point(0, 0, 0, 0), Point(5, 1, 1, 1)], until=10).text
    assert 'd="M0 1000H500V0H1000" class="line"' in drawn


def test_a_curve_leaves_out_what_lies_beyond_its_end() -> None:
    assert curve([Point(0, 1), Point(50, 2)], until=10).text == curve([Point(0, 1)], until=10).text


def test_a_curve_of_nothing_is_an_empty_frame() -> None:
    assert "<path" not in curve([]).text


def test_a_histogram_has_a_column_for_each_bin() -> None:
    drawn = plots.histogram(WORDS, [Bin(0, 10, 3), Bin(10, 20, 6, "column past")], [], AXES).text
    assert drawn.count('class="column"') == 1
    assert drawn.count('class="column past"') == 1


def test_only_a_period_outside_its_limits_is_named() -> None:
    periods = [Period("Q1", 0.8, 0.5, 0.7, outside=True), Period("Q2", 0.6, 0.5, 0.7), Period("Q3", None, None, None)]
    drawn = plots.control(WORDS, periods, Marker(0.6, "all 60 %"), upward=whole).text
    assert drawn.count("<circle") == 2
    assert drawn.count(">Q1</text>") == 2
    assert drawn.count(">Q2</text>") == 1
    assert drawn.count(">Q3</text>") == 1


def test_a_period_without_limits_is_hollow_and_outside_the_band() -> None:
    periods = [Period("2025 Q4 in part", 0.1, None, None), Period("Q1", 0.6, 0.5, 0.7), Period("Q2", 0.6, 0.5, 0.7)]
    drawn = plots.control(WORDS, periods, None, upward=whole).text
    assert drawn.count('class="dot partial"') == 1
    assert 'class="band"' in drawn
    assert "M500 " in drawn.split('class="band"')[0].rsplit('d="', 1)[1]
    assert ">2025 Q4</text>" in drawn


def test_many_periods_are_named_in_steps() -> None:
    periods = [Period(f"Q{number}", 0.5, None, None) for number in range(20)]
    assert plots.control(WORDS, periods, None, upward=whole).text.count("</text>") <= 10


def test_a_funnel_draws_the_wide_limits_under_the_narrow_ones() -> None:
    limits = [Point(5, 0.5, 0.2, 0.8), Point(50, 0.5, 0.4, 0.6)]
    drawn = plots.funnel(WORDS, [Dot(9, 0.5, "Ada")], limits, limits, Marker(0.5, "all"), AXES).text
    assert drawn.index('class="band far"') < drawn.index('class="band"') < drawn.index("<circle")


END = st.none() | ANY_NUMBER
POINTS = st.lists(st.builds(Point, at=ANY_NUMBER, value=ANY_NUMBER, low=END, high=END), max_size=5)


@settings(max_examples=60)
@given(POINTS, ANY_NUMBER)
def test_no_number_breaks_a_chart(points: list[Point], until: float) -> None:
    dots = [Dot(point.at, point.value, "d", label="d") for point in points]
    periods = [Period("p", point.value, point.low, point.high, outside=True) for point in points]
    bins = [Bin(point.at, point.value, point.value) for point in points]
    level = Marker(until, "level")
    charts = [
        plots.curve(WORDS, points, [level], AXES, until=until),
        plots.histogram(WORDS, bins, [level], AXES),
        plots.control(WORDS, periods, level, upward=whole),
        plots.funnel(WORDS, dots, points, points, level, AXES),
    ]
    assert [strange_coordinates(chart.text) for chart in charts] == [[], [], [], []]


def test_a_chart_is_small_and_quick() -> None:
    points = [Point(day, 1 - math.exp(-day / 60), 0.9 - math.exp(-day / 60), 1) for day in range(140)]
    curve(points, until=140)
    started = time.process_time()
    for _round in range(20):
        drawn = curve(points, until=140)
    # A tenth of a page's time for ten of them; about 0.5 ms each on an idle machine.
    assert (time.process_time() - started) / 20 < 0.005
    assert len(drawn.text) < 12_000
