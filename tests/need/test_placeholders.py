"""Sentences with gaps are filled once, and say what is missing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from earnest.need import placeholders
from earnest.need.placeholders import Filled

SENTENCE = "We need {access} by {date}. Without {access} it is {must-have}."


def test_the_gaps_of_a_sentence_are_named_in_their_order() -> None:
    assert placeholders.names(SENTENCE) == ("access", "date", "must-have")
    assert placeholders.names("Nothing {} to { fill } or {Fill}.") == ()


def test_what_is_known_is_filled_in() -> None:
    known = {"access": "the users", "date": date(2025, 12, 19), "must-have": "a guess"}
    filled = placeholders.fill(SENTENCE, known)
    assert filled == Filled("We need the users by 19 Dec 2025. Without the users it is a guess.")
    assert filled.ready


def test_what_is_missing_is_named_and_stays_visible() -> None:
    filled = placeholders.fill(SENTENCE, {"access": " ", "must-have": "a guess", "stranger": "x"})
    assert filled == Filled("We need {access} by {date}. Without {access} it is a guess.", ("access", "date"))
    assert not filled.ready


def test_a_value_is_not_filled_again() -> None:
    assert placeholders.fill("{one} {two}", {"one": "{two}", "two": r"\1"}).text == r"{two} \1"


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_sentence_takes_any_value(sentence: str, value: str) -> None:
    filled = placeholders.fill(sentence, dict.fromkeys(placeholders.names(sentence), value))
    assert filled.missing == (() if value.strip() else placeholders.names(sentence))
