"""An admin sets a workspace up: names a stage, sets a limit, brings an export in, looks, writes, and takes it back."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import databases

pytestmark = pytest.mark.browser
SERVE = "from tests.walks import setup_serving; setup_serving.serve()"
WORK = "from tests.walks import setup_serving; setup_serving.work()"
PASSWORD = "a quiet morning 7"
SECONDS = 30_000
DEALS = (
    "Deal ID,Deal Name,Account,Amount,Currency,Stage,Status,Close Date,Created\n"
    "1,Yard slots,Brackenfold Foods,71000,EUR,Offer,open,2026-02-01,2025-11-03\n"
    "2,Cold chain,Castellane,310000,EUR,Offer,open,2026-03-01,2025-10-03\n"
    "3,Bins,Fenner,abc,EUR,Done,won,2025-12-01,2025-09-01\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The company with its admin, its server and its worker."""
    folder = tmp_path_factory.mktemp("setup")
    with (
        pytest.MonkeyPatch.context() as patch,
        databases.template(folder) as template,
        databases.copy(template, folder) as database,
    ):
        patch.setenv("XDG_DATA_HOME", str(folder / "home"))
        patch.setenv("EARNEST_DATA_DIR", str(folder / "data"))
        with databases.python(SERVE, database) as server:
            assert server.stdout is not None
            address = json.loads(server.stdout.readline())["address"]
            with databases.python(WORK, database) as worker:
                try:
                    yield address
                finally:
                    worker.terminate()
                    server.terminate()


def logged_in(browser: Browser, address: str, width: int = 1280, height: int = 900) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(f"{address}/login/login/")
    page.fill("[name=login]", "ada@example.test")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def test_an_admin_sets_the_workspace_up(served: str, browser: Browser) -> None:
    page = logged_in(browser, served)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    # A stage gets another name, and it is taken back.
    page.goto(f"{served}/settings")
    page.click(".sections >> text=Pipelines and stages")
    page.fill("input[name=name][value=Talking]", "In talks")
    page.click("tr:has(input[value=Talking]) >> text=Save")
    assert "Its deals stay in it" in page.inner_text("#messages")
    page.click("#messages >> text=Undo")
    assert page.locator("input[value=Talking]").count() == 1

    # A limit is set with its reason.
    page.goto(f"{served}/settings/thresholds")
    limit = page.locator("#quiet_limit_days")
    limit.locator("summary").click()
    limit.locator("input[name=value]").first.fill("21")
    limit.locator("input[name=reason]").first.fill("Our buyers answer within three weeks.")
    limit.locator("button", has_text="Change it").first.click()
    assert "21" in page.inner_text("#messages")
    assert complaints == []


def test_an_export_is_brought_in_and_taken_back(served: str, browser: Browser, tmp_path: Path) -> None:
    export = tmp_path / "deals.csv"
    export.write_text(DEALS, encoding="utf-8")
    page = logged_in(browser, served)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    page.goto(f"{served}/imports")
    page.set_input_files("#f-files", str(export))
    page.click("text=Upload and look")
    # Nobody reloads: the page asks by itself until the files are read.
    page.wait_for_selector("text=What would be written", timeout=SECONDS)
    assert "EUR" in page.inner_text(".headers")
    page.click("button:has-text('Write it')")
    page.wait_for_url(re.compile(r"/imports/\d+$"), timeout=SECONDS)
    assert "What came" in page.inner_text("main")
    page.goto(f"{served}/deals")
    assert "Castellane" in page.inner_text("main")

    page.goto(f"{served}/imports")
    page.click("a.row")
    page.click("text=Take it back")
    page.click("button:has-text('Take it back')")
    page.wait_for_url(re.compile(r"/imports/\d+$"), timeout=SECONDS)
    assert "records were deleted" in page.inner_text("main")
    assert complaints == []


def test_a_file_that_is_none_is_said_in_the_hand(served: str, browser: Browser, tmp_path: Path) -> None:
    picture = tmp_path / "deals.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = logged_in(browser, served, 390, 844)
    page.goto(f"{served}/imports")
    page.set_input_files("#f-files", str(picture))
    page.click("text=Upload and look")
    page.wait_for_selector("text=deals.csv is a picture, not a table.", timeout=SECONDS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Let these files go")
    assert "Nothing was written" in page.inner_text("#messages")
