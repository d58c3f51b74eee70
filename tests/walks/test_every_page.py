"""Every page, as a manager, an admin and a rep see it: readable for all, on a desk and in the hand, light and dark."""

import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import databases

pytestmark = pytest.mark.browser

PASSWORD = "a quiet morning 7"
LOAD = f"""
import json
from datetime import UTC, datetime
from earnest.surfaces import workspace
workspace.connect()
from earnest.demo import story
loaded = story.load(at=datetime(2025, 12, 15, 8, tzinfo=UTC), password="{PASSWORD}")
print(json.dumps({{"deals": loaded.deal_ids, "leads": loaded.lead_ids}}))
"""
SERVE = "from tests.walks import listening; listening.listen()"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

REP = (
    "/",
    "/deals",
    "/deals?rule=past_good_through",
    "/board",
    "/deals/{T1}",
    "/deals/{T8}",
    "/deals/new",
    "/accounts",
    "/accounts/1",
    "/contacts",
    "/contacts/1",
    "/leads",
    "/search?q=dunmoor",
    "/shortcuts",
    "/more",
    "/capture",
    "/notifications",
    "/rules/past_good_through",
    "/account",
)
MANAGER = ("/", "/deals", "/deals?rule=past_good_through", "/board", "/deals/{T3}", "/settings/people")
ADMIN = ("/settings", "/settings/people", "/imports", "/settings/thresholds", "/settings/pipelines", "/bin")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The demo story in a server of its own, and the numbers of its deals and leads."""
    with databases.template(tmp_path_factory.mktemp("story")) as address:
        loaded = json.loads(databases.told(LOAD, address).splitlines()[-1])
        with databases.python(SERVE, address) as server:
            try:
                assert server.stdout is not None
                yield server.stdout.readline().strip(), loaded
            finally:
                server.terminate()


def logged_in(browser: Browser, address: str, who: str, *, width: int, scheme: Literal["light", "dark"]) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/login/login/")
    page.fill("[name=login]", f"{who}@tarnholt.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def complaints_of(page: Page, address: str) -> list[str]:
    """What is wrong with a page: its status, its width, its console, and what axe finds."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    answer = page.goto(address)
    assert answer is not None
    found = [f"status {answer.status}"] if answer.status != 200 else []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it is wider than the window")
    results = Axe().run(page, options={"runOnly": STANDARD}).response
    found += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in results["violations"]]
    return [*found, *said]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize(("who", "paths"), [("amara", REP), ("grete", MANAGER), ("ivo", ADMIN)])
def test_every_page_is_for_everybody(
    browser: Browser,
    site: tuple[str, dict[str, Any]],
    who: str,
    paths: tuple[str, ...],
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    address, loaded = site
    page = logged_in(browser, address, who, width=width, scheme=scheme)
    found = {path: complaints_of(page, address + path.format(**loaded["deals"])) for path in paths}
    page.context.close()
    assert {path: complaints for path, complaints in found.items() if complaints} == {}
