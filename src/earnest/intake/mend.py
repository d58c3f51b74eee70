"""A text whose rows are not all as they should be, written again without those that cannot be read.

Every line that is left out is counted and shown with its number; none goes in silence.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from earnest.intake import unreadable
from earnest.intake.column_names import visible
from earnest.intake.figures import Dirt
from earnest.intake.layout import Layout
from earnest.intake.lines import Record, records
from earnest.rulebook import words

_MOST_EXAMPLES = 3
_MOST_GAPS = 100_000
_TOLD_EVERY = 20_000

_REFUSED = {
    "too_many_fields": (
        "rows with more fields than there are columns",
        "Put texts that hold the separator in double quotes, or export again.",
    ),
    "too_few_fields": (
        "rows with fewer fields than there are columns",
        "Look at these lines in the file: a line break inside a text needs double quotes around the text.",
    ),
    "unclosed_quote": ("rows that open a quote and never close it", "Close the quote in these lines, or export again."),
    "broken_off": ("a last row that breaks off", "Export or download the file again; what came after it is missing."),
}


class Mended(NamedTuple):
    """The text that the engine can read, what was left out of it, and where its rows stand in the file."""

    path: Path
    dirt: tuple[Dirt, ...]
    gaps: tuple[tuple[int, int], ...]


def mend(path: Path, target: Path, found: Layout, *, name: str, tell: Callable[[float], None]) -> Mended:
    """Write the readable rows of a UTF-8 text to another file, with quotes only where they are needed.

    Raises: NotATable when more rows are refused than are kept.
    """
    size = path.stat().st_size or 1
    with path.open("rb") as end:
        end.seek(-1, 2)
        ends_with_a_line = end.read(1) in b"\r\n"
    with path.open(encoding="utf-8", newline="") as reader, target.open("w", encoding="utf-8", newline="") as writer:
        for _ in range(found.lines_above):
            reader.readline()
        mending = _Mending(found, writer)
        for record in records(reader, found.delimiter, found.quote, width=found.width):
            mending.take(record)
            if not record.line % _TOLD_EVERY:
                tell(min(writer.tell() / size, 1.0))
    if not ends_with_a_line:
        mending.call_the_latest_broken_off()
    if mending.refused > mending.rows:
        raise _not_a_table(name, mending)
    return Mended(target, tuple(mending.dirt()), tuple(mending.gaps[:_MOST_GAPS]))


@dataclass
class _Mending:
    """The rows that were written so far and the lines that were refused."""

    found: Layout
    writer: IO[str]
    rows: int = 0
    uneven: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    latest: str = ""

    def __post_init__(self) -> None:
        # The csv module gives its writers no type.
        self.quoted: Any = csv.writer(self.writer, delimiter=self.found.delimiter, lineterminator="\n")

    @property
    def refused(self) -> int:
        return sum(map(len, self.refusals.values()))

    def take(self, record: Record) -> None:
        """Write a record as a row, or refuse it."""
        self.latest = ""
        plain = not record.has_quotes and (self.found.quote == '"' or '"' not in record.text)
        if plain and record.text.count(self.found.delimiter) + 1 == self.found.width:
            self.writer.write(record.text.rstrip("\r\n") + "\n" if record.text.endswith("\r") else record.text)
            self._count(record)
        else:
            self._take_uneven(record)

    def _take_uneven(self, record: Record) -> None:
        fields = record.fields(self.found.delimiter)
        missing = self.found.width - len(fields or ())
        blank = not record.text.strip()
        if fields is None or not fields:
            self._refuse("unclosed_quote", record)
        elif missing < 0 and any(cell.strip() for cell in fields[missing:]):
            self._refuse("too_many_fields", record)
        elif missing > 0 and not blank and not (self.found.short_is_habit and len(fields) > 1):
            self._refuse("too_few_fields", record)
        else:
            self.quoted.writerow([*fields, *[""] * missing][: self.found.width])
            self._count(record)
            if missing and not blank:
                self._show(self.uneven, record)
            elif record.is_loose:
                self._show(self.loose, record)

    def _count(self, record: Record) -> None:
        gap = record.line - self.rows - 1
        if gap != (self.gaps[-1][1] if self.gaps else 0):
            self.gaps.append((self.rows, gap))
        self.rows += 1

    def _refuse(self, code: str, record: Record) -> None:
        self.latest = code
        self._show(self.refusals.setdefault(code, []), record)

    def _show(self, shown: list[str], record: Record) -> None:
        """One more of a kind; only the first few are kept as text."""
        text = ""
        if len(shown) < _MOST_EXAMPLES:
            text = f"line {words.count(record.line + self.found.lines_above)}: {_short(record.text)}"
        shown.append(text)

    def call_the_latest_broken_off(self) -> None:
        """The file has no line end at its end: if its last row was refused, the file breaks off there."""
        if self.latest:
            text = self.refusals[self.latest].pop()
            self.refusals["broken_off"] = [text]

    def dirt(self) -> list[Dirt]:
        found = []
        for code, shown in self.refusals.items():
            title, fix = _REFUSED[code]
            found += (
                [Dirt(code, title, len(shown), _some(shown), "They were left out.", fix, refused=True)] if shown else []
            )
        if self.uneven:
            title, done = "rows with empty cells missing or added at their end", "They were read."
            fix = "Nothing needs doing unless a value is missing from these lines."
            found.append(Dirt("uneven_rows", title, len(self.uneven), _some(self.uneven), done, fix))
        if self.loose:
            title, done = "rows with quotes inside of quoted texts", "They were read as they stand."
            fix = "Write two quotes for one inside a quoted text, or export again."
            found.append(Dirt("loose_quotes", title, len(self.loose), _some(self.loose), done, fix))
        return found


def _not_a_table(name: str, mending: _Mending) -> unreadable.NotATable:
    refused, kept = words.count(mending.refused), words.count(mending.rows)
    code, shown = max(mending.refusals.items(), key=lambda item: len(item[1]))
    return unreadable.NotATable(
        f"{name} cannot be read as a table: {refused} rows do not fit its columns and {kept} do; {_REFUSED[code][0]}, "
        f"for example {shown[0] or 'the last line'}.",
        why="Either the separator is not the one that its first lines show, or the file is damaged.",
        fix="Export it again as CSV.",
        data={"file": name, "refused": mending.refused, "kept": mending.rows, "examples": [*_some(shown)]},
    )


def _some(shown: list[str]) -> tuple[str, ...]:
    return tuple(text for text in shown[:_MOST_EXAMPLES] if text)


def _short(text: str) -> str:
    plain = visible(text.strip())
    return plain if len(plain) <= 80 else plain[:79] + "…"
