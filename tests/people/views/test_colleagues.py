"""The pages of people and teams, as a manager and an admin use them."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from earnest.people import services
from earnest.people.models import Membership, Role, Team, User
from earnest.records import services as records
from earnest.records.models import Deal
from tests.people.views.browsers import logged_in
from tests.workspace import AT, Workspace


@pytest.fixture
def ada(company: Workspace) -> Client:
    """The browser of an admin."""
    boss = company.actor(company.admin)
    return logged_in(services.add_user(actor=boss, name="Ada", email="ada@example.test", role=Role.ADMIN, at=AT))


def names(page: str) -> list[str]:
    return re.findall(r'<a class="row"[^>]*>([^<]*)</a>', page)


def test_everybody_stands_in_the_list_by_name_and_the_machine_does_not(company: Workspace, ada: Client) -> None:
    User.objects.create(name="Zoe", is_active=False, created_at=AT)
    page = ada.get("/settings/people").content.decode()
    assert names(page) == ["Ada", "Ann", "Bo", "Chidi", "Dana", "Grete", "Hal", "Zoe"]
    assert "1 from an import, who cannot log in" in page
    assert "The admin of this machine" not in page


def test_the_list_asks_as_often_for_many_as_for_few(
    company: Workspace, ada: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada.get("/settings/people")
    with django_assert_num_queries(9) as few:
        ada.get("/settings/people")
    for number in range(12):
        services.invite(actor=company.actor(company.admin), name="N", email=f"n{number}@example.test", at=AT)
    with django_assert_num_queries(len(few.captured_queries)):
        ada.get("/settings/people")


def test_an_admin_changes_role_and_teams(company: Workspace, ada: Client) -> None:
    path = f"/settings/people/{company.bo.pk}"
    ada.post(f"{path}/role", {"role": "manager"})
    ada.post(f"{path}/teams", {"team_id": company.south.pk, "leads": "on"})
    ada.post(f"{path}/teams/{company.north.pk}/leave")
    company.bo.refresh_from_db()
    rows = Membership.objects.unscoped(reason="a test looks").filter(user=company.bo)
    assert (company.bo.role, list(rows.values_list("team_id", "leads"))) == ("manager", [(company.south.pk, True)])
    page = ada.get(path).content.decode()
    assert "leads it" in page


@pytest.mark.case("A07")
@pytest.mark.parametrize(("who", "role"), [("bo", "admin"), ("bo", "manager"), ("grete", "admin"), ("ann", "admin")])
def test_nobody_raises_themselves(company: Workspace, who: str, role: str) -> None:
    user = getattr(company, who)
    browser = logged_in(user)
    assert browser.post(f"/settings/people/{user.pk}/role", {"role": role}).status_code == 403
    assert (
        browser.post(f"/settings/people/{user.pk}/teams", {"team_id": company.sales.pk, "leads": "on"}).status_code
        == 403
    )
    form = {"name": "Me", "email": "me@example.test", "role": "admin", "team_id": company.north.pk}
    assert browser.post("/settings/people/invite", form).status_code == 403
    own = {"name": "Me", "time_zone": "UTC", "role": role, "is_active": "1", "email": "x@example.test", "version": "9"}
    assert browser.post("/account", own).status_code == 302
    again = User.objects.get(pk=user.pk)
    assert (again.role, again.email, again.version) == (user.role, user.email, 2)


def test_an_admin_does_not_change_their_own_role_or_close_themselves(company: Workspace, ada: Client) -> None:
    me = User.objects.get(name="Ada")
    assert ada.post(f"/settings/people/{me.pk}/role", {"role": "rep"}).status_code == 403
    assert ada.post(f"/settings/people/{me.pk}/close").status_code == 403
    page = ada.get(f"/settings/people/{me.pk}").content.decode()
    assert "Close the account" not in page


def test_closing_an_account_leads_to_handing_the_deals_over(company: Workspace, ada: Client) -> None:
    deal = records.open_deal(by=company.by(company.bo), title="Mine")
    closed = ada.post(f"/settings/people/{company.bo.pk}/close")
    path = f"/settings/people/{company.bo.pk}/hand-over"
    assert (closed.status_code, closed.headers["Location"]) == (302, path)
    assert "Mine" in ada.get(path).content.decode()
    done = ada.post(path, {"deal_id": [deal.pk], "to_user_id": company.dana.pk})
    assert done.status_code == 302
    row = Deal.objects.unscoped(reason="a test looks").get(pk=deal.pk)
    assert (row.owner_id, row.team_id) == (company.dana.pk, company.south.pk)
    assert "no open deals that you may hand over" in ada.get(path).content.decode()


@pytest.mark.case("A05")
def test_a_manager_hands_over_all_or_none_and_within_their_teams(company: Workspace) -> None:
    own = records.open_deal(by=company.by(company.bo), title="Mine")
    foreign = records.open_deal(by=company.by(company.dana), title="Hers")
    grete, path = logged_in(company.grete), f"/settings/people/{company.bo.pk}/hand-over"
    tries = [
        ({"deal_id": [own.pk, foreign.pk], "to_user_id": company.chidi.pk}, 404),
        ({"deal_id": [own.pk], "to_user_id": company.dana.pk}, 403),
        ({"deal_id": [own.pk], "to_user_id": 0}, 403),
    ]
    for form, status in tries:
        assert grete.post(path, form).status_code == status
    rows = Deal.objects.unscoped(reason="a test looks").order_by("id")
    assert list(rows.values_list("owner_id", "version")) == [(company.bo.pk, 1), (company.dana.pk, 1)]
    grete.post(path, {"deal_id": [own.pk], "to_user_id": company.chidi.pk})
    assert rows.get(pk=own.pk).owner_id == company.chidi.pk


def test_a_hand_over_is_undone_as_one_act(company: Workspace) -> None:
    deals = [records.open_deal(by=company.by(company.bo), title=title) for title in ("One", "Two")]
    grete = logged_in(company.grete)
    path = f"/settings/people/{company.bo.pk}/hand-over"
    grete.post(path, {"deal_id": [deal.pk for deal in deals], "to_user_id": company.chidi.pk})
    grete.post("/undo")
    rows = Deal.objects.unscoped(reason="a test looks").order_by("id")
    assert list(rows.values_list("owner_id", flat=True)) == [company.bo.pk] * 2


def test_an_admin_arranges_the_tree_of_teams(company: Workspace, ada: Client) -> None:
    assert ada.post("/settings/teams", {"team": "West", "parent_id": company.north.pk}).status_code == 302
    west = Team.objects.unscoped(reason="a test looks").get(name="West")
    ada.post(f"/settings/teams/{west.pk}", {"parent_id": company.south.pk})
    ada.post(f"/settings/teams/{west.pk}", {"team": "Far West"})
    west.refresh_from_db(from_queryset=Team.objects.unscoped(reason="a test looks"))
    assert (west.name, west.parent_id) == ("Far West", company.south.pk)
    page = ada.get("/settings/teams").content.decode()
    assert re.findall(r'<li class="(depth-\d)">\s*<b>([^<]*)</b>', page) == [
        ("depth-0", "Sales"),
        ("depth-1", "North"),
        ("depth-1", "South"),
        ("depth-2", "Far West"),
    ]
    refused = ada.post("/settings/teams", {"team": "Far West", "parent_id": company.south.pk})
    assert refused.status_code == 422
    assert "There is a team called Far West already." in refused.content.decode()


def test_a_manager_sees_the_teams_and_changes_none(company: Workspace) -> None:
    page = logged_in(company.grete).get("/settings/teams").content.decode()
    assert "led by Grete" in page
    assert "Add a team" not in page
