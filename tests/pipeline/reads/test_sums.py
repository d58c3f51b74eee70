"""Totals: claimed and real, both always, and the same however they are read."""

from datetime import date

import pytest

from earnest.people import services as people
from earnest.people.actors import Actor
from earnest.pipeline.asking import Asked
from earnest.pipeline.reads import deals, sums
from earnest.pipeline.reads.sums import Totals
from earnest.records import services
from tests.pipeline import shelf as shelves
from tests.pipeline.shelf import Shelf, ask
from tests.workspace import AT, TODAY


def added_up(actor: Actor, asked: Asked) -> dict[str, tuple[int, int, int, int]]:
    """The totals of the open rows of a list, one by one."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for row in deals.every_row(actor, asked, as_of=TODAY):
        count, hard, claimed, real = found.get(row.currency or "", (0, 0, 0, 0))
        value = row.counted_minor or 0
        found[row.currency or ""] = (
            count + 1,
            hard + bool(row.hard),
            claimed + value,
            real + (0 if row.hard else value),
        )
    return found


def told(totals: tuple[Totals, ...]) -> dict[str, tuple[int, int, int, int]]:
    """Totals as plain figures."""
    return {each.currency: (each.deal_count, each.hard_count, each.claimed_minor, each.real_minor) for each in totals}


@pytest.mark.duty("S1.9")
def test_a_reps_totals_say_what_is_claimed_and_what_of_it_is_real(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    found = sums.totals(bo, ask())
    assert found == (
        Totals("EUR", deal_count=2, hard_count=1, claimed_minor=8_000_000, real_minor=7_100_000),
        Totals("", deal_count=1, hard_count=0),
    )
    assert found[0].not_real_share == pytest.approx(0.1125)
    assert found[1].not_real_share is None


@pytest.mark.case("A13")
@pytest.mark.parametrize("name", ["bo", "chidi", "dana", "grete", "hal", "ann", "admin"])
@pytest.mark.parametrize(
    "query", [{}, {"owner": "all"}, {"real": "hard"}, {"their": "unknown"}, {"least": "10000"}, {"q": "o"}]
)
def test_totals_equal_the_sum_of_the_rows_that_each_person_sees(shelf: Shelf, name: str, query: dict[str, str]) -> None:
    shelves.fill(shelf, 9)
    actor = shelf.company.actor(getattr(shelf.company, name))
    assert told(sums.totals(actor, ask(**query))) == added_up(actor, ask(**query))


def test_what_was_shared_one_by_one_is_counted_too(shelf: Shelf) -> None:
    company = shelf.company
    people.share(
        actor=company.actor(company.dana),
        record=("records.deal", shelf.danas.pk),
        with_user_id=company.bo.pk,
        reason="helps with the offer",
        until_on=date(2026, 2, 1),
        at=AT,
    )
    bo = company.actor(company.bo)
    assert told(sums.totals(bo, ask(owner="all"))) == added_up(bo, ask(owner="all"))
    assert told(sums.totals(bo, ask(owner="all")))["EUR"][2] == 13_000_000


def test_the_totals_follow_a_write_at_once(shelf: Shelf) -> None:
    by = shelf.company.by(shelf.company.bo)
    services.edit_deal(by=by, deal_id=shelf.small.pk, version=1, next_step=shelves.GOOD_STEP, next_step_on=TODAY)
    bo = shelf.company.actor(shelf.company.bo)
    assert sums.totals(bo, ask())[0] == Totals("EUR", 2, 0, 8_000_000, 8_000_000)


def test_ended_deals_are_told_apart_from_open_ones(shelf: Shelf) -> None:
    by = shelf.company.by(shelf.company.bo)
    services.end_deal(by=by, deal_id=shelf.small.pk, version=1, outcome="won", closed_on=TODAY)
    bo = shelf.company.actor(shelf.company.bo)
    assert sums.totals(bo, ask(outcome="any"))[0] == Totals("EUR", 1, 0, 7_100_000, 7_100_000, 1, 900_000)
    assert sums.totals(bo, ask(outcome="won")) == (Totals("EUR", ended_count=1, ended_minor=900_000),)


def test_a_stage_has_the_totals_of_its_deals(shelf: Shelf) -> None:
    bo = shelf.company.actor(shelf.company.bo)
    kept = sums.by_stage(bo, ask())
    summed = sums.by_stage(bo, ask(q="o"))
    assert told(kept[shelf.company.second.pk]) == {"EUR": (1, 1, 900_000, 0)}
    assert told(kept[shelf.company.first.pk]) == {"EUR": (1, 0, 7_100_000, 7_100_000), "": (1, 0, 0, 0)}
    assert kept == summed
