"""The command line. Heavy libraries are imported by the command that needs them: start-up is part of the product."""

import os
import sys
from typing import Annotated

import typer

from earnest import __version__
from earnest.errors import EarnestError

app = typer.Typer(
    name="earnest",
    help="A customer-first sales system. Start with `earnest check FILES…` on an export of your CRM.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"earnest {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """A customer-first sales system."""


def _register() -> None:
    from earnest.surfaces.cli import admin, check, demo, export, imports, sample, serve  # noqa: PLC0415  # each adds its own

    for module in (check, sample, demo, imports, export, serve, admin):
        module.register(app)


def main() -> None:
    """Run the command line; a refusal is three sentences on stderr and exit code 2, never a traceback."""
    _register()
    try:
        app()
    except EarnestError as error:
        tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("EARNEST_DEBUG"):
            raise
        typer.echo(f"Earnest itself failed, and it is not your file's fault: {type(error).__name__}.", err=True)
        typer.echo("Run it again with EARNEST_DEBUG=1 to see where, and please report what it prints.", err=True)
        sys.exit(1)


def tell(error: EarnestError) -> None:
    """The error as plain lines on stderr."""
    for part in (error.what, error.why, error.fix):
        if part:
            typer.echo(part, err=True)
