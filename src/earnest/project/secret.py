"""The secret key: made once on the first start, kept in a file that only its owner can read."""

import os
import secrets
from pathlib import Path

from earnest.project import folders

NAME = "secret.key"


def key() -> str:
    """The key of this installation: `EARNEST_SECRET_KEY`, or the file in the data folder, made when it is missing."""
    return os.environ.get("EARNEST_SECRET_KEY") or _from_file(folders.made(folders.data_folder()) / NAME)


def _from_file(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        _make(path)
        return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    # Written aside and linked: of two first starts at once, one key wins and both read it whole.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
