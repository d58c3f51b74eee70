"""Column names as they can be used: cleaned of what cannot be seen, never empty, each once."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from earnest.intake.figures import Dirt

# Zero-width characters, direction marks, byte order marks, soft hyphens and control characters.
_HIDDEN = re.compile("[\u00ad\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")


class Headers(NamedTuple):
    """Clean column names and what had to be done to get them."""

    names: tuple[str, ...]
    unnamed: tuple[int, ...]
    dirt: tuple[Dirt, ...]


def clean(cells: Sequence[str], *, width: int = 0) -> Headers:
    """The headers of a table with `width` columns, in their order, each name once (`Amount`, `Amount (2)`)."""
    padded = [*cells, *[""] * (width - len(cells))]
    shown = [_SPACES.sub(" ", _HIDDEN.sub("", unicodedata.normalize("NFC", cell))).strip() for cell in padded]
    hidden = [name for cell, name in zip(padded, shown, strict=True) if _HIDDEN.search(cell)]
    unnamed = tuple(place for place, name in enumerate(shown) if not name)
    named = [name or f"column {place}" for place, name in enumerate(shown, 1)]
    names, repeated = _each_once(named)
    return Headers(tuple(names), unnamed, tuple(_dirt(hidden, repeated)))


def visible(text: str) -> str:
    """A text with everything removed that cannot be seen or that would turn the direction of what follows."""
    return _HIDDEN.sub("", text)


def _each_once(named: Sequence[str]) -> tuple[list[str], list[str]]:
    taken, names, repeated = set(named), [], []
    seen: dict[str, int] = {}
    for name in named:
        number = seen.get(name, 0) + 1
        unique = name
        while number > 1 and (unique := f"{name} ({number})") in taken:
            number += 1
        if number > 1:
            taken.add(unique)
            repeated.append(unique)
        seen[name] = number
        names.append(unique)
    return names, repeated


def unnamed_dirt(names: Sequence[str]) -> tuple[Dirt, ...]:
    """What to say of columns that hold something under no name."""
    if not names:
        return ()
    done, fix = "Each was named by its place.", "Give each column a name in the export."
    return (Dirt("empty_headers", "columns without a name", len(names), tuple(names[:3]), done, fix),)


def _dirt(hidden: Sequence[str], repeated: Sequence[str]) -> list[Dirt]:
    found = (
        ("hidden_in_headers", "column names with hidden characters", hidden, "The hidden characters were removed."),
        ("repeated_headers", "column names that occur again", repeated, "A number was added to each further one."),
    )
    return [
        Dirt(code, title, len(names), tuple(names[:3]), done, "Give each column its own plain name in the export.")
        for code, title, names, done in found
        if names
    ]


def title_dirt(titles: Sequence[str]) -> tuple[Dirt, ...]:
    """What to say of the lines above the column names that were passed over."""
    if not titles:
        return ()
    done, fix = "They were passed over.", "Export without a title if one of them is a row."
    return (Dirt("title_lines", "lines above the column names", len(titles), tuple(titles[:3]), done, fix),)
