"""`earnest export FILE`: everything in the workspace as one ZIP, for machines or for spreadsheets."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from earnest.errors import EarnestError
from earnest.surfaces import workspace

Target = Annotated[Path, typer.Argument(help="The ZIP to write; it must not be there yet.", show_default=False)]
Spreadsheet = Annotated[bool, typer.Option("--spreadsheet", help="One CSV per noun, safe to open in a spreadsheet.")]


class TargetTaken(EarnestError):
    """The file that an export should be written to cannot be made."""

    code: ClassVar[str] = "target_taken"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("export", help=__doc__)(export)


def export(target: Target, spreadsheet: Spreadsheet = False) -> None:
    """Write the export; a file that is there already is never written over.

    Exit codes: 0 done; 1 Earnest itself failed; 2 something cannot be used, and the text says why.
    """
    if target.exists() or not target.absolute().parent.is_dir():
        raise TargetTaken(
            f"«{target}» cannot be written.",
            why="It is there already." if target.exists() else "The folder does not exist.",
            fix="Give the name of a new file in a folder that exists.",
            data={"path": str(target)},
        )
    workspace.connect()
    workspace.demand_prepared()
    from earnest.people import actors, services  # noqa: PLC0415  # models need Django to be ready
    from earnest.surfaces import exporting  # noqa: PLC0415

    at = datetime.now(UTC)
    today = date.today()  # noqa: DTZ011  # the day on this person's own calendar is meant
    actor = actors.actor_of(services.local_admin(at=at), today=today)
    profile = exporting.SPREADSHEET if spreadsheet else exporting.MACHINE
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as out:
            draft.chmod(0o600)
            out.writelines(exporting.everything(actor=actor, profile=profile, at=at, origin="api"))
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    typer.echo(f"Everything is in {target}.")
