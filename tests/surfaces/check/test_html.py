"""The page: self-contained, inert, in order, complete, small and quick."""

import base64
import functools
import hashlib
import itertools
import os
import re
import time
from pathlib import Path

import pytest

from earnest.surfaces.check import html
from tests.surfaces.check import reports
from tests.surfaces.check.outline import Outline

REPORTS = reports.every()
every_report = pytest.mark.parametrize("name", REPORTS)


@functools.cache
def rendered(name: str) -> str:
    """The page of a report, made once for all tests."""
    return html.render(REPORTS[name])


@functools.cache
def outline(name: str) -> Outline:
    """The page of a report, taken apart."""
    return Outline(rendered(name))


def test_every_template_compiles_ahead_of_time() -> None:
    html.prepare()
    kept = {name for _loader, name in html._environment().cache or ()}
    assert {"check/page.html", "check/_deals.html", "check/report.css"} <= kept


@every_report
@pytest.mark.case("A31")
def test_nothing_in_the_page_can_run_or_load(name: str) -> None:
    page = outline(name)
    names = {name for name, _attributes in page.elements}
    assert names & {"script", "iframe", "object", "embed", "base", "form", "link", "img", "video", "audio"} == set()
    attributes = [pair for _name, each in page.elements for pair in each.items()]
    assert [
        pair for pair in attributes if pair[0].startswith("on") or pair[0] in ("src", "srcset", "style", "action")
    ] == []
    assert [value for name, value in attributes if name in ("href", "xlink:href") and not value.startswith("#")] == []


@every_report
@pytest.mark.case("A31")
def test_hostile_text_is_only_ever_text(name: str) -> None:
    text = rendered(name)
    assert "<script" not in text.lower()
    assert "<img" not in text.lower()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x1b\x00]", text)
    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.case("A31")
def test_hostile_text_is_shown_as_it_was_written() -> None:
    words = outline("hostile").words
    for shown in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% raw %}", "safegpj.exe"):
        assert shown in words


@every_report
def test_the_page_is_well_formed(name: str) -> None:
    page = outline(name)
    assert (page.unclosed, page.misplaced) == ([], [])
    ids = [attributes["id"] for _name, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    told = [name for _name, attributes in page.elements for name in attributes.get("aria-labelledby", "").split()]
    assert set(told) <= set(ids)
    assert {attributes["href"][1:] for attributes in page.named("a")} <= set(ids)


@every_report
def test_landmarks_and_headings_are_in_order(name: str) -> None:
    page = outline(name)
    assert [len(page.named(name)) for name in ("header", "main", "nav", "footer", "h1")] == [1, 1, 1, 1, 1]
    levels = [level for level, _words in page.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    sections = [attributes["id"] for attributes in page.named("section")]
    assert sections == ["claimed", "cycle", "deals", "ended", "expect", "dirt", "appendix"]
    assert all(words.strip() for _level, words in page.headings)


@every_report
def test_every_table_has_a_caption_and_heads(name: str) -> None:
    page = outline(name)
    names = [name for name, _attributes in page.elements]
    assert names.count("caption") == names.count("table") == names.count("thead")
    assert all(attributes.get("scope") in ("col", "row") for attributes in page.named("th"))


@every_report
def test_every_picture_tells_its_title_or_is_hidden(name: str) -> None:
    for attributes in outline(name).named("svg"):
        told = "aria-labelledby" in attributes or attributes.get("aria-hidden") == "true"
        assert told or attributes.get("class") == "inner"


def test_the_policy_allows_the_style_sheet_inside_and_nothing_else() -> None:
    text = rendered("tiny")
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(each["content"] for each in Outline(text).named("meta") if "http-equiv" in each)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(http" not in style
    assert "@import" not in style


@pytest.mark.duty("S1.9")
def test_the_page_shows_every_number_that_was_asked_for() -> None:
    words = outline("large").words
    for number in (
        "1,412 of 2,089 open deals", "USD 5,186 k claimed", "USD 3,868 k not real, 75 %", "USD 1,318 k real",
        "3,512 k", "blank on 500 of 2,089 deals", "needs the buyer's own by-when date",
        "You said 4 months", "57", "90", "108", "106", "116 days", "1,291 of 1,589 (81 %)", "1,393 of 1,589 (88 %)",
        "388 were won, 18 % (17–20 %): few, not none", "500 open deals have no opening date",
        "63 % of what ended was won (62–64 %, 4,238 of 6,711)", "Nothing shows that owners differ", "too few",
        "USD 710 k to 1,140 k", "2,075 k", "off by 19 %", "stage weights by 88 %", "0 of 912",
        "8,800 rows read: 8,800 deals", "line 4011: 1000", "1,480", "list price",
        "423 d", "What happens if you leave this as it is for another year?",
    ):  # fmt: skip
        assert number in words, number


def test_a_figure_and_its_unit_stay_on_one_line() -> None:
    text = rendered("large")
    assert "75\u00a0%" in text
    assert "USD\u00a05,186\u00a0k" in text
    assert "30\u00a0Aug\u00a02017" in text


def test_only_the_first_deal_is_open() -> None:
    text = rendered("large")
    assert text.count("<li><details open>") == 1
    assert text.count("<li><details>") == 39


def test_a_page_of_three_hundred_deals_is_small_and_quick() -> None:
    long = reports.large(lines=300)
    assert len(html.render(long).encode()) < 1_000_000
    started = time.process_time()
    html.render(long)
    assert time.process_time() - started < 0.3


def test_the_same_report_gives_the_same_page() -> None:
    assert html.render(reports.large(lines=5)) == html.render(reports.large(lines=5))


def test_the_page_is_written_as_it_is_rendered(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    html.write(REPORTS["hostile"], target)
    assert target.read_bytes() == rendered("hostile").encode()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "report.html"
    with pytest.raises(html.PageNotWritten) as caught:
        html.write(REPORTS["empty"], target)
    assert caught.value.as_dict() == {
        "code": "page_not_written",
        "what": f"The page could not be written to {target}.",
        "why": os.strerror(2),
        "fix": "Name a file in a folder that you may write to, on a disk with room.",
        "data": {"path": str(target)},
    }
