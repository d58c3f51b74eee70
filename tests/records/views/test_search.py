"""The search page and the palette: what one may see, in groups, with what can be done."""

import pytest

from tests.records.views.test_parties import add, client, text
from tests.workspace import Workspace


def test_the_page_groups_what_was_found_by_kind(company: Workspace) -> None:
    account = add(company, "account", "Brackenfold")
    add(company, "contact", "Ines", account_id=account)
    page = text(client(company).get("/search", {"q": "bracken"}).content)
    assert page.index("Accounts Brackenfold") < page.index("Contacts Ines Brackenfold")


@pytest.mark.case("A12", "A14")
def test_nothing_found_and_nothing_allowed_read_the_same(company: Workspace) -> None:
    add(company, "account", "Secretholm", who="dana")
    seen = client(company)
    for address in ("/search", "/search/palette"):
        hidden = text(seen.get(address, {"q": "secretholm", "typed": "1"}).content)
        missing = text(seen.get(address, {"q": "missingholm", "typed": "1"}).content)
        assert hidden.replace("secretholm", "") == missing.replace("missingholm", ""), address


def test_the_palette_offers_what_was_written_last_and_what_can_be_done(company: Workspace) -> None:
    add(company, "lead", "Ines")
    seen = client(company)
    page = text(seen.get("/search/palette").content)
    assert "Written last Ines" in page
    assert "Add an account" in page
    typed = seen.get("/search/palette", {"typed": "1", "q": "add a lead"}).content.decode()
    assert "Add a lead" in typed
    assert "<input" not in typed


@pytest.mark.parametrize("words", ["\0", "a" * 5000, '"', "%_", "(((", "É", "-- ;", "\u202e"])
def test_any_words_may_be_typed(company: Workspace, words: str) -> None:
    assert client(company).get("/search", {"q": words}).status_code == 200
    assert client(company).get("/accounts", {"q": words}).status_code == 200
