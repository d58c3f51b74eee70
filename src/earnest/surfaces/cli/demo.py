"""`earnest demo`: fill an empty workspace with the invented company Tarnholt, and say who may log in."""

import secrets
from datetime import UTC, datetime
from typing import Annotated

import typer

from earnest.surfaces import workspace

# Without letters and digits that are taken for one another; twelve of them are about 59 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 3, 4

Password = Annotated[
    str,
    typer.Option("--password", help="The password of all demo logins; one is made and shown when none is given."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo", help=__doc__)(demo)


def demo(password: Password = "") -> None:
    """Load the story and print the logins; refused where there are deals already.

    Exit codes: 0 done; 1 Earnest itself failed; 2 the workspace is in use, or the password is easy to guess.
    """
    workspace.connect()
    workspace.prepare_new()
    workspace.demand_prepared()
    from earnest.demo import story  # noqa: PLC0415  # models need Django to be ready

    chosen = password or made_password()
    story.load(at=datetime.now(UTC), password=chosen)
    for line in _told(chosen):
        typer.echo(line)


def made_password() -> str:
    """A password that can be read out: three groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _told(password: str) -> list[str]:
    from earnest.demo.tarnholt import company  # noqa: PLC0415  # only this command needs it

    width = max(len(person.email) for person in company.PEOPLE)
    logins = [f"  {person.email:{width}}  {person.role}" for person in company.PEOPLE]
    return [
        f"{company.NAME} is loaded, as it stood on {company.AS_OF:%d %B %Y}. All of it is invented.",
        "",
        "You may log in as",
        *logins,
        f"each with the password  {password}",
        "",
        "Start with grete, who leads the team, or with amara, who sells. Next: `earnest serve`.",
    ]
