"""What could not be read: refused value by value, with where it stands and why."""

import pytest

from tests.intake import exports, made

HEADERS = ["Opportunity ID", "Opportunity Name", "Stage", "Amount", "Close Date", "Probability (%)"]


def _intake(*rows: list[str]) -> made.Intake:
    return made.intake(exports.table("report.csv", HEADERS, rows))


@pytest.mark.duty("S0.10")
def test_a_probability_of_a_thousand_is_refused_with_its_reason() -> None:
    intake = _intake(["1", "One", "Prospecting", "5", "", "1000"], ["2", "Two", "Prospecting", "5", "", "75"])
    found = made.dirt(intake, "probability_out_of_range")
    assert found is not None
    assert (found.count, found.examples, found.refused) == (1, ("line 2, Probability (%): «1000»",), True)
    assert found.done == (
        "Refused and left blank, in Probability (%); the rows are kept. A probability lies between 0 and 100 percent."
    )
    assert made.column(intake, "probability") == [None, 0.75]
    assert intake.reconciled.refused == 0
    assert intake.refused.rows() == [
        ("report.csv", 2, "value", "Probability (%)", "A probability lies between 0 and 100 percent.", "1000")
    ]


def test_dates_and_amounts_are_refused_each_in_its_kind() -> None:
    intake = _intake(
        ["1", "One", "Prospecting", "much", "soon", ""],
        ["2", "Two", "Prospecting", "5", "2026-13-45", ""],
        ["3", "Three", "Prospecting", "5", "2026-08-01", ""],
    )
    dates, amounts = (made.dirt(intake, code) for code in ("unreadable_dates", "unreadable_amounts"))
    assert dates is not None
    assert amounts is not None
    assert (dates.count, dates.examples) == (2, ("line 2, Close Date: «soon»", "line 3, Close Date: «2026-13-45»"))
    assert (amounts.count, amounts.examples) == (1, ("line 2, Amount: «much»",))
    assert intake.refused["line"].to_list() == [2, 2, 3]


def test_unset_picklists_are_counted() -> None:
    intake = _intake(["1", "One", "Prospecting", "Select", "NaT", ""], ["2", "Two", "Prospecting", "5", "NaT", ""])
    found = made.dirt(intake, "unset_values")
    assert found is not None
    assert (found.count, found.refused) == (3, False)
    assert found.examples == ("Amount: «Select» (1 cell)", "Close Date: «NaT» (2 cells)")
    assert intake.refused.is_empty()


def test_ambiguous_dates_are_told_with_how_to_settle_them() -> None:
    intake = _intake(
        ["1", "One", "Prospecting", "5", "03/04/2026", ""], ["2", "Two", "Prospecting", "5", "05/06/2026", ""]
    )
    found = made.dirt(intake, "ambiguous_dates")
    assert found is not None
    assert (found.count, found.examples) == (2, ("03/04/2026", "05/06/2026"))
    assert found.title == "Dates of «Close Date» that could be read in two ways"
    assert found.fix == 'If that is wrong, write under this file in the mapping file: date_order = "day first".'


def test_with_several_files_an_example_names_its_own() -> None:
    first = exports.table("a.csv", HEADERS, [["1", "One", "Prospecting", "5", "", "7"]])
    second = exports.table("b.csv", HEADERS, [["2", "Two", "Prospecting", "5", "soon", ""]], first_line=9)
    found = made.dirt(made.intake(first, second), "unreadable_dates")
    assert found is not None
    assert found.examples == ("b.csv, line 9, Close Date: «soon»",)
