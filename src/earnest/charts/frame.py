"""The frame of a chart: two scales in a box of fixed height and any width, its axes, and its words for screen readers.

Across, everything is placed in shares of the width; upwards, in pixels. So a chart fits a phone and a page
while its words keep their size. Lines and bands are drawn in an inner box of 1000 by 1000 that is stretched to fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from earnest.charts import scales, svg
from earnest.charts.scales import Scale
from earnest.charts.svg import Drawing

INNER = 1000
_BELOW = 20  # pixels for the words under the picture
_EDGE = 0.06  # a tick's word this near to an edge is set inwards


@dataclass(frozen=True)
class Words:
    """What a chart says to those who do not see it: an id, a title that states the finding, and a description."""

    name: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Frame:
    """Two scales in a box `height` pixels high, with `above` pixels over it for words."""

    across: Scale
    upward: Scale
    height: int = 180
    above: int = 8

    def x(self, value: float) -> str:
        """The place across, as a share of the width."""
        return svg.percent(self.across.at(value))

    def y(self, value: float) -> float:
        """The place in pixels from the top."""
        return self.above + (1 - self.upward.at(value)) * self.height

    def inner(self, across: float, upward: float) -> tuple[int, int]:
        """A point of a path in the stretched box, in whole numbers."""
        return round(self.across.at(across) * INNER), round((1 - self.upward.at(upward)) * INNER)


def picture(frame: Frame, words: Words, *marks: str) -> Drawing:
    """The marks, in their order, as one drawing with its title and description."""
    told = svg.titled(words.name, words.title, words.description)
    labels = f"{words.name}-title {words.name}-desc" if words.description else f"{words.name}-title"
    return Drawing(
        svg.element(
            "svg",
            told,
            *marks,
            class_="chart",
            role="img",
            width="100%",
            height=frame.above + frame.height + _BELOW,
            aria_labelledby=labels,
        )
    )


def stretched(frame: Frame, *paths: str) -> str:
    """Paths made of `inner` points, stretched to the box."""
    return svg.element(
        "svg",
        *paths,
        y=frame.above,
        width="100%",
        height=frame.height,
        viewBox=f"0 0 {INNER} {INNER}",
        preserveAspectRatio="none",
        class_="inner",
    )


def upward_axis(frame: Frame, label: Callable[[float], str], *, count: int = 4) -> str:
    """Light lines across with their values on them at the left, over a base line."""
    bottom = frame.above + frame.height
    base = svg.element("line", x2="100%", y1=bottom, y2=bottom, class_="base")
    return base + "".join(_level(frame, value, label(value)) for value in scales.ticks(frame.upward, count=count))


def _level(frame: Frame, value: float, words: str) -> str:
    y = frame.y(value)
    if value == 0:
        return svg.element("line", x2="100%", y1=y, y2=y, class_="base")
    grid = svg.element("line", x2="100%", y1=y, y2=y, class_="grid") if value > frame.upward.low else ""
    return grid + svg.text(words, y=y - 3, class_="tick")


def across_axis(frame: Frame, ticks: Sequence[tuple[float, str]]) -> str:
    """Words under the picture with a short tick each; near an edge they are set inwards."""
    bottom = frame.above + frame.height
    return "".join(_under(frame, value, words, bottom) for value, words in ticks)


def _under(frame: Frame, value: float, words: str, bottom: float) -> str:
    place = frame.across.at(value)
    anchor = "start" if place < _EDGE else "end" if place > 1 - _EDGE else "middle"
    x = svg.percent(place)
    tick = svg.element("line", x1=x, x2=x, y1=bottom, y2=bottom + 4, class_="base")
    return tick + svg.text(words, x=x, y=bottom + 16, text_anchor=anchor, class_="tick")


def round_ticks(scale: Scale, label: Callable[[float], str], *, count: int = 4) -> list[tuple[float, str]]:
    """Round values of a scale with their words, for `across_axis`."""
    return [(value, label(value)) for value in scales.ticks(scale, count=count)]
