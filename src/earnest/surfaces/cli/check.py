"""`earnest check FILES…`: how much of a pipeline is real, from an export, without a server, a login or a database."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from earnest.errors import EarnestError

_UNIT_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4375, "y": 365.25}
_LENGTH = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?) ?(d|days?|w|weeks?|m|months?|y|years?)?")


class UnreadableOption(EarnestError):
    """An option's value cannot be understood."""

    code: ClassVar[str] = "unreadable_option"


class WontOverwrite(EarnestError):
    """The place for a report is not a file that can be written."""

    code: ClassVar[str] = "cannot_write"


Files = Annotated[
    list[Path], typer.Argument(help="The export: one or more CSV, XLSX or Parquet files.", show_default=False)
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Judge the book as it stood on this day (YYYY-MM-DD).")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="A file that says what the columns mean.")]
SaveMapping = Annotated[
    Path | None,
    typer.Option("--save-mapping", help="Write the guessed mapping here, to edit and give back with --mapping."),
]
Html = Annotated[Path | None, typer.Option("--html", help="Write the report as one self-contained page.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write every figure as JSON; «-» writes it to the terminal.")]
Refused = Annotated[
    Path | None, typer.Option("--refused", help="Write the rows that were refused, with their reason, as CSV.")
]
Believed = Annotated[
    str | None, typer.Option("--believed-cycle", help="How long you believe a win takes: 4m, 17w, 120d.")
]
Lines = Annotated[int, typer.Option("--deals", min=0, help="How many open deals to list; 0 lists all.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print no report, only write the files.")]
NoMemory = Annotated[bool, typer.Option("--forget", help="Neither use nor keep a remembered mapping.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("check", help=__doc__)(check)


def check(  # noqa: PLR0913, PLR0917  # one parameter per option of the command
    files: Files,
    as_of: AsOf = None,
    mapping: MappingFile = None,
    save_mapping: SaveMapping = None,
    html: Html = None,
    json: Json = None,
    refused: Refused = None,
    believed_cycle: Believed = None,
    deals: Lines = 300,
    quiet: Quiet = False,
    forget: NoMemory = False,
) -> None:
    """Read the export, judge it, print the report and write what was asked for.

    Exit codes: 0 the report is there; 1 Earnest itself failed; 2 a file or an option cannot be used, and the text says
    why.
    """
    day = None if as_of is None else parsed_day(as_of)
    believed = None if believed_cycle is None else parsed_days(believed_cycle)
    for target in (html, json, refused, save_mapping):
        _writable(target)

    from earnest.intake import reading  # noqa: PLC0415  # light: it loads no engine
    from earnest.surfaces.cli import progress  # noqa: PLC0415

    with reading.begin(files) as begun, progress.shown() as tell:
        # The engine is loaded while the children read.
        from earnest.surfaces.check import checking  # noqa: PLC0415

        if html is not None:
            from earnest.surfaces.check import html as page  # noqa: PLC0415

            page.prepare()
        options = checking.Options(
            as_of=day,
            today=date.today(),  # noqa: DTZ011  # the day on this person's own calendar is meant
            mapping=mapping,
            believed_cycle_days=believed,
            deals_limit=deals or None,
            remember=not forget,
        )
        found = checking.check(begun, options=options, tell=tell)
        checking.write(found, html=html, json=json, refused_rows=refused, mapping=save_mapping, tell=tell)
    if not quiet and str(json) != "-":
        from earnest.surfaces.check import terminal  # noqa: PLC0415

        terminal.show(found.report, html=html)


def parsed_day(text: str) -> date:
    """A day given as YYYY-MM-DD.

    Raises: UnreadableOption.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableOption(
            f"«{text}» is not a day that --as-of can read.",
            why="Day and month must not be guessed.",
            fix="Write it as year-month-day, for example 2026-03-31.",
            data={"option": "--as-of", "value": text},
        ) from error


def parsed_days(text: str) -> int:
    """A length of time such as `4m`, `17w`, `120d` or `120`, in days.

    Raises: UnreadableOption.
    """
    match = _LENGTH.fullmatch(text.strip().lower())
    days = 0 if match is None else round(float(match[1]) * _UNIT_DAYS[(match[2] or "d")[0]])
    if days <= 0:
        raise UnreadableOption(
            f"«{text}» is not a length of time that --believed-cycle can read.",
            why="It needs a number and a unit.",
            fix="Write for example 4m for four months, 17w for weeks, 120d for days.",
            data={"option": "--believed-cycle", "value": text},
        )
    return days


def _writable(target: Path | None) -> None:
    """Refuse a place that cannot be written before the long work, not after it."""
    if target is None or str(target) == "-":
        return
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise WontOverwrite(
            f"«{target}» cannot be written.",
            why="It is a folder." if target.is_dir() else f"The folder {target.parent} does not exist.",
            fix="Give the name of a file in a folder that exists.",
            data={"path": str(target)},
        )
