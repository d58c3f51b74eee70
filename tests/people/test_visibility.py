"""Who sees which rows, on every shape of query, and nothing without saying for whom."""

from datetime import timedelta

import pytest
from django.db.models import Count

from earnest.people import actors, scoping, visibility
from earnest.people import services as people
from earnest.people.actors import Actor, InactiveUser
from earnest.people.models import Access, AuditEvent, Grant, Team, User
from earnest.people.scoping import Unscoped
from earnest.records import services
from earnest.records.models import Account, Activity, Change, Deal, Lead, Pipeline, SavedView
from earnest.records.services import views
from tests.workspace import AT, TODAY, Workspace


@pytest.fixture
def deals(company: Workspace) -> dict[str, Deal]:
    """One deal each for Bo and Chidi in the North and Dana in the South, each with one activity."""
    found = {}
    for user in (company.bo, company.chidi, company.dana):
        deal = services.open_deal(by=company.by(user), title=f"{user.name}'s deal")
        services.log_activity(by=company.by(user), deal_id=deal.pk, channel="call", direction="out", at=AT)
        found[user.name] = deal
    return found


def titles(actor: Actor, access: str = Access.READ) -> list[str]:
    return sorted(visibility.visible(actor, Deal, access).values_list("title", flat=True))


@pytest.mark.case("A01")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("bo", ["Bo's deal"]),
        ("dana", ["Dana's deal"]),
        ("grete", ["Bo's deal", "Chidi's deal"]),
        ("hal", ["Bo's deal", "Chidi's deal", "Dana's deal"]),
        ("ann", ["Bo's deal", "Chidi's deal", "Dana's deal"]),
        ("admin", ["Bo's deal", "Chidi's deal", "Dana's deal"]),
    ],
)
def test_each_role_reads_its_own_rows(company: Workspace, deals: dict[str, Deal], who: str, seen: list[str]) -> None:
    actor = company.actor(getattr(company, who))
    assert titles(actor) == seen


@pytest.mark.case("A02")
@pytest.mark.parametrize(
    ("who", "written"),
    [
        ("bo", ["Bo's deal"]),
        ("grete", ["Bo's deal", "Chidi's deal"]),
        ("ann", []),
        ("admin", ["Bo's deal", "Chidi's deal", "Dana's deal"]),
    ],
)
def test_each_role_writes_its_own_rows(
    company: Workspace, deals: dict[str, Deal], who: str, written: list[str]
) -> None:
    assert titles(company.actor(getattr(company, who)), Access.WRITE) == written


@pytest.mark.case("A13")
def test_counts_and_groups_hold_visible_rows_only(company: Workspace, deals: dict[str, Deal]) -> None:
    rows = visibility.visible(company.actor(company.grete), Deal)
    assert rows.count() == 2
    assert list(rows.values_list("owner__name").annotate(deals=Count("id")).order_by("owner__name")) == [
        ("Bo", 1),
        ("Chidi", 1),
    ]


def test_rows_are_seen_through_the_deal_they_hang_on(company: Workspace, deals: dict[str, Deal]) -> None:
    seen = visibility.visible(company.actor(company.bo), Activity)
    assert list(seen.values_list("deal__title", flat=True)) == ["Bo's deal"]
    assert visibility.visible(company.actor(company.admin), Activity).count() == 3


def test_history_is_seen_through_the_record_it_is_about(company: Workspace, deals: dict[str, Deal]) -> None:
    seen = visibility.visible(company.actor(company.dana), Change).filter(kind="records.deal")
    assert list(seen.values_list("record_id", flat=True)) == [deals["Dana"].pk]


def test_what_hangs_on_a_discarded_deal_is_gone_for_everybody(company: Workspace, deals: dict[str, Deal]) -> None:
    services.discard(Deal, by=company.by(company.bo), record_id=deals["Bo"].pk, version=1)
    for user in (company.bo, company.admin):
        assert "Bo's deal" not in visibility.visible(company.actor(user), Activity).values_list(
            "deal__title", flat=True
        )


def test_a_row_that_hangs_on_nothing_is_for_those_who_see_everything(company: Workspace) -> None:
    services.log_activity(by=company.by(company.bo), channel="note", subject="loose")
    assert visibility.visible(company.actor(company.bo), Activity).count() == 0
    assert visibility.visible(company.actor(company.admin), Activity).count() == 1


def test_an_activity_of_a_lead_is_seen_with_the_lead(company: Workspace) -> None:
    lead = services.add_lead(by=company.by(company.dana), name="L-117")
    services.log_activity(by=company.by(company.dana), lead_id=lead.pk, channel="call")
    assert visibility.visible(company.actor(company.dana), Activity).count() == 1
    assert visibility.visible(company.actor(company.bo), Activity).count() == 0
    assert visibility.visible(company.actor(company.bo), Lead).count() == 0


def test_shared_rows_are_read_until_their_last_day(company: Workspace, deals: dict[str, Deal]) -> None:
    people.share(
        actor=company.actor(company.dana),
        record=("records.deal", deals["Dana"].pk),
        with_user_id=company.bo.pk,
        reason="Bo knows the buyer",
        until_on=TODAY + timedelta(days=3),
        at=AT,
    )
    assert titles(company.actor(company.bo)) == ["Bo's deal", "Dana's deal"]
    assert titles(company.actor(company.bo), Access.WRITE) == ["Bo's deal"]
    assert visibility.visible(company.actor(company.bo), Activity).count() == 2
    assert titles(company.actor(company.bo, TODAY + timedelta(days=3))) == ["Bo's deal", "Dana's deal"]
    assert titles(company.actor(company.bo, TODAY + timedelta(days=4))) == ["Bo's deal"]


@pytest.mark.case("A19")
def test_moving_to_another_team_changes_what_a_manager_sees(company: Workspace, deals: dict[str, Deal]) -> None:
    people.move_team(actor=company.actor(company.admin), team_id=company.south.pk, parent_id=company.north.pk, at=AT)
    assert titles(company.actor(company.grete)) == ["Bo's deal", "Chidi's deal", "Dana's deal"]


@pytest.mark.case("A19")
def test_a_closed_account_sees_nothing(company: Workspace) -> None:
    people.deactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    with pytest.raises(InactiveUser) as refused:
        company.actor(company.bo)
    assert refused.value.what == "Bo is not active here."


def test_everybody_reads_pipelines_and_only_admins_write_them(company: Workspace) -> None:
    for user in (company.bo, company.grete, company.ann, company.admin):
        assert visibility.visible(company.actor(user), Pipeline).count() == 1
    assert visibility.visible(company.actor(company.bo), Pipeline, Access.WRITE).count() == 0
    assert visibility.visible(company.actor(company.admin), Pipeline, Access.WRITE).count() == 1


def test_the_audit_is_for_admins(company: Workspace) -> None:
    for user in (company.bo, company.grete, company.ann):
        assert visibility.visible(company.actor(user), AuditEvent).count() == 0
    assert visibility.visible(company.actor(company.admin), AuditEvent).count() > 0


def test_a_person_sees_what_was_shared_with_them_and_no_other_grant(company: Workspace, deals: dict[str, Deal]) -> None:
    people.share(
        actor=company.actor(company.dana),
        record=("records.deal", deals["Dana"].pk),
        with_user_id=company.bo.pk,
        reason="cover",
        until_on=TODAY,
        at=AT,
    )
    assert visibility.visible(company.actor(company.bo), Grant).count() == 1
    assert visibility.visible(company.actor(company.chidi), Grant).count() == 0


@pytest.mark.case("A20")
def test_actors_that_see_the_same_are_equal_and_others_are_not(company: Workspace) -> None:
    assert company.actor(company.bo) == company.actor(company.bo)
    assert hash(company.actor(company.bo)) == hash(company.actor(company.bo))
    assert company.actor(company.bo) != company.actor(company.chidi)


@pytest.mark.case("A21")
@pytest.mark.parametrize("model", [Deal, Account, Team, Change])
def test_rows_without_an_actor_are_refused(db: None, model: type[Deal]) -> None:
    for ask in (model.objects.all, model.objects.count, lambda: model.objects.filter(pk=1), model.objects.first):
        with pytest.raises(Unscoped) as refused:
            ask()
        assert refused.value.what == f"Rows of {model.__name__} were asked for without saying for whom."


@pytest.mark.case("A21")
def test_the_rows_of_a_relation_are_refused_too(company: Workspace, deals: dict[str, Deal]) -> None:
    with pytest.raises(Unscoped):
        deals["Bo"].activities.count()


def test_an_unscoped_read_needs_a_reason(db: None) -> None:
    with pytest.raises(Unscoped) as refused:
        Deal.objects.unscoped(reason=" ")
    assert refused.value.what == "All rows of Deal were asked for without a reason."
    assert Deal.objects.unscoped(reason="a test looks").count() == 0


def test_a_model_without_a_scope_cannot_be_read(company: Workspace) -> None:
    class Odd:
        pass

    with pytest.raises(TypeError, match="give it a scope"):
        visibility.predicate(company.actor(company.bo), Odd)  # type: ignore[arg-type]


def test_teams_below_are_found_at_any_depth(company: Workspace) -> None:
    deep = people.add_team(actor=company.actor(company.admin), name="Arctic", parent_id=company.north.pk, at=AT)
    assert actors.with_teams_below(frozenset({company.north.pk})) == {company.north.pk, deep.pk}
    assert actors.with_teams_below(frozenset()) == frozenset()


def test_every_stored_model_says_whose_rows_are_whose() -> None:
    from django.apps import apps

    ours = [model for model in apps.get_models() if model.__module__.startswith("earnest.")]
    lacking = [model.__name__ for model in ours if not isinstance(getattr(model, "scope", None), scoping.Scope)]
    assert lacking == []
    assert {User, Deal, AuditEvent} <= set(ours)
    assert all(model is User or isinstance(model.objects, scoping.ScopedManager) for model in ours)


def test_what_was_shared_is_asked_for_by_number(company: Workspace, deals: dict[str, Deal]) -> None:
    """A subquery here would make PostgreSQL read the whole table for every list of a rep."""
    people.share(
        actor=company.actor(company.dana),
        record=("records.deal", deals["Dana"].pk),
        with_user_id=company.bo.pk,
        reason="cover",
        until_on=TODAY,
        at=AT,
    )
    sql = str(visibility.visible(company.actor(company.bo), Deal).query)
    assert f"IN ({deals['Dana'].pk})" in sql
    assert sql.count("SELECT") == 1


def test_a_saved_list_is_its_owner_s_until_it_is_shared(company: Workspace) -> None:
    for name, shared in (("Mine", False), ("Ours", True)):
        views.save_view(by=company.by(company.bo), page="deals", name=name, query="", shared=shared)
    for user, names in ((company.bo, ["Mine", "Ours"]), (company.admin, ["Ours"]), (company.ann, ["Ours"])):
        seen = visibility.visible(company.actor(user), SavedView).order_by("name")
        assert list(seen.values_list("name", flat=True)) == names
    assert visibility.visible(company.actor(company.admin), SavedView, Access.WRITE).count() == 0
