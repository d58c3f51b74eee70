"""Lines as records, when quotes are broken."""

import time

import pytest

from earnest.intake.lines import parsed, records


def fields(*lines: str, width: int = 0) -> list[tuple[int, list[str] | None]]:
    return [(record.line, record.fields(",")) for record in records(lines, ",", '"', width=width)]


def test_a_quoted_field_spans_lines() -> None:
    assert fields('1,"two\n', 'lines",3\n', "4,5,6\n") == [(1, ["1", "two\nlines", "3"]), (3, ["4", "5", "6"])]


def test_a_quote_that_is_never_closed_costs_its_line() -> None:
    assert fields('1,"2,3\n', "4,5,6\n", "7,8,9") == [(1, None), (2, ["4", "5", "6"]), (3, ["7", "8", "9"])]


def test_two_unclosed_quotes_do_not_become_one_row() -> None:
    assert fields('1,"2,3\n', '4,"5,6\n', "7,8,9\n", width=3) == [(1, None), (2, None), (3, ["7", "8", "9"])]


def test_a_record_that_closes_at_another_records_quote_is_given_back() -> None:
    found = fields('1,"2,3\n', "4,5,6\n", '"7",8,9\n', width=3)
    assert found == [(1, None), (2, ["4", "5", "6"]), (3, ["7", "8", "9"])]


def test_lines_may_end_in_every_manner() -> None:
    assert fields("1,2\r\n", "3,4\r", '"5\r\n', '6",7') == [(1, ["1", "2"]), (2, ["3", "4"]), (3, ["5\r\n6", "7"])]


@pytest.mark.parametrize(
    ("text", "expected", "loose"),
    [
        ('1,6" pipe,3', ["1", '6" pipe', "3"], False),
        ('1,"6" pipe",3', ["1", '6 pipe"', "3"], True),
        ('1, "2,2", "3"', ["1", "2,2", "3"], False),
        ('1,"say ""so""",3', ["1", 'say "so"', "3"], False),
    ],
)
def test_quotes_where_they_should_not_be(text: str, expected: list[str], loose: bool) -> None:
    found = parsed(text, ",", '"')
    assert (found.fields, found.is_loose, found.is_open) == (expected, loose, False)


def test_a_file_of_nothing_but_unclosed_quotes_does_not_take_long() -> None:
    started = time.process_time()
    found = list(records(['1,"2,3\n'] * 50_000, ",", '"', width=3))
    assert [record.fields(",") for record in found] == [None] * 50_000
    assert time.process_time() - started < 10
