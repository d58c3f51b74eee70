"""`earnest import FILES…`: bring an export into the database; look first with --dry-run, take it back with --revert."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from earnest.errors import EarnestError
from earnest.rulebook import words
from earnest.surfaces import workspace

if TYPE_CHECKING:
    from earnest.intake import services
    from earnest.people.actors import Actor
    from earnest.surfaces.cli.progress import Tell

_SHOWN = 10


class NothingToDo(EarnestError):
    """The command was given neither files nor an import to take back, or both."""

    code: ClassVar[str] = "nothing_to_do"


Files = Annotated[
    list[Path] | None, typer.Argument(help="The export: one or more CSV, XLSX or Parquet files.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
Revert = Annotated[
    int | None, typer.Option("--revert", metavar="RUN", help="Take back the import with this number, within 30 days.")
]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="A file that says what the columns mean.")]
System = Annotated[
    str, typer.Option("--system", help="What to call the system the files come from, when there are two of a kind.")
]
Refused = Annotated[
    Path | None, typer.Option("--refused", help="Write the rows that were held back, with their reason, as CSV.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("import", help=__doc__)(bring_in)
    app.command("migrate", help="Make the database, or bring its tables up to date.")(migrate)


def migrate() -> None:
    """Make the database, or bring its tables up to date."""
    done = workspace.prepare()
    typer.echo(f"{words.plural(len(done), 'migration')} applied." if done else "The database is up to date.")


def bring_in(  # one parameter per option of the command
    files: Files = None,
    dry_run: DryRun = False,
    revert: Revert = None,
    mapping: MappingFile = None,
    system: System = "",
    refused: Refused = None,
) -> None:
    """Read the export, say what would be written, and write it; a killed import goes on where it stopped.

    Exit codes: 0 done; 1 Earnest itself failed; 2 something cannot be used, and the text says why.
    """
    if (revert is None) == (not files):
        raise NothingToDo(
            "Give the files of an export, or --revert with the number of an import.",
            why="An import brings files in, and --revert takes one back; both at once would be neither.",
            fix="For example: earnest import deals.csv --dry-run",
        )
    from earnest.surfaces.cli import progress  # noqa: PLC0415

    with progress.shown() as tell:
        lines = (
            _taken_back(revert, tell)
            if revert is not None
            else _brought(files or [], mapping, system, dry_run, refused, tell)
        )
    for line in lines:
        typer.echo(line)


def _brought(  # the options, and where to tell progress
    files: list[Path], mapping: Path | None, system: str, dry_run: bool, refused: Path | None, tell: "Tell"
) -> list[str]:
    workspace.connect()
    from earnest.intake import mapping_files, services  # noqa: PLC0415  # models need Django to be ready
    from earnest.surfaces import importing  # noqa: PLC0415

    tables = importing.read(files, tell=tell)
    given = None if mapping is None else mapping_files.load(mapping)
    made = importing.understood(tables, given=given, today=_today(), tell=tell)
    actor, at = _at_the_door()
    label = ", ".join(file.name for file in files)
    plan = importing.foreseen(made, actor=actor, system=system, label=label, tell=tell)
    if dry_run:
        if refused is not None:
            refused.write_bytes(services.refused_of_plan(plan))
        return [*_foreseen(plan), "Nothing was written."]
    outcome = importing.written(plan, actor=actor, at=at, as_of=_shown_day(), tell=tell)
    if refused is not None:
        refused.write_bytes(services.refused_rows(outcome.run_id, actor=actor))
    return [*_foreseen(plan), *_done(outcome)]


def _taken_back(run: int, tell: "Tell") -> list[str]:
    actor, at = _at_the_door()
    from earnest.surfaces import importing  # noqa: PLC0415

    done = importing.taken_back(run, actor=actor, at=at, as_of=_shown_day(), tell=tell)
    kept = [f"  {one.kind.partition('.')[2]} {one.record_id}: {one.reason}" for one in done.kept[:_SHOWN]]
    more = [f"  and {words.count(len(done.kept) - _SHOWN)} more"] if len(done.kept) > _SHOWN else []
    head = [f"{words.plural(len(done.kept), 'record')} stayed as they are:"] if kept else []
    told = f"{words.plural(done.deleted, 'record')} deleted, {words.count(done.restored)} put back as before."
    return [f"Import {run} was taken back: {told}", *head, *kept, *more]


def _at_the_door() -> "tuple[Actor, datetime]":
    """Who acts and when, fixed once. Whoever runs a command on this machine owns the database anyway."""
    workspace.connect()
    workspace.prepare_new()
    workspace.demand_prepared()
    from earnest.people import actors, services  # noqa: PLC0415  # models need Django to be ready

    at = datetime.now(UTC)
    return actors.actor_of(services.local_admin(at=at), today=_today()), at


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day on this person's own calendar is meant


def _shown_day() -> date:
    """The workspace's day: a demo stands still."""
    from earnest.people import reads  # noqa: PLC0415  # models need Django to be ready

    return reads.demo_day() or _today()


def _foreseen(plan: "services.Plan") -> list[str]:
    lines = [f"{'':12}{'new':>10}{'changed':>10}{'same':>10}{'conflict':>10}{'refused':>10}"]
    for count in plan.counts:
        cells = (count.new, count.changed, count.same, count.conflicts, count.refused)
        lines.append(f"{count.table:12}" + "".join(f"{words.count(cell):>10}" for cell in cells))
    for named in plan.names:
        linked = f", {words.count(len(named.linked))} known by name" if named.linked else ""
        lines.append(f"{words.plural(named.new, f'new {named.object}')}{linked}")
    lines += [f"Conflict, {one['key']}: {one['reason']}" for one in plan.conflicts[:_SHOWN]]
    reasons = plan.held.group_by("reason", maintain_order=True).len().head(_SHOWN)
    return lines + [f"Held back, {words.plural(count, 'row')}: {reason}" for reason, count in reasons.iter_rows()]


def _done(outcome: "services.Outcome") -> list[str]:
    if not outcome.wrote:
        return [f"These files are already here, as import {outcome.run_id}. Nothing was written."]
    begun = " It went on where it had stopped." if outcome.resumed else ""
    told = f"{words.count(outcome.new)} new and {words.count(outcome.changed)} changed rows were written."
    return [
        f"Import {outcome.run_id} is done: {told}{begun}",
        f"To take it back within 30 days: earnest import --revert {outcome.run_id}",
    ]
