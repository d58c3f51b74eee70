"""Lines of a text as records, one at a time, in a manner that survives broken quoting.

This is the slow and patient way: it looks at the sample from which the layout is told, and at files that the
engine refuses. Whole files go through the engine.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# A quoted field that runs on further than this is an unclosed quote, not a long description.
_MOST_LINES = 400
_MOST_CHARACTERS = 1 << 18
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class Record(NamedTuple):
    """One record: the line it starts on (from 1), its text as it stands, and how many lines it takes.

    `parsed` holds the fields of a record with quotes, and nothing for one whose quote is never closed; `is_loose` says
    that quotes stand where they should not.
    """

    line: int
    text: str
    line_count: int = 1
    has_quotes: bool = False
    parsed: list[str] | None = None
    is_loose: bool = False

    def fields(self, delimiter: str) -> list[str] | None:
        """The fields; None for an unclosed quote."""
        return self.parsed if self.has_quotes else self.text.rstrip("\r\n").split(delimiter)


def records(lines: Iterable[str], delimiter: str, quote: str, *, width: int = 0) -> Iterator[Record]:
    """The records of some lines.

    A quote that is never closed would swallow the rest of the file; so would a record that only closes at somebody
    else's quote, which shows in its width. Only the line that opens it is given up, and reading goes on below it.

    Args:
        lines: physical lines with their ends.
        delimiter: what separates fields.
        quote: what encloses a field.
        width: the number of fields of a good record, where known.
    """
    waiting: deque[str] = deque()
    source = iter(lines)
    number = 0
    while (line := _next(waiting, source)) is not None:
        number += 1
        if quote not in line:
            yield Record(number, line)
            continue
        record = _quoted(number, line, (waiting, source), (delimiter, quote))
        if record.line_count > 1 and width and len(record.parsed or ()) != width:
            record = _given_back(record, waiting)
        number += record.line_count - 1
        yield record


class Parsed(NamedTuple):
    """The fields of one text; whether a quote is still open at its end, or something follows a closing quote."""

    fields: list[str]
    is_open: bool = False
    is_loose: bool = False


def parsed(text: str, delimiter: str, quote: str) -> Parsed:
    """The fields of the text of one record; none when it cannot be read at all."""
    spaced = f"{delimiter} {quote}" in text
    loose = False
    for strict in (True, False):
        reader = csv.reader([text], delimiter=delimiter, quotechar=quote, strict=strict, skipinitialspace=spaced)
        try:
            return Parsed(next(reader, []), is_loose=loose)
        except csv.Error as error:
            if strict and "end of data" in str(error):
                return Parsed([], is_open=True)
            # Otherwise something follows a closing quote: the lenient reading takes it as it stands.
            loose = True
    return Parsed([], is_loose=True)


def _next(waiting: deque[str], source: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(source, None)


def _quoted(number: int, line: str, rest: tuple[deque[str], Iterator[str]], marks: tuple[str, str]) -> Record:
    """The record that starts on a line with quotes, over as many lines as it takes to close them."""
    waiting, source = rest
    taken, size = [line], len(line)
    found = parsed(line, *marks)
    while found.is_open and len(taken) < _MOST_LINES and size < _MOST_CHARACTERS:
        following = _next(waiting, source)
        if following is None:
            break
        taken.append(following)
        size += len(following)
        if marks[1] in following:
            found = parsed("".join(taken), *marks)
    # Text that follows a quote closed on a later line shows that this quote was another field's, not this one's end.
    if found.is_open or (found.is_loose and len(taken) > 1):
        waiting.extendleft(reversed(taken[1:]))
        return Record(number, line, has_quotes=True)
    return Record(number, "".join(taken), len(taken), has_quotes=True, parsed=found.fields, is_loose=found.is_loose)


def _given_back(record: Record, waiting: deque[str]) -> Record:
    """Only the first line of a record, given up; its other lines wait to be read again."""
    first, *others = _LINE.findall(record.text)
    waiting.extendleft(reversed(others))
    return Record(record.line, first, has_quotes=True)
