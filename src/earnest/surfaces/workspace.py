"""The workspace's database, made ready for a command: settings found, tables made, migrations applied."""

import os
from pathlib import Path
from typing import ClassVar

from earnest.errors import EarnestError

# A name and no import: settings stand above the surfaces.
SETTINGS = "earnest.project.settings"


class UnpreparedDatabase(EarnestError):
    """The database is behind the program: its tables are missing or older."""

    code: ClassVar[str] = "unprepared_database"


def connect() -> None:
    """Make Django ready to be used by a command: settings and models, without touching the database."""
    import django  # noqa: PLC0415  # a quarter of a second that `earnest check` never needs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def prepare() -> list[str]:
    """Bring the tables of the database up to date; returns the names of the migrations that were applied."""
    connect()
    from django.core.management import call_command  # noqa: PLC0415

    waiting = pending()
    _make_room()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return waiting


def prepare_new() -> bool:
    """Make the tables of a database that has none yet; one that has some is left to `earnest migrate`."""
    from django.db import connection  # noqa: PLC0415

    _make_room()
    if connection.introspection.table_names():
        return False
    prepare()
    return True


def pending() -> list[str]:
    """The migrations that this database still waits for, oldest first."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    _make_room()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def demand_prepared() -> None:
    """Refuse to go on with a database whose tables are missing or older than the program.

    Raises: UnpreparedDatabase, naming the first migration that is missing.
    """
    waiting = pending()
    if waiting:
        raise UnpreparedDatabase(
            f"The database waits for {len(waiting)} migrations, first {waiting[0]}.",
            why="It was made by an older version, or it is new.",
            fix="Make a backup, then run `earnest migrate`.",
            data={"pending": waiting},
        )


def _make_room() -> None:
    from django.db import connection  # noqa: PLC0415

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ":memory:" not in name and "mode=memory" not in name:
        Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
