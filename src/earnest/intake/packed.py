"""A look at what a packed file holds before anything unpacks it."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from earnest.intake import unreadable
from earnest.intake.column_names import visible
from earnest.intake.limits import Limits
from earnest.rulebook import words

_BLOCK = 1 << 20
# Real workbooks shrink to a tenth, seldom to a fiftieth; below this size a high ratio does no harm.
_HARMLESS_BYTES = 32 << 20
_MOST_RATIO = 200
_MOST_ENTRIES = 10_000
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = ("vbaproject.bin", "macrosheets/", "basic/script-lc.xml")
_DEVICE_NAME = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_KNOWN_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = 30
# The end of an archive: its record, a comment of up to 64 kB before the end, and the records of large archives.
_END_BYTES = 22 + 65_535 + 76
_MOST_CONTENTS_BYTES = 4 << 20
_SEE_LARGE = 0xFFFFFFFF
_LONGEST_NAME = 255


class Contents(NamedTuple):
    """The entries of a packed file that may be read, and how many bytes they really unpack to."""

    entries: tuple[zipfile.ZipInfo, ...]
    byte_count: int


def refuse_long_contents(path: Path, name: str) -> None:
    """Refuse a table of contents that would itself exhaust whoever reads it.

    Raises: PackedBomb when it is longer than that of any workbook or archive of exports.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_BYTES))
        end = file.read()
    at, at_large = end.rfind(b"PK\x05\x06"), end.rfind(b"PK\x06\x06")
    size = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    if at_large >= 0:
        size = max(size if size != _SEE_LARGE else 0, int.from_bytes(end[at_large + 40 : at_large + 48], "little"))
    if size > _MOST_CONTENTS_BYTES:
        raise unreadable.PackedBomb(
            f"{name} has a table of contents of {words.count(size >> 20)} MB.",
            why="No export holds so many parts; such files are made to exhaust whoever opens them.",
            fix="Export the deals again as one CSV or XLSX file.",
            data={"file": name, "contents_bytes": size, "limit_bytes": _MOST_CONTENTS_BYTES},
        )


def workbook_contents(path: Path, name: str, limits: Limits) -> Contents:
    """What a zipped workbook holds.

    Every part is unpacked once into nowhere, because the size that a part states can be a lie.
    Raises: PackedBomb, TooLarge, Encrypted, HoldsMacros or Truncated.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _check_entries(entries, name, _MOST_ENTRIES)
        if any(mark in entry.filename.lower() for entry in entries for mark in _MACROS):
            raise holds_macros(name)
        total = 0
        for entry in entries:
            total += _real_size(archive, entry, name, limits.unpacked_bytes - total)
    return Contents(tuple(entries), total)


def archive_contents(path: Path, name: str, limits: Limits) -> Contents:
    """The files in an archive of exports; folders and what macOS adds are passed over.

    Raises: UnsafeNames for names that point out of the archive, PackedBomb, TooLarge or Encrypted.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    _check_entries(entries, name, limits.entry_count)
    for entry in entries:
        _check_name(entry, name)
    files = [entry for entry in entries if not entry.is_dir() and not _is_extra(entry.filename)]
    if len({entry.filename for entry in files}) < len(files):
        raise _unsafe(name, "the same name twice")
    return Contents(tuple(files), sum(entry.file_size for entry in files))


def holds_macros(name: str) -> unreadable.HoldsMacros:
    """The refusal for a workbook that carries a program."""
    return unreadable.HoldsMacros(
        f"{name} carries a program (macros).",
        why="A file of deals needs none, and nothing from outside that could run is taken in.",
        fix="Save a copy as a plain workbook (XLSX) or as CSV and give that file.",
        data={"file": name},
    )


def unpack(source: Callable[[int], bytes], target: Path, name: str, *, packed_bytes: int, limits: Limits) -> None:
    """Write what a packed stream holds to a file, up to the limit.

    Raises: PackedBomb when it grows as no export does, TooLarge.
    """
    done = 0
    with target.open("wb") as writer:
        while block := source(_BLOCK):
            done += len(block)
            if done > _HARMLESS_BYTES and done > _MOST_RATIO * max(packed_bytes, 1):
                raise _bomb(name, name, done, packed_bytes)
            if done > limits.unpacked_bytes:
                raise _too_large(name, limits.unpacked_bytes)
            writer.write(block)


def _check_entries(entries: list[zipfile.ZipInfo], name: str, limit: int) -> None:
    if len(entries) > limit:
        raise unreadable.PackedBomb(
            f"{name} holds {words.count(len(entries))} parts; up to {words.count(limit)} can be read.",
            why="No export has so many; such files are made to exhaust whoever opens them.",
            fix="Export the deals again as one CSV or XLSX file.",
            data={"file": name, "entries": len(entries), "limit": limit},
        )
    for entry in entries:
        if entry.flag_bits & 1:
            raise unreadable.Encrypted(
                f"{name} needs a password for «{shown(entry.filename)}».",
                why="The archive is encrypted.",
                fix="Unpack it yourself, or save a copy without a password, and give that.",
                data={"file": name, "entry": shown(entry.filename)},
            )
        if entry.file_size > _HARMLESS_BYTES and entry.file_size > _MOST_RATIO * entry.compress_size:
            raise _bomb(name, shown(entry.filename), entry.file_size, entry.compress_size)


def _real_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: int) -> int:
    """The bytes that an entry really unpacks to, counted and thrown away; XML that declares entities is refused."""
    if entry.compress_type not in _KNOWN_PACKING:
        raise unreadable.Truncated(
            f"{name} is packed in a manner that no spreadsheet program uses («{shown(entry.filename)}»).",
            why="It was not written by a spreadsheet program, or it is damaged.",
            fix="Open it in a spreadsheet and save it again, or export the deals as CSV.",
            data={"file": name, "entry": shown(entry.filename), "method": entry.compress_type},
        )
    done = 0
    for block in _blocks(archive, entry):
        if not done and entry.filename.lower().endswith((".xml", ".rels")) and _ENTITY.search(block):
            raise unreadable.PackedBomb(
                f"{name} declares its own XML entities in «{shown(entry.filename)}».",
                why="No spreadsheet program does; such files are made to grow without end when they are opened.",
                fix="Export the deals again as CSV or XLSX.",
                data={"file": name, "entry": shown(entry.filename)},
            )
        done += len(block)
        if done > _HARMLESS_BYTES and done > _MOST_RATIO * max(entry.compress_size, 1):
            raise _bomb(name, shown(entry.filename), done, entry.compress_size)
        if done > room:
            raise _too_large(name, room)
    return done


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of an entry, block by block.

    The zipfile module stops at the size that the entry states, which is the very size not to believe.
    """
    file = archive.fp
    if file is None:
        return
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER)
    name_length, extra_length = struct.unpack_from("<HH", header.ljust(_LOCAL_HEADER, b"\0"), 26)
    file.seek(name_length + extra_length, 1)
    left = entry.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := file.read(min(_BLOCK >> 4, left))):
        left -= len(packed)
        while packed:
            yield packed if inflate is None else inflate.decompress(packed, _BLOCK)
            packed = b"" if inflate is None else inflate.unconsumed_tail


def _check_name(entry: zipfile.ZipInfo, name: str) -> None:
    path = entry.filename.replace("\\", "/")
    parts = [part for part in path.split("/") if part]
    if path.startswith("/") or ".." in parts or (parts and ":" in parts[0]):
        raise _unsafe(name, f"«{shown(entry.filename)}», which points outside of it")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _unsafe(name, f"«{shown(entry.filename)}», which is a link")
    strange = any(_DEVICE_NAME.match(part) or len(part) > _LONGEST_NAME for part in parts)
    if strange or "\0" in entry.orig_filename:
        raise _unsafe(name, f"«{shown(entry.filename)}», which is no name for a file")


def shown(filename: str) -> str:
    """A name from inside an archive as it may stand in a sentence."""
    plain = visible(filename)
    return plain if len(plain) <= 80 else plain[:79] + "…"


def _is_extra(filename: str) -> bool:
    return filename.startswith("__MACOSX/") or filename.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


def _bomb(name: str, entry: str, found: int, packed_bytes: int) -> unreadable.PackedBomb:
    large, small = words.count(found >> 20), words.count(max(packed_bytes >> 10, 1))
    return unreadable.PackedBomb(
        f"{name} packs {large} MB or more into {small} kB («{entry}»).",
        why="No export shrinks like that; such files are made to exhaust whoever opens them.",
        fix="Export the deals again as CSV or XLSX.",
        data={"file": name, "entry": entry, "bytes": found, "packed_bytes": packed_bytes},
    )


def _too_large(name: str, limit: int) -> unreadable.TooLarge:
    return unreadable.TooLarge(
        f"{name} unpacks to more than {words.count(limit >> 20)} MB.",
        why="That is the limit for packed files.",
        fix="Unpack it yourself and give the CSV files, or export in parts.",
        data={"file": name, "limit_bytes": limit},
    )


def _unsafe(name: str, found: str) -> unreadable.UnsafeNames:
    return unreadable.UnsafeNames(
        f"{name} holds {found}.",
        why="An archive with such names is made to write where it should not.",
        fix="Unpack it yourself and give the CSV files.",
        data={"file": name, "found": found},
    )
