"""How a text is laid out: its delimiter, its quotes, where its header stands, how wide it is."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from earnest.intake import footers, unreadable
from earnest.intake.lines import Record, records

DELIMITERS = (",", ";", "\t", "|", "^", "`")
_SAMPLE_RECORDS = 400
# A report has a few title lines above its table; more than this is no table with a title.
_MOST_TITLE_LINES = 25
# So many short rows, and a fifth of all, are a habit of the writer; fewer are damage.
_HABIT_ROWS = 5
_SEP_LINE = re.compile(r"^\"?sep=(.)\"?\s*$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Layout(NamedTuple):
    """The layout of a text.

    `lines_above` counts the lines above the first row, the header's own included; `title_lines` stand above the header.
    `short_is_habit` means that rows commonly leave out their empty cells at the end, `is_loose` that quotes stand
    inside of quoted texts.
    """

    delimiter: str
    quote: str
    header: tuple[str, ...]
    width: int
    lines_above: int
    title_lines: tuple[str, ...]
    share: float
    short_is_habit: bool
    is_loose: bool


def layout_of(lines: Sequence[str], name: str) -> Layout:
    """The layout that reads most of the sample as rows of one width.

    Args:
        lines: the first lines of the text, the last one whole.
        name: the file, for the sentence of a refusal.
    Raises: NotATable when no delimiter gives rows of at least two fields, or when the first row is no header.
    """
    stated = _SEP_LINE.match(lines[0]) if lines else None
    body = lines[1:] if stated else lines
    quote = _quote_of(body)
    tried = [_tried(body, delimiter, quote) for delimiter in ((stated[1],) if stated else DELIMITERS)]
    fitting = [layout for layout in tried if layout is not None and layout.share >= 0.5]
    if not fitting:
        raise _no_table(name, body, [layout for layout in tried if layout is not None and layout.share > 0])
    best = max(fitting, key=_fitness)
    if not any(_LETTER.search(cell) for cell in best.header):
        raise unreadable.NotATable(
            f"{name} has no line with column names: its first row is «{_short(best.delimiter.join(best.header))}».",
            why="A row of numbers and dates cannot say what its columns mean.",
            fix="Export it with column names in the first line.",
            data={"file": name, "line": best.lines_above, "value": _short(best.delimiter.join(best.header))},
        )
    return best._replace(lines_above=best.lines_above + 1) if stated else best


def _fitness(layout: Layout) -> tuple[bool, int, float, int]:
    """Most rows of one width, then the fewest lines passed over as a title, then the most even, then the widest."""
    return layout.share >= 0.8, -len(layout.title_lines), round(layout.share, 2), layout.width


def _tried(lines: Sequence[str], delimiter: str, quote: str) -> Layout | None:
    """The best layout with one delimiter.

    The commonest width is tried, and that of the first record with several fields: where an unclosed quote swallows
    what follows, only the width tells, and most records may be swallowed.
    """
    widths = [
        len(fields)
        for record in islice(records(lines, delimiter, quote), _SAMPLE_RECORDS)
        # One field is a title, a footer or prose, never the usual width of a table.
        if len(fields := record.fields(delimiter) or ()) > 1
    ]
    counts = Counter(widths)
    likely = dict.fromkeys([*widths[:1], *sorted(counts, key=lambda width: (-counts[width], -width))[:1]])
    tried = [_with_width(lines, (delimiter, quote), width) for width in likely]
    return max((layout for layout in tried if layout is not None), key=_fitness, default=None)


def _with_width(lines: Sequence[str], marks: tuple[str, str], width: int) -> Layout | None:
    sample = islice(records(lines, *marks, width=width), _SAMPLE_RECORDS)
    filled = [record for record in sample if record.text.strip()]
    at = _header_at(filled, marks[0], width)
    if at is None:
        return None
    below = filled[at + 1 :]
    # In a short file the footer would outweigh the rows.
    footer = footers.footer_length([record.fields(marks[0]) or [] for record in below], width)
    return _layout(filled[at], filled[:at], below[: len(below) - footer], marks, width)


def _layout(
    header: Record, above: Sequence[Record], below: Sequence[Record], marks: tuple[str, str], usual: int
) -> Layout:
    cells = tuple(header.fields(marks[0]) or ())
    width = max(len(cells), usual)
    found = [len(fields) for record in below if (fields := record.fields(marks[0])) is not None]
    shorter = sum(1 for count in found if 1 < count < width)
    habit = shorter >= max(_HABIT_ROWS, len(below) * 0.2) and max(found, default=0) <= width
    fitting = sum(1 for count in found if count == width or (habit and 1 < count < width))
    return Layout(
        delimiter=marks[0],
        quote=marks[1],
        header=cells,
        width=width,
        lines_above=header.line + header.line_count - 1,
        title_lines=tuple(record.text.strip() for record in above),
        share=fitting / len(below) if below else float(len(cells) > 1),
        short_is_habit=habit,
        is_loose=any(record.is_loose for record in below),
    )


def _header_at(filled: Sequence[Record], delimiter: str, usual: int) -> int | None:
    """The place of the first record that is about as wide as the rows and has text in most of its cells."""
    for place, record in enumerate(filled[: _MOST_TITLE_LINES + 1]):
        cells = record.fields(delimiter) or []
        named = sum(1 for cell in cells if cell.strip())
        if len(cells) >= max(2, round(usual * 0.6)) and named >= max(2, len(cells) * 0.5):
            return place
    return None


def _quote_of(lines: Sequence[str]) -> str:
    """The double quote, unless there is none and the fields of the first line stand in single ones."""
    first = next((line.strip() for line in lines if line.strip()), "")
    single = first.startswith("'") and first.endswith("'") and first.count("'") >= 4
    return "'" if single and not any('"' in line for line in lines) else '"'


def _no_table(name: str, lines: Sequence[str], tried: Sequence[Layout]) -> unreadable.NotATable:
    if tried:
        best = max(tried, key=_fitness)
        return unreadable.NotATable(
            f"{name} cannot be read as a table: its header has {best.width} columns, "
            f"and most of its rows have another number of fields.",
            why="The rows are damaged, or texts with separators in them stand without quotes.",
            fix="Export it again as CSV with texts in double quotes.",
            data={"file": name, "columns": best.width, "separator": best.delimiter},
        )
    number, text = next(((number, line) for number, line in enumerate(lines, 1) if line.strip()), (1, ""))
    return unreadable.NotATable(
        f"{name} is text, not a table: no separator divides its lines into columns. Line {number} is «{_short(text)}».",
        why="Neither comma, semicolon, tab, |, ^ nor backquote gives rows of one width.",
        fix="Export the deals as CSV with one column for each field, and with column names in the first line.",
        data={"file": name, "line": number, "value": _short(text)},
    )


def _short(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= 60 else plain[:59] + "…"
