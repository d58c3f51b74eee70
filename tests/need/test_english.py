"""Silence about other languages: a text counts as English by its small words."""

import pytest

from earnest.need import english


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("What has changed?", True),
        ("Has José told you about the Zürich site?", True),
        ("How would the Geschäftsführer see it?", True),
        ("WHY NOW?", True),
        ("Was ist der Stand?", False),
        ("Was kostet das?", False),
        ("Come va con il progetto?", False),
        ("O que mudou?", False),
        ("Vad är problemet?", False),
        ("Co jest problemem?", False),
        ("Budget?", False),
        ("", False),
    ],
)
def test_a_text_looks_english_by_its_small_words(text: str, looks: bool) -> None:
    assert english.looks_english(text) is looks
