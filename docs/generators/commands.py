"""The page about the command line, from the commands themselves."""

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from docs.generators.markdown import code, table
from earnest.surfaces.cli import main

INTRO = """# Commands

Every command answers `--help`.
Exit codes: 0 done; 1 Earnest itself failed, which is a fault of ours; 130 stopped by you.
Exit code 2: a file or an option cannot be used, and the text says what, why and what to do next.
"""


_VALUES = {"str": "TEXT", "int": "NUMBER", "path": "FILE"}


def commands_page() -> str:
    """Every command with its arguments and options."""
    main._register()  # commands register themselves when the program starts
    group = typer.main.get_command(main.app)
    assert isinstance(group, TyperGroup)  # noqa: S101  # an application with several commands is a group
    sections = (_command(name, command) for name, command in sorted(group.commands.items()))
    return "\n".join([INTRO, *sections])


def _command(name: str, command: object) -> str:
    assert isinstance(command, TyperCommand)  # noqa: S101  # commands of commands do not exist yet
    taken = [each for each in command.params if isinstance(each, TyperArgument)]
    options = [each for each in command.params if isinstance(each, TyperOption)]
    usage = " ".join(["earnest", name, *(_argument(each) for each in taken), "[OPTIONS]" if options else ""]).strip()
    parts = [f"## earnest {name}\n", f"{command.help}\n", f"```sh\n{usage}\n```\n"]
    listed: list[TyperArgument | TyperOption] = [*taken, *options]
    rows = [[code(_spelt(each)), each.help or "", _default(each)] for each in listed]
    return "\n".join([*parts, table(["Argument or option", "What it does", "Default"], rows) if rows else ""])


def _argument(each: TyperArgument) -> str:
    name = str(each.name).upper() + ("…" if each.nargs == -1 else "")
    return name if each.required else f"[{name}]"


def _spelt(each: TyperArgument | TyperOption) -> str:
    if isinstance(each, TyperArgument):
        return str(each.name).upper()
    names = "/".join((*each.opts, *each.secondary_opts))
    return names if each.is_flag else f"{names} {_VALUES.get(each.bare_type(), each.bare_type().upper())}"


def _default(each: TyperArgument | TyperOption) -> str:
    return "" if each.default in (None, False) or callable(each.default) else str(each.default)
