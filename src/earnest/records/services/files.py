"""Keep files beside records: by their hash, within limits, never under the name that somebody gave them."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Unpack

from django.conf import settings

from earnest.errors import EarnestError
from earnest.people import reads as people
from earnest.records.models import Attachment
from earnest.records.services import bin as bins
from earnest.records.services import parents, writing
from earnest.records.services.parents import Parent
from earnest.records.services.writing import By

MOST_BYTES = 25 * 1024 * 1024
# The setting for how many files a workspace holds, and what holds where nobody chose.
MOST_FILES_SETTING, MOST_FILES = "most_files", 20_000
LONGEST_NAME = 200
_YOUNG = timedelta(days=1)


class FileRefused(EarnestError):
    """A file cannot be kept: too large, empty, or one too many."""

    code: ClassVar[str] = "file_refused"


def attach(*, by: By, name: str, chunks: Iterable[bytes], **parent: Unpack[Parent]) -> Attachment:
    """Keep a file beside a record. Its bytes lie under their hash; the name is only ever shown, cleaned.

    Raises: NotFound, NotAllowed, FileRefused over 25 MB, without a byte, or when the workspace holds its fill.
    """
    parents.demand_writable(by.actor, parent)
    _demand_room()
    digest, size = _keep(chunks)
    values = {"name": clean_name(name), "byte_count": size, "sha256": digest, "added_by_id": by.actor.user_id}
    return writing.create(Attachment, by=by, values={**parent, **values})


def discard_file(*, by: By, file_id: int, version: int) -> Attachment:
    """Put a file into the recycle bin; nobody can download it from there.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    return bins.discard(Attachment, by=by, record_id=file_id, version=version)


def restore_file(*, by: By, file_id: int) -> Attachment:
    """Take a file out of the recycle bin.

    Raises: NotFound.
    """
    return bins.restore(Attachment, by=by, record_id=file_id)


def sweep(*, at: datetime) -> int:
    """Delete the bytes that no file holds any more, nor one in the bin; returns how many. Safe to run twice.

    Bytes of the last day stay: somebody may be about to write the row that holds them.
    """
    rows = Attachment.objects.unscoped(reason="bytes belong to whichever file holds them")
    gone = 0
    for path in sorted(Path(settings.MEDIA_ROOT).glob("??/*")):
        old = at.timestamp() - path.stat().st_mtime > _YOUNG.total_seconds()
        if old and place_of(path.name) == path and not rows.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def place_of(sha256: str) -> Path | None:
    """Where the bytes of a hash lie; None for what is no hash."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return None
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def clean_name(name: str) -> str:
    """A name without folders, control characters and marks that turn or hide letters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, dot, ending = shown.strip(" .").rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return shown.strip(" .")[:LONGEST_NAME] or "file"


def _demand_room() -> None:
    chosen = people.setting(MOST_FILES_SETTING)
    most = chosen if isinstance(chosen, int) else MOST_FILES
    held = Attachment.objects.unscoped(reason="the limit is one for the whole workspace").count()
    if held >= most:
        raise FileRefused(
            f"This workspace holds {held} files, and no more than {most} are kept.",
            why="The limit keeps the disk from filling up unnoticed.",
            fix="Empty the recycle bin, or ask an admin to raise the limit.",
            data={"held": held, "most": most},
        )


def _keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write the bytes under their hash, whole or not at all; returns the hash and the size."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix="coming-", delete=False) as written:
        coming = Path(written.name)
        try:
            for chunk in chunks:
                size += len(chunk)
                _demand_size(size)
                digest.update(chunk)
                written.write(chunk)
            _demand_some(size)
            written.flush()
            os.fsync(written.fileno())
            place = folder / digest.hexdigest()[:2] / digest.hexdigest()
            place.parent.mkdir(mode=0o700, exist_ok=True)
            coming.replace(place)
        finally:
            coming.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _demand_size(size: int) -> None:
    if size > MOST_BYTES:
        raise FileRefused(
            "This file is larger than 25 MB, so it was not kept.",
            why="Large files slow everybody's backups down.",
            fix="Keep it where your company keeps files, and write its address into a note.",
            data={"most_bytes": MOST_BYTES},
        )


def _demand_some(size: int) -> None:
    if size == 0:
        raise FileRefused(
            "This file holds nothing, so it was not kept.",
            why="It has no byte in it; perhaps it was still being written.",
            fix="Open it on your side, save it again and choose it once more.",
            data={"byte_count": 0},
        )
