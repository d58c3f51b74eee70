"""Words, tables and bars on a console: as they are, in its width, with the letters it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from earnest.surfaces.check.layout import Cell, Column, Grid

INDENT = 2
_BAR = 40
_GAP = 2
_NARROWEST = 12  # a column of names or words is not made narrower than this
_STYLES = {"hard": "bold yellow", "soft": "yellow", "note": "", "unknown": "dim", "clear": "green"}
_SHAPES = {"hard": "◆*", "soft": "◧+", "note": "◇-", "unknown": "○?", "clear": "✓="}


@dataclass(frozen=True)
class Lettering:
    """A console, and what it can show. Every text is printed as it is, never read as markup."""

    console: Console

    @property
    def drawn(self) -> bool:
        """Whether the console has the letters for shapes and bars."""
        try:
            "◆◧◇○✓█░".encode(self.console.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def put(self, what: RenderableType) -> None:
        """Print, without the blanks at the ends of lines that fill the width."""
        with self.console.capture() as held:
            self.console.print(what)
        try:
            self.console.file.write("\n".join(line.rstrip() for line in held.get().split("\n")))
        except BrokenPipeError:
            self.console.on_broken_pipe()

    def write(self, line: Text, *, indent: int = 0) -> None:
        """A text, broken into the lines that the width asks for."""
        for part in line.wrap(self.console, max(self.console.width - indent, 20)):
            self.put(Text(" " * indent).append_text(part))

    def say(self, *sentences: str, style: str = "", indent: int = 0) -> None:
        """Each sentence that says something, on lines of its own."""
        for sentence in sentences:
            if sentence:
                self.write(Text(sentence, style=style), indent=indent)

    def gap(self) -> None:
        """An empty line."""
        self.put("")

    def heading(self, kicker: str, finding: str) -> None:
        """The name of a section, and what it found."""
        self.gap()
        self.say(kicker, style="dim")
        self.say(finding, style="bold")

    def bar(self, part: float) -> Text:
        """A bar of which the part at the right is not real."""
        full, light = ("█", "░") if self.drawn else ("#", ".")
        width = min(_BAR, self.console.width - 2 * INDENT)
        failing = round(min(max(part, 0.0), 1.0) * width)
        return Text(full * (width - failing)) + Text(light * failing, style="yellow")

    def chip(self, tone: str, title: str) -> Text:
        """A verdict as its shape and two words."""
        shape = _SHAPES.get(tone, "  ")[0 if self.drawn else 1]
        return Text(f"{shape} {title}", style=_STYLES.get(tone, ""))

    def table(self, grid: Grid, *, without: Sequence[str] = ()) -> None:
        """A table of words, without what is only drawn and without the columns named."""
        kept = [(i, each) for i, each in enumerate(grid.columns) if each.kind != "drawn" and each.head not in without]
        rows = [[self._cell(row[place], column) for place, column in kept] for row in grid.rows]
        if rows:
            self.rows([column for _place, column in kept], rows)

    def rows(self, columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> None:
        """Rows under their heads; a number is never cut, a name is shortened where the width ends."""
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim", show_edge=False)
        widths = _widths(columns, rows, self.console.width - INDENT)
        for column, width in zip(columns, widths, strict=True):
            table.add_column(
                Text(column.head),
                justify="right" if column.kind == "number" else "left",
                no_wrap=column.kind != "words",
                overflow="fold" if column.kind == "words" else "ellipsis",
                width=width,
            )
        for row in rows:
            table.add_row(*row)
        self.put(Padding(table, (0, 0, 0, INDENT), expand=False))

    def _cell(self, cell: Cell, column: Column) -> Text:
        if column.kind == "chip":
            return self.chip(cell.tone, " ".join(cell.lines))
        text = Text("\n".join(cell.lines))
        return text.append(f" {cell.small}", style="dim") if cell.small else text


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], room: int) -> list[int]:
    """A width for each column: what it needs, or less for names and words, the widest first, until all fit."""
    widths = [
        max([len(column.head), *(part.cell_len for row in rows for part in row[place].split())])
        for place, column in enumerate(columns)
    ]
    excess = sum(widths) + _GAP * (len(widths) - 1) - room
    for _cell_too_many in range(excess):
        bending = [i for i, column in enumerate(columns) if column.kind != "number" and widths[i] > _NARROWEST]
        if not bending:
            break
        widths[max(bending, key=lambda place: widths[place])] -= 1
    return widths
