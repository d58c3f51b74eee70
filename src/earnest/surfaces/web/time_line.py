"""The dates of one deal on one line: the buyer's above and ours below, with today between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earnest.charts import scales, svg
from earnest.charts.scales import Scale
from earnest.charts.svg import Drawing
from earnest.rulebook import words

_ROW = 18  # pixels for one row of words
_INWARDS = 0.62  # a word beyond this place stands to the left of its mark
_ROOM = 0.04  # of the span, at both ends


@dataclass(frozen=True)
class Point:
    """One date: whose it is (`theirs`, `ours`, `worked out`), what it means, and its day where somebody told one."""

    whose: str
    label: str
    on: date | None


def distance(on: date | None, today: date) -> str:
    """How far a day is from today: `today`, `in 32 days`, `53 days ago`."""
    if on is None:
        return ""
    gap = (on - today).days
    if gap == 0:
        return "today"
    return f"in {words.plural(gap, 'day')}" if gap > 0 else f"{words.plural(-gap, 'day')} ago"


def drawing(points: Sequence[Point], *, today: date, title: str) -> Drawing | None:
    """The line as a picture; None where fewer than two days are known."""
    known = [point for point in points if point.on is not None]
    days = [float(words.epoch_day(point.on)) for point in known if point.on is not None]
    if not days:
        return None
    span = scales.between([*days, float(words.epoch_day(today))])
    room = max(1.0, (span.high - span.low) * _ROOM)
    scale = Scale(span.low - room, span.high + room)
    # The words of a mark run to its right, so its line passes only rows whose words begin further right.
    theirs = _ordered([point for point in points if point.whose == "theirs"])
    ours = _ordered([point for point in points if point.whose != "theirs"])[::-1]
    base = _ROW * max(len(theirs), 1) + 14
    height = base + _ROW * max(len(ours), 1) + 26
    above = [_above(scale, point, row, base) for row, point in enumerate(theirs)]
    below = [_below(scale, point, row, base) for row, point in enumerate(ours)]
    marks = [
        svg.element("line", x1="0%", x2="100%", y1=base, y2=base, class_="base"),
        _today(scale, today, base, height),
        *below,
        *above,
    ]
    told = svg.titled("dates", title, "; ".join(f"{point.label} {_said(point)}" for point in points))
    return Drawing(
        svg.element(
            "svg",
            told,
            *marks,
            class_="chart time-line",
            role="img",
            width="100%",
            height=height,
            aria_labelledby="dates-title dates-desc",
        )
    )


def _ordered(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (point.on is None, point.on or date.max))


def _said(point: Point) -> str:
    return words.long_date(point.on) if point.on is not None else "not known"


def _today(scale: Scale, today: date, base: float, height: float) -> str:
    x = svg.percent(scale.at(words.epoch_day(today)))
    line = svg.element("line", x1=x, x2=x, y1=base - 8, y2=height - 14, class_="today")
    return line + svg.text("today", x=x, y=height - 2, text_anchor=_anchor(scale, today, middle=True), class_="tick")


def _above(scale: Scale, point: Point, row: int, base: float) -> str:
    return _mark(scale, point, base, y=row * _ROW + 12, kind="theirs")


def _below(scale: Scale, point: Point, row: int, base: float) -> str:
    return _mark(scale, point, base, y=base + (row + 1) * _ROW + 4, kind="ours" if point.whose == "ours" else "worked")


def _mark(scale: Scale, point: Point, base: float, *, y: float, kind: str) -> str:
    if point.on is None:
        # What nobody has told is drawn, hollow, at the left of its row.
        hollow = svg.element("circle", cx=8, cy=y - 4, r=4.5, class_="untold")
        return hollow + svg.text(f"{point.label}: nobody has said yet", x=18, y=y, class_="tick")
    place = scale.at(words.epoch_day(point.on))
    x = svg.percent(place)
    inwards = place > _INWARDS
    stem = svg.element("line", x1=x, x2=x, y1=min(base, y - 4), y2=max(base, y - 4), class_=f"stem {kind}")
    said = f"{point.label} {words.long_date(point.on)}"
    text = svg.text(said, x=x, y=y, dx=-9 if inwards else 9, text_anchor="end" if inwards else "start")
    return stem + _shape(x, base, kind) + text


def _shape(x: str, base: float, kind: str) -> str:
    shapes = {"theirs": "M0-6L6 0L0 6L-6 0Z", "worked": "M-4-4L4 4M-4 4L4-4"}
    if kind not in shapes:
        return svg.element("circle", cx=x, cy=base, r=5, class_="dot")
    shape = svg.element("path", d=shapes[kind], class_=f"sign {kind}")
    return svg.element("svg", shape, x=x, y=base, class_="inner")


def _anchor(scale: Scale, on: date, *, middle: bool) -> str:
    place = scale.at(words.epoch_day(on))
    return "end" if place > 0.96 else "start" if place < 0.04 or not middle else "middle"
