"""Columns read as what they hold."""

from datetime import date

import pytest

from earnest.intake import mapping
from earnest.intake.mapping import FileMapping, Mapping
from earnest.intake.typed import Typed, typed
from earnest.rulebook import words
from tests.intake import exports, made

HEADERS = ["Opportunity Name", "Stage", "Amount", "Currency", "Close Date", "Probability (%)", "Closed", "Push Count"]


def _read(
    *rows: list[str], headers: list[str] = HEADERS, given: FileMapping | None = None, currency: str = ""
) -> Typed:
    table = exports.table("report.csv", headers, rows)
    chosen = mapping.guess([table])
    if given is not None:
        chosen = mapping.merge(chosen, Mapping(files=(given,)))
    return typed(table, chosen.files[0], currency=currency)


def test_each_column_is_read_as_its_kind() -> None:
    file = _read(["One", "Won", "1,250.50", "usd", "2026-03-09", "75", "TRUE", "2"], ["", "", "", "", "", "", "", ""])
    assert file.rows.rows() == [
        ("One", "Won", 125_050, "USD", words.epoch_day(date(2026, 3, 9)), 0.75, True, 2),
        (None,) * 8,
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("US Dollar (USD)", "USD"), ("Galleons", "Galleons")],
)
def test_currencies_become_codes_where_they_can(text: str, code: str) -> None:
    assert _read(["One", "Won", "5", text, "", "", "", ""]).rows["currency"].to_list() == [code]


def test_a_currency_in_the_amount_is_the_surer_one() -> None:
    file = _read(["One", "Won", "€ 5,00", "", "", "", "", ""], ["Two", "Won", "5,00", "USD", "", "", "", ""])
    assert file.rows["currency"].to_list() == ["EUR", "USD"]
    assert file.rows["amount"].to_list() == [500, 500]


def test_an_amount_that_names_its_currency_makes_the_column() -> None:
    headers = ["Opportunity Name", "Stage", "Amount"]
    file = _read(["One", "Won", "¥ 5"], ["Two", "Won", "£7"], headers=headers)
    assert file.rows["currency"].to_list() == [None, "GBP"]


def test_the_default_currency_says_how_many_digits_there_are() -> None:
    headers = ["Opportunity Name", "Stage", "Amount"]
    assert _read(["One", "Won", "500"], headers=headers, currency="JPY").rows["amount"].to_list() == [500]
    assert _read(["One", "Won", "500"], headers=headers).rows["amount"].to_list() == [50_000]


def test_what_cannot_be_read_is_marked_and_blank() -> None:
    file = _read(["One", "Won", "much", "", "soon", "1000", "perhaps", "1.5"], ["Two", "", "1", "", "", "50", "", "2"])
    assert {name: marks.to_list() for name, marks in file.unread.items()} == {
        "amount": [True, False],
        "close_on": [True, False],
        "probability": [True, False],
        "is_closed": [True, False],
        "pushes_stated": [True, False],
    }
    assert file.rows.row(0) == ("One", "Won", None, None, None, None, None, None)


def test_words_that_stand_for_no_value_are_blank_and_counted() -> None:
    headers = ["Opportunity Name", "Stage", "Lead Source", "Close Date"]
    file = _read(["a", "x", "Select", "NaT"], ["b", "x", "--None--", "NaT"], ["c", "x", "Web", ""], headers=headers)
    assert file.rows["source"].to_list() == [None, None, "Web"]
    assert {name: dict(counts) for name, counts in file.unset.items()} == {
        "source": {"Select": 1, "--None--": 1},
        "close_on": {"NaT": 2},
    }


def test_texts_are_trimmed() -> None:
    assert _read([" One ", "Won", "", "", "", "", "", ""]).rows["title"].to_list() == ["One"]


def test_a_column_that_leaves_the_order_open_follows_the_others_of_its_file() -> None:
    headers = ["Opportunity Name", "Stage", "Created Date", "Close Date"]
    file = _read(["One", "Won", "03/04/2026", "25/04/2026"], headers=headers)
    assert words.day_of(file.rows["opened_on"][0]) == date(2026, 4, 3)
    assert file.doubts == ()


def test_dates_that_could_be_read_in_two_ways_are_told_with_the_assumption() -> None:
    file = _read(["One", "Won", "", "", "03/04/2026", "", "", ""])
    assert [(doubt.column, doubt.count) for doubt in file.doubts] == [("close_on", 1)]
    assert file.doubts[0].said


def test_a_person_may_say_the_order_and_the_decimal_mark() -> None:
    given = FileMapping(name="report.csv", date_order="day first", decimal_mark=",")
    file = _read(["One", "Won", "1.234", "", "03/04/2026", "", "", ""], given=given)
    assert words.day_of(file.rows["close_on"][0]) == date(2026, 4, 3)
    assert file.rows["amount"].to_list() == [123_400]
    assert file.doubts == ()


def test_a_day_that_means_never_is_blank_and_not_wrong() -> None:
    file = _read(["One", "Won", "", "", "9999-12-31", "", "", ""])
    assert file.rows["close_on"].to_list() == [None]
    assert file.unread == {}


def test_hubspots_probabilities_and_percents_become_the_same_shares() -> None:
    shares = [
        _read(*(["One", "Won", "", "", "", text, "", ""] for text in texts)).rows["probability"].to_list()
        for texts in (("0.2", "1"), ("20", "100"), ("20%", "100%"))
    ]
    assert shares == [[0.2, 1.0]] * 3


def test_milliseconds_are_moments() -> None:
    table = exports.table(
        "deals.csv", ["hs_object_id", "dealname", "hs_v2_date_entered_55"], [["1", "One", "1767225600000"]]
    )
    intake = made.intake(table)
    assert made.column(intake, "at", "changes") == [1_767_225_600]
