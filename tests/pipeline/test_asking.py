"""What a list can be asked for: what is listed, as its own type; everything else is passed over or refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.pipeline import asking
from earnest.pipeline.asking import Asked, Cursor, FilterRefused, asked


def test_an_empty_address_asks_for_the_open_deals_in_the_order_of_our_date() -> None:
    assert asked({}) == Asked({}, {}, asking.SHOWN, "ours", descending=False, after=None)
    assert asked({}).outcome == "open"


def test_values_are_read_as_their_own_type() -> None:
    told = {"q": " yard ", "owner": "me", "team": "7", "stage": "none", "from": "2026-01-05", "least": "50000"}
    assert asked(told).values == {
        "q": "yard",
        "owner": "me",
        "team": 7,
        "stage": 0,
        "from": date(2026, 1, 5),
        "least": 50000,
    }


@pytest.mark.case("A11", "A25")
@pytest.mark.parametrize(
    "name",
    ["owner__password__startswith", "contact.salary", "_connector", "_negated", "pk__in", "__class__", "id", "version"],
)
def test_a_name_that_is_not_listed_is_passed_over(name: str) -> None:
    assert asked({name: "x"}) == asked({})


@pytest.mark.case("A12", "A24")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "owner__password"),
        ("sort", "id"),
        ("sort", "-?"),
        ("owner", "1 OR 1=1"),
        ("owner", "Bo"),
        ("team", "-1"),
        ("stage", "9" * 19),
        ("outcome", "open'--"),
        ("rule", "no_such_rule"),
        ("real", "maybe"),
        ("least", "1e9"),
        ("most", "١٢"),
        ("their", "yes"),
        ("from", "2026-02-30"),
        ("until", "tomorrow"),
        ("q", "a\0b"),
        ("after", "%%%"),
        ("after", "bm90IGpzb24"),
        ("after", "W3t9LDFd"),
        ("after", "WzEsdHJ1ZV0"),
        ("after", "WzEsLTFd"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(FilterRefused) as refused:
        asked({name: value})
    assert refused.value.data == {"field": name}


def test_columns_stand_in_their_own_order_and_unknown_ones_are_left_out() -> None:
    assert asked({"cols": "stage,amount,password"}).columns == ("amount", "stage")
    assert asked({"cols": "password"}).columns == asking.SHOWN
    assert asked({}, ["stage", "amount"]).query() == "cols=amount%2Cstage"


def test_a_query_keeps_what_was_asked_and_takes_out_what_is_emptied() -> None:
    list_ = asked({"q": "yard", "sort": "-amount", "panel": "filter", "csrf": "x"})
    assert list_.query() == "q=yard&sort=-amount"
    assert list_.query(q="", team="7") == "sort=-amount&team=7"
    assert list_.without("q") == "sort=-amount"
    assert list_.without("outcome") == "q=yard&sort=-amount&outcome=any"
    assert list_.without("owner") == "q=yard&sort=-amount&owner=all"


@given(st.one_of(st.none(), st.text(max_size=200), st.integers(0, 2**63 - 1)), st.integers(0, 2**63 - 1))
def test_a_cursor_comes_back_as_it_was_written(value: str | int | None, deal_id: int) -> None:
    assert asking.read(asking.written(Cursor(value, deal_id))) == Cursor(value, deal_id)


@pytest.mark.case("A24")
@given(st.text(max_size=60))
def test_whatever_stands_in_an_address_is_read_or_refused(text: str) -> None:
    for name in (*asking.FILTERS, "sort", "cols", "after"):
        assert _read_or_refused(name, text) in ("read", name)


def _read_or_refused(name: str, text: str) -> object:
    try:
        asked({name: text})
    except FilterRefused as refused:
        return refused.data["field"]
    return "read"
