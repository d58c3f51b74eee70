"""Dirt in deals: counted, with examples, and never dropped."""

import pytest

from earnest.intake.figures import Dirt
from tests.intake import exports, made

HEADERS = ["Opportunity ID", "Opportunity Name", "Stage", "Amount", "Created Date", "Close Date"]


def _found(code: str, *rows: list[str], headers: list[str] = HEADERS) -> Dirt:
    intake = made.intake(exports.table("report.csv", headers, rows))
    found = made.dirt(intake, code)
    assert found is not None, f"only {[one.code for one in intake.dirt]}"
    assert made.frame(intake).height == len(rows)
    return found


def test_clean_deals_have_no_dirt() -> None:
    rows = [
        ["1", "One", "Closed Won", "5", "2026-01-01", "2026-02-01"],
        ["2", "Two", "Prospecting", "5", "2026-01-01", ""],
    ]
    assert made.intake(exports.table("report.csv", HEADERS, rows)).dirt == ()


def test_closed_before_opened() -> None:
    found = _found("closed_before_opened", ["1", "One", "Closed Won", "5", "2026-03-01", "2026-02-01"])
    assert (found.count, found.examples) == (1, ("line 2: opened 1 Mar 2026, ended 1 Feb 2026",))


def test_closed_on_the_day_of_opening_is_fine() -> None:
    rows = [["1", "One", "Closed Won", "5", "2026-02-01", "2026-02-01"]]
    assert made.intake(exports.table("report.csv", HEADERS, rows)).dirt == ()


def test_opened_in_the_future() -> None:
    found = _found("opened_in_the_future", ["1", "One", "Prospecting", "5", "2026-05-16", ""])
    assert (found.count, found.examples) == (1, ("line 2: opened 16 May 2026",))


def test_ended_in_the_future() -> None:
    found = _found("ended_in_the_future", ["1", "One", "Closed Won", "5", "2026-01-01", "2026-05-16"])
    assert (found.count, found.examples) == (1, ("line 2: ended 16 May 2026",))


@pytest.mark.parametrize("amount", ["", "0", "0.00"])
def test_won_without_an_amount(amount: str) -> None:
    found = _found("won_without_amount", ["1", "One", "Closed Won", amount, "2026-01-01", "2026-02-01"])
    assert (found.count, found.examples) == (1, ("line 2",))


def test_negative_amounts_are_kept() -> None:
    found = _found("negative_amounts", ["1", "One", "Prospecting", "-5", "2026-01-01", ""])
    assert found.count == 1


def test_ended_without_a_date() -> None:
    found = _found("ended_without_a_date", ["1", "One", "Closed Lost", "5", "2026-01-01", ""])
    assert found.count == 1


def test_a_close_date_in_the_past_of_an_open_deal_is_for_a_rule_to_say() -> None:
    rows = [["1", "One", "Prospecting", "5", "2026-01-01", "2026-02-01"]]
    assert made.intake(exports.table("report.csv", HEADERS, rows)).dirt == ()


def test_dates_before_creation() -> None:
    headers = [*HEADERS[:5], "Last Activity"]
    found = _found(
        "dates_before_creation",
        ["1", "One", "Prospecting", "5", "2026-03-01", "2026-02-01"],
        ["2", "Two", "Prospecting", "5", "2026-03-01", "2026-03-01"],
        headers=headers,
    )
    assert (found.count, found.examples) == (1, ("line 2",))
    assert found.done == "Kept as the file has them: latest activity (1 deal)."


def test_several_currencies_are_told_with_their_counts() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Amount", "Currency"]
    found = _found(
        "several_currencies",
        ["1", "One", "Prospecting", "5", "EUR"],
        ["2", "Two", "Prospecting", "5", "EUR"],
        ["3", "Three", "Prospecting", "5", "JPY"],
        headers=headers,
    )
    assert (found.count, found.examples) == (3, ("EUR (2 deals)", "JPY (1 deal)"))


def test_hubspots_own_close_date_is_told() -> None:
    headers = ["Record ID", "Deal Name", "Deal Stage", "Create Date", "Close Date"]
    found = _found(
        "close_date_by_default",
        ["1", "One", "Demo", "2026-02-03 10:00", "2026-02-28 17:00"],
        ["2", "Two", "Demo", "2026-02-03 10:00", "2026-03-31 17:00"],
        ["3", "Three", "Closed Won", "2026-02-03 10:00", "2026-02-28 17:00"],
        headers=headers,
    )
    assert (found.count, found.examples) == (1, ("line 2",))


def test_where_there_are_several_files_the_example_names_its_file() -> None:
    first = exports.table("a.csv", HEADERS, [["1", "One", "Prospecting", "5", "2026-01-01", ""]])
    second = exports.table("b.csv", HEADERS, [["2", "Two", "Prospecting", "-5", "2026-01-01", ""]], first_line=4)
    found = made.dirt(made.intake(first, second), "negative_amounts")
    assert found is not None
    assert found.examples == ("b.csv, line 4",)
