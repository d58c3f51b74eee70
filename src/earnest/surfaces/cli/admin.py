"""`earnest admin`: make somebody an admin from this machine, for when nobody else can."""

import getpass
import sys
from datetime import UTC, datetime
from typing import Annotated, ClassVar

import typer

from earnest.errors import EarnestError
from earnest.surfaces import workspace

Email = Annotated[str, typer.Argument(help="The e-mail they log in with; somebody new is made when nobody has it.")]
Name = Annotated[str, typer.Option("--name", help="Their name, when they are new.")]
Password = Annotated[
    bool, typer.Option("--password", help="Ask for a password here, instead of printing a link that sets one.")
]
SecondFactor = Annotated[
    bool, typer.Option("--forget-second-factor", help="Remove their codes and passkeys, for when the phone is lost.")
]


class PasswordsDiffer(EarnestError):
    """The password was typed in two ways."""

    code: ClassVar[str] = "passwords_differ"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("admin", help=__doc__)(admin)


def admin(
    email: Email, name: Name = "", password: Password = False, forget_second_factor: SecondFactor = False
) -> None:
    """Make or reset an admin; the audit says that it was done from the machine.

    Exit codes: 0 done; 1 Earnest itself failed; 2 what was typed cannot be taken, and the text says.
    """
    workspace.connect()
    workspace.prepare_new()
    workspace.demand_prepared()
    from django.conf import settings  # noqa: PLC0415  # these need Django to be ready
    from django.urls import reverse  # noqa: PLC0415

    from earnest.people import services  # noqa: PLC0415

    at, chosen = datetime.now(UTC), typed_password() if password else ""
    user, token = services.break_glass(
        email=email, name=name, at=at, forget_second_factor=forget_second_factor, password=chosen
    )
    if chosen:
        typer.echo(f"{user.name} is an admin and logs in as {user.email} with this password.")
        return
    site = settings.SITE_ADDRESS.rstrip("/") or "http://127.0.0.1:8000"
    typer.echo(f"{user.name} is an admin. This link sets their password, once, within an hour:")
    typer.echo(f"  {site}{reverse('invitation', args=[token])}")


def typed_password() -> str:
    """A password from the terminal, typed twice; from a pipe, its first line. Never from the command's own words.

    Raises: PasswordsDiffer.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first, second = getpass.getpass("Password: "), getpass.getpass("Once more: ")
    if first != second:
        raise PasswordsDiffer(
            "The two passwords differ.",
            why="One of them was mistyped, and nobody could see it.",
            fix="Run the command again.",
        )
    return first
