"""The small pages: the keys, and every place for a phone."""

import pytest

from tests.surfaces.web.desk import Desk


@pytest.mark.parametrize("path", ["/shortcuts", "/more", "/capture", "/tour", "/deals/new"])
def test_a_page_is_there_for_everybody(desk: Desk, path: str) -> None:
    for user in (desk.company.bo, desk.company.grete, desk.company.ann, desk.company.dana):
        assert desk.client(user).get(path).status_code == 200


def test_the_list_of_keys_names_those_that_the_pages_carry(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    told = client.get("/shortcuts").content.decode()
    deal = client.get(f"/deals/{desk.deal.pk}").content.decode()
    for key in ("e", "n", "m"):
        assert f"<kbd>{key}</kbd>" in told
        assert f'data-key="{key}"' in deal


def test_an_address_opened_in_a_way_it_does_not_take_says_so(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    answer = client.get(f"/deals/{desk.deal.pk}/reopen")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address is not opened in this way." in answer.content.decode()


def test_the_bin_and_the_keys_are_reached_from_more_and_from_the_settings(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    for page in ("/more", "/settings"):
        text = client.get(page).content.decode()
        assert 'href="/bin"' in text
        assert 'href="/account/keys"' in text
    admins = desk.client(desk.company.admin).get("/settings").content.decode()
    for path in ("/settings/people", "/settings/teams", "/settings/sharing"):
        assert f'href="{path}"' in admins
