"""What strangers wrote is shown without anything hidden in it; figures and honest scripts stay as they are."""

import pytest

from earnest.surfaces.check import cleaning
from tests.surfaces.check import reports
from tests.surfaces.check.reports import report


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Brackenfold Foods", "Brackenfold Foods"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("\u2066isolated\u2069 \u200fmarks", "isolated marks"),
        ("zero\u200bwidth\ufeff and\u00ad soft", "zerowidth and soft"),
        ("\x1b[31mred\x07\x9b", "[31mred"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("tag\U000e0041s", "tags"),
        ("pay\u200cpal\u200d", "paypal"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("lone \ud800", "lone \ufffd"),
        ("Dvořák, Aydın, 株式会社", "Dvořák, Aydın, 株式会社"),
        ("", ""),
    ],
)
@pytest.mark.case("A31")
def test_hidden_characters_are_taken_out(written: str, shown: str) -> None:
    assert cleaning.shown(written) == shown


def test_every_text_of_a_report_is_cleaned_and_every_figure_kept() -> None:
    dirty = report(headline="a\u202eb", sublines=("\x1bc",), believed_cycle_days=122)
    assert cleaning.cleaned(dirty) == report(headline="ab", sublines=("c",), believed_cycle_days=122)


def test_a_clean_report_stays_as_it_is() -> None:
    large = reports.large(lines=3)
    assert cleaning.cleaned(large) == large
