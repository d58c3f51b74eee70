"""A kept statement gives what the query gives, and each actor their own rows."""

from datetime import date, timedelta

import pytest
from django.db.models import F, Sum

from earnest.people import statements, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Setting, Team, User
from earnest.people.statements import Query
from earnest.records import services
from earnest.records.models import Deal
from tests.workspace import AT, TODAY, Workspace


def _told(actor: Actor, limit: int, *, day: date) -> Query:
    deals = visibility.visible(actor, Deal).filter(seller_close_on__lte=day)
    return deals.order_by("pk").values_list("title", "seller_close_on", "custom", "account__name")[:limit]


@pytest.fixture
def deals(company: Workspace) -> dict[str, int]:
    found = {}
    for user, day in ((company.bo, TODAY), (company.bo, TODAY + timedelta(days=2)), (company.dana, TODAY)):
        title = f"{user.name} {day.isoformat()}"
        opened = services.open_deal(
            by=company.by(user), title=title, seller_close_on=day, amount_minor=700, currency_id="EUR"
        )
        found[title] = opened.pk
    return found


def test_a_statement_gives_what_the_query_gives(company: Workspace, deals: dict[str, int]) -> None:
    actor = company.actor(company.bo)
    for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2)):
        assert statements.rows(_told, actor, 5, day=day) == list(_told(actor, 5, day=day))
    assert statements.rows(_told, actor, 5, day=TODAY) == [(f"Bo {TODAY.isoformat()}", TODAY, {}, None)]


@pytest.mark.case("A01")
def test_each_actor_is_given_their_own_rows(company: Workspace, deals: dict[str, int]) -> None:
    for user in (company.bo, company.dana, company.chidi, company.admin, company.bo):
        actor = company.actor(user)
        assert statements.rows(_told, actor, 5, day=TODAY) == list(_told(actor, 5, day=TODAY))
    assert [row[0] for row in statements.rows(_told, company.actor(company.dana), 5, day=TODAY)] == [
        f"Dana {TODAY.isoformat()}"
    ]


def _numbered(actor: Actor, *, numbers: tuple[int, ...]) -> Query:
    return visibility.visible(actor, Deal).filter(pk__in=numbers).order_by("pk").values_list("pk", "outcome")


def test_several_numbers_are_run_for_at_once(company: Workspace, deals: dict[str, int]) -> None:
    actor, wanted = company.actor(company.admin), tuple(deals.values())
    assert statements.rows(_numbered, actor, numbers=wanted[:2]) == [(number, "open") for number in wanted[:2]]
    assert statements.rows(_numbered, actor, numbers=wanted[1:]) == [(number, "open") for number in wanted[1:]]


def test_a_number_beyond_every_column_finds_nothing(company: Workspace, deals: dict[str, int]) -> None:
    actor, wanted = company.actor(company.admin), next(iter(deals.values()))
    assert statements.rows(_numbered, actor, numbers=(2**63, wanted)) == [(wanted, "open")]
    assert not visibility.sees(actor, Deal, 2**70)


@pytest.mark.case("A01")
def test_whether_a_record_is_seen_follows_the_predicate(company: Workspace, deals: dict[str, int]) -> None:
    for user in (company.bo, company.dana, company.ann, company.grete):
        actor = company.actor(user)
        for access in Access.values:
            seen = set(visibility.visible(actor, Deal, access).values_list("pk", flat=True))
            assert {number for number in deals.values() if visibility.sees(actor, Deal, number, access)} == seen


def _sums(actor: Actor, *, owner: int) -> Query:
    deals = visibility.visible(actor, Deal).filter(owner_id=owner)
    return deals.order_by().values("currency_id").annotate(sum=Sum("amount_minor")).values_list("currency_id", "sum")


def test_a_sum_is_a_whole_number(company: Workspace, deals: dict[str, int]) -> None:
    found = statements.rows(_sums, company.actor(company.admin), owner=company.bo.pk)
    assert found == [("EUR", 1400)]
    assert type(found[0][1]) is int


def _people(*, name: str) -> list[Query]:
    found = User.objects.filter(name=name).values_list("name", "is_active", "created_at")
    return [found, User.objects.filter(name="Dana").values_list("name", "is_active", "created_at")]


def test_several_queries_are_one_statement(company: Workspace) -> None:
    assert statements.rows(_people, name="Bo") == [
        ("Bo", True, company.bo.created_at),
        ("Dana", True, company.dana.created_at),
    ]
    assert statements.rows(_people, name="Nobody") == [("Dana", True, company.dana.created_at)]


def _nothing(*, number: int) -> Query:
    return User.objects.filter(pk=number, pk__in=()).values_list("pk")


def test_what_can_find_nothing_asks_nothing(company: Workspace) -> None:
    assert statements.rows(_nothing, number=company.bo.pk) == []


def _passed_over(*, number: int) -> Query:
    return User.objects.order_by("pk").values_list("pk")


def test_a_value_that_does_not_reach_the_database_is_refused() -> None:
    with pytest.raises(TypeError, match="_passed_over writes something that it is run for into its statement"):
        statements.rows(_passed_over, number=1)


def test_a_kind_of_column_that_it_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="does not read a DurationField"):
        statements.rows(_lengths, number=1)


def _lengths(*, number: int) -> Query:
    return User.objects.filter(pk=number).values_list(F("created_at") - F("created_at"))


def _values(*, name: str) -> Query:
    return Setting.objects.unscoped(reason="a test").filter(name=name).values_list("value")


@pytest.mark.parametrize("value", ["all", 1, 1.5, True, ["a"]])
def test_json_is_read(company: Workspace, value: object) -> None:
    Setting.objects.bulk_add([Setting(name="any", value=value, at=AT)])
    assert statements.rows(_values, name="any") == [(value,)]


def _teams(*, name: str) -> Query:
    return Team.objects.unscoped(reason="a test").filter(name=name).values_list("name")


def test_a_text_is_run_for_as_it_is(company: Workspace) -> None:
    assert statements.rows(_teams, name="North") == [("North",)]
    assert statements.rows(_teams, name="100 %s") == []
