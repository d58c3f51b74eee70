"""Databases of their own, for tests that kill processes or write from several: SQLite files, or PostgreSQL databases.

Which of the two follows from `EARNEST_DATABASE_URL`, as for every other test; `.ci/with-postgres` sets it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("EARNEST_DATABASE_URL", "")
_TEMPLATE = f"earnest_template_{os.getpid()}"
_numbers = count(1)


def python(code: str, address: str, *arguments: str) -> "subprocess.Popen[str]":
    """A process of its own that runs Python on the database at this address."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={
            **os.environ,
            "POLARS_MAX_THREADS": "1",
            "EARNEST_DATABASE_URL": address,
            "PYTHONPATH": os.pathsep.join(("src", ".")),
        },
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(code: str, address: str, *arguments: str) -> str:
    """What such a process printed; it must end well."""
    process = python(code, address, *arguments)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


@contextmanager
def template(folder: Path) -> Iterator[str]:
    """The address of a database with every table and no row, to copy from."""
    address = _sqlite(folder / "template.sqlite3") if not SERVER else _created(_TEMPLATE)
    told("from earnest.surfaces import workspace; workspace.prepare()", address)
    try:
        yield address
    finally:
        if SERVER:
            _drop(_TEMPLATE)


@contextmanager
def copy(template_address: str, folder: Path) -> Iterator[str]:
    """The address of a new database with every table and no row."""
    number = next(_numbers)
    if not SERVER:
        file = folder / f"copy-{number}.sqlite3"
        shutil.copy(urlsplit(template_address).path, file)
        yield _sqlite(file)
        return
    name = f"{_TEMPLATE}_{number}"
    address = _created(name, like=_TEMPLATE)
    try:
        yield address
    finally:
        _drop(name)


def _sqlite(file: Path) -> str:
    return f"sqlite://{file}"


def _created(name: str, like: str = "template0") -> str:
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    parts = urlsplit(SERVER)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _drop(name: str) -> None:
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(sql: str) -> None:
    import psycopg

    parts = urlsplit(SERVER)._replace(path="/postgres")
    with psycopg.connect(urlunsplit(parts), autocommit=True) as connection:
        connection.execute(sql)
