"""The chart of waiting against value: what it says, what it marks, its table, and that its bytes stay the same."""

from dataclasses import replace
from datetime import date

import pytest

from earnest.need import charts
from earnest.need.value import exactly
from tests.need.money import SLOTS, WIDE


@pytest.mark.duty("S1.7")
def test_the_title_says_what_it_shows() -> None:
    chart = charts.waiting_against_value(SLOTS)
    assert chart.title == ("Waiting until 2 Mar 2026 costs them EUR 23 k; buying brings them EUR 317 k over 36 months.")
    assert chart.description == (
        "Two lines over time, each with the range that eight in ten of 10,000 draws stay within. "
        "Waiting counts the whole gap; buying counts the share of it that this purchase closes, less its cost. "
        "Pays back: month 4."
    )
    assert f'<title id="waiting-title">{chart.title}</title>' in chart.drawing.text
    assert f'<desc id="waiting-desc">{chart.description}</desc>' in chart.drawing.text


def test_our_own_estimates_are_called_so() -> None:
    assert charts.waiting_against_value(WIDE).title.endswith(" over 36 months (our estimate).")


def test_what_moves_the_result_most_is_told() -> None:
    told = charts.waiting_against_value(WIDE).description
    assert told.endswith(" What moves the result most: the share of the gap that this closes.")


def test_what_costs_more_than_it_brings_is_told_as_such() -> None:
    title = charts.waiting_against_value(replace(SLOTS, one_off_cost=exactly(400_000), by_when=None)).title
    assert title == (
        "Waiting costs them EUR 9.2 k a month; buying costs them EUR 281 k more than it brings over 36 months."
    )


def test_the_date_and_the_month_of_payback_are_marked() -> None:
    drawn = charts.waiting_against_value(SLOTS).drawing.text
    assert ">by when: 2 Mar 2026</text>" in drawn
    assert ">pays back in month 4</text>" in drawn
    assert drawn.count('class="marker"') == 2


def test_a_date_that_is_past_is_not_marked() -> None:
    assert "by when" not in charts.waiting_against_value(replace(SLOTS, as_of=date(2026, 4, 1))).drawing.text


def test_both_lines_have_their_band_and_their_name() -> None:
    drawn = charts.waiting_against_value(WIDE).drawing.text
    for mark in ('class="band far"', 'class="band"', 'class="line waiting"', 'class="line"'):
        assert drawn.count(mark) == 1
    assert ">waiting</text>" in drawn
    assert ">buying</text>" in drawn


def test_the_table_holds_the_numbers_of_the_chart() -> None:
    chart = charts.waiting_against_value(SLOTS)
    assert chart.heads == ("On", "Waiting has cost", "P10 to P90", "Buying has brought", "P10 to P90")
    assert chart.rows[0] == ("2 Mar 2026", "EUR 23 k", "EUR 23 k to EUR 23 k", "EUR -24 k", "EUR -24 k to EUR -24 k")
    assert chart.rows[-1] == (
        "2 Mar 2029",
        "EUR 641 k",
        "EUR 641 k to EUR 641 k",
        "EUR 317 k",
        "EUR 317 k to EUR 317 k",
    )
    assert len(chart.rows) == 9


@pytest.mark.duty("S3.7")
def test_another_unit_is_written_behind_and_no_cost_is_taken_off() -> None:
    chart = charts.waiting_against_value(replace(SLOTS, benefit_unit="meals"))
    assert (
        chart.title == "Waiting until 2 Mar 2026 costs them 23 k meals; buying brings them 482 k meals over 36 months."
    )
    assert "Waiting and buying are counted in meals; costs are not taken off." in chart.description
    assert chart.rows[0][3] == "0 meals"


def test_names_are_escaped() -> None:
    drawn = charts.waiting_against_value(replace(SLOTS, benefit_unit="<b>meals"), name='"><i').drawing.text
    assert "<b>" not in drawn
    assert "<i" not in drawn


def test_the_same_figures_draw_the_same_bytes() -> None:
    assert charts.waiting_against_value(WIDE).drawing.text == charts.waiting_against_value(WIDE).drawing.text
