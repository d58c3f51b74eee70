"""Deals through their services: who may write, what the history says, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from earnest.people import visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.records.models import Change, Deal, DealLine, Stakeholder
from earnest.records.services.deals import DealNotOpen, UnknownOutcome
from tests.workspace import AT, LATER, Workspace


def history(company: Workspace, deal: Deal) -> list[tuple[str, str, str]]:
    rows = visibility.visible(company.actor(company.admin), Change).filter(kind="records.deal", record_id=deal.pk)
    return list(rows.order_by("id").values_list("field", "old_text", "new_text"))


def test_a_deal_is_opened_by_its_owner_in_their_team(company: Workspace) -> None:
    deal = services.open_deal(
        by=company.by(company.bo),
        title="Brackenfold",
        stage_id=company.first.pk,
        amount_minor=7_100_000,
        currency_id="EUR",
        opened_on=date(2025, 9, 8),
        seller_close_on=date(2026, 1, 16),
        buyer_by_when_on=date(2026, 3, 2),
    )
    deal.refresh_from_db()
    assert (deal.owner_id, deal.team_id, deal.outcome, deal.version) == (company.bo.pk, company.north.pk, "open", 1)
    assert (deal.seller_close_on, deal.buyer_by_when_on, deal.closed_on) == (date(2026, 1, 16), date(2026, 3, 2), None)
    assert deal.stage_changed_on == AT.date()
    assert history(company, deal) == [("created", "", "Brackenfold")]


def test_every_changed_field_has_its_line_of_history(company: Workspace) -> None:
    deal = services.open_deal(
        by=company.by(company.bo), title="Old", stage_id=company.first.pk, amount_minor=100, currency_id="EUR"
    )
    edited = services.edit_deal(
        by=company.by(company.grete, LATER),
        deal_id=deal.pk,
        version=1,
        title="Old",
        stage_id=company.second.pk,
        amount_minor=250,
        seller_close_on=date(2026, 2, 1),
        next_step="Call Ines",
    )
    assert (edited.version, edited.stage_changed_on, edited.changed_at) == (2, LATER.date(), LATER)
    rows = visibility.visible(company.actor(company.bo), Change).filter(record_id=deal.pk).exclude(field="created")
    assert list(rows.order_by("field").values_list("field", "old_text", "new_text", "changed_by__name", "origin")) == [
        ("amount", "100", "250", "Grete", "ui"),
        ("next_step", "", "Call Ines", "Grete", "ui"),
        ("seller_close_on", "", "2026-02-01", "Grete", "ui"),
        ("stage", "Talking", "Offer", "Grete", "ui"),
        ("stage_changed_on", "2026-01-05", "2026-01-06", "Grete", "ui"),
    ]
    assert list(rows.filter(field="stage").values_list("old_position", "new_position")) == [(1, 2)]
    assert list(rows.filter(field="amount").values_list("old_minor", "new_minor")) == [(100, 250)]
    assert list(rows.filter(field="seller_close_on").values_list("old_on", "new_on")) == [(None, date(2026, 2, 1))]
    assert set(rows.values_list("at", "observed_at")) == {(LATER, LATER)}


def test_writing_the_same_again_writes_nothing(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Same")
    events = visibility.visible(company.actor(company.admin), AuditEvent).count()
    again = services.edit_deal(by=company.by(company.bo, LATER), deal_id=deal.pk, version=1, title="Same")
    assert (again.version, again.written_at) == (1, AT)
    assert history(company, deal) == [("created", "", "Same")]
    assert visibility.visible(company.actor(company.admin), AuditEvent).count() == events


@pytest.mark.parametrize("outcome", ["won", "lost", "no_decision", "declined"])
def test_a_deal_ends_in_one_of_four_ways_and_can_be_reopened(company: Workspace, outcome: str) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Ends")
    ended = services.end_deal(
        by=company.by(company.bo), deal_id=deal.pk, version=1, outcome=outcome, closed_on=AT.date(), reason="because"
    )
    assert (ended.outcome, ended.closed_on, ended.lost_reason, ended.version) == (outcome, AT.date(), "because", 2)
    with pytest.raises(DealNotOpen):
        services.end_deal(by=company.by(company.bo), deal_id=deal.pk, version=2, outcome="won", closed_on=AT.date())
    open_again = services.reopen_deal(by=company.by(company.bo), deal_id=deal.pk, version=2)
    assert (open_again.outcome, open_again.closed_on, open_again.lost_reason) == ("open", None, "")
    assert ("outcome", "open", outcome) in history(company, deal)
    assert ("outcome", outcome, "open") in history(company, deal)


@pytest.mark.parametrize("outcome", ["open", "postponed", ""])
def test_a_deal_does_not_end_in_any_other_way(company: Workspace, outcome: str) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Ends")
    with pytest.raises(UnknownOutcome) as refused:
        services.end_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, outcome=outcome, closed_on=AT.date())
    assert refused.value.what == f"A deal cannot end as «{outcome}»."
    assert history(company, deal) == [("created", "", "Ends")]


def test_an_open_deal_is_not_reopened(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Open")
    with pytest.raises(DealNotOpen) as refused:
        services.reopen_deal(by=company.by(company.bo), deal_id=deal.pk, version=1)
    assert refused.value.what == "The deal Open stands as open."


@pytest.mark.case("A02")
def test_a_stranger_s_deal_reads_as_if_it_were_not_there(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.dana), title="Dana's")
    by = company.by(company.bo)
    tries: list[Callable[[int], object]] = [
        lambda number: services.edit_deal(by=by, deal_id=number, version=1, title="Mine"),
        lambda number: services.end_deal(by=by, deal_id=number, version=1, outcome="won", closed_on=AT.date()),
        lambda number: services.hand_over(by=by, deal_id=number, version=1, to_user_id=company.bo.pk),
        lambda number: services.discard(Deal, by=by, record_id=number, version=1),
    ]
    for attempt in tries:
        told = []
        for number in (deal.pk, 999_999):
            with pytest.raises(NotFound) as refused:
                attempt(number)
            told.append(refused.value.what.replace(str(number), "N"))
        assert told == ["There is no deal with the number N."] * 2
    deal.refresh_from_db()
    assert (deal.version, deal.title) == (1, "Dana's")


@pytest.mark.case("A03")
def test_a_child_cannot_hang_on_what_the_actor_cannot_see(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.dana), title="Dana's")
    account = services.add_account(by=company.by(company.dana), name="Everleigh")
    with pytest.raises(NotFound):
        services.log_activity(by=company.by(company.bo), deal_id=deal.pk, channel="call")
    with pytest.raises(NotFound):
        services.open_deal(by=company.by(company.bo), title="Mine", account_id=account.pk)
    mine = services.open_deal(by=company.by(company.bo), title="Mine")
    with pytest.raises(NotFound):
        services.edit_deal(by=company.by(company.bo), deal_id=mine.pk, version=1, account_id=account.pk)
    assert history(company, mine) == [("created", "", "Mine")]


@pytest.mark.case("A04")
def test_only_a_manager_of_both_teams_hands_a_deal_over(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Bo's")
    with pytest.raises(NotAllowed):
        services.hand_over(by=company.by(company.bo), deal_id=deal.pk, version=1, to_user_id=company.chidi.pk)
    with pytest.raises(NotAllowed):
        services.hand_over(by=company.by(company.grete), deal_id=deal.pk, version=1, to_user_id=company.dana.pk)
    given = services.hand_over(by=company.by(company.hal), deal_id=deal.pk, version=1, to_user_id=company.dana.pk)
    assert (given.owner_id, given.team_id) == (company.dana.pk, company.south.pk)
    assert ("owner", "Bo", "Dana") in history(company, deal)


def test_an_analyst_writes_nothing(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Bo's")
    with pytest.raises(NotAllowed):
        services.open_deal(by=company.by(company.ann), title="Mine")
    with pytest.raises(NotAllowed):
        services.edit_deal(by=company.by(company.ann), deal_id=deal.pk, version=1, title="Mine")


def test_a_line_raises_the_version_of_its_deal(company: Workspace) -> None:
    product = services.add_product(
        by=company.by(company.admin), name="GTX Pro", list_price_minor=482_100, currency="EUR"
    )
    deal = services.open_deal(by=company.by(company.bo), title="Lines", currency_id="EUR")
    for quantity in (2, 3):
        services.add_line(by=company.by(company.bo), deal_id=deal.pk, product_id=product.pk, quantity=quantity)
    lines = visibility.visible(company.actor(company.bo), DealLine).order_by("position")
    assert list(lines.values_list("position", "quantity", "list_price_minor")) == [(1, 2, 482_100), (2, 3, 482_100)]
    deal.refresh_from_db()
    assert deal.version == 3
    assert history(company, deal)[1:] == [("line", "1:", "1: 2 × GTX Pro"), ("line", "2:", "2: 3 × GTX Pro")]


def test_stakeholders_have_a_role_and_their_history(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="People")
    contact = services.add_contact(by=company.by(company.bo), name="Ines")
    services.add_stakeholder(by=company.by(company.bo), deal_id=deal.pk, contact_id=contact.pk, role="owner")
    rows = visibility.visible(company.actor(company.bo), Stakeholder)
    assert list(rows.values_list("contact__name", "role")) == [("Ines", "owner")]
    assert visibility.visible(company.actor(company.dana), Stakeholder).count() == 0
