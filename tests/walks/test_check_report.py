"""A sales manager checks an export and reads the report: what is real, why, what ended, and what to do next."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SECTIONS = [
    "Claimed against real",
    "Your cycle",
    "Each open deal",
    "What ended",
    "What to expect",
    "Dirt found in the file",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The page and the figures that `earnest check` writes of the sample export."""
    folder = tmp_path_factory.mktemp("check")
    earnest = str(Path(sys.executable).parent / "earnest")
    subprocess.run([earnest, "sample", str(folder / "sample")], check=True, capture_output=True)
    files = sorted(str(path) for path in (folder / "sample").iterdir())
    page, figures = folder / "report.html", folder / "report.json"
    wanted = ["--html", str(page), "--json", str(figures), "--believed-cycle", "4m", "--quiet", "--forget"]
    subprocess.run([earnest, "check", *files, *wanted], check=True, capture_output=True)
    return page, json.loads(figures.read_text(encoding="utf-8"))


def test_the_page_opens_with_the_finding_and_asks_nothing_of_the_network(page: Page, report: Any) -> None:
    path, figures = report
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    # A figure and its unit are held together by a space that does not break.
    assert page.locator("h1").inner_text().replace("\u00a0", " ") == figures["headline"]
    assert asked == [path.as_uri()]


def test_each_line_of_the_contents_leads_to_its_section(page: Page, report: Any) -> None:
    path, _figures = report
    page.goto(path.as_uri())
    links = page.locator("nav a[href^='#']")
    told = [text for text in links.all_inner_texts() if any(name in text for name in SECTIONS)]
    assert [name for text in told for name in SECTIONS if name in text] == SECTIONS
    for link in links.all():
        link.click()
        assert page.locator(str(link.get_attribute("href"))).is_visible()


def test_a_deal_says_what_is_wrong_and_what_to_ask(page: Page, report: Any) -> None:
    path, figures = report
    page.goto(path.as_uri())
    first = figures["deals"]["lines"][0]
    words = page.locator("body").inner_text().replace("\u00a0", " ")
    assert first["title"] in words
    assert first["ask_next"] in words


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_nothing_runs_out_of_the_page(page: Page, report: Any, width: int, scheme: Any) -> None:
    path, _figures = report
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints(page: Page, report: Any) -> None:
    path, _figures = report
    page.goto(path.as_uri())
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b", printed)) >= 2
