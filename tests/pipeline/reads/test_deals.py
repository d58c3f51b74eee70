"""The list of deals: whose, in which order, and every row exactly once."""

from datetime import date

import pytest

from earnest.people.actors import Actor
from earnest.pipeline import asking
from earnest.pipeline import services as pipeline
from earnest.pipeline.asking import Asked, Cursor
from earnest.pipeline.reads import deals
from earnest.records import services
from tests.pipeline import shelf as shelves
from tests.pipeline.shelf import Shelf, ask
from tests.workspace import TODAY


def titles(actor: Actor, asked: Asked) -> list[str]:
    """The titles of the first page."""
    return [row.title for row in deals.page(actor, asked, as_of=TODAY).rows]


def walked(actor: Actor, asked: Asked, limit: int) -> list[int]:
    """The numbers of every row, page by page."""
    found: list[int] = []
    after: Cursor | None = None
    while True:
        page = deals.page(actor, asked, as_of=TODAY, limit=limit, after=after)
        found += [row.deal_id for row in page.rows]
        after = page.next
        if after is None:
            return found


def test_a_rep_begins_with_their_own_open_deals_by_our_date_and_the_undated_last(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    assert titles(bo, ask()) == ["Dock planner", "Yard slots", "Somebody called"]


def test_a_leader_begins_with_the_teams_deals(shelf: Shelf) -> None:
    grete = shelf.company.actor(shelf.company.grete)
    assert titles(grete, ask()) == ["Dock planner", "Cold store", "Yard slots", "Somebody called"]
    assert titles(grete, ask(owner="me")) == []


@pytest.mark.case("A13", "A14")
def test_a_foreign_owner_and_a_missing_one_give_the_same_empty_list(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    assert titles(bo, ask(owner=str(shelf.company.dana.pk))) == titles(bo, ask(owner="999999")) == []
    assert titles(bo, ask(owner="all")) == titles(bo, ask())


def test_a_row_says_what_the_deal_and_its_verdicts_say(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    row = deals.row(bo, shelf.small.pk, as_of=TODAY)
    assert (row.heading, row.about, row.amount_minor, row.currency) == ("Dock planner", "", 900_000, "EUR")
    assert (row.our_date, row.their_date, row.next_step, row.stage) == (date(2026, 1, 30), None, "", "Offer")
    assert (row.owner, row.pipeline, row.segment, row.outcome) == ("Bo", "New business", "mid", "open")
    assert row.flagged is not None
    assert row.flagged[0] == "no_next_step"
    assert (row.hard, row.value_minor, row.since, row.set_aside_until) == (True, 900_000, TODAY, None)


def test_a_title_that_begins_with_the_buyer_is_told_without_them(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    by = shelf.company.by(shelf.company.bo)
    services.edit_deal(by=by, deal_id=shelf.large.pk, version=1, title="Brackenfold Foods: yard slots")
    row = deals.row(bo, shelf.large.pk, as_of=TODAY)
    assert (row.heading, row.about) == ("Brackenfold Foods", "yard slots")


def test_a_deal_that_nobody_has_judged_says_so_and_is_listed(shelf: Shelf) -> None:
    shelf.add(shelf.company.bo, title="New")
    pipeline.Standing.objects.unscoped(reason="a test unjudges").all().delete()
    rows = deals.page(shelf.company.actor(shelf.company.bo), ask(), as_of=TODAY).rows
    assert [row.flagged for row in rows] == [None] * 4


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"q": "YARD"}, ["Yard slots"]),
        ({"q": "brackenfold"}, ["Yard slots"]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"segment": "MID"}, ["Dock planner"]),
        ({"real": "hard"}, ["Dock planner"]),
        ({"rule": "no_next_step"}, ["Dock planner"]),
        ({"rule": "past_good_through"}, []),
        ({"least": "9000"}, ["Dock planner", "Yard slots"]),
        ({"least": "9001"}, ["Yard slots"]),
        ({"most": "9000"}, ["Dock planner"]),
        ({"their": "known"}, ["Yard slots"]),
        ({"their": "unknown"}, ["Dock planner", "Somebody called"]),
        ({"frm": "2026-01-31"}, ["Yard slots"]),
        ({"until": "2026-01-30"}, ["Dock planner"]),
        ({"stage": "none"}, []),
        ({"outcome": "ended"}, []),
        ({"outcome": "any"}, ["Dock planner", "Yard slots", "Somebody called"]),
        ({"sort": "-ours"}, ["Yard slots", "Dock planner", "Somebody called"]),
        ({"sort": "-amount"}, ["Yard slots", "Dock planner", "Somebody called"]),
        ({"sort": "buyer"}, ["Yard slots", "Dock planner", "Somebody called"]),
        ({"sort": "stage"}, ["Yard slots", "Somebody called", "Dock planner"]),
        ({"sort": "segment"}, ["Dock planner", "Yard slots", "Somebody called"]),
    ],
)
def test_a_list_is_narrowed_and_sorted(shelf: Shelf, told: dict[str, str], expected: list[str]) -> None:
    assert titles(shelf.company.actor(shelf.company.bo), ask(**told)) == expected


def test_a_list_is_narrowed_by_place(shelf: Shelf) -> None:
    company = shelf.company
    hal = company.actor(company.hal)
    assert len(titles(hal, ask(team=str(company.sales.pk)))) == 5
    assert titles(hal, ask(team=str(company.south.pk))) == ["Air cargo"]
    assert titles(hal, ask(stage=str(company.second.pk))) == ["Dock planner"]
    assert len(titles(hal, ask(pipeline=str(company.pipeline.pk)))) == 5
    assert titles(hal, ask(pipeline="999")) == []


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in asking.ORDERS for sign in ("", "-")])
def test_every_order_visits_each_row_exactly_once_under_ties_and_blanks(shelf: Shelf, sort: str) -> None:
    shelves.fill(shelf, 12)
    bo = shelf.company.actor(shelf.company.bo)
    whole = [row.deal_id for row in deals.page(bo, ask(sort=sort), as_of=TODAY, limit=100).rows]
    assert len(whole) == len(set(whole)) == 15
    for limit in (1, 2, 7, 15):
        assert walked(bo, ask(sort=sort), limit) == whole
    assert sorted(walked(bo, ask(sort=sort, outcome="any"), 4)) == sorted(whole)


@pytest.mark.parametrize("sort", ["ours", "-ours", "amount", "verdicts", "buyer"])
def test_a_cursor_of_another_order_gives_rows_and_no_error(shelf: Shelf, sort: str) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    for value in ("zzz", 5, None, "2026-01-01"):
        page = deals.page(bo, ask(sort=sort), as_of=TODAY, after=Cursor(value, 1))
        assert len(page.rows) <= 3


def test_what_lies_in_the_bin_is_in_no_list(shelf: Shelf) -> None:
    by = shelf.company.by(shelf.company.bo)
    services.discard(type(shelf.large), by=by, record_id=shelf.large.pk, version=1)
    bo = shelf.company.actor(shelf.company.bo)
    assert titles(bo, ask(outcome="any")) == ["Dock planner", "Somebody called"]
    assert [row.deal_id for row in deals.every_row(bo, ask(outcome="any"), as_of=TODAY)] == [
        shelf.small.pk,
        shelf.untold.pk,
    ]


@pytest.mark.case("A24", "A26")
@pytest.mark.parametrize("text", ["%_%_%_%_%_%", "' OR 1=1 --", "\\", "(a+)+$", "ß", "'" * 200])
def test_a_text_is_only_ever_looked_for(shelf: Shelf, text: str) -> None:
    assert titles(shelf.company.actor(shelf.company.hal), ask(q=text)) == []
