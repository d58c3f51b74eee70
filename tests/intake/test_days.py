"""The day to judge, and why it is that one."""

from datetime import date

import polars as pl

from earnest.intake import days
from earnest.rulebook import words
from tests.intake import exports, made

TODAY = date(2026, 5, 15)
NONE = pl.DataFrame()


def _day(day: date) -> int:
    return words.epoch_day(day)


def test_a_fresh_file_is_judged_today() -> None:
    judged = days.judged_on(_day(date(2026, 4, 14)), today=TODAY, asked=None)
    assert judged == (TODAY, "Judged as of today; the newest date in the files is 14 Apr 2026.")


def test_a_file_older_than_a_month_is_judged_on_its_newest_day() -> None:
    judged = days.judged_on(_day(date(2026, 4, 13)), today=TODAY, asked=None)
    assert judged == (
        date(2026, 4, 13),
        "The newest date in the files is 13 Apr 2026, 32 days ago: judged as of that day.",
    )


def test_the_day_that_was_asked_for_counts() -> None:
    judged = days.judged_on(_day(date(2020, 1, 1)), today=TODAY, asked=date(2019, 6, 1))
    assert judged == (date(2019, 6, 1), "You asked for 1 Jun 2019.")


def test_a_file_without_dates_is_judged_today() -> None:
    assert days.judged_on(None, today=TODAY, asked=None)[0] == TODAY


def test_expected_dates_and_dates_to_come_are_no_facts() -> None:
    deals = pl.DataFrame(
        {
            "opened_on": [_day(date(2026, 1, 1)), _day(date(2027, 1, 1)), _day(date(9999, 12, 31))],
            "seller_close_on": [_day(date(2026, 5, 1))] * 3,
        }
    )
    assert days.newest_fact(deals, NONE, today=TODAY) == _day(date(2026, 1, 1))


def test_an_activity_is_a_fact() -> None:
    deals = pl.DataFrame({"opened_on": [_day(date(2026, 1, 1))]})
    activities = pl.DataFrame({"at": [_day(date(2026, 2, 1)) * 86_400 + 5, _day(date(2027, 2, 1)) * 86_400]})
    assert days.newest_fact(deals, activities, today=TODAY) == _day(date(2026, 2, 1))


def test_one_close_date_is_expected_while_open_and_actual_once_ended() -> None:
    table = exports.table(
        "report.csv",
        ["Opportunity Name", "Stage", "Close Date"],
        [["One", "Closed Won", "2026-03-01"], ["Two", "Prospecting", "2026-09-01"]],
    )
    intake = made.intake(table)
    assert made.days(intake, "closed_on") == [date(2026, 3, 1), None]
    assert made.days(intake, "seller_close_on") == [None, date(2026, 9, 1)]


def test_the_day_that_fits_the_outcome_comes_first() -> None:
    table = exports.table(
        "deals.csv",
        ["Deal - Title", "Deal - Status", "Deal - Won time", "Deal - Lost time", "Deal - Deal closed on"],
        [
            ["a", "Won", "2026-03-01 10:00:00", "2026-02-01 10:00:00", "2026-04-01 10:00:00"],
            ["b", "Lost", "2026-03-01 10:00:00", "2026-02-01 10:00:00", ""],
            ["c", "Lost", "", "", "2026-04-01 10:00:00"],
            ["d", "Open", "2026-03-01 10:00:00", "", ""],
        ],
    )
    assert made.days(made.intake(table), "closed_on") == [date(2026, 3, 1), date(2026, 2, 1), date(2026, 4, 1), None]
