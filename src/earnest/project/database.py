"""Which database Earnest uses.

SQLite in the user's data folder is the embedded default; `EARNEST_DATABASE_URL` names a PostgreSQL server.
"""

import os
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from earnest.errors import EarnestError
from earnest.project import folders

# WAL and FULL: no acknowledged commit is lost. Recursive triggers: without them INSERT OR REPLACE rewrites a row of
# the append-only tables behind the back of their triggers.
# The cache holds the indexes of a book of a hundred thousand deals, and is only taken as far as it is used; a log of
# 16 MB keeps an import from copying the same pages after each batch.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;"
)
BUSY_SECONDS = 10

# Django takes the settings of a database as a loose mapping.
Settings = dict[str, Any]


class UnknownDatabase(EarnestError):
    """The address of the database is not one that Earnest understands."""

    code: ClassVar[str] = "unknown_database"


def from_environment() -> Settings:
    """Django's settings for the database that the environment names, or for SQLite in the data folder."""
    address = os.environ.get("EARNEST_DATABASE_URL", "")
    return from_url(address) if address else sqlite(folders.data_folder() / "earnest.sqlite3")


def from_url(address: str) -> Settings:
    """Django's settings for `postgresql://user:password@host:port/name?option=value` or `sqlite:///path`.

    A socket folder goes in the options: `postgresql:///name?host=/run/postgresql`.
    Raises: UnknownDatabase for any other scheme, or without the name of a database.
    """
    parts = urlsplit(address)
    if parts.scheme in ("postgres", "postgresql") and parts.path.strip("/"):
        return _postgres(parts)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return sqlite(Path(unquote(parts.path)))
    raise UnknownDatabase(
        f"The database address starts with «{parts.scheme}:» and cannot be used.",
        why="Earnest keeps its records in SQLite or in PostgreSQL, and the address must name the database.",
        fix="Set EARNEST_DATABASE_URL to postgresql://user:password@host/name, or leave it out for SQLite.",
        data={"scheme": parts.scheme},
    )


def sqlite(path: Path) -> Settings:
    """Django's settings for a SQLite file.

    Transactions begin IMMEDIATE: with six writers Django's default gave 8,476 lock errors, this gave one.
    """
    options = {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": PRAGMAS}
    # Kept from request to request, with its pages in memory: opening it anew takes 3 ms, and reads them all again.
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options, "CONN_MAX_AGE": 60}


def _postgres(parts: SplitResult) -> Settings:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
