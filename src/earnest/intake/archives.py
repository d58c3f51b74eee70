"""Packed files: a ZIP of exports, such as a Salesforce data export, and a single file under gzip."""

import gzip
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from earnest.intake import kinds, packed, unreadable
from earnest.intake.figures import Dirt
from earnest.intake.handover import Found, Task
from earnest.intake.kinds import Kind
from earnest.intake.place import Place

Reader = Callable[[Kind, Place], tuple[Found, ...]]


def read_zip(place: Place, read: Reader) -> tuple[Found, ...]:
    """Read every table in an archive; what is none is left out and told.

    Entries are unpacked under names of our own, so that no name from inside can point anywhere.
    Raises: a subclass of Unreadable for a hostile archive, or when no entry can be read.
    """
    source, name = Path(place.task.source), place.task.name
    entries = packed.archive_contents(source, name, place.limits).entries
    found: list[Found] = []
    left_out: list[unreadable.Unreadable] = []
    with zipfile.ZipFile(source) as archive:
        for number, entry in enumerate(entries):
            inside = f"{name}/{packed.shown(entry.filename)}"
            target = place.beside(f"{number}.entry")
            with archive.open(entry) as stream:
                _unpacked(stream.read, target, inside, (place, entry.compress_size))
            try:
                found += read(*_inside(place, target, inside))
            except (unreadable.NotATable, unreadable.FileEmpty, unreadable.HeaderOnly) as error:
                left_out.append(error)
            target.unlink()
    if not found:
        raise left_out[0] if len(left_out) == 1 else _nothing_in(name, len(left_out))
    if left_out:
        found[0] = msgspec.structs.replace(found[0], dirt=(_left_out(left_out), *found[0].dirt))
    return tuple(found)


def read_gzip(place: Place, read: Reader) -> tuple[Found, ...]:
    """Read the one file under gzip."""
    target = place.beside("entry")
    with gzip.open(place.task.source) as stream:
        _unpacked(stream.read, target, place.task.name, (place, Path(place.task.source).stat().st_size))
    return read(*_inside(place, target, place.task.name))


def _inside(place: Place, target: Path, name: str) -> tuple[Kind, Place]:
    """The kind of an unpacked file and where to read it. An archive within an archive is not opened."""
    kind = kinds.kind_of(target, name)
    if kind in (Kind.ZIP, Kind.GZIP):
        raise kinds.not_a_table(name, "an archive within an archive")
    return kind, place._replace(task=Task(place.task.index, name, str(target)))


def _unpacked(source: Callable[[int], bytes], target: Path, name: str, rest: tuple[Place, int]) -> None:
    place, packed_bytes = rest
    try:
        packed.unpack(source, target, name, packed_bytes=packed_bytes, limits=place.limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise unreadable.Truncated(
            f"{name} cannot be unpacked: {error}.",
            why="The download or copy did not finish, or the archive is damaged.",
            fix="Export or download it again.",
            data={"file": name, "reason": str(error)},
        ) from error


def _nothing_in(name: str, count: int) -> unreadable.NotATable:
    return unreadable.NotATable(
        f"{name} holds no table that can be read: {count} files were looked at.",
        why="None of them is CSV, a workbook or Parquet.",
        fix="Give the export itself.",
        data={"file": name, "entries": count},
    )


def _left_out(errors: list[unreadable.Unreadable]) -> Dirt:
    return Dirt(
        code="files_left_out",
        title="files in the archive that are no tables",
        count=len(errors),
        examples=tuple(error.what for error in errors[:3]),
        done="They were left out.",
        fix="Nothing needs doing unless one of them holds deals.",
    )
