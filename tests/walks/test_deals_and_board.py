"""Monday with the list and the board: what is real, a date that moves, several at once, a card that goes too far."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import databases

pytestmark = pytest.mark.browser
SERVE = "from tests.walks import shelf_serving; shelf_serving.serve()"
PASSWORD = "a quiet morning 7"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Served:
    """Where the workspace answers, and the deals that the walk touches."""

    address: str
    large: int
    small: int
    second: int


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with every table."""
    with databases.template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.fixture
def served(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shelf, in a database and a server of its own."""
    with (
        databases.copy(template, tmp_path_factory.mktemp("shelf")) as address,
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


def barriers(page: Page) -> list[str]:
    """What keeps somebody from reading this page as it stands."""
    found = Axe().run(page, options={"runOnly": STANDARD}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] + ["it is too wide"] * wide


def watched(page: Page) -> list[str]:
    """What the page complains of from now on; a refusal that the walk asks for is none."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.duty("S1.9", "S2.2")
def test_a_rep_sets_a_date_a_step_and_several_at_once(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = logged_in(context, served, "bo")
    said = watched(page)
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(f"{served.address}/deals")
    expect(page.locator("#sums")).to_contain_text(re.compile(r"claimed\s*EUR.80.k\s*real\s*EUR.71.k\s*not real\s*11.%"))
    assert barriers(page) == []

    # A cell, where it stands; then back with one key.
    page.click(f"#cell-{served.small}-step a.cell")
    page.fill(f"#cell-{served.small}-step input[name=next_step]", "Their planner and Bo walk the dock together")
    page.fill(f"#cell-{served.small}-step input[name=next_step_on]", "2026-01-14")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("The next step is changed.")
    expect(page.locator(f"#deal-{served.small}")).to_contain_text("Their planner and Bo")
    expect(page.locator(f"#deal-{served.small}")).not_to_contain_text("no next step")
    page.click(f"#cell-{served.small}-ours a.cell")
    expect(page.locator(f"#cell-{served.small}-ours input[name=seller_close_on]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#deal-{served.small} form")).to_have_count(0)

    # Two at once, and taken back.
    page.check(f"#deal-{served.large} input[name=chosen]")
    page.check(f"#deal-{served.small} input[name=chosen]")
    expect(page.locator("#many")).to_contain_text("2 chosen EUR 80,000 claimed")
    page.click("#many button.first")
    page.fill("[name=seller_close_on]", "2026-04-30")
    assert barriers(page) == []
    page.click("text=Change them")
    expect(page.locator("#messages")).to_contain_text(re.compile("2.deals changed"))
    expect(page.locator(f"#deal-{served.large}")).to_contain_text(re.compile("30.Apr.2026"))
    page.click("#messages button")
    expect(page.locator("#messages")).to_contain_text("Undone")
    expect(page.locator(f"#deal-{served.large}")).to_contain_text(re.compile("2.Mar.2026"))

    # The filter opens in its place, and what it narrows to can be taken out.
    page.keyboard.press("f")
    page.select_option("#f-their", "unknown")
    page.click("text=Show these")
    expect(page.locator("#rows tr")).to_have_count(2)
    page.click(".filters a:has-text('nobody has asked')")
    expect(page.locator("#rows tr")).to_have_count(3)
    context.close()
    assert said == []


@pytest.mark.duty("S3.5")
def test_a_card_that_goes_too_far_is_asked_why_and_comes_back(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = logged_in(context, served, "bo")
    page.goto(f"{served.address}/board")
    assert barriers(page) == []
    card = page.locator(f".card[data-deal='{served.large}']")
    target = page.locator(f".column[data-stage='{served.second}']")

    def drag() -> None:
        start, end = card.bounding_box(), target.bounding_box()
        assert start is not None
        assert end is not None
        page.mouse.move(start["x"] + 60, start["y"] + 50)
        page.mouse.down()
        page.mouse.move(end["x"] + 40, end["y"] + 90, steps=6)
        page.mouse.up()

    drag()
    expect(page.locator("#why")).to_contain_text("«Offer» asks for more than Brackenfold Foods has told")
    expect(page.locator("#f-reason")).to_be_focused()
    assert barriers(page) == []
    page.fill("#f-reason", "Ines asked for the offer before the meeting")
    page.click("text=Move it all the same")
    expect(target.locator(".card", has_text="Brackenfold")).to_contain_text("without its evidence until")
    expect(page.locator("#messages")).to_contain_text("The deal is in «Offer».")
    expect(page.locator("#why")).to_have_text("")
    page.click("#messages button")
    expect(page.locator(".column").first).to_contain_text("Brackenfold Foods")

    # The same from the keyboard, without a mouse: the card's own form.
    summary = card.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    card.locator("select").select_option(str(served.second))
    card.locator("button").press("Enter")
    expect(page.locator("#why")).to_contain_text("asks for more")
    context.close()


def test_the_list_and_the_board_fit_in_a_hand_and_work_without_a_script(served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = logged_in(context, served, "grete")
    said = watched(page)
    for address in ("/deals", "/deals?panel=filter", "/board", "/rules", "/rules/no_next_step"):
        page.goto(f"{served.address}{address}")
        assert barriers(page) == []
    context.close()
    assert said == []

    plain = browser.new_context(viewport={"width": 1280, "height": 900})
    page = logged_in(plain, served, "bo")
    state = plain.storage_state()
    plain.close()
    quiet = browser.new_context(java_script_enabled=False, storage_state=state)
    page = quiet.new_page()
    page.goto(f"{served.address}/deals")
    page.click(f"#cell-{served.small}-amount a.cell")
    page.fill("#f-amount_minor", "12,000")
    page.click("text=Save")
    assert "EUR 12 k" in page.inner_text(f"#deal-{served.small}").replace("\u00a0", " ")
    page.goto(f"{served.address}/board")
    card = page.locator(f".card[data-deal='{served.small}']")
    card.locator("summary").click()
    card.locator("select").select_option(label="Talking")
    card.locator("button").click()
    assert "Dock planner" in page.inner_text(".column >> nth=0")
    quiet.close()
