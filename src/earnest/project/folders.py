"""Where Earnest keeps its own files on this machine: one folder per user, as the system has it."""

import os
import sys
from pathlib import Path


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
