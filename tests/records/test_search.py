"""Search: what is typed is found by whoever may see it, as it is written, and nothing of what is not theirs shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from earnest.people.models import Grant
from earnest.records import services
from earnest.records.models import Account, SearchEntry
from earnest.records.reads import search
from earnest.records.services import search as index
from tests.workspace import AT, TODAY, Workspace


def names(company: Workspace, user: object, text: str, kind: str = "account") -> list[str]:
    return [each.title for each in search.found(company.actor(user), text)[kind]]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Brackenfold   FOODS ", "brackenfold foods"),
        ("Müller & Söhne", "muller & sohne"),
        ("Straße", "strasse"),
        ("a\0b", "a b"),
        ("", ""),
    ],
)
def test_a_text_is_compared_in_plain_small_letters(text: str, plain: str) -> None:
    assert index.fold(text) == plain


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Brackenfold Foods Ltd.", "brackenfoldfoods"),
        ("BRACKENFOLD-FOODS, GmbH", "brackenfoldfoods"),
        ("Co. KG", "cokg"),
        ("B.V. Holt", "holt"),
    ],
)
def test_a_firm_is_known_without_its_legal_form(name: str, same: str) -> None:
    assert index.firm(name) == same


def test_a_domain_is_known_without_what_was_pasted_with_it() -> None:
    assert index.site("https://WWW.Brackenfold.example/about") == "brackenfold.example"


@pytest.mark.parametrize(
    "text", ["brack", "FOODS", "kenfol", "foods brack", "br", "brackenfold.exa", "müsli", '"foods']
)
def test_a_record_is_found_by_any_of_its_words_as_soon_as_it_is_written(company: Workspace, text: str) -> None:
    services.add_account(
        by=company.by(company.bo), name='Brackenfold "Foods"', domain="brackenfold.example", industry="Müsli"
    )
    services.add_account(by=company.by(company.bo), name="Castellane")
    assert names(company, company.bo, text) == ['Brackenfold "Foods"']


@pytest.mark.parametrize(
    "text", ["", "  ", "zzz", "brack castell", "NEAR(", "*", "a OR b", "words:brack", "%", "_rack", "\0"]
)
def test_what_is_not_there_is_not_found(company: Workspace, text: str) -> None:
    services.add_account(by=company.by(company.bo), name="Brackenfold")
    assert search.found(company.actor(company.bo), text) == {"account": [], "deal": [], "contact": [], "lead": []}


def test_the_nearest_stand_first(company: Workspace) -> None:
    for name in ("Old Foods and Holt", "Holtby", "The Holt", "Holt", "Isenholt"):
        services.add_account(by=company.by(company.bo), name=name)
    services.add_account(by=company.by(company.bo), name="Elsewhere", industry="holt")
    expected = ["Holt", "Holtby", "The Holt", "Old Foods and Holt", "Isenholt", "Elsewhere"]
    assert names(company, company.bo, "holt") == expected


def test_a_new_name_is_found_and_the_old_one_is_not(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Brackenfold")
    services.edit_account(by=company.by(company.bo), account_id=account.pk, version=1, name="Castellane")
    assert names(company, company.bo, "castel") == ["Castellane"]
    assert names(company, company.bo, "bracken") == []


def test_what_lies_in_the_bin_is_not_found_until_it_is_restored(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Brackenfold")
    services.discard(Account, by=company.by(company.bo), record_id=account.pk, version=1)
    assert names(company, company.bo, "brack") == []
    services.restore(Account, by=company.by(company.bo), record_id=account.pk)
    assert names(company, company.bo, "brack") == ["Brackenfold"]


@pytest.mark.case("A12", "A13", "A14")
def test_nobody_finds_what_they_may_not_see(company: Workspace) -> None:
    mine = services.add_account(by=company.by(company.dana), name="Brackenfold of Dana")
    for number in range(60):
        services.add_account(by=company.by(company.bo), name=f"Brackenfold {number}")
    nothing = search.found(company.actor(company.dana), "zzzz")
    assert names(company, company.dana, "brackenfold") == [mine.name]
    assert search.found(company.actor(company.dana), "brackenfold 1") == nothing
    assert len(names(company, company.grete, "brackenfold 1")) == 8
    assert names(company, company.hal, "of dana") == names(company, company.ann, "of dana") == [mine.name]


@pytest.mark.case("A12")
def test_a_deal_is_not_found_by_the_name_of_an_account_that_is_not_mine(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Secretholm")
    deal = services.open_deal(by=company.by(company.bo), title="Yard slots", account_id=account.pk)
    Grant.objects.bulk_add(
        [
            Grant(
                grantee=company.dana, kind="records.deal", record_id=deal.pk, access="read", reason="helps",
                granted_by=company.bo, granted_at=AT, until_on=TODAY,
            )
        ]
    )  # fmt: skip
    assert names(company, company.bo, "secret", "deal") == ["Yard slots"]
    assert names(company, company.dana, "yard", "deal") == ["Yard slots"]
    assert names(company, company.dana, "secret", "deal") == []
    assert [each.account for each in search.found(company.actor(company.dana), "yard")["deal"]] == [""]


def test_deals_and_people_are_found_by_their_account(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Brackenfold")
    services.open_deal(by=company.by(company.bo), title="Yard slots", account_id=account.pk)
    services.add_contact(by=company.by(company.bo), name="Ines", account_id=account.pk)
    found = search.found(company.actor(company.bo), "bracken")
    assert [(each.title, each.account) for each in found["deal"]] == [("Yard slots", "Brackenfold")]
    assert [(each.title, each.account) for each in found["contact"]] == [("Ines", "Brackenfold")]


def test_an_import_is_found_once_the_lines_are_made(company: Workspace) -> None:
    rows = [Account(name=f"Holt {n}", origin="import", created_at=AT, written_at=AT) for n in range(3)]
    Account.objects.bulk_add(rows)
    assert names(company, company.admin, "holt") == []
    assert index.rebuild() == 3
    assert names(company, company.admin, "holt") == ["Holt 0", "Holt 1", "Holt 2"]
    assert index.rebuild() == 0


def test_what_goes_for_good_takes_its_line_along(company: Workspace) -> None:
    account = services.add_account(by=company.by(company.bo), name="Brackenfold")
    lines = SearchEntry.objects.unscoped(reason="a test counts")
    assert lines.filter(account_id=account.pk).count() == 1
    Account.objects.unscoped(reason="a test deletes").filter(pk=account.pk).delete()
    assert lines.count() == 0
    services.add_account(by=company.by(company.bo), name="Castellane")
    assert names(company, company.admin, "bracken") == []


def test_what_i_wrote_last_comes_first_when_nothing_is_asked(company: Workspace) -> None:
    first = services.add_account(by=company.by(company.bo), name="First")
    services.add_lead(by=company.by(company.bo), name="Second")
    services.add_account(by=company.by(company.dana), name="Of Dana")
    services.edit_account(by=company.by(company.bo), account_id=first.pk, version=1, industry="Food")
    found = search.recent(company.actor(company.bo))
    assert [(each.kind, each.title) for each in found] == [("account", "First"), ("lead", "Second")]


def test_queries_do_not_grow_with_what_is_found(
    company: Workspace, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    actor = company.actor(company.bo)
    for size in (1, 5):
        for number in range(size):
            account = services.add_account(by=company.by(company.bo), name=f"Holt {size} {number}")
            services.open_deal(by=company.by(company.bo), title="Holt deal", account_id=account.pk)
        with django_assert_num_queries(11):
            search.found(actor, "holt")


def test_a_deal_that_ended_says_how_in_words(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="Holt")
    services.end_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, outcome="no_decision", closed_on=TODAY)
    assert [each.detail for each in search.found(company.actor(company.bo), "holt")["deal"]] == ["no decision"]
