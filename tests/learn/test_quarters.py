"""Quarters: which are judged, and the one sentence that they support."""

from datetime import date

import numpy as np
import pytest

from earnest.learn import quarters
from earnest.measures.columns import BLANK_DAY
from earnest.rulebook import words

AS_OF = date(2025, 12, 15)


def ends(*counts: tuple[int, int, int, int]):
    """Deals closed on the tenth of the second month of a quarter: (year, quarter, won, ended)."""
    closed, won = [], []
    for year, quarter, wins, ended in counts:
        closed += [words.epoch_day(date(year, quarter * 3 - 2, 10))] * ended
        won += [True] * wins + [False] * (ended - wins)
    return np.array(closed), np.array(won, dtype=bool)


def steady(*, first=2023, shares=(30,) * 11):
    return [(first + place // 4, place % 4 + 1, wins, 100) for place, wins in enumerate(shares)]


def test_quarters_stand_in_order_with_the_running_one_last():
    found = quarters.trend(*ends(*steady(), (2025, 4, 90, 100)), AS_OF)
    assert [quarter.label for quarter in found.quarters][:2] == ["2023 Q1", "2023 Q2"]
    last = found.quarters[-1]
    assert (last.label, last.share, last.lower, last.outside) == ("2025 Q4 so far", 0.9, None, False)
    assert found.mean_share == pytest.approx(0.30)
    assert (found.finding, found.signal) == ("Nothing shows that the share won has changed", False)


def test_on_its_last_day_a_quarter_is_whole():
    found = quarters.trend(*ends(*steady(), (2025, 4, 90, 100)), date(2025, 12, 31))
    assert found.quarters[-1].outside
    assert found.finding == "The share won in 2025 Q4 lies outside what chance explains"
    assert found.signal


def test_several_quarters_outside():
    found = quarters.trend(*ends(*steady(shares=(30, 31, 30, 29, 30, 31, 29, 30, 30, 72, 71))), AS_OF)
    assert found.finding == "The share won lies outside what chance explains in 2 quarters"


def test_eight_in_a_row():
    found = quarters.trend(*ends(*steady(first=2021, shares=(26,) * 8 + (32,) * 8)), AS_OF)
    assert found.finding == "Eight quarters in a row lie on one side of the mean: the share won has shifted"


@pytest.mark.parametrize(("count", "said"), [(1, "One whole quarter"), (7, "Seven whole quarters")])
def test_under_eight_quarters_are_shown_only(count, said):
    found = quarters.trend(*ends(*steady(shares=(5,) * (count - 1) + (95,))), AS_OF)
    assert found.finding == f"{said}: too few to tell a trend from chance"
    assert not found.signal
    assert not any(quarter.outside for quarter in found.quarters)


def test_a_quarter_in_which_the_records_begin_is_not_judged():
    closed, won = ends(*steady())
    early = np.array([words.epoch_day(date(2022, 12, 5))] * 50)
    found = quarters.trend(np.concatenate((early, closed)), np.concatenate((np.ones(50, bool), won)), AS_OF)
    assert (found.quarters[0].label, found.quarters[0].share, found.quarters[0].upper) == ("2022 Q4 in part", 1.0, None)
    assert found.mean_share == pytest.approx(0.30)


def test_a_quarter_without_ends_is_shown_and_not_judged():
    rows = [row for row in steady() if row[:2] != (2024, 2)]
    found = quarters.trend(*ends(*rows), AS_OF)
    (empty,) = (quarter for quarter in found.quarters if quarter.label == "2024 Q2")
    assert (empty.ended_count, empty.share, empty.lower) == (0, None, None)


def test_only_the_running_quarter():
    found = quarters.trend(*ends((2025, 4, 3, 9)), AS_OF)
    assert [quarter.label for quarter in found.quarters] == ["2025 Q4 so far"]
    assert (found.mean_share, found.finding) == (None, "No whole quarter: too few to tell a trend from chance")


def test_a_mistyped_year_does_not_make_a_chart_of_a_century():
    closed, won = ends(*steady(), (1925, 1, 1, 1))
    found = quarters.trend(closed, won, AS_OF)
    assert len(found.quarters) == quarters.LATEST


def test_ends_without_a_day():
    assert quarters.trend(np.array([BLANK_DAY] * 3), np.array([True] * 3), AS_OF).quarters == ()
