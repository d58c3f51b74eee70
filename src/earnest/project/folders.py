"""Where Earnest keeps its own files on this machine: one folder per user, as the system has it."""

import os
import sys
from pathlib import Path

_SOURCE = Path(__file__).parent.parent
# The rooms that draw pages; each keeps its templates under its own name.
_ROOMS_WITH_PAGES = ("surfaces/web", "people", "records", "intake", "need", "pipeline")


def data_folder() -> Path:
    """The folder of the database and the secret key: `EARNEST_DATA_DIR`, or the user's own data folder."""
    chosen = os.environ.get("EARNEST_DATA_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Earnest"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "earnest"


def made(folder: Path) -> Path:
    """The folder, made for this user alone where it was missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def template_folders() -> list[Path]:
    """The folders of our own pages, one for each room that draws some."""
    return [_SOURCE / room / "templates" for room in _ROOMS_WITH_PAGES]


def login_templates() -> Path:
    """The folder of what we change in the login's pages."""
    return _SOURCE / "surfaces" / "web" / "templates_login"
