"""The page in Chromium: nothing asked of the network, nothing complained of, no sideways scrolling, paper, keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from earnest.surfaces.check import html
from tests.surfaces.check import reports

pytestmark = pytest.mark.browser

REPORTS = reports.every()
every_report = pytest.mark.parametrize("name", REPORTS)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each report as a file."""
    folder = tmp_path_factory.mktemp("pages")
    for name, report in REPORTS.items():
        html.write(report, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in REPORTS}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test when anything is complained of, asked for or opened."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    noticed: list[str] = []
    opened.on("console", lambda message: noticed.append(message.text))
    opened.on("pageerror", lambda error: noticed.append(str(error)))
    opened.on("dialog", lambda dialog: noticed.append(dialog.message))
    opened.on("request", lambda request: noticed.append(request.url) if not request.is_navigation_request() else None)
    opened.on("popup", lambda other: noticed.append(other.url))
    yield opened
    context.close()
    assert noticed == []


@every_report
@pytest.mark.case("A31")
def test_nothing_runs_and_nothing_is_asked_of_the_network(page: Page, pages: dict[str, Path], name: str) -> None:
    page.goto(pages[name].as_uri())
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.querySelectorAll('script, img, iframe, object').length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "28px"


@every_report
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_runs_out_of_the_page(page: Page, pages: dict[str, Path], name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_main_part_prints_on_about_two_sheets(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["large"].as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) <= 4


CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return [0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b), a];
  };
  const under = element => {
    for (let each = element; each; each = each.parentElement) {
      const [value, alpha] = light(getComputedStyle(each).backgroundColor);
      if (alpha === 255) return value;
    }
    return light(getComputedStyle(document.documentElement).backgroundColor)[0];
  };
  const found = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [ink] = light(element instanceof SVGElement ? style.fill : style.color);
    const paper = under(element);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) found.add(`${element.tagName}.${element.getAttribute('class')} ${ratio.toFixed(2)}`);
  }
  return [...found];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["large", "hostile", "tiny"])
def test_every_word_can_be_read(
    page: Page, pages: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate(CONTRAST) == []


def test_light_and_dark_differ(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["large"].as_uri())
    shades = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        shades.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert shades == ["rgb(253, 252, 250)", "rgb(22, 21, 19)"]


def test_a_deal_opens_by_keyboard_and_focus_is_seen(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["large"].as_uri())
    second = page.locator(".deals details").nth(1)
    second.locator("summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert second.get_attribute("open") is None
    page.keyboard.press("Enter")
    assert second.get_attribute("open") == ""
    assert second.locator(".ask").is_visible()


def test_rows_are_dense_on_a_screen_and_wide_enough_to_touch_on_a_phone(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["large"].as_uri())
    heights = "[...document.querySelectorAll('.deals summary')].map(each => each.getBoundingClientRect().height)"
    assert set(page.evaluate(heights)) == {32}
    page.set_viewport_size({"width": 390, "height": 800})
    assert min(page.evaluate(heights)) >= 44


def test_dates_and_amounts_are_never_cut(page: Page, pages: dict[str, Path]) -> None:
    cut = """[...document.querySelectorAll('.row:not(.head) > :is(.amount, .theirs, .ours, .age, .pushes)')]
        .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
        .map(each => each.textContent)"""
    for name in ("large", "four_currencies"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(pages[name].as_uri())
            assert page.evaluate(cut) == []
