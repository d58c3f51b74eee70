"""The bin gives back what is mine; two records side by side become one, and one undo takes it apart."""

import pytest
from django.test import Client

from earnest.records import services
from earnest.records.models import Account, Deal
from tests.records.views.test_parties import add, client, text
from tests.workspace import Workspace


def test_what_i_put_into_the_bin_i_take_out_again(company: Workspace) -> None:
    number = add(company, "account", "Holt")
    seen = client(company)
    assert "The bin is empty." in text(seen.get("/bin").content)
    seen.post(f"/accounts/{number}/discard", {"version": "1"})
    assert seen.get(f"/accounts/{number}").status_code == 404
    page = text(seen.get("/bin").content)
    assert "Holt account" in page
    assert "Delete what is older" not in page
    seen.post(f"/bin/account/{number}")
    assert seen.get(f"/accounts/{number}").status_code == 200


@pytest.mark.case("A01", "A02")
def test_the_bin_of_others_is_not_there(company: Workspace) -> None:
    number = add(company, "account", "Theirs", who="dana")
    services.discard(Account, by=company.by(company.dana), record_id=number, version=1)
    seen = client(company)
    assert "Theirs" not in text(seen.get("/bin").content)
    assert seen.post(f"/bin/account/{number}").status_code == 404
    assert seen.post(f"/bin/user/{company.bo.pk}").status_code == 404
    assert seen.get(f"/bin/account/{number}").status_code == 405


@pytest.mark.case("A09")
def test_only_an_admin_empties_it(company: Workspace) -> None:
    assert client(company, "grete").post("/bin/empty").status_code == 403
    answer = client(company, "admin").post("/bin/empty", follow=True)
    assert "Nothing is old enough." in text(answer.content)


def pair(company: Workspace) -> tuple[int, int, Client]:
    first = add(company, "account", "Holt Ltd")
    second = add(company, "account", "Holt", domain="holt.example")
    services.open_deal(by=company.by(company.bo), title="Slots", account_id=second)
    return first, second, client(company)


def test_two_become_one_and_one_undo_takes_them_apart(company: Workspace) -> None:
    first, second, seen = pair(company)
    assert "The same name" in text(seen.get("/duplicates/account").content)
    page = seen.get(f"/duplicates/account/{first}/{second}").content.decode()
    assert 'name="take-domain" value="merged" checked' in page
    sent = {"kept_version": "1", "merged_version": "1", "take-domain": "merged", "take-name": "kept"}
    answer = seen.post(f"/duplicates/account/{first}/{second}", sent, follow=True)
    assert "are one now" in text(answer.content)
    assert "Slots" in text(answer.content)
    assert seen.get(f"/accounts/{second}").status_code == 404
    deals = Deal.objects.unscoped(reason="a test looks")
    assert list(deals.values_list("account_id", flat=True)) == [first]
    seen.post("/undo")
    assert list(deals.values_list("account_id", flat=True)) == [second]
    assert seen.get(f"/accounts/{second}").status_code == 200


@pytest.mark.case("A01", "A02")
def test_others_records_cannot_be_compared_nor_merged(company: Workspace) -> None:
    first, _second, seen = pair(company)
    theirs = add(company, "account", "Holt", who="dana")
    assert seen.get(f"/duplicates/account/{first}/{theirs}").status_code == 404
    assert seen.post(f"/duplicates/account/{first}/{theirs}").status_code == 404
    assert seen.post(f"/duplicates/account/{first}/{first}").status_code == 404
    assert seen.get("/duplicates/deal").status_code == 404


@pytest.mark.case("A09")
def test_whoever_only_reads_compares_and_does_not_merge(company: Workspace) -> None:
    first, second, _seen = pair(company)
    analyst = client(company, "ann")
    assert "Make them one" not in text(analyst.get(f"/duplicates/account/{first}/{second}").content)
    assert analyst.post(f"/duplicates/account/{first}/{second}").status_code == 403
