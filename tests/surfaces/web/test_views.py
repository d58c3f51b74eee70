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
