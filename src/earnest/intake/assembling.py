"""What a child found, as a table of text in this process."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from earnest.intake import column_names, unreadable
from earnest.intake.figures import Dirt
from earnest.intake.handover import Found
from earnest.intake.raw import RawTable
from earnest.intake.tidy import with_blanks, without_blank_rows

_PARTS = 4


def table(found: Found, path: Path, folder: Path) -> RawTable:
    """The table, its rows in memory; the file they were in is gone afterwards.

    Raises: HeaderOnly when there is no row below the column names.
    """
    arrow = folder / found.arrow
    rows, blank = without_blank_rows(_rows(arrow))
    arrow.unlink()
    if not rows.height:
        raise unreadable.HeaderOnly(
            f"{found.name} has column names and no row below them.",
            why="The report or filter that was exported matched nothing.",
            fix="Export again with the deals in it.",
            data={"file": found.name, "columns": list(found.headers[:20])},
        )
    rows.columns = list(found.headers)
    unnamed = [found.headers[place] for place in found.unnamed]
    blank_columns = [name for name in unnamed if rows[name].null_count() == rows.height]
    rows = rows.drop(blank_columns)
    return RawTable(
        path=path,
        name=found.name,
        headers=tuple(rows.columns),
        rows=rows,
        encoding=found.encoding,
        delimiter=found.delimiter,
        first_line=found.first_line,
        footer_row_count=found.footer_row_count,
        dirt=(
            *found.dirt,
            *column_names.unnamed_dirt([name for name in unnamed if name not in blank_columns]),
            *_blank_dirt(blank, found),
        ),
        gaps=_gaps(found.gaps, blank),
        spans_lines=found.spans_lines,
    )


def _rows(arrow: Path) -> pl.DataFrame:
    """The rows in memory.

    The engine reads one file with one thread, and maps what it copies: two parts of the columns at a time take half
    the time of all at once, and less memory.
    """
    lazy = pl.scan_ipc(arrow, glob=False)
    names = lazy.collect_schema().names()
    size = -(-len(names) // _PARTS)
    parts = [lazy.select(names[start : start + size]) for start in range(0, len(names), size)]
    read = [frame for start in range(0, len(parts), 2) for frame in pl.collect_all(parts[start : start + 2])]
    return pl.concat([with_blanks(frame) for frame in read], how="horizontal")


def _blank_dirt(blank: Sequence[int], found: Found) -> tuple[Dirt, ...]:
    if not blank:
        return ()
    gaps = found.gaps
    examples = tuple(f"line {_line(place, found.first_line, gaps)}" for place in blank[:3])
    done, fix = "They were left out.", "Nothing needs doing."
    return (Dirt("blank_rows", "rows with nothing in them", len(blank), examples, done, fix),)


def _line(row: int, first_line: int, gaps: Sequence[tuple[int, int]]) -> int:
    at = bisect_right(gaps, row, key=lambda gap: gap[0])
    return first_line + row + (gaps[at - 1][1] if at else 0)


def _gaps(gaps: Sequence[tuple[int, int]], blank: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The gaps with those that the blank rows leave, counted in the rows that remain."""
    if not blank:
        return tuple(gaps)
    starts = sorted({row for row, _ in gaps} | {place + 1 for place in blank})
    merged = []
    for start in starts:
        above = bisect_right(blank, start - 1)
        at = bisect_right(gaps, start, key=lambda gap: gap[0])
        merged.append((start - above, above + (gaps[at - 1][1] if at else 0)))
    # Of several starts that fall on the same row the last one knows all of them.
    return tuple(dict(merged).items())
