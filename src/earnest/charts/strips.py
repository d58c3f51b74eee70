"""Strips: one row's mark on a scale it shares with the rows above and below, small enough for a cell of a table.

The table gives the names and figures, so a strip has no words and is hidden from screen readers.
"""

from collections.abc import Sequence

from earnest.charts import svg
from earnest.charts.scales import Scale
from earnest.charts.svg import Drawing

HEIGHT = 20
_MIDDLE = HEIGHT / 2


def strip(*marks: str, height: int = HEIGHT) -> Drawing:
    """Marks in their order as one strip."""
    return Drawing(
        svg.element(
            "svg", *(mark for mark in marks if mark), class_="strip", width="100%", height=height, aria_hidden="true"
        )
    )


def bar(scale: Scale, start: float, end: float, *, kind: str, thick: float = 10, height: int = HEIGHT) -> str:
    """A lying bar from one value to another."""
    left, right = scale.at(start), scale.at(end)
    return svg.element(
        "rect",
        x=svg.percent(left),
        width=svg.percent(max(right - left, 0)),
        y=(height - thick) / 2,
        height=thick,
        class_=kind,
    )


def whisker(scale: Scale, low: float, high: float) -> str:
    """A lying line with its two ends, for an interval."""
    left, right = svg.percent(scale.at(low)), svg.percent(scale.at(high))
    line = svg.element("line", x1=left, x2=right, y1=_MIDDLE, y2=_MIDDLE, class_="whisker")
    return line + "".join(
        svg.element("line", x1=x, x2=x, y1=_MIDDLE - 3, y2=_MIDDLE + 3, class_="whisker") for x in (left, right)
    )


def dot(scale: Scale, value: float, *, kind: str = "dot") -> str:
    """A circle at a value."""
    return svg.element("circle", cx=svg.percent(scale.at(value)), cy=_MIDDLE, r=4, class_=kind)


def diamond(scale: Scale, value: float, *, kind: str = "diamond") -> str:
    """A diamond at a value: what happened, or what somebody claims, beside what was calculated."""
    shape = svg.element("path", d="M0-5L5 0L0 5L-5 0Z", class_=kind)
    return svg.element("svg", shape, x=svg.percent(scale.at(value)), y=_MIDDLE, class_="inner")


def cross(scale: Scale, value: float, *, kind: str = "cross") -> str:
    """A cross at a value."""
    shape = svg.element("path", d="M-4-4L4 4M-4 4L4-4", class_=kind)
    return svg.element("svg", shape, x=svg.percent(scale.at(value)), y=_MIDDLE, class_="inner")


def post(scale: Scale, value: float, *, kind: str = "post", height: int = HEIGHT) -> str:
    """An upright line at a value, as high as the strip: the reference that the rows share."""
    x = svg.percent(scale.at(value))
    return svg.element("line", x1=x, x2=x, y1=0, y2=height, class_=kind)


def rule(scale: Scale, values: Sequence[float]) -> str:
    """Faint upright lines at these values, to read a strip against its head."""
    return "".join(post(scale, value, kind="grid") for value in values)


def head(scale: Scale, ticks: Sequence[tuple[float, str]]) -> Drawing:
    """The words over a column of strips, at their places; the outer ones are set inwards."""
    return strip(*(_word(scale, value, words) for value, words in ticks))


def _word(scale: Scale, value: float, words: str) -> str:
    place = scale.at(value)
    anchor = "start" if place < 0.1 else "end" if place > 0.9 else "middle"
    return svg.text(words, x=svg.percent(place), y=14, text_anchor=anchor, class_="tick")
