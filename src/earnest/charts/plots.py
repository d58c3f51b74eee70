"""Whole charts: a curve with its band, counts by size, shares over time within limits, and a funnel.

Each takes plain numbers and words and gives one drawing. Labels stand at the marks; there is no legend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from earnest.charts import frame as frames
from earnest.charts import marks, scales
from earnest.charts.frame import Frame, Words
from earnest.charts.marks import Dot, Marker, Point
from earnest.charts.svg import Drawing

Label = Callable[[float], str]


@dataclass(frozen=True)
class Axes:
    """How a value is written along the picture and up its side."""

    across: Label
    upward: Label


@dataclass(frozen=True)
class Bin:
    """How much lies from one value to another, and the class of its column."""

    start: float
    end: float
    amount: float
    kind: str = "column"


@dataclass(frozen=True)
class Period:
    """A share in one period, with its label and the limits that chance alone would keep."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    outside: bool = False


def curve(words: Words, points: Sequence[Point], places: Sequence[Marker], axes: Axes, *, until: float) -> Drawing:
    """A step curve with its band, up to `until`, with marked places along it."""
    drawn = [point for point in points if point.at <= until]
    frame = Frame(
        scales.covering([until]),
        scales.rounded(scales.covering([_highest(point) for point in drawn]), count=3),
        above=marks.markers_room(places),
    )
    held = [*drawn, Point(until, drawn[-1].value, drawn[-1].low, drawn[-1].high)] if drawn else []
    return frames.picture(
        frame,
        words,
        marks.step_band(frame, held),
        frames.upward_axis(frame, axes.upward, count=3),
        frames.across_axis(frame, frames.round_ticks(frame.across, axes.across, count=5)),
        marks.step_line(frame, held),
        marks.markers(frame, places),
    )


def histogram(words: Words, bins: Sequence[Bin], places: Sequence[Marker], axes: Axes) -> Drawing:
    """Counts by size as columns from zero, with marked places along the way."""
    frame = Frame(
        scales.covering([*(each.end for each in bins), *(place.at for place in places)]),
        scales.rounded(scales.covering([each.amount for each in bins]), count=2),
        height=150,
        above=marks.markers_room(places),
    )
    return frames.picture(
        frame,
        words,
        frames.upward_axis(frame, axes.upward, count=2),
        frames.across_axis(frame, frames.round_ticks(frame.across, axes.across, count=5)),
        marks.columns(frame, [(each.start, each.end, each.amount, each.kind) for each in bins]),
        marks.markers(frame, places),
    )


def control(words: Words, periods: Sequence[Period], mean: Marker | None, *, upward: Label) -> Drawing:
    """Shares over time with the limits between which chance alone would keep them; what lies outside is named.

    A period without limits is not judged, and its dot is hollow.
    """
    known = [(place, each) for place, each in enumerate(periods) if each.value is not None]
    points = [Point(place + 0.5, each.value or 0.0, each.low, each.high) for place, each in known]
    frame = Frame(
        scales.between([0, max(len(periods), 1)]),
        scales.rounded(scales.between([*_ends(points), mean.at if mean else None]), count=3),
        height=150,
    )
    names = [(place + 0.5, " ".join(each.label.split()[:2])) for place, each in enumerate(periods)]
    return frames.picture(
        frame,
        words,
        marks.band(frame, [point for point in points if point.low is not None and point.high is not None]),
        frames.upward_axis(frame, upward, count=3),
        frames.across_axis(frame, _thinned(names)),
        marks.level(frame, mean),
        marks.line(frame, points),
        marks.dots(frame, [_period_dot(place, each) for place, each in known]),
    )


def _period_dot(place: int, each: Period) -> Dot:
    judged = "dot" if each.low is not None and each.high is not None else "dot partial"
    kind, label = ("dot outside", each.label) if each.outside else (judged, "")
    return Dot(place + 0.5, each.value or 0.0, each.label, kind, label)


def _thinned(names: Sequence[tuple[float, str]], most: int = 6) -> list[tuple[float, str]]:
    step = -(-len(names) // most) or 1
    return list(names[::step])


def funnel(
    words: Words,
    points: Sequence[Dot],
    inner: Sequence[Point],
    outer: Sequence[Point],
    overall: Marker | None,
    axes: Axes,
) -> Drawing:
    """Shares against the number they rest on, inside two pairs of limits; a dot outside them is named."""
    frame = Frame(
        scales.covering([*(point.at for point in points), *(point.at for point in outer)], room=0.15),
        scales.rounded(scales.between([*(point.value for point in points), *_ends(outer)]), count=4),
    )
    return frames.picture(
        frame,
        words,
        marks.band(frame, outer, kind="band far"),
        marks.band(frame, inner),
        frames.upward_axis(frame, axes.upward, count=4),
        frames.across_axis(frame, frames.round_ticks(frame.across, axes.across, count=4)),
        marks.level(frame, overall),
        marks.dots(frame, points),
    )


def _ends(points: Sequence[Point]) -> list[float]:
    return [end for point in points for end in (point.value, point.low, point.high) if end is not None]


def _highest(point: Point) -> float:
    return point.value if point.high is None else max(point.value, point.high)
