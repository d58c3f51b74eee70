"""What a form sends, read field by field: exact values, and what is wrong in words."""

from datetime import date

import pytest
from django.http import QueryDict

from earnest.records.views import forms
from earnest.records.views.forms import Field, Kind


def sent(**values: str) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update(values)
    return form


@pytest.mark.parametrize(
    ("typed", "digits", "minor"),
    [
        ("71,000.00", 2, 7_100_000),
        ("71000", 2, 7_100_000),
        ("71 000", 2, 7_100_000),
        ("71\u202f000.5", 2, 7_100_050),
        ("-12.34", 2, -1_234),
        ("71000", 0, 71_000),
        ("1.234", 3, 1_234),
        ("0", 2, 0),
    ],
)
def test_an_amount_is_read_to_the_last_unit(typed: str, digits: int, minor: int) -> None:
    read = forms.read(sent(amount=typed), [Field("amount", "Amount", Kind.MONEY)], digits=digits)
    assert (dict(read.values), dict(read.wrong)) == ({"amount": minor}, {})


@pytest.mark.parametrize("typed", ["71,00", "1,2,3", "1e9", "NaN", "Infinity", "71k", "0x10", "٧١", "--1", "9" * 40])
def test_what_is_no_amount_is_refused_and_kept_as_typed(typed: str) -> None:
    read = forms.read(sent(amount=typed), [Field("amount", "Amount", Kind.MONEY)])
    assert (dict(read.values), list(read.wrong), read.typed["amount"]) == ({}, ["amount"], typed)


def test_what_stood_there_is_not_read_again_and_what_was_emptied_is() -> None:
    fields = [Field("title", "Title"), Field("on", "On", Kind.DAY)]
    form = sent(**{"title": "same", "was-title": "same", "on": "", "was-on": "2026-01-05"})
    assert dict(forms.read(form, fields).values) == {"on": None}


def test_a_field_that_was_not_sent_is_left_alone() -> None:
    assert dict(forms.read(sent(other="1"), [Field("title", "Title")]).values) == {}


def test_choices_are_taken_as_the_values_they_stand_for() -> None:
    fields = [
        Field("stage", "Stage", Kind.CHOICE, choices=[("", "—"), (7, "Offer")]),
        Field("live", "Live", Kind.FLAG),
        Field("sites", "Sites", Kind.CHOICES, choices=[("a", "A"), ("b", "B")]),
    ]
    form = QueryDict("stage=7&live=no&sites=a&sites=b")
    assert dict(forms.read(form, fields).values) == {"stage": 7, "live": False, "sites": ["a", "b"]}
    assert dict(forms.read(QueryDict("stage=&live=&sites=c"), fields).wrong) == {
        "sites": "«c» is not one of the choices."
    }


def test_what_hides_or_turns_letters_is_taken_out() -> None:
    assert forms.clean("a\u202eb\x00c\u200bd\r\ne", keep="\n") == "abcd\ne"
    assert forms.clean("  one\nline  ") == "oneline"
    assert forms.clean("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("", 9), ("-1", 9), ("x", 9), ("٣", 9), ("9" * 30, 9)])
def test_a_whole_number_or_the_other_one(text: str, number: int) -> None:
    assert forms.whole(sent(version=text), "version", 9) == number


def test_a_value_is_shown_as_it_is_typed() -> None:
    assert forms.shown(Field("amount", "Amount", Kind.MONEY), 7_100_050) == "71,000.50"
    assert forms.shown(Field("on", "On", Kind.DAY), date(2026, 1, 5)) == "2026-01-05"
    assert forms.shown(Field("live", "Live", Kind.FLAG), value=True) == "yes"
    assert forms.shown(Field("sites", "Sites", Kind.CHOICES), ["a", "b"]) == "a\nb"
    assert forms.shown(Field("title", "Title"), None) == ""
