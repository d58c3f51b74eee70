"""`earnest sample FOLDER`: an invented export shaped like a real one, to try everything on."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="Where to write the files.")]
Seed = Annotated[int, typer.Option("--seed", help="Another seed gives another company.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("sample", help=__doc__)(sample)


def sample(folder: Folder = Path("sample-export"), seed: Seed = 7) -> None:
    """Write the files and say where they are."""
    from earnest.demo import sample as made  # noqa: PLC0415  # only this command needs it

    for path in made.write_sample(folder, seed=seed):
        typer.echo(str(path))
