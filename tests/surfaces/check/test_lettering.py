"""Letters on a console: words as they are, no blanks at line ends, numbers never cut, bars in the letters it has."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from earnest.surfaces.check.layout import Column, Grid, cell
from earnest.surfaces.check.lettering import Lettering


def letters(width: int = 40, encoding: str = "utf-8") -> Lettering:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace", newline="\n", write_through=True)
    return Lettering(Console(file=file, width=width, highlight=False))


def printed(shown: Lettering) -> str:
    file = shown.console.file
    assert isinstance(file, io.TextIOWrapper)
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(file.encoding)


@pytest.mark.case("A30")
def test_words_are_never_read_as_markup() -> None:
    shown = letters()
    shown.say("[red]Acme[/red] :smile:", "")
    assert printed(shown) == "[red]Acme[/red] :smile:\n"


def test_long_sentences_keep_their_indent_and_have_no_blanks_at_the_end() -> None:
    shown = letters(width=24)
    shown.say("one two three four five six seven", indent=2)
    assert printed(shown) == "  one two three four\n  five six seven\n"


def test_a_heading_stands_apart() -> None:
    shown = letters()
    shown.heading("1 · Name", "What was found")
    assert printed(shown) == "\n1 · Name\nWhat was found\n"


@pytest.mark.parametrize(
    ("part", "bar"), [(0.0, "█" * 40), (1.0, "░" * 40), (0.75, "█" * 10 + "░" * 30), (7.0, "░" * 40)]
)
def test_a_bar_shows_the_part_that_is_not_real(part: float, bar: str) -> None:
    assert letters(width=80).bar(part).plain == bar


def test_an_old_console_gets_letters_it_has() -> None:
    old = letters(width=14, encoding="ascii")
    assert old.bar(0.5).plain == "#####....."
    assert old.chip("hard", "past its date").plain == "* past its date"
    assert letters().chip("hard", "past its date").plain == "◆ past its date"


def test_a_table_is_words_under_heads() -> None:
    shown = letters()
    grid = Grid(
        "caption",
        (Column("Reason", "chip"), Column("drawn", "drawn"), Column("Deals", "number"), Column("Left out")),
        (
            (cell("late", tone="hard"), cell(), cell("1,412", "7"), cell("x")),
            (cell("old", tone="note"), cell(), cell("9"), cell()),
        ),
    )
    shown.table(grid, without=("Left out",))
    assert printed(shown) == "  Reason  Deals\n  ◆ late  1,412\n              7\n  ◇ old       9\n"


def test_numbers_are_never_cut_and_names_are() -> None:
    shown = letters(width=40)
    columns = [Column("Buyer", "name"), Column("USD", "number"), Column("Verdict", "chip")]
    shown.rows(columns, [[Text("A very long name of a buyer"), Text("1,234,567"), Text("past its date")]])
    head, row = printed(shown).splitlines()
    assert row == "  A very long…  1,234,567  past its date"
    assert head.split() == ["Buyer", "USD", "Verdict"]


def test_a_remark_stands_beside_its_cell() -> None:
    shown = letters()
    shown.table(Grid("c", (Column("Who", "name"),), ((cell("Ada", small="differs"),),)))
    assert printed(shown) == "  Who\n  Ada differs\n"


def test_a_table_without_rows_prints_nothing() -> None:
    shown = letters()
    shown.table(Grid("c", (Column("Who"),), ()))
    assert printed(shown) == ""


def test_a_reader_that_has_gone_ends_the_printing_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    def leave() -> None:
        raise SystemExit(1)

    console = Console(file=Gone())
    monkeypatch.setattr(console, "on_broken_pipe", leave)
    with pytest.raises(SystemExit):
        Lettering(console).say("x")
