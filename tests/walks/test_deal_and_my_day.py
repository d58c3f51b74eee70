"""A rep's morning: who expects something, what the buyer said, the next step, and a colleague in the same field."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import databases

pytestmark = pytest.mark.browser
SERVE = "from tests.walks import serving; serving.serve()"
PASSWORD = "a quiet morning 7"
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Served:
    """Where the workspace answers, and the deal on Bo's desk."""

    address: str
    deal_id: int

    @property
    def deal(self) -> str:
        """The address of the deal's page."""
        return f"{self.address}/deals/{self.deal_id}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Bo's desk, in a database and a server of its own; the walks share it."""
    folder = tmp_path_factory.mktemp("desk")
    with (
        databases.template(folder) as template,
        databases.copy(template, folder) as address,
        databases.python(SERVE, address) as server,
    ):
        try:
            assert server.stdout is not None
            yield Served(**json.loads(server.stdout.readline()))
        finally:
            server.terminate()


def logged_in(context: BrowserContext, served: Served, name: str) -> Page:
    """A page on which this person has logged in."""
    page = context.new_page()
    page.goto(f"{served.address}/login/login/")
    page.fill("[name=login]", f"{name}@example.test")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{served.address}/")
    return page


def test_a_morning_with_one_deal(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = logged_in(context, served, "bo")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    assert "One person expects something." in page.inner_text("h1")

    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(rf"/deals/{served.deal_id}$"))
    assert page.inner_text("h1").startswith("Brackenfold Foods")

    # What the buyer said, from the keyboard.
    page.keyboard.press("e")
    page.select_option("#t-contact", label="Ines Falkenrath")
    page.fill("#t-words", "If we walk into March like this, we lose the line.")
    page.click("#write button")
    page.wait_for_selector(".strip:has-text('Written down with Brackenfold Foods.')")
    assert "we lose the line" in page.inner_text("#stream")

    # The next step, in the panel itself.
    page.keyboard.press("n")
    page.wait_for_selector("#form-step")
    page.fill("#f-next_step_on", "2026-01-08")
    page.click("#form-step button")
    page.wait_for_selector(".strip:has-text('The next step is changed.')")
    assert "8 Jan 2026" in page.inner_text("#step").replace("\u00a0", " ")

    # And it is taken back with one key.
    page.keyboard.press("u")
    page.wait_for_selector(".strip:has-text('Undone.')")
    assert "18 Dec 2025" in page.inner_text("#step").replace("\u00a0", " ")
    context.close()
    assert complaints == []


def test_two_who_write_one_field_choose_together(served: Served, browser: Browser) -> None:
    first, second = browser.new_context(), browser.new_context()
    bo, grete = (logged_in(context, served, name) for context, name in ((first, "bo"), (second, "grete")))
    address = f"{served.address}/deals/{served.deal_id}/edit/dates"
    for page in (bo, grete):
        page.goto(address)
    grete.fill("#f-seller_close_on", "2025-12-30")
    grete.click("#form-dates button")
    bo.fill("#f-seller_close_on", "2026-03-13")
    bo.click("#form-dates button")
    assert bo.inner_text("h1") == "Somebody else wrote this while you did"
    bo.check("input[value=yours]")
    bo.click("#conflict button")
    bo.wait_for_url(re.compile(r"#dates$"))
    assert "our close date 13 Mar 2026" in bo.inner_html("#dates svg")
    first.close()
    second.close()


def test_on_a_phone_a_talk_is_written_down_with_the_thumb(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = logged_in(context, served, "bo")
    page.click(".thumb .add")
    page.click("text=Brackenfold Foods")
    page.select_option("#t-happened", label="They called")
    page.click("main button:has-text('Keep it')")
    page.wait_for_selector(".strip:has-text('Written down with Brackenfold Foods.')")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_beyond_the_edge_of_a_phone(served: Served, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = logged_in(context, served, "bo")
    for path in ("/", f"/deals/{served.deal_id}", "/capture", "/deals/new", "/more", "/shortcuts", "/tour"):
        page.goto(f"{served.address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()
