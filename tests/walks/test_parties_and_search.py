"""A rep finds a buyer by typing, adds a person, keeps a lead for its day, and makes two accounts one."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import databases
from tests.walks.test_deal_and_my_day import PHONE, SERVE, Served, logged_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with every table."""
    with databases.template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.fixture
def served(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Bo's desk, in a database and a server of its own."""
    with (
        databases.copy(template, tmp_path_factory.mktemp("desk")) as address,
        databases.python(SERVE, address) as server,
    ):
        try:
            assert server.stdout is not None
            yield Served(**json.loads(server.stdout.readline()))
        finally:
            server.terminate()


def quiet(context: BrowserContext, served: Served) -> tuple[Page, list[str]]:
    """A page of Bo's, and what it complains of."""
    page = logged_in(context, served, "bo")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def test_a_buyer_is_found_by_typing_and_two_accounts_become_one(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, complaints = quiet(context, served)

    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("fold")
    expect(palette.get_by_role("heading", name="Accounts")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*")
    expect(page.locator("h1")).to_have_text("Brackenfold Foods")
    expect(page.locator("#deals")).to_contain_text("Yard slots")

    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill("Joost Terlaak")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("h1")).to_have_text("Joost Terlaak")
    expect(page.locator("#messages")).to_contain_text("Joost Terlaak is here now.")

    page.goto(f"{served.address}/accounts/new")
    page.get_by_label("Name").fill("Brackenfold Foods Ltd")
    page.get_by_label("Domain").fill("brackenfold.example")
    page.get_by_role("button", name="Keep it").click()
    page.goto(f"{served.address}/accounts")
    page.get_by_role("link", name="Find duplicates").click()
    page.get_by_role("link", name="Compare with the first").click()
    page.get_by_role("button", name="Make them one").click()
    expect(page.locator("#facts")).to_contain_text("brackenfold.example")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#facts")).not_to_contain_text("brackenfold.example")
    assert complaints == []
    context.close()


def test_a_lead_is_kept_for_its_day_on_a_phone(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page, complaints = quiet(context, served)
    page.goto(f"{served.address}/leads")
    page.get_by_role("link", name="Add the first one").click()
    page.get_by_label("Name").fill("Carsten Roth")
    page.get_by_label("What they said").fill("Not before the audit in June.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_label("Not yet; ready on").fill("2026-06-15")
    page.get_by_role("button", name="Keep the day").click()
    expect(page.locator("#start-by")).to_contain_text("15 Jun 2026")
    for address in ("/leads", "/accounts", "/contacts", "/search?q=roth", "/bin"):
        page.goto(f"{served.address}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert complaints == []
    context.close()
