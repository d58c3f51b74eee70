"""The report in a terminal: the page's order and sentences, in its width, plain in a pipe."""

import io
import re
from pathlib import Path

import pytest
from rich import cells
from rich.console import Console

from earnest.surfaces.check import terminal
from earnest.surfaces.check.report import Report
from earnest.surfaces.check.sections import page as pages
from tests.surfaces.check import reports

REPORTS = reports.every()
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


def printed(report: Report, *, width: int = 80, html: Path | None = None, **console) -> str:
    file = io.StringIO()
    terminal.print_report(report, Console(file=file, width=width, highlight=False, **console), html=html)
    return file.getvalue()


def one_line(text: str) -> str:
    return " ".join(text.split())


@every_report
@pytest.mark.parametrize("width", [80, 120])
def test_the_six_sections_stand_in_order_with_their_findings(report: Report, width: int) -> None:
    text = printed(report, width=width)
    places = [text.index(f"\n{number} · {name}\n") for number, (_anchor, name) in enumerate(pages.KICKERS, start=1)]
    assert places == sorted(places)


@every_report
@pytest.mark.parametrize("width", [80, 120])
def test_piped_text_is_plain_and_keeps_its_width(report: Report, width: int) -> None:
    text = printed(report, width=width)
    assert "\x1b" not in text
    assert not re.search("[─│┌┐└┘┏━┃]", text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", text)
    lines = text.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert max(cells.cell_len(line) for line in lines) <= width


def test_the_terminal_says_what_the_page_says() -> None:
    page = pages.page(REPORTS["large"])
    text = one_line(printed(REPORTS["large"]))
    for said in (
        page.headline, *page.sublines, page.next_act, *page.further_acts,
        page.claimed.finding, page.claimed.unknown_lead,
        page.cycle.finding, page.cycle.rests_on, *page.cycle.remarks, *page.cycle.past,
        page.ended.finding, *page.ended.ends, *page.ended.by_value,
        page.expect.finding, page.expect.checked, page.dirt.finding, page.dirt.reconciled,
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.duty("S1.9")
def test_numbers_by_reason_and_owner() -> None:
    lines = printed(REPORTS["large"]).splitlines()
    assert "  Reason           Deals  Value, USD  For this alone  Value, USD" in lines
    assert "  ◆ past its date  1,412     3,868 k           1,412     3,868 k" in lines
    assert "Amara Okoye 30 of 60" in one_line("\n".join(lines))


def test_ten_deals_are_listed_and_the_rest_is_named() -> None:
    text = printed(REPORTS["large"])
    assert text.count("◆ past its date +2") == 10
    assert "2,079 more deals are not listed here; the totals count them all." in text


def test_a_wide_terminal_names_more_verdicts() -> None:
    assert printed(REPORTS["large"], width=120).count("◆ past its date  ◇ past any win  ◇ no amount") == 10


def test_where_the_rest_is() -> None:
    assert printed(REPORTS["tiny"], width=120).splitlines()[-1] == (
        "--html report.html writes every deal, with charts, as one page; --json report.json writes every figure."
    )
    assert printed(REPORTS["tiny"], width=120, html=Path("out.html")).splitlines()[-1] == (
        "Every deal, the charts and the columns are in out.html; --json writes every figure."
    )


def test_colour_means_something_and_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed(REPORTS["large"], force_terminal=True, color_system="standard")
    assert "\x1b[1;33m◆ past its date\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed(REPORTS["large"], force_terminal=True, color_system="standard")
    assert "\x1b[33m" not in plain
    assert "\x1b[1;33m" not in plain


def test_it_prints_to_where_the_person_is(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show(REPORTS["tiny"])
    assert capsys.readouterr().out.startswith(
        "Earnest check · As of 31 Dec 2017 · 2 rows: pipeline.csv\nthe newest date in the file\n"
    )


def test_two_screens_at_most_for_a_large_report() -> None:
    assert len(printed(REPORTS["large"], width=120).splitlines()) <= 120
