"""SVG as text: elements with escaped words, short numbers, and a drawing that a page takes as it is.

Nothing here sets a colour: every mark carries a class and the page's style sheet decides.
"""

import math
from dataclasses import dataclass
from html import escape

# No picture needs more; beyond it a sum of two coordinates could leave the numbers a browser can hold.
_FURTHEST = 1e6


@dataclass(frozen=True)
class Drawing:
    """Finished SVG. Template engines that escape by themselves take it unescaped, because it names itself HTML."""

    text: str

    def __html__(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text


def number(value: float, digits: int = 1) -> str:
    """A coordinate, short and always finite: `12.3`, `12`, `0` where there is no number."""
    if not math.isfinite(value):
        return "0"
    rounded = round(min(max(value, -_FURTHEST), _FURTHEST), digits)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def percent(place: float) -> str:
    """A place between 0 and 1 across the picture, as a share of its width, so that a chart fits any width."""
    return f"{number(place * 100)}%"


def element(name: str, *children: str, **attributes: str | float) -> str:
    """One element; children are SVG. Attributes are escaped; `class_`, `text_anchor` become `class`, `text-anchor`."""
    parts = [name]
    for key, value in attributes.items():
        shown = escape(value) if isinstance(value, str) else number(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{shown}"')
    start = " ".join(parts)
    return f"<{start}>{''.join(children)}</{name}>" if children else f"<{start}/>"


def text(words: str, **attributes: str | float) -> str:
    """A text element with its words escaped."""
    return element("text", escape(words), **attributes)


def hint(words: str) -> str:
    """The words that a mark tells where the pointer rests."""
    return element("title", escape(words))


def titled(name: str, title: str, description: str) -> str:
    """The title and description that a screen reader tells, with ids made from the chart's name."""
    told = element("title", escape(title), id=f"{name}-title")
    return told + element("desc", escape(description), id=f"{name}-desc") if description else told
