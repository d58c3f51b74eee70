"""The buyer's people in a deal: added, told apart by their role, taken out, and all of it undone."""

import re

import pytest

from earnest.records import services
from earnest.records.models import Contact, Stakeholder
from tests.surfaces.web.desk import Desk


def people(desk: Desk) -> list[tuple[str, str]]:
    rows = Stakeholder.objects.unscoped(reason="a test looks").filter(deal_id=desk.deal.pk, deleted_at=None)
    return list(rows.order_by("id").values_list("contact__name", "role"))


@pytest.mark.duty("S4.30")
def test_somebody_new_is_written_down_in_one_act_and_undone_in_one(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    sent = {"name": "Milan Brecht", "job_title": "Finance", "email": "milan@example.test", "role": "finance"}
    answer = client.post(f"/deals/{desk.deal.pk}/people", sent)
    assert answer["Location"] == f"/deals/{desk.deal.pk}#who"
    assert people(desk) == [("Ines Falkenrath", "owner"), ("Milan Brecht", "finance")]
    milan = Contact.objects.unscoped(reason="a test looks").get(name="Milan Brecht")
    assert (milan.account_id, milan.job_title, milan.email) == (desk.account.pk, "Finance", "milan@example.test")
    page = client.get(f"/deals/{desk.deal.pk}").content.decode()
    assert page.index("<bdi>Ines Falkenrath</bdi></a>") < page.index("<bdi>Milan Brecht</bdi></a>")
    client.post("/undo", {"group": re.findall(r'name="group" value="([0-9a-f]+)"', page)[0]})
    assert people(desk) == [("Ines Falkenrath", "owner")]


def test_somebody_who_is_known_takes_part(desk: Desk) -> None:
    joost = services.add_contact(by=desk.company.by(desk.company.bo), name="Joost", account_id=desk.account.pk)
    client = desk.client(desk.company.bo)
    assert f'<option value="{joost.pk}">Joost</option>' in client.get(f"/deals/{desk.deal.pk}").content.decode()
    client.post(f"/deals/{desk.deal.pk}/people", {"contact": joost.pk, "role": "user"})
    assert people(desk) == [("Ines Falkenrath", "owner"), ("Joost", "user")]


def test_a_role_is_changed_and_somebody_taken_out(desk: Desk) -> None:
    client, path = desk.client(desk.company.bo), f"/deals/{desk.deal.pk}/people/{desk.stake.pk}"
    client.post(path, {"version": 1, "role": "decider"})
    assert people(desk) == [("Ines Falkenrath", "decider")]
    assert client.post(path, {"version": 1, "role": "user"}).status_code == 409
    client.post(f"{path}/out", {"version": 2})
    assert people(desk) == []
    page = client.get(f"/deals/{desk.deal.pk}?kind=change").content.decode()
    assert "<span>Ines Falkenrath</span> <ins><bdi>taken out</bdi></ins>" in page
    assert "<span>the role of Ines Falkenrath</span> <del><bdi>owner</bdi></del>" in page


@pytest.mark.parametrize("sent", [{}, {"name": "  "}, {"name": "x" * 501}])
def test_nobody_is_nobody(desk: Desk, sent: dict[str, str]) -> None:
    client = desk.client(desk.company.bo)
    assert client.post(f"/deals/{desk.deal.pk}/people", sent).status_code == 302
    assert people(desk) == [("Ines Falkenrath", "owner")]


@pytest.mark.case("A03")
def test_somebody_elses_contact_cannot_be_brought_in(desk: Desk) -> None:
    foreign = services.add_contact(by=desk.company.by(desk.company.dana), name="Not ours")
    client = desk.client(desk.company.bo)
    known = client.post(f"/deals/{desk.deal.pk}/people", {"contact": foreign.pk, "role": "user"})
    absent = client.post(f"/deals/{desk.deal.pk}/people", {"contact": foreign.pk + 99, "role": "user"})
    assert (known.status_code, absent.status_code) == (404, 404)
    assert people(desk) == [("Ines Falkenrath", "owner")]


def test_how_to_reach_somebody_is_told_only_to_whoever_sees_the_contact(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo)
    services.edit_contact(by=by, contact_id=desk.ines.pk, version=1, email="ines@example.test")
    Contact.objects.unscoped(reason="a test moves it").filter(pk=desk.ines.pk).update(
        owner_id=desk.company.dana.pk, team_id=desk.company.south.pk
    )
    page = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "Ines Falkenrath" in page
    assert "ines@example.test" not in page
    assert f"/contacts/{desk.ines.pk}" not in page
