"""Before anybody is served: the tables of a new database, and the static files of this version."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from earnest.surfaces import workspace

_MARK = ".made-from"


def prepare() -> None:
    """Make a new database and collect the static files where they have changed.

    Raises: UnpreparedDatabase when the tables are of an older version.
    """
    workspace.connect()
    workspace.prepare_new()
    workspace.demand_prepared()
    collect()


def collect() -> bool:
    """Collect the static files, hashed and compressed, unless those that lie there are of the same sources."""
    from django.conf import settings  # noqa: PLC0415  # Django is made ready by whoever calls
    from django.core.management import call_command  # noqa: PLC0415

    root = Path(settings.STATIC_ROOT)
    mark, made_from = root / _MARK, _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == made_from:
        return False
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(made_from, encoding="ascii")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name, path in sorted(_sources()):
        told = path.stat()
        digest.update(f"{name} {told.st_size} {told.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415  # as above

    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))
