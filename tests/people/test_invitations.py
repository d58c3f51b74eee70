"""Invitations: a link that works once, within a week, for whoever may give that role in that team."""

import hashlib
from datetime import timedelta

import pytest

from earnest.people import services, visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.people.models import AuditEvent, Invitation, Membership, Role, User
from earnest.people.services import EmailTaken, EntryRefused, InvitationRefused, InvitationSpent
from tests.workspace import AT, Workspace

PASSWORD = "correct horse battery"
WEEK = timedelta(days=7)


def invitations() -> list[Invitation]:
    return list(Invitation.objects.unscoped(reason="a test looks").order_by("id"))


def actions(company: Workspace) -> list[str]:
    rows = visibility.visible(company.actor(company.admin), AuditEvent).order_by("number")
    return list(rows.values_list("action", flat=True))


def test_an_invited_person_works_here_once_they_have_set_a_password(company: Workspace) -> None:
    boss = company.actor(company.admin)
    invited = services.invite(actor=boss, name=" Elif  K ", email="Elif@Example.test", at=AT, team_id=company.north.pk)
    user = User.objects.get(pk=invited.user_id)
    assert (user.name, user.email, user.role, user.is_active) == ("Elif K", "elif@example.test", "rep", False)
    assert list(
        Membership.objects.unscoped(reason="a test looks").filter(user=user).values_list("team_id", "leads")
    ) == [(company.north.pk, False)]
    services.accept(token=invited.token, password=PASSWORD, at=AT + timedelta(days=1))
    user.refresh_from_db()
    assert (user.is_active, user.check_password(PASSWORD)) == (True, True)
    assert actions(company)[-2:] == ["invite", "accept_invitation"]


@pytest.mark.case("A47")
def test_only_the_hash_of_a_link_is_kept(company: Workspace) -> None:
    invited = services.invite(actor=company.actor(company.admin), name="E", email="e@example.test", at=AT)
    (kept,) = invitations()
    assert kept.token_hash == hashlib.sha256(invited.token.encode()).hexdigest()
    assert kept.expires_at == AT + WEEK
    assert invited.token not in str(list(AuditEvent.objects.unscoped(reason="a test looks").values()))


@pytest.mark.case("A47")
def test_a_link_works_once_within_a_week_and_a_newer_one_replaces_it(company: Workspace) -> None:
    boss = company.actor(company.admin)
    first = services.invite(actor=boss, name="E", email="e@example.test", at=AT)
    second = services.invite_again(actor=boss, user_id=first.user_id, at=AT + timedelta(hours=1))
    for token, at in ((first.token, AT + timedelta(hours=2)), (second.token, AT + WEEK + timedelta(hours=1))):
        with pytest.raises(InvitationSpent):
            services.accept(token=token, password=PASSWORD, at=at)
    services.accept(token=second.token, password=PASSWORD, at=AT + timedelta(hours=2))
    with pytest.raises(InvitationSpent) as refused:
        services.accept(token=second.token, password="a third horse battery", at=AT + timedelta(hours=3))
    assert refused.value.what == "This link does not work, or no longer."
    assert User.objects.get(pk=first.user_id).check_password(PASSWORD)


def test_a_weak_password_spends_nothing(company: Workspace) -> None:
    invited = services.invite(actor=company.actor(company.admin), name="E", email="e@example.test", at=AT)
    with pytest.raises(EntryRefused) as refused:
        services.accept(token=invited.token, password="elevenchars", at=AT)
    assert refused.value.data == {"field": "password"}
    assert "at least 12 characters" in refused.value.why
    assert not User.objects.get(pk=invited.user_id).is_active
    services.accept(token=invited.token, password=PASSWORD, at=AT)


@pytest.mark.case("A07")
@pytest.mark.parametrize(
    ("who", "role", "team", "allowed"),
    [
        ("grete", Role.REP, "north", True),
        ("grete", Role.MANAGER, "north", True),
        ("grete", Role.ADMIN, "north", False),
        ("grete", Role.REP, "south", False),
        ("grete", Role.REP, "sales", False),
        ("grete", Role.REP, None, False),
        ("hal", Role.REP, "south", True),
        ("bo", Role.REP, "north", False),
        ("ann", Role.REP, None, False),
        ("admin", Role.ADMIN, None, True),
        ("admin", "owner", None, False),
    ],
)
def test_who_may_invite_whom_into_which_team(
    company: Workspace, who: str, role: str, team: str | None, *, allowed: bool
) -> None:
    before = User.objects.count()
    team_id = getattr(company, team).pk if team else None
    actor = company.actor(getattr(company, who))
    if allowed:
        services.invite(actor=actor, name="E", email="e@example.test", role=role, team_id=team_id, at=AT)
    else:
        with pytest.raises(NotAllowed):
            services.invite(actor=actor, name="E", email="e@example.test", role=role, team_id=team_id, at=AT)
    assert User.objects.count() == before + allowed
    assert len(invitations()) == allowed


def test_an_e_mail_that_is_taken_or_none_is_told_at_its_field(company: Workspace) -> None:
    boss = company.actor(company.admin)
    with pytest.raises(EmailTaken) as taken:
        services.invite(actor=boss, name="B", email="BO@example.test", at=AT)
    assert taken.value.data["field"] == "email"
    for text in ("", "bo", "bo@", "a b@example.test"):
        with pytest.raises(EntryRefused) as refused:
            services.invite(actor=boss, name="B", email=text, at=AT)
        assert refused.value.data == {"field": "email"}
    with pytest.raises(EntryRefused) as nameless:
        services.invite(actor=boss, name=" ", email="b@example.test", at=AT)
    assert nameless.value.data == {"field": "name"}
    assert invitations() == []


def test_a_person_from_an_import_is_invited_by_an_admin_with_an_e_mail(company: Workspace) -> None:
    owner = User.objects.create(name="Old owner", is_active=False, created_at=AT)
    with pytest.raises(NotAllowed):
        services.invite_again(actor=company.actor(company.grete), user_id=owner.pk, email="old@example.test", at=AT)
    boss = company.actor(company.admin)
    with pytest.raises(EntryRefused):
        services.invite_again(actor=boss, user_id=owner.pk, at=AT)
    with pytest.raises(EmailTaken):
        services.invite_again(actor=boss, user_id=owner.pk, email="bo@example.test", at=AT)
    invited = services.invite_again(actor=boss, user_id=owner.pk, email="Old@example.test", at=AT)
    services.accept(token=invited.token, password=PASSWORD, at=AT)
    owner.refresh_from_db()
    assert (owner.email, owner.is_active) == ("old@example.test", True)


@pytest.mark.case("A07")
def test_a_manager_does_not_bring_back_whoever_an_admin_closed(company: Workspace) -> None:
    boss, grete = company.actor(company.admin), company.actor(company.grete)
    invited = services.invite(actor=grete, name="E", email="e@example.test", team_id=company.north.pk, at=AT)
    again = services.invite_again(actor=grete, user_id=invited.user_id, at=AT)
    services.accept(token=again.token, password=PASSWORD, at=AT)
    services.deactivate(actor=boss, user_id=invited.user_id, at=AT)
    with pytest.raises(NotAllowed):
        services.invite_again(actor=grete, user_id=invited.user_id, at=AT)
    assert not User.objects.get(pk=invited.user_id).is_active


def test_who_works_here_is_not_invited_again_and_nobody_is_not_found(company: Workspace) -> None:
    boss = company.actor(company.admin)
    with pytest.raises(InvitationRefused) as refused:
        services.invite_again(actor=boss, user_id=company.bo.pk, at=AT)
    assert refused.value.what == "Bo works here already."
    with pytest.raises(NotFound):
        services.invite_again(actor=boss, user_id=0, at=AT)
    with pytest.raises(NotFound):
        services.invite(actor=boss, name="E", email="e@example.test", team_id=0, at=AT)
    assert invitations() == []
