"""Uploaded files on their way in: streamed into a private folder under plain names, and gone once they are read.

What people call a file is kept as text and never becomes a path.
"""

import re
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from earnest.errors import EarnestError
from earnest.intake.column_names import visible
from earnest.rulebook import words

MOST_BYTES = 1 << 30
MOST_FILES = 20
HELD_BACK = "held.csv"
_NAME_LENGTH = 120
_MIB = 1 << 20


# A file as a form brings it.
Upload: TypeAlias = "UploadedFile[Any]"


class NothingUploaded(EarnestError):
    """A form for files came without one."""

    code: ClassVar[str] = "nothing_uploaded"


class UploadTooLarge(EarnestError):
    """More was uploaded than one import takes."""

    code: ClassVar[str] = "upload_too_large"


def demand_size(byte_count: int) -> None:
    """Refuse an upload by its size before a byte of it is kept.

    Raises: UploadTooLarge.
    """
    if byte_count > MOST_BYTES:
        raise UploadTooLarge(
            f"These files have {words.count(byte_count // _MIB)} MB together; "
            f"up to {words.count(MOST_BYTES // _MIB)} MB can be uploaded at once.",
            why="An upload of that size would fill the disk of this server before anybody could look at it.",
            fix="Pack the files as ZIP or GZIP, export a shorter time, or run `earnest import` on the server itself.",
            data={"bytes": byte_count, "limit_bytes": MOST_BYTES},
        )


def stage(files: Sequence[Upload]) -> tuple[str, list[dict[str, object]]]:
    """Lay uploaded files down; returns the folder's random name, and for each file its name as text and its size.

    Raises: NothingUploaded, UploadTooLarge; then nothing stays on the disk.
    """
    if not files or len(files) > MOST_FILES:
        raise NothingUploaded(
            f"{words.plural(len(files), 'file')} came with the form.",
            why=f"An import takes one file or several of one export, {MOST_FILES} at most.",
            fix="Choose the files of one export, and send the form again.",
            data={"files": len(files)},
        )
    name = secrets.token_hex(16)
    place = path(name)
    place.mkdir(mode=0o700, parents=True)
    try:
        demand_size(sum(file.size or 0 for file in files))
        return name, [_kept(file, place / str(number)) for number, file in enumerate(files)]
    except BaseException:
        forget(name)
        raise


def path(folder: str) -> Path:
    """Where a folder of uploaded files lies."""
    return Path(settings.MEDIA_ROOT) / "imports" / folder


def paths(folder: str, count: int) -> list[Path]:
    """The uploaded files of a folder, in the order in which they came."""
    return [path(folder) / str(number) for number in range(count)]


def keep_held_back(folder: str, content: bytes) -> None:
    """Keep the rows that would be held back, for download."""
    (path(folder) / HELD_BACK).write_bytes(content)


def held_back(folder: str) -> Path | None:
    """The file with the rows that would be held back, if there is one."""
    found = path(folder) / HELD_BACK
    return found if folder and found.is_file() else None


def forget(folder: str) -> None:
    """Remove the uploaded files; harmless when they are gone."""
    if folder:
        shutil.rmtree(path(folder), ignore_errors=True)


def called(name: str) -> str:
    """What a person calls a file, without the folders before it and without what cannot be seen."""
    last = re.split(r"[/\\]", name)[-1]
    text = " ".join(visible(last.encode("utf-8", "replace").decode()).split()).lstrip(".")
    if len(text) > _NAME_LENGTH:
        stem, dot, ending = text.rpartition(".")
        text = f"{stem[: _NAME_LENGTH - 12]}…{dot}{ending[:10]}" if stem else text[:_NAME_LENGTH]
    return text or "file"


def _kept(file: Upload, target: Path) -> dict[str, object]:
    written = 0
    with target.open("xb") as out:
        for piece in file.chunks():
            out.write(piece)
            written += len(piece)
    return {"name": called(file.name or ""), "bytes": written}
