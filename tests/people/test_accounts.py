"""What people change of their own, closing and opening accounts, notices, and ending what was shared."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from earnest.people import directory, services, visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.people.models import Access, ApiToken, Invitation, Membership, Notification, User
from earnest.people.services import EntryRefused, GrantRefused, InvitationRefused, TeamNameTaken
from earnest.records import services as records
from earnest.records.models import Deal
from tests.workspace import AT, TODAY, Workspace

OWN = {"name": "Bo B", "time_zone": "Europe/Oslo", "hides_quota": True, "wants_digest": True}


def test_a_person_changes_what_is_theirs(company: Workspace) -> None:
    user = services.edit_own(actor=company.actor(company.bo), **OWN, at=AT)
    user.refresh_from_db()
    assert {name: getattr(user, name) for name in OWN} == OWN
    assert (user.version, user.role, user.email) == (2, "rep", "bo@example.test")
    assert services.edit_own(actor=company.actor(company.bo), **OWN, at=AT).version == 2


@pytest.mark.parametrize(("field", "text"), [("name", ""), ("time_zone", "Mars/Olympus")])
def test_what_cannot_be_taken_changes_nothing(company: Workspace, field: str, text: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        services.edit_own(actor=company.actor(company.bo), **OWN | {field: text}, at=AT)
    assert refused.value.data == {"field": field}
    assert User.objects.get(pk=company.bo.pk).version == 1


@pytest.mark.case("A49")
@pytest.mark.case("A50")
def test_closing_an_account_ends_sessions_keys_and_links(company: Workspace, settings: Settings) -> None:
    boss = company.actor(company.admin)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    company.bo.set_password("correct horse battery")
    company.bo.save()
    Client().post("/login/login/", {"login": "bo@example.test", "password": "correct horse battery"})
    key = ApiToken(owner=company.bo, name="k", prefix="p", token_hash="h", created_at=AT, expires_on=TODAY)
    key.save()
    User.objects.filter(pk=company.bo.pk).update(is_active=False)
    services.invite_again(actor=boss, user_id=company.bo.pk, at=AT)
    assert Session.objects.filter(session_key__in=UserSession.objects.values("session_key")).count() == 1
    user = services.deactivate(actor=boss, user_id=company.bo.pk, at=AT + timedelta(minutes=1))
    assert not user.is_active
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    assert ApiToken.objects.unscoped(reason="a test looks").get().revoked_at == AT + timedelta(minutes=1)
    assert Invitation.objects.unscoped(reason="a test looks").get().expires_at == AT + timedelta(minutes=1)


def test_who_comes_back_keeps_their_password_and_who_never_had_one_is_invited(company: Workspace) -> None:
    boss = company.actor(company.admin)
    company.bo.set_password("correct horse battery")
    company.bo.save()
    services.deactivate(actor=boss, user_id=company.bo.pk, at=AT)
    assert services.reactivate(actor=boss, user_id=company.bo.pk, at=AT).is_active
    services.deactivate(actor=boss, user_id=company.dana.pk, at=AT)
    with pytest.raises(InvitationRefused):
        services.reactivate(actor=boss, user_id=company.dana.pk, at=AT)
    with pytest.raises(NotAllowed):
        services.reactivate(actor=company.actor(company.grete), user_id=company.dana.pk, at=AT)


def test_a_person_leaves_a_team_once(company: Workspace) -> None:
    boss = company.actor(company.admin)
    services.remove_member(actor=boss, user_id=company.bo.pk, team_id=company.north.pk, at=AT)
    rows = Membership.objects.unscoped(reason="a test looks").filter(user=company.bo)
    assert list(rows) == []
    with pytest.raises(NotFound):
        services.remove_member(actor=boss, user_id=company.bo.pk, team_id=company.north.pk, at=AT)
    with pytest.raises(NotAllowed):
        services.remove_member(
            actor=company.actor(company.grete), user_id=company.chidi.pk, team_id=company.north.pk, at=AT
        )


def test_two_teams_beside_each_other_have_two_names(company: Workspace) -> None:
    boss = company.actor(company.admin)
    with pytest.raises(TeamNameTaken) as refused:
        services.rename_team(actor=boss, team_id=company.south.pk, name="North", at=AT)
    assert refused.value.what == "There is a team called North already."
    with pytest.raises(TeamNameTaken):
        services.add_team(actor=boss, name="Sales", at=AT)
    lone = services.add_team(actor=boss, name="North", at=AT)
    with pytest.raises(TeamNameTaken):
        services.move_team(actor=boss, team_id=lone.pk, parent_id=company.sales.pk, at=AT)
    assert services.rename_team(actor=boss, team_id=company.south.pk, name="Far South", at=AT).name == "Far South"


@pytest.mark.case("A01")
def test_a_notice_is_read_by_its_person_alone(company: Workspace) -> None:
    bo, chidi = company.actor(company.bo), company.actor(company.chidi)
    notice = services.notify(user_id=company.bo.pk, kind="test", text="t" * 600, link="/", at=AT)
    assert (len(notice.text), notice.text[-1]) == (500, "…")
    for actor in (chidi, company.actor(company.admin)):
        with pytest.raises(NotFound):
            services.mark_read(actor=actor, notification_id=notice.pk, at=AT)
    assert services.mark_read(actor=bo, notification_id=notice.pk, at=AT).read_at == AT
    assert services.mark_read(actor=bo, notification_id=notice.pk, at=AT + timedelta(days=1)).read_at == AT
    services.notify(user_id=company.bo.pk, kind="test", text="Another", at=AT)
    services.notify(user_id=company.chidi.pk, kind="test", text="Not theirs", at=AT)
    assert services.mark_all_read(actor=bo, at=AT) == 1
    assert visibility.visible(chidi, Notification).filter(read_at=None).count() == 1


def test_notices_page_by_key(company: Workspace) -> None:
    for number in range(directory.PAGE + 1):
        services.notify(user_id=company.bo.pk, kind="test", text=str(number), at=AT)
    rows, more = directory.notices(company.actor(company.bo))
    assert [row["text"] for row in rows] == [str(number) for number in range(directory.PAGE, 0, -1)]
    rest, none = directory.notices(company.actor(company.bo), after=more)
    assert ([row["text"] for row in rest], none) == (["0"], None)


def test_what_was_shared_ends_by_whoever_shared_it_or_an_admin(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Mine")
    record = ("records.deal", deal.pk)
    until = date(2026, 2, 1)
    for ends in (company.dana, company.admin):
        grant = services.share(
            actor=company.actor(company.dana),
            record=record,
            with_user_id=company.bo.pk,
            reason="r",
            until_on=until,
            at=AT,
        )
        for stranger in (company.bo, company.grete):
            with pytest.raises(NotFound):
                services.end_grant(actor=company.actor(stranger), grant_id=grant.pk, as_of=TODAY, at=AT)
        assert visibility.visible(company.actor(company.bo), Deal).filter(pk=deal.pk).exists()
        services.end_grant(actor=company.actor(ends), grant_id=grant.pk, as_of=TODAY, at=AT)
        assert not visibility.visible(company.actor(company.bo), Deal).filter(pk=deal.pk).exists()
        with pytest.raises(NotFound):
            services.end_grant(actor=company.actor(ends), grant_id=grant.pk, as_of=TODAY, at=AT)


@pytest.mark.case("A08")
@pytest.mark.parametrize("kind", ["people.user", "people.grant", "records.stage", "records.nothing", "nothing", ""])
def test_only_records_with_an_owner_are_shared(company: Workspace, kind: str) -> None:
    with pytest.raises(NotFound):
        services.share(
            actor=company.actor(company.admin),
            record=(kind, 1),
            with_user_id=company.bo.pk,
            reason="r",
            until_on=TODAY,
            at=AT,
        )


def test_sharing_gives_reading_or_writing_and_nothing_else(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Mine")
    with pytest.raises(GrantRefused):
        services.share(
            actor=company.actor(company.dana),
            record=("records.deal", deal.pk),
            with_user_id=company.bo.pk,
            reason="r",
            until_on=TODAY,
            access="own",
            at=AT,
        )
    assert [str(each) for each in Access.values] == ["read", "write"]
