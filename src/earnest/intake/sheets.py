"""Workbooks: XLSX, XLSB, XLS and ODS, each sheet with rows as one table.

The reader of workbooks allocates a whole rectangle from the first cell to the last, and a file of a kilobyte can
place the last cell a million rows down; the process then dies without an error to catch. So while it loads, the
memory it may take is a small multiple of what the workbook really holds.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec
import polars as pl
import python_calamine as calamine

from earnest.intake import boundaries, column_names, footers, handover, packed, unreadable
from earnest.intake.figures import Dirt
from earnest.intake.handover import Found
from earnest.intake.kinds import Kind
from earnest.intake.place import Place, too_many_columns

Cell: TypeAlias = int | float | str | bool | datetime | date | time | timedelta

_BATCH = 10_000
_LOOKED_AT = 60
# Measured: a workbook of two million cells takes twice the bytes of its XML while it loads.
_BYTES_PER_BYTE = 8
_START_BYTES = 128 << 20
_EXACT_BELOW = 1e15


def read_workbook(kind: Kind, place: Place) -> tuple[Found, ...]:
    """Read every visible sheet that has cells.

    Raises: a subclass of Unreadable when the workbook is hostile, damaged, encrypted or empty.
    """
    source, name = Path(place.task.source), place.task.name
    held = source.stat().st_size
    if kind is not Kind.XLS:
        held = packed.workbook_contents(source, name, place.limits).byte_count
    place.say(handover.WORKBOOK)
    try:
        found = _tables(kind, place, _START_BYTES + _BYTES_PER_BYTE * held)
    except calamine.PasswordError as error:
        raise _encrypted(name) from error
    except calamine.CalamineError as error:
        raise _damaged(name, str(error)) from error
    if not found:
        raise unreadable.FileEmpty(
            f"{name} has no sheet with cells in it.",
            why="Every sheet is empty.",
            fix="Export the deals again.",
            data={"file": name},
        )
    return found


def _tables(kind: Kind, place: Place, room: int) -> tuple[Found, ...]:
    with boundaries.within(room):
        workbook = calamine.CalamineWorkbook.from_path(place.task.source)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
    shown = [sheet for sheet in sheets if sheet.visible is calamine.SheetVisibleEnum.Visible] or sheets
    read = shown[: place.limits.sheet_count]
    left_out = [sheet.name for sheet in sheets if sheet not in read]
    found = []
    for number, sheet in enumerate(read):
        with boundaries.within(room):
            loaded = workbook.get_sheet_by_name(sheet.name)
        if loaded.height and loaded.width:
            found.append(_table(loaded, kind, place, number))
        place.tell((number + 1) / len(read))
    if len(found) == 1:
        found = [msgspec.structs.replace(found[0], name=place.task.name)]
    if found and left_out:
        found[0] = msgspec.structs.replace(found[0], dirt=(_left_out(left_out), *found[0].dirt))
    return tuple(found)


def _table(sheet: calamine.CalamineSheet, kind: Kind, place: Place, number: int) -> Found:
    if sheet.width > place.limits.column_count:
        raise too_many_columns(place.task.name, sheet.width, place.limits.column_count)
    rows = sheet.iter_rows()
    top = list(islice(rows, _LOOKED_AT))
    at = _header_at(top)
    names = column_names.clean([_text(cell) or "" for cell in top[at]])
    frame = pl.concat([_frame(top[at + 1 :], sheet.width), *_frames(rows, sheet.width)])
    footer = footers.footer_length([_cells(row) for row in frame.tail(_LOOKED_AT).rows()], sheet.width)
    arrow = place.beside(f"{number}.arrow")
    frame.head(frame.height - footer).write_ipc(arrow, compression="uncompressed")
    above = (sheet.start or (0, 0))[0] + at + 1
    titles = [" ".join(filter(None, map(_text, row))) for row in top[:at] if any(map(_text, row))]
    return Found(
        name=f"{place.task.name} [{sheet.name}]",
        headers=names.names,
        arrow=arrow.name,
        encoding=kind.value,
        delimiter="",
        first_line=above + 1,
        footer_row_count=footer,
        unnamed=names.unnamed,
        dirt=(*column_names.title_dirt(titles), *names.dirt),
    )


def _header_at(top: Sequence[Sequence[Cell]]) -> int:
    """The place of the first row that fills at least half as many cells as the fullest one."""
    filled = [sum(1 for cell in row if _text(cell)) for row in top]
    enough = max(1, (max(filled) + 1) // 2)
    return next(place for place, count in enumerate(filled) if count >= enough)


def _frames(rows: Iterator[list[Cell]], width: int) -> Iterator[pl.DataFrame]:
    while batch := list(islice(rows, _BATCH)):
        yield _frame(batch, width)


def _frame(rows: Sequence[Sequence[Cell]], width: int) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else [()] * width
    texts = ([_text(cell) for cell in column] for column in columns)
    return pl.DataFrame([pl.Series(str(place), column, dtype=pl.String) for place, column in enumerate(texts)])


def _text(cell: Cell) -> str | None:
    """The cell as plain text: ISO dates, numbers to the 15 digits that a spreadsheet keeps, nothing when empty."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return _number(float(cell)) if isinstance(cell, float) else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, timedelta):
        return _number(cell.total_seconds())
    return cell.isoformat()


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_BELOW:
        return str(int(value))
    shortest = f"{value:.15g}"
    return shortest if "e" not in shortest else f"{float(shortest):.20f}".rstrip("0").rstrip(".")


def _cells(row: Sequence[str | None]) -> list[str]:
    return [cell or "" for cell in row]


def _left_out(names: Sequence[str]) -> Dirt:
    fix = "Show these sheets in the workbook, or save them as files of their own, if they are wanted."
    return Dirt("sheets_left_out", "hidden or surplus sheets", len(names), tuple(names[:3]), "They were left out.", fix)


def _encrypted(name: str) -> unreadable.Encrypted:
    return unreadable.Encrypted(
        f"{name} needs a password.",
        why="The workbook is encrypted.",
        fix="Save a copy without a password and give that file.",
        data={"file": name},
    )


def _damaged(name: str, reason: str) -> unreadable.Truncated:
    return unreadable.Truncated(
        f"{name} is a workbook that cannot be opened ({reason}).",
        why="It is damaged, or claims cells that it does not hold, or no spreadsheet program wrote it.",
        fix="Open it in a spreadsheet and save it again, or export the deals as CSV.",
        data={"file": name, "reason": reason},
    )
