"""Which encoding a text is written in, and the text as UTF-8.

Polars reads UTF-16 as if it were bytes and says nothing, so nothing reaches it before its encoding is known.
"""

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from earnest.intake import unreadable

SAMPLE = 1 << 18
_BLOCK = 1 << 22
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORD = re.compile(rb"[^\x00-\x1f\",;|\t ]*[\x80-\xff][^\x00-\x1f\",;|\t ]*")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_HIGH = re.compile(rb"[\x80-\xff]")
# What Python makes of a byte that is not UTF-8, when asked to carry it along.
_LOST = re.compile("[\udc80-\udcff]")
_ASCII = bytes(range(128))
_MARKS = ("\n", ",", ";", "\t", "|")
_CONTROL = bytes(sorted(set(range(1, 32)) - set(b"\t\n\r\f\x1a\x1b")))
# Signs of Windows-1252 that Western text has now and then, and double-byte encodings have in every word.
_RARE = re.compile(rb"[\x82-\x84\x86-\x8c\x8e\x98\x9a-\x9c\x9e\x9f]")
# Windows-1252 leaves these five bytes undefined; Western text never holds them.
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class Encoding(NamedTuple):
    """How the text is written: the codec, the bytes of its mark at the start, and whether it was guessed."""

    codec: str
    mark_bytes: int = 0
    guessed: bool = False
    examples: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.codec} with BOM" if self.mark_bytes else self.codec


def sniff_encoding(head: bytes) -> Encoding:
    """The encoding that the start of a file tells: its mark, else the pattern of its zeros, else UTF-8."""
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(codec, len(mark))
    if b"\0" in head:
        for codec, zeros_at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if _reads_as_utf16(head, codec, zeros_at):
                return Encoding(codec)
    return Encoding("utf-8")


def refuse_binary(head: bytes, name: str) -> None:
    """Refuse what is no text at all.

    Raises: NotATable when control characters other than zeros are common, as they are in no text.
    """
    if len(head.translate(None, _CONTROL)) * 50 < len(head) * 49:
        raise unreadable.NotATable(
            f"{name} is binary data, not a table.",
            why="It is full of control characters, and none of the formats that can be read starts like it.",
            fix="Export the deals as CSV, XLSX or Parquet and give that file.",
            data={"file": name},
        )


def _reads_as_utf16(head: bytes, codec: str, zeros_at: int) -> bool:
    """True when the zeros stand where that codec puts them, and the marks of a table are mostly beside zeros.

    A hole of a few zeros in plain text would pass for UTF-16 by its zeros alone.
    """
    even = head[: len(head) // 2 * 2]
    if even[1 - zeros_at :: 2].count(0) * 100 > even[zeros_at::2].count(0):
        return False
    text = even.decode(codec, "ignore")
    marks = sum(text.count(mark) for mark in _MARKS)
    return "\n" in text and marks * 2 > sum(even.count(mark.encode()) for mark in _MARKS)


def western(path: Path, name: str) -> Encoding:
    """The encoding of a file that is not all UTF-8: Windows-1252 where plausible, UTF-8 where a few bytes are damaged.

    Text of other scripts in an 8-bit encoding would read as Windows-1252 without an error and as garbage,
    so long runs of high bytes are refused.
    Raises: UnknownEncoding when neither is plausible.
    """
    good, bad, line, value = _count_utf8(path)
    if good > 8 * bad:
        return Encoding("utf-8", guessed=True)
    sample = _high_lines(path)
    high, rare = len(_HIGH.findall(sample)), len(_RARE.findall(sample))
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(sample))
    if _UNDEFINED.search(sample) or in_runs * 5 > high or rare * 10 > high * 3:
        raise unreadable.UnknownEncoding(
            f"{name} is written in an encoding that cannot be told for sure: line {line} holds the byte 0x{value:02X}.",
            why="It is neither UTF-8 nor UTF-16, and read as Windows-1252 its words would be garbage.",
            fix="Save it as UTF-8 (in a spreadsheet: «CSV UTF-8») and give that file.",
            data={"file": name, "line": line, "byte": value},
        )
    words = dict.fromkeys(word.decode("cp1252", "replace") for word in _WORD.findall(sample))
    return Encoding("cp1252", guessed=True, examples=tuple(words)[:3])


def _count_utf8(path: Path) -> tuple[int, int, int, int]:
    """Bytes beyond ASCII that are good UTF-8, bytes that are not, and the line and value of the first such byte."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = first_line = first_byte = 0
    line = 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            wrong = [] if text.isascii() else _LOST.findall(text)
            if wrong and not first_line:
                first_line, first_byte = line + text[: text.index(wrong[0])].count("\n"), ord(wrong[0]) - 0xDC00
            good, bad = good + len(block.translate(None, _ASCII)) - len(wrong), bad + len(wrong)
            line += text.count("\n")
    return good, bad, first_line, first_byte


def _high_lines(path: Path, wanted: int = 1 << 18) -> bytes:
    """The lines that hold bytes beyond ASCII, up to a sample's size."""
    kept, size = [], 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                kept.append(line)
                size += len(line)
            if size > wanted:
                break
    return b"".join(kept)


def transcode(source: Path, target: Path, encoding: Encoding, *, tell: Callable[[float], None]) -> int:
    """Write the text as UTF-8 with plain line ends, block by block; the number of bytes that could not be read.

    Line ends of old Macs (a lone CR) become LF, because the engine knows no other.
    """
    codec = codecs.getincrementaldecoder(encoding.codec)("replace")
    size, done, lost = source.stat().st_size or 1, 0, 0
    held = ""
    with source.open("rb") as reader, target.open("wb") as writer:
        reader.seek(encoding.mark_bytes)
        while block := reader.read(_BLOCK):
            done += len(block)
            text = held + codec.decode(block)
            # A CR at the end of a block may be the first half of CRLF.
            held = "\r" if text.endswith("\r") else ""
            lost += _write(writer.write, text.removesuffix("\r") if held else text)
            tell(done / size)
        lost += _write(writer.write, held + codec.decode(b"", final=True))
    return lost


def _write(write: Callable[[bytes], object], text: str) -> int:
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    write(plain.encode("utf-8", "replace"))
    return plain.count("\ufffd")
