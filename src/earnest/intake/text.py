"""A CSV or any other separated text, read into an Arrow file.

The engine reads whole files, and it is strict about quotes and about rows that are too long. About rows that are too
short it says nothing, so they are looked for afterwards. A file that it refuses is mended first, and what had to be
left out is told.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import polars as pl

from earnest.intake import column_names, footers, holes, layout, mend, sniff
from earnest.intake.figures import Dirt
from earnest.intake.handover import Found
from earnest.intake.holes import Counted
from earnest.intake.layout import Layout
from earnest.intake.place import Place, too_many_columns
from earnest.intake.sniff import Encoding

_STEP = 1 << 20


class _Plain(NamedTuple):
    """The text as UTF-8, and how it was written before."""

    path: Path
    encoding: Encoding
    lost_bytes: int = 0


def read_text(place: Place) -> Found:
    """Read a separated text.

    Raises: a subclass of Unreadable when the file as a whole is not a table.
    """
    plain = _as_utf8(place)
    try:
        return _read_utf8(plain, place)
    except pl.exceptions.ComputeError as error:
        if "utf-8" not in str(error):
            raise
    except UnicodeDecodeError:
        pass
    encoding = sniff.western(Path(place.task.source), place.task.name)
    return _read_utf8(_transcoded(Path(place.task.source), encoding, place), place)


def _read_utf8(plain: _Plain, place: Place) -> Found:
    found = _layout(plain.path, place)
    marks = (found.delimiter, found.quote)
    tail = footers.tail_of(plain.path, marks, found.width)
    path = _without_tail(plain.path, tail, place)
    dirt: tuple[Dirt, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    arrow = place.beside("arrow")
    spans_lines = _read_whole(path, arrow, found, place.task.name)
    if spans_lines is None:
        mended = mend.mend(path, place.beside("mended"), found, name=place.task.name, tell=place.tell)
        dirt, gaps = mended.dirt, mended.gaps
        _sink(mended.path, arrow, found._replace(quote='"'), 0)
    names = column_names.clean(found.header, width=found.width)
    return Found(
        name=place.task.name,
        headers=names.names,
        arrow=arrow.name,
        encoding=plain.encoding.label,
        delimiter=found.delimiter,
        first_line=found.lines_above + 1,
        footer_row_count=tail.footer_lines,
        spans_lines=bool(spans_lines),
        gaps=gaps,
        unnamed=names.unnamed,
        dirt=(
            *_encoding_dirt(plain),
            *column_names.title_dirt([line for line in found.title_lines if line]),
            *names.dirt,
            *dirt,
        ),
    )


def _as_utf8(place: Place) -> _Plain:
    source = Path(place.task.source)
    with source.open("rb") as file:
        head = file.read(sniff.SAMPLE)
    sniff.refuse_binary(head, place.task.name)
    encoding = sniff.sniff_encoding(head)
    if encoding.codec == "utf-8" and holes.has_lines(source, place):
        return _Plain(source, encoding)
    plain = _transcoded(source, encoding, place)
    holes.has_lines(plain.path, place)
    return plain


def _transcoded(source: Path, encoding: Encoding, place: Place) -> _Plain:
    target = place.beside("utf8")
    lost = sniff.transcode(source, target, encoding, tell=place.tell)
    return _Plain(target, encoding, lost)


def _layout(path: Path, place: Place) -> Layout:
    """The layout told by the first lines; the header is read to its end however wide it is."""
    with path.open("rb") as file:
        sample = file.read(sniff.SAMPLE)
        if not sample.endswith(b"\n"):
            sample += file.readline(place.limits.line_bytes)
    columns = max(sample.split(b"\n", 1)[0].count(mark.encode()) for mark in layout.DELIMITERS) + 1
    if columns > place.limits.column_count * 4:
        raise too_many_columns(place.task.name, columns, place.limits.column_count)
    # Strictly: what is not UTF-8 has to be found out before its first line is taken for a header.
    text = sample.decode("utf-8").removeprefix("\ufeff")
    found = layout.layout_of([line + "\n" for line in text.removesuffix("\n").split("\n")], place.task.name)
    if found.width > place.limits.column_count:
        raise too_many_columns(place.task.name, found.width, place.limits.column_count)
    return found


def _without_tail(path: Path, tail: footers.Tail, place: Place) -> Path:
    """The same text up to the end of its rows; copied only when something stands below them."""
    if tail.rows_end == path.stat().st_size:
        return path
    target = place.beside("rows")
    with path.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, _STEP)
        writer.truncate(tail.rows_end)
    return target


def _sink(path: Path, arrow: Path, found: Layout, lines_above: int) -> None:
    """Stream the rows into an Arrow file, all as text, with the columns' places as their names."""
    pl.scan_csv(
        path,
        has_header=False,
        skip_lines=lines_above,
        schema=dict.fromkeys(map(str, range(found.width)), pl.String),
        separator=found.delimiter,
        quote_char=found.quote,
        raise_if_empty=False,
        glob=False,
        # Offsets are written and read faster than the engine's own layout of texts.
    ).sink_ipc(arrow, compression="uncompressed", compat_level=pl.CompatLevel.oldest())


def _read_whole(path: Path, arrow: Path, found: Layout, name: str) -> bool | None:
    """Read the text as it is; whether fields span lines, or None when the engine refuses it or leaves something out.

    Raises: HoldsNuls.
    """
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(holes.counted, path, found.lines_above, found.quote.encode(), name)
        # The engine would drop quotes inside of quotes without a word.
        read = not found.is_loose and _is_read(path, arrow, found)
        counted = counting.result()
    return _reconciled(path, arrow, found, counted) if read else None


def _is_read(path: Path, arrow: Path, found: Layout) -> bool:
    """False when the engine refuses the text."""
    try:
        _sink(path, arrow, found, found.lines_above)
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError) as error:
        if "utf-8" in str(error):
            raise
        return False
    return True


def _reconciled(path: Path, arrow: Path, found: Layout, counted: Counted) -> bool | None:
    """Account for every line and every field: whether fields span lines, or None when something does not come out even.

    The engine fills rows that are too short with blanks, drops a last row whose quote is open, and tells of neither.
    So the line ends must come out even with the rows and the line ends inside fields; and where the last column has
    blanks, for only such a row can be short, the delimiters must come out even too.
    """
    rows = pl.scan_ipc(arrow, glob=False)
    last = pl.col(str(found.width - 1))
    height, blanks = rows.select(pl.len(), last.null_count().alias("blanks")).collect().row(0)
    inside = counted.lines - height
    if inside and (not counted.quoted or inside != _count_inside(rows, "\n")):
        return None
    if blanks:
        delimiters = holes.count_of(path, found.lines_above, found.delimiter.encode())
        outside = delimiters - (_count_inside(rows, found.delimiter) if counted.quoted else 0)
        if outside != height * (found.width - 1):
            return None
    return bool(inside)


def _count_inside(rows: pl.LazyFrame, sign: str) -> int:
    """How often a sign stands inside of fields."""
    counts = pl.all().str.count_matches(sign, literal=True).sum()
    return int(sum(rows.select(counts).collect(engine="streaming").row(0)))


def _encoding_dirt(plain: _Plain) -> list[Dirt]:
    fix = "Save the file as UTF-8 (in a spreadsheet: «CSV UTF-8») if a word looks wrong."
    if plain.encoding.codec == "cp1252":
        done, title = "Read as Windows-1252, the most likely one.", "text in an encoding that the file does not name"
        return [Dirt("guessed_encoding", title, 1, plain.encoding.examples, done, fix)]
    if plain.lost_bytes:
        done, title = "Each was replaced by the sign «\ufffd».", "characters that could not be read"
        return [Dirt("lost_characters", title, plain.lost_bytes, (), done, fix)]
    return []
