"""The report in a terminal: the same order and sentences as the page, in about two screens, plain where it is piped."""

import io
import sys
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from earnest.surfaces.check import cleaning
from earnest.surfaces.check.layout import Column
from earnest.surfaces.check.lettering import INDENT, Lettering
from earnest.surfaces.check.report import Report
from earnest.surfaces.check.sections import claimed, cycle, deals, dirt, ended, expect
from earnest.surfaces.check.sections import page as pages
from earnest.surfaces.check.sections.page import Page
from earnest.surfaces.check.wording import phrases

_DEALS = 10
_WIDE = 110  # from this width on, a table keeps its column of words


def show(report: Report, *, html: Path | None = None) -> None:
    """Print the report to the terminal, or as plain text to a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an old terminal shows a question mark where it lacks a letter
    print_report(report, Console(highlight=False), html=html)


def print_report(report: Report, console: Console, *, html: Path | None = None) -> None:
    """Print the report on a console; `html` is the page that holds the rest, where one was written."""
    first = report.deals.lines[:_DEALS]
    few = msgspec.structs.replace(report.deals, lines=first, shown=len(first))
    page = pages.page(cleaning.cleaned(msgspec.structs.replace(report, deals=few)))
    letters = Lettering(console)
    _head(letters, page)
    _claimed(letters, page.claimed)
    _cycle(letters, page.cycle)
    _deals(letters, page.deals)
    _ended(letters, page.ended)
    _expect(letters, page.expect)
    _dirt(letters, page.dirt)
    letters.gap()
    letters.say(elsewhere(html), style="dim")


def elsewhere(html: Path | None) -> str:
    """Where the rest of the report is, or how to get it."""
    if html is not None:
        return f"Every deal, the charts and the columns are in {html}; --json writes every figure."
    return "--html report.html writes every deal, with charts, as one page; --json report.json writes every figure."


def _heading(letters: Lettering, number: int, finding: str) -> None:
    letters.heading(f"{number} · {pages.KICKERS[number - 1][1]}", finding)


def _is_wide(letters: Lettering) -> bool:
    return letters.console.width >= _WIDE


def _head(letters: Lettering, page: Page) -> None:
    letters.say(f"Earnest check · {page.as_of} · {page.rows}: {page.files}", style="dim")
    letters.say(page.as_of_reason, style="dim")
    letters.gap()
    letters.say(page.headline, style="bold")
    letters.say(*page.sublines)
    if page.next_act:
        letters.gap()
        letters.say("Do this next", style="dim")
        letters.say(page.next_act, style="bold", indent=INDENT)
        letters.say(*page.further_acts, indent=INDENT)


def _claimed(letters: Lettering, told: claimed.Section) -> None:
    _heading(letters, 1, told.finding)
    for split in told.splits:
        letters.say(f"{split.claimed} ({split.behind})", indent=INDENT)
        if split.not_real_share is not None:
            letters.write(letters.bar(split.not_real_share), indent=INDENT)
            letters.say(", ".join(end for end in (split.real, split.not_real) if end), indent=INDENT)
    letters.say(told.others, indent=INDENT)
    if told.reasons is not None:
        letters.gap()
        letters.table(told.reasons, without=() if _is_wide(letters) else ("What would clear it",))
    letters.say(told.quiet, style="dim", indent=INDENT)
    if told.unknowns:
        letters.gap()
        letters.say(told.unknown_lead)
        for unknown in told.unknowns:
            letters.write(letters.chip("unknown", f"{', '.join(unknown.titles)}: {unknown.needs}"), indent=INDENT)
    if told.owners_line:
        letters.gap()
        letters.say(told.owners_line)


def _cycle(letters: Lettering, told: cycle.Section) -> None:
    _heading(letters, 2, told.finding)
    if told.compared is not None:
        letters.table(told.compared)
    letters.say(told.rests_on, style="dim", indent=INDENT)
    letters.say(*told.remarks, *told.past, indent=INDENT)
    if told.segments is not None:
        letters.gap()
        letters.table(told.segments, without=() if _is_wide(letters) else ("Ended", "Open"))


def _deals(letters: Lettering, told: deals.Section) -> None:
    _heading(letters, 3, told.finding)
    if told.lines:
        heads = (told.unit or "Amount", "Their date", "Ours", "Age")
        columns = [Column("Buyer", "name"), *(Column(head, "number") for head in heads), Column("Verdicts", "chip")]
        letters.rows(columns, [_deal(letters, line) for line in told.lines])
        letters.say(*told.questions, indent=INDENT)
    letters.say(told.elsewhere, style="dim", indent=INDENT)


def _deal(letters: Lettering, line: deals.Line) -> list[Text]:
    """A deal as one row; in a narrow console only its gravest verdict is named."""
    shown = line.chips if _is_wide(letters) else line.chips[:1]
    chips = Text("  ").join([letters.chip(chip.tone, chip.title) for chip in shown])
    left = line.flag_count - len(shown)
    chips.append(f" +{left}" if left > 0 else "")
    return [*map(Text, (line.buyer, line.amount, line.theirs, line.ours, line.age)), chips]


def _ended(letters: Lettering, told: ended.Section) -> None:
    _heading(letters, 4, told.finding)
    letters.say(*told.ends, indent=INDENT)
    if told.rates is not None:
        letters.table(told.rates)
    letters.say(*told.by_value, indent=INDENT)
    if told.quarters is not None:
        letters.say(f"By quarter: {phrases.sentence(told.quarters.finding)}", indent=INDENT)
    for compared in told.comparisons:
        letters.say(f"By {compared.label.lower()}: {phrases.sentence(compared.finding)}", indent=INDENT)
    letters.say(told.nothing_compared, indent=INDENT)


def _expect(letters: Lettering, told: expect.Section) -> None:
    _heading(letters, 5, told.finding)
    letters.say(told.too_few, indent=INDENT)
    for expected in told.ranges:
        letters.say(expected.reading, expected.claims, indent=INDENT)
    letters.say(told.checked, indent=INDENT)


def _dirt(letters: Lettering, told: dirt.Section) -> None:
    _heading(letters, 6, told.finding)
    letters.say(told.reconciled, indent=INDENT)
    for spot in told.spots:
        letters.say(f"{spot.count}  {spot.title}. {spot.done}", indent=INDENT)
    for question in told.questions:
        letters.say(f"{question.count}  {question.title} ({question.state}). {question.how}", indent=INDENT)
