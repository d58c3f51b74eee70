"""The whole report as a page: the head, the contents with each section's finding, and the sections in their order."""

from dataclasses import dataclass

from earnest.rulebook import words
from earnest.surfaces.check.report import Report
from earnest.surfaces.check.sections import appendix, claimed, cycle, deals, dirt, ended, expect
from earnest.surfaces.check.wording import file as file_wording
from earnest.surfaces.check.wording import phrases

KICKERS = (
    ("claimed", "Claimed against real"),
    ("cycle", "Your cycle"),
    ("deals", "Each open deal"),
    ("ended", "What ended"),
    ("expect", "What to expect"),
    ("dirt", "Dirt found in the file"),
)


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, what the section is called, and what it found."""

    anchor: str
    kicker: str
    finding: str


@dataclass(frozen=True)
class Page:
    """Everything that the page shows, as words, tables and drawings."""

    title: str
    headline: str
    sublines: tuple[str, ...]
    as_of: str
    as_of_reason: str
    files: str
    rows: str
    next_act: str
    further_acts: tuple[str, ...]
    contents: tuple[Entry, ...]
    claimed: claimed.Section
    cycle: cycle.Section
    deals: deals.Section
    ended: ended.Section
    expect: expect.Section
    dirt: dirt.Section
    appendix: appendix.Section
    version: str


def page(report: Report) -> Page:
    """The page of a report."""
    first = claimed.section(report.claimed)
    second = cycle.section(report.cycle, report.past_every_win, report.believed_cycle_days)
    third = deals.section(report.deals)
    fourth = ended.section(report.ended)
    fifth = expect.section(report.forecast)
    sixth = dirt.section(report.dirt, report.proposals, report.reconciled)
    findings = (each.finding for each in (first, second, third, fourth, fifth, sixth))
    names = file_wording.names(report.files)
    return Page(
        title=f"{report.headline} · Earnest check",
        headline=report.headline,
        sublines=report.sublines,
        as_of=f"{'Replayed as of' if report.replayed else 'As of'} {phrases.day(report.as_of_day)}",
        as_of_reason=report.as_of_reason,
        files=names,
        rows=words.plural(report.reconciled.rows_read, "row"),
        next_act=report.next_acts[0] if report.next_acts else "",
        further_acts=report.next_acts[1:],
        contents=tuple(Entry(*kicker, finding) for kicker, finding in zip(KICKERS, findings, strict=True)),
        claimed=first,
        cycle=second,
        deals=third,
        ended=fourth,
        expect=fifth,
        dirt=sixth,
        appendix=appendix.section(report.files, report.mapping),
        version=report.earnest_version,
    )
