"""Users, teams and sharing: nobody rises above their own role, and each act leaves its audit event."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from earnest.people import services, visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.people.models import AuditEvent, Grant, Membership, Role, Team, User
from earnest.people.services import EmailTaken, GrantRefused, TeamInItself
from earnest.records import services as records
from tests.workspace import AT, TODAY, Workspace


def actions(company: Workspace) -> list[str]:
    events = visibility.visible(company.actor(company.admin), AuditEvent).order_by("number")
    return list(events.values_list("action", flat=True))


def test_a_user_logs_in_by_e_mail_in_small_letters(company: Workspace) -> None:
    user = services.add_user(
        actor=company.actor(company.admin), name=" Elif ", email=" Elif@Example.test ", at=AT, time_zone="Europe/Berlin"
    )
    user.refresh_from_db()
    assert (user.name, user.email, user.role, user.time_zone) == ("Elif", "elif@example.test", "rep", "Europe/Berlin")
    assert not user.has_usable_password()
    assert User.objects.get_by_natural_key("elif@example.test") == user
    assert actions(company)[-1] == "add_user"


def test_an_e_mail_belongs_to_one_person(company: Workspace) -> None:
    before = User.objects.count()
    with pytest.raises(EmailTaken) as refused:
        services.add_user(actor=company.actor(company.admin), name="Other", email="BO@example.test", at=AT)
    assert refused.value.what == "Another user already logs in as bo@example.test."
    assert User.objects.count() == before


@pytest.mark.case("A07")
@pytest.mark.parametrize(
    ("who", "role", "allowed"),
    [
        ("admin", Role.ADMIN, True),
        ("grete", Role.MANAGER, True),
        ("grete", Role.REP, True),
        ("grete", Role.ADMIN, False),
        ("bo", Role.REP, False),
        ("ann", Role.REP, False),
    ],
)
def test_nobody_gives_a_role_above_their_own(company: Workspace, who: str, role: str, *, allowed: bool) -> None:
    actor = company.actor(getattr(company, who))
    before = User.objects.count()
    if allowed:
        services.add_user(actor=actor, name="New", email="new@example.test", role=role, at=AT)
    else:
        with pytest.raises(NotAllowed):
            services.add_user(actor=actor, name="New", email="new@example.test", role=role, at=AT)
    assert User.objects.count() == before + allowed


@pytest.mark.case("A07")
@pytest.mark.case("A08")
def test_only_admins_change_roles_teams_and_accounts(company: Workspace) -> None:
    events = len(actions(company))
    tries: list[Callable[[], object]] = []
    for user in (company.bo, company.grete, company.ann):
        actor = company.actor(user)
        tries += [
            lambda actor=actor: services.change_role(actor=actor, user_id=actor.user_id, role=Role.ADMIN, at=AT),
            lambda actor=actor: services.deactivate(actor=actor, user_id=company.admin.pk, at=AT),
            lambda actor=actor: services.add_team(actor=actor, name="Mine", at=AT),
            lambda actor=actor: services.move_team(actor=actor, team_id=company.north.pk, parent_id=None, at=AT),
            lambda actor=actor: services.add_member(
                actor=actor, user_id=actor.user_id, team_id=company.sales.pk, leads=True, at=AT
            ),
        ]
    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()
    assert len(actions(company)) == events
    assert set(User.objects.values_list("role", flat=True)) == {"admin", "manager", "rep", "analyst"}


def test_an_admin_cannot_change_their_own_role_or_close_their_account(company: Workspace) -> None:
    admin = company.actor(company.admin)
    with pytest.raises(NotAllowed):
        services.change_role(actor=admin, user_id=company.admin.pk, role=Role.REP, at=AT)
    with pytest.raises(NotAllowed):
        services.deactivate(actor=admin, user_id=company.admin.pk, at=AT)


def test_a_role_changes_with_its_version(company: Workspace) -> None:
    user = services.change_role(actor=company.actor(company.admin), user_id=company.bo.pk, role=Role.MANAGER, at=AT)
    assert (user.role, user.version) == (Role.MANAGER, 2)
    assert actions(company)[-1] == "change_role"


def test_a_team_cannot_stand_below_itself(company: Workspace) -> None:
    with pytest.raises(TeamInItself) as refused:
        services.move_team(
            actor=company.actor(company.admin), team_id=company.sales.pk, parent_id=company.north.pk, at=AT
        )
    assert refused.value.what == "The team Sales cannot stand below itself."
    assert Team.objects.unscoped(reason="a test looks").get(name="Sales").parent_id is None


def test_membership_is_one_per_person_and_team(company: Workspace) -> None:
    for leads in (False, True):
        services.add_member(
            actor=company.actor(company.admin), user_id=company.bo.pk, team_id=company.south.pk, leads=leads, at=AT
        )
    rows = Membership.objects.unscoped(reason="a test looks").filter(user=company.bo, team=company.south)
    assert list(rows.values_list("leads", flat=True)) == [True]


@pytest.mark.case("A03")
def test_a_stranger_s_deal_is_shared_by_nobody(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Mine")
    for record in (("records.deal", deal.pk), ("records.deal", 999_999)):
        with pytest.raises(NotFound) as refused:
            services.share(
                actor=company.actor(company.bo),
                record=record,
                with_user_id=company.chidi.pk,
                reason="look",
                until_on=TODAY,
                at=AT,
            )
        assert refused.value.what == f"There is no deal with the number {record[1]}."
    assert Grant.objects.unscoped(reason="a test looks").count() == 0


@pytest.mark.parametrize(("reason", "days"), [("", 1), ("  ", 1), ("cover", -1)])
def test_sharing_needs_a_reason_and_an_end_to_come(company: Workspace, reason: str, days: int) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Mine")
    with pytest.raises(GrantRefused):
        services.share(
            actor=company.actor(company.dana),
            record=("records.deal", deal.pk),
            with_user_id=company.bo.pk,
            reason=reason,
            until_on=TODAY + timedelta(days=days),
            at=AT,
        )
    assert Grant.objects.unscoped(reason="a test looks").count() == 0


def test_the_local_admin_is_made_once_and_cannot_log_in(company: Workspace) -> None:
    again = services.local_admin(at=AT)
    assert again.pk == company.admin.pk
    assert again.email is None
    assert not again.has_usable_password()


def test_unknown_people_and_teams_are_not_found(company: Workspace) -> None:
    admin = company.actor(company.admin)
    with pytest.raises(NotFound):
        services.change_role(actor=admin, user_id=0, role=Role.REP, at=AT)
    with pytest.raises(NotFound):
        services.add_team(actor=admin, name="Lost", parent_id=0, at=AT)
