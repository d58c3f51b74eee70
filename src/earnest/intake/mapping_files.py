"""Mappings as files that a person can read and edit (TOML, or JSON), and the small store that remembers them."""

import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import ClassVar

import msgspec

from earnest.errors import EarnestError
from earnest.intake import mapping
from earnest.intake.headers import fingerprint
from earnest.intake.mapping import FileMapping, Mapping
from earnest.intake.raw import RawTable

_TOP = """# How Earnest reads these files. Change what is wrong and pass the file again with --mapping.
# An empty column means that the header is not used. Outcomes: open, won, lost, no_decision, declined.
"""


class UnreadableMapping(EarnestError):
    """A mapping file cannot be read, or is not a mapping."""

    code: ClassVar[str] = "unreadable_mapping"


def load(path: Path) -> Mapping:
    """A mapping from a TOML or JSON file.

    Raises: UnreadableMapping when the file is missing or of another form; WrongMapping when it says the impossible.
    """
    try:
        raw = path.read_bytes()
        decoded = json.loads(raw) if path.suffix.lower() == ".json" else tomllib.loads(raw.decode("utf-8-sig"))
        loaded = msgspec.convert(decoded, Mapping)
    except OSError as error:
        raise _unreadable(path, f"The file cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "The file is not text in UTF-8.") from error
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        form = "JSON" if path.suffix.lower() == ".json" else "TOML"
        raise _unreadable(path, f"It is not {form}: {error}.") from error
    except msgspec.ValidationError as error:
        raise _unreadable(path, f"It has a part that a mapping does not have: {error}.") from error
    mapping.check(loaded)
    return loaded


def save(chosen: Mapping, path: Path) -> None:
    """Write a mapping so that a person can edit it: TOML, or JSON when the file's name ends so."""
    if path.suffix.lower() == ".json":
        text = msgspec.json.format(msgspec.json.encode(chosen), indent=2).decode() + "\n"
    else:
        text = _TOP + "".join(f"{line}\n" for line in _toml(msgspec.to_builtins(chosen)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- remembered ------------------------------------------------------------------------------------------------


def store(environment: AnyMapping[str, str] | None = None) -> Path:
    """The folder in which mappings are remembered, after the XDG rules."""
    known = os.environ if environment is None else environment
    home = known.get("XDG_DATA_HOME", "")
    base = Path(home) if home.startswith("/") else Path(known.get("HOME", "~")).expanduser() / ".local" / "share"
    return base / "earnest" / "mappings"


def remember(chosen: Mapping, folder: Path) -> None:
    """Keep what a person gave for each file, by the fingerprint of its headers."""
    for one in chosen.files:
        if one.fingerprint:
            shared = msgspec.structs.replace(chosen, files=(one,))
            save(shared, folder / f"{one.fingerprint}.toml")


def remembered(tables: Sequence[RawTable], folder: Path) -> Mapping:
    """What was given for files with these headers before; an empty mapping when nothing was.

    Raises: UnreadableMapping when a kept file was damaged.
    """
    found = Mapping()
    for table in tables:
        path = folder / f"{fingerprint(table.headers)}.toml"
        if path.is_file():
            found = _together(found, load(path))
    return found


def _together(first: Mapping, second: Mapping) -> Mapping:
    files: tuple[FileMapping, ...] = (*first.files, *second.files)
    merged = mapping.merge(msgspec.structs.replace(first, files=()), msgspec.structs.replace(second, files=()))
    return msgspec.structs.replace(merged, files=files)


def _unreadable(path: Path, why: str) -> UnreadableMapping:
    return UnreadableMapping(
        f"The mapping file {path} cannot be read.",
        why=why,
        fix="Correct it, or leave --mapping out to see what Earnest guesses and save that with --save-mapping.",
        data={"path": str(path)},
    )


# --- TOML ------------------------------------------------------------------------------------------------------


def _toml(table: AnyMapping[str, object], path: str = "") -> Iterator[str]:
    """A table as TOML: plain values first, then the tables inside it, as the format wants."""
    for key, value in table.items():
        if not isinstance(value, dict) and not _is_tables(value):
            yield f"{_text(key)} = {_value(value)}"
    for key, value in table.items():
        inner = f"{path}.{_text(key)}" if path else _text(key)
        if isinstance(value, dict):
            yield from ("", f"[{inner}]")
            yield from _toml(value, inner)
        elif isinstance(value, list | tuple) and _is_tables(value):
            for item in value:
                yield from ("", f"[[{inner}]]")
                yield from _toml(item, inner)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, dict) for item in value)


def _text(text: str) -> str:
    """A key as TOML wants it, bare where it may be. JSON's escapes are TOML's, but for the delete character."""
    if text and text.isascii() and text.replace("_", "a").replace("-", "a").isalnum():
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
