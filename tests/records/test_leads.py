"""Leads: not yet with a day, or a deal with its account, its person and its talks; both can be taken back."""

from datetime import date

import pytest

from earnest.people import visibility
from earnest.people.authority import NotFound
from earnest.records import services
from earnest.records.models import Account, Contact, Deal, Lead, Stakeholder
from earnest.records.services import By, leads, undoing
from earnest.records.services.leads import Becomes, LeadRefused
from tests.workspace import AT, Workspace

DAY = date(2025, 12, 12)


def lead_of(company: Workspace, **values: object) -> Lead:
    made = {"name": "Ines", "company": "Brackenfold", "email": "Ines@B.example", "source": "referral", **values}
    return services.add_lead(by=company.by(company.bo), **made)


def test_not_yet_keeps_the_day(company: Workspace) -> None:
    lead = lead_of(company)
    with pytest.raises(LeadRefused):
        leads.not_yet(by=company.by(company.bo), lead_id=lead.pk, version=1, ready_on=None)
    kept = leads.not_yet(by=company.by(company.bo), lead_id=lead.pk, version=1, ready_on=DAY)
    assert (kept.state, kept.ready_on) == ("not_yet", DAY)


def test_a_lead_becomes_a_deal_with_its_account_person_and_talks_and_can_be_taken_back(company: Workspace) -> None:
    lead = lead_of(company)
    talk = services.log_activity(by=company.by(company.bo), lead_id=lead.pk, channel="call", direction="both", at=AT)
    by = By(company.actor(company.bo), AT, group="g")
    deal = leads.become_deal(by=by, lead_id=lead.pk, version=1, becomes=Becomes(DAY, "Brackenfold", "Slots"))
    lead.refresh_from_db(), talk.refresh_from_db()
    assert (deal.title, deal.opened_on, deal.source, deal.account_id) == ("Slots", DAY, "referral", lead.account_id)
    assert (lead.state, talk.deal_id, talk.contact_id) == ("became_deal", deal.pk, lead.contact_id)
    stakes = visibility.visible(company.actor(company.bo), Stakeholder).filter(deal_id=deal.pk)
    assert list(stakes.values_list("contact_id", "role")) == [(lead.contact_id, "untold")]
    with pytest.raises(LeadRefused):
        leads.become_deal(by=by, lead_id=lead.pk, version=lead.version, becomes=Becomes(DAY, "Brackenfold"))
    undoing.undo_act(by=By(company.actor(company.bo), AT), group="g")
    lead.refresh_from_db(), talk.refresh_from_db()
    assert (lead.state, lead.account_id, lead.contact_id, talk.deal_id) == ("new", None, None, None)
    for model in (Deal, Account, Contact, Stakeholder):
        assert visibility.visible(company.actor(company.bo), model).count() == 0


def test_the_account_and_the_person_that_are_there_are_taken(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="BRACKENFOLD")
    ines = services.add_contact(by=company.by(company.bo), name="I.", email="ines@b.example")
    lead = lead_of(company)
    deal = leads.become_deal(by=company.by(company.bo), lead_id=lead.pk, version=1, becomes=Becomes(DAY, "Brackenfold"))
    lead.refresh_from_db()
    assert (deal.account_id, lead.account_id, lead.contact_id) == (account.pk, account.pk, ines.pk)


@pytest.mark.case("A03", "A17")
def test_an_account_of_somebody_else_is_not_taken(company: Workspace) -> None:
    theirs = services.add_account(by=company.by(company.dana), name="Brackenfold")
    lead = lead_of(company)
    deal = leads.become_deal(by=company.by(company.bo), lead_id=lead.pk, version=1, becomes=Becomes(DAY, "Brackenfold"))
    assert deal.account_id != theirs.pk
    with pytest.raises(NotFound):
        leads.become_deal(by=company.by(company.dana), lead_id=lead.pk, version=1, becomes=Becomes(DAY, "B"))


def test_a_deal_needs_somebody_who_buys(company: Workspace) -> None:
    lead = lead_of(company)
    with pytest.raises(LeadRefused):
        leads.become_deal(by=company.by(company.bo), lead_id=lead.pk, version=1, becomes=Becomes(DAY, " "))
    assert Deal.objects.unscoped(reason="a test counts").count() == 0
