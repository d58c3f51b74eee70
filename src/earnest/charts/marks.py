"""Marks in a frame: line, step line, their bands, columns, dots, whiskers, and lines that mark a place with a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from earnest.charts import frame as frames
from earnest.charts import svg
from earnest.charts.frame import Frame

Spot: TypeAlias = tuple[int, int]

_LABEL_ROW = 16  # pixels for one row of words beside marker lines
_LABEL_REACH = 0.4  # the share of the width that a label beside a dot may take
_INWARDS = 0.7  # a word beyond this place is set to the left of its mark


@dataclass(frozen=True)
class Point:
    """A value at a place, with the ends of its interval where it has one."""

    at: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Marker:
    """A place across the picture and the words for it; `kind` is its class."""

    at: float
    words: str
    kind: str = "marker"


@dataclass(frozen=True)
class Dot:
    """A point whose name is told where the pointer rests; `label`, where there is one, is set beside it."""

    at: float
    value: float
    name: str
    kind: str = "dot"
    label: str = ""


def line(frame: Frame, points: Sequence[Point], *, kind: str = "line") -> str:
    """A straight line from point to point."""
    return _path(frame, _straight(_spots(frame, points, "value")), kind)


def step_line(frame: Frame, points: Sequence[Point], *, kind: str = "line") -> str:
    """A line that keeps each value until the next point."""
    return _path(frame, _stairs(_spots(frame, points, "value")), kind)


def band(frame: Frame, points: Sequence[Point], *, kind: str = "band") -> str:
    """The area between the lower and the upper ends."""
    around = [*_spots(frame, points, "high"), *_spots(frame, points, "low")[::-1]]
    return _path(frame, f"{_straight(around)}Z" if points else "", kind)


def step_band(frame: Frame, points: Sequence[Point], *, kind: str = "band") -> str:
    """The area between the lower and the upper ends, each kept until the next point."""
    upper, lower = _spots(frame, points, "high"), _spots(frame, points, "low")
    return _path(frame, f"{_stairs(upper)}L{_stairs(lower[::-1], falling=True)[1:]}Z" if points else "", kind)


def columns(frame: Frame, bars: Iterable[tuple[float, float, float, str]]) -> str:
    """Upright bars: from, to, height and class of each, with a hair of paper between neighbours."""
    return "".join(_column(frame, *bar) for bar in bars)


def _column(frame: Frame, start: float, end: float, value: float, kind: str) -> str:
    left, right = frame.across.at(start), frame.across.at(end)
    top, bottom = frame.y(value), frame.y(0)
    gap = min(0.002, (right - left) / 4)
    return svg.element(
        "rect",
        x=svg.percent(left + gap),
        width=svg.percent(max(right - left - 2 * gap, 0)),
        y=top,
        height=max(bottom - top, 0),
        class_=kind,
    )


def dots(frame: Frame, points: Iterable[Dot], *, radius: float = 4) -> str:
    """A circle for each point; a label that would cover an earlier one is left to the pointer and the table."""
    drawn: list[str] = []
    labels: list[tuple[float, float]] = []
    for point in points:
        spot = frame.across.at(point.at), frame.y(point.value)
        free = all(abs(spot[0] - x) > _LABEL_REACH or abs(spot[1] - y) > _LABEL_ROW for x, y in labels)
        if point.label and free:
            labels.append(spot)
        drawn.append(_dot(frame, point, radius, named=bool(point.label) and free))
    return "".join(drawn)


def _dot(frame: Frame, point: Dot, radius: float, *, named: bool) -> str:
    x, y = frame.x(point.at), frame.y(point.value)
    circle = svg.element("circle", svg.hint(point.name), cx=x, cy=y, r=radius, class_=point.kind)
    if not named:
        return circle
    inwards = frame.across.at(point.at) > _INWARDS
    words = svg.text(point.label, x=x, y=y + 4, dx=-8 if inwards else 8, text_anchor="end" if inwards else "start")
    return circle + words


def whiskers(frame: Frame, points: Iterable[Point]) -> str:
    """An upright line from the lower to the upper end of each point that has both."""
    return "".join(
        svg.element("line", x1=frame.x(p.at), x2=frame.x(p.at), y1=frame.y(p.low), y2=frame.y(p.high), class_="whisker")
        for p in points
        if p.low is not None and p.high is not None
    )


def markers(frame: Frame, places: Sequence[Marker]) -> str:
    """Upright lines with their words, each word in a row of its own so that none can cover another.

    The leftmost has the highest row: the lines right of it begin below its words. The frame needs
    `markers_room(places)` pixels above it.
    """
    rows = sorted(places, key=lambda place: frame.across.at(place.at))
    return "".join(_marker(frame, place, row) for row, place in enumerate(rows))


def markers_room(places: Sequence[Marker]) -> int:
    """The pixels that the words of these markers need above the picture."""
    return _LABEL_ROW * len(places) + 4


def _marker(frame: Frame, place: Marker, row: int) -> str:
    x, y = frame.x(place.at), row * _LABEL_ROW + 12
    inwards = frame.across.at(place.at) > _INWARDS
    rule = svg.element("line", x1=x, x2=x, y1=y - 9, y2=frame.above + frame.height, class_=place.kind)
    words = svg.text(place.words, x=x, y=y, dx=-5 if inwards else 5, text_anchor="end" if inwards else "start")
    return rule + words


def level(frame: Frame, place: Marker | None) -> str:
    """A line across the picture at one value, with its words at the right end; nothing where there is none."""
    if place is None:
        return ""
    y = frame.y(place.at)
    rule = svg.element("line", x2="100%", y1=y, y2=y, class_="level")
    return rule + svg.text(place.words, x="100%", y=y - 4, text_anchor="end", class_="tick")


def _spots(frame: Frame, points: Sequence[Point], end: Literal["value", "low", "high"]) -> list[Spot]:
    """The points in the stretched box at one of their ends; a point without that end stands at its value."""
    chosen = [(point, getattr(point, end)) for point in points]
    return [frame.inner(point.at, point.value if value is None else value) for point, value in chosen]


def _straight(spots: Sequence[Spot]) -> str:
    drawn = [f"{x} {y}" for (x, y), before in zip(spots, [None, *spots], strict=False) if (x, y) != before]
    return f"M{'L'.join(drawn)}" if drawn else ""


def _stairs(spots: Sequence[Spot], *, falling: bool = False) -> str:
    """Level lines joined by upright ones; `falling` draws the same stairs from their right end."""
    if not spots:
        return ""
    x, y = spots[0]
    parts = [f"M{x} {y}"]
    for at, then in spots[1:]:
        level = f"H{at}" if at != x else ""
        upright = f"V{then}" if then != y else ""
        parts.append(upright + level if falling else level + upright)
        x, y = at, then
    return "".join(parts)


def _path(frame: Frame, shape: str, kind: str) -> str:
    return frames.stretched(frame, svg.element("path", d=shape, class_=kind)) if shape else ""
