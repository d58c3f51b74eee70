"""Section 2, your cycle: belief beside measurement, the curve, the segments, and what is past the longest win."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.charts import plots, scales, strips
from earnest.charts.frame import Words
from earnest.charts.marks import Marker, Point
from earnest.measures.figures import Cycle, SegmentCycle
from earnest.pipeline.figures import PastEveryWin
from earnest.rulebook import words
from earnest.surfaces.check.layout import Cell, Column, Figure, Grid, cell, plain_rows, spoken
from earnest.surfaces.check.wording import cycle as wording
from earnest.surfaces.check.wording import phrases

_TABLE_ROWS = 12  # so many points of the curve stand in its table
_BEYOND = 1.4  # the curve is drawn to this multiple of its last marker


@dataclass(frozen=True)
class Section:
    """Everything that section 2 shows."""

    finding: str
    rests_on: str
    compared: Grid | None
    remarks: tuple[str, ...]
    curve: Figure | None
    segments: Grid | None
    segments_note: str
    ages: Figure | None
    past: tuple[str, ...]
    beside_ages: tuple[str, ...]


def section(cycle: Cycle, past: PastEveryWin, believed_days: int | None) -> Section:
    """Section 2 from its figures."""
    known = cycle.days[2] is not None
    return Section(
        finding=wording.finding(cycle, believed_days),
        rests_on=wording.rests_on(cycle),
        compared=_compared(cycle, believed_days) if known or believed_days is not None else None,
        remarks=spoken(
            wording.what_is_needed(cycle), wording.at_least(cycle), wording.naive(cycle), wording.outlived(cycle)
        ),
        curve=_curve(cycle, believed_days) if len(cycle.curve) > 1 else None,
        segments=_segments(cycle.segments) if cycle.segments else None,
        segments_note=wording.SEGMENTS,
        ages=_ages(past, cycle) if past.ages else None,
        past=spoken(wording.past_longest(past), wording.past_p95(past), wording.undated(past)),
        # Where the ages are drawn, their title says how many are past the longest win.
        beside_ages=spoken(
            "" if past.ages else wording.past_longest(past), wording.past_p95(past), wording.undated(past)
        ),
    )


def _compared(cycle: Cycle, believed_days: int | None) -> Grid:
    least = "at least " if cycle.at_least else ""
    measured = ["Measured", *(phrases.BLANK if day is None else f"{least}{words.count(day)}" for day in cycle.days)]
    rows = [measured, ["Won deals alone (naive)", *(phrases.bare(day) for day in cycle.naive_days)]]
    if believed_days is not None:
        rows.insert(0, ["You said", words.count(believed_days), phrases.BLANK, phrases.BLANK])
    return Grid(
        "Days from opening to winning",
        (Column("Days until won"), *(Column(share, "number") for share in wording.SHARES)),
        plain_rows(rows),
    )


def _curve(cycle: Cycle, believed_days: int | None) -> Figure:
    places = [
        Marker(day, f"{share} by day {words.count(day)}")
        for share, day in zip(wording.SHARES, cycle.days, strict=True)
        if day is not None
    ]
    if believed_days is not None:
        places.append(Marker(believed_days, f"you said {words.count(believed_days)}", "marker believed"))
    points = [Point(point.day, point.value, point.low, point.high) for point in cycle.curve]
    furthest = max([*(place.at for place in places), cycle.longest_win_days or 0]) * _BEYOND or points[-1].at
    finding = wording.curve_finding(cycle)
    drawing = plots.curve(
        Words("curve", finding, wording.CURVE),
        points,
        places,
        plots.Axes(across=words.number, upward=words.share),
        until=furthest,
    )
    return Figure(finding, wording.CURVE, drawing, _curve_table(cycle))


def _curve_table(cycle: Cycle) -> Grid:
    step = -(-len(cycle.curve) // _TABLE_ROWS)
    chosen = [*cycle.curve[:-1:step], cycle.curve[-1]]
    return Grid(
        "Share won by day",
        (Column("Day", "number"), Column("Won by then", "number"), Column("95 % interval", "number")),
        plain_rows(
            [[words.count(p.day), words.share(p.value), phrases.span(p.low, p.high)] for p in chosen],
        ),
    )


def _segments(segments: Sequence[SegmentCycle]) -> Grid:
    scale = scales.covering([day for segment in segments for day in segment.days], room=0.05)
    ticks = scales.ticks(scale, count=3)
    heads = strips.head(scale, [(tick, words.number(tick)) for tick in ticks])
    return Grid(
        "Good through, by segment",
        (
            Column("Days until won", "name"),
            *(Column(share, "number") for share in wording.SHARES),
            Column("from half to nine in ten", "drawn", heads),
            Column("Wins", "number"),
            Column("Ended", "number"),
            Column("Open", "number"),
            Column("Rests on", "number"),
        ),
        tuple(_segment(segment, scale, ticks) for segment in segments),
    )


def _segment(segment: SegmentCycle, scale: scales.Scale, ticks: Sequence[float]) -> tuple[Cell, ...]:
    half, most, nearly = segment.days
    reach = ""
    if half is not None and most is not None and nearly is not None:
        reach = (
            strips.bar(scale, half, nearly, kind="reach", thick=6) + strips.post(scale, most) + strips.dot(scale, half)
        )
    return (
        cell(segment.segment),
        *(cell(phrases.TOO_FEW if day is None else words.count(day)) for day in segment.days),
        cell(drawing=strips.strip(strips.rule(scale, ticks), reach)),
        cell(words.count(segment.win_count)),
        cell(words.count(segment.ended_count)),
        cell(words.count(segment.open_count)),
        cell(wording.segment_note(segment)),
    )


def _ages(past: PastEveryWin, cycle: Cycle) -> Figure:
    nearly, longest = cycle.days[2], past.longest_win_days
    bins = [
        plots.Bin(each.from_days, each.to_days + 1, each.open_count, _tone(each.from_days, nearly))
        for each in past.ages
    ]
    places = [
        Marker(day, text)
        for day, text in ((nearly, f"good through, day {nearly}"), (longest, f"longest win, day {longest}"))
        if day is not None
    ]
    finding = wording.past_longest(past).removesuffix(".") or wording.AGES
    drawing = plots.histogram(
        Words("ages", finding, wording.AGES), bins, places, plots.Axes(across=words.number, upward=words.number)
    )
    table = Grid(
        wording.AGES,
        (Column("Age in days", "number"), Column("Open deals", "number")),
        plain_rows(
            [
                [f"{words.count(each.from_days)}–{words.count(each.to_days)}", words.count(each.open_count)]
                for each in past.ages
            ]
        ),
    )
    return Figure(finding, wording.AGES, drawing, table)


def _tone(from_days: int, nearly: int | None) -> str:
    return "column past" if nearly is not None and from_days > nearly else "column"
