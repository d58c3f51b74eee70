"""The mapping: what each header of each file means, and what people have decided about stages, reasons and repairs.

It is guessed, shown, edited as a file, and remembered by the fingerprint of the headers. What a person gives
counts more than what is guessed.
"""

import difflib
from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

import msgspec

from earnest.errors import EarnestError
from earnest.intake import aliases, vocabulary
from earnest.intake.aliases import Certainty
from earnest.intake.headers import fingerprint
from earnest.intake.raw import RawTable
from earnest.intake.vocabulary import Role
from earnest.records.tables import OUTCOMES


class WrongMapping(EarnestError):
    """A mapping names something that does not exist, or says two things at once."""

    code: ClassVar[str] = "wrong_mapping"


class StageMeaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a stage means: how a deal in it has ended (`open` while it has not), and its place among the open stages."""

    outcome: str = "open"
    position: int | None = None


class FileMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The headers of one file.

    `columns` gives each header its column; a header that is left out, or whose column is empty, is not used.
    """

    fingerprint: str = ""
    name: str = ""
    system: str = ""
    role: str = ""
    date_order: Literal["", "day first", "month first", "year first"] = ""
    decimal_mark: Literal["", ".", ","] = ""
    columns: dict[str, str] = {}


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """All that is needed to read a set of files again the same way.

    Args:
        currency: the currency of amounts, where the files name none.
        deleted: what to do with rows that the source marks as deleted: `leave_out` or `keep`.
        stages: what each stage means, by its name in the file.
        lost_reasons: how a deal lost for this reason really ended: `no_decision`, `declined` or `lost`.
        repairs: accepted spellings by what is joined (`product`, `account`, `owner`): the deal's to the other file's.
        files: the headers of each file.
    """

    currency: str = ""
    deleted: Literal["leave_out", "keep"] = "leave_out"
    stages: dict[str, StageMeaning] = {}
    lost_reasons: dict[str, str] = {}
    repairs: dict[str, dict[str, str]] = {}
    files: tuple[FileMapping, ...] = ()


def guess(tables: Sequence[RawTable]) -> Mapping:
    """What the headers suggest; a person confirms."""
    return Mapping(files=tuple(_guessed(table) for table in tables))


def merge(guessed: Mapping, given: Mapping) -> Mapping:
    """What was given, and for the rest what was guessed.

    A file that was given keeps its own columns; its other headers stay guessed unless their column is taken.
    Raises: WrongMapping when a header would fill a column that another one fills.
    """
    check(given)
    return Mapping(
        currency=given.currency or guessed.currency,
        deleted=given.deleted,
        stages={**guessed.stages, **given.stages},
        lost_reasons={**guessed.lost_reasons, **given.lost_reasons},
        repairs=_merged_repairs(guessed, given),
        files=tuple(_merged_file(one, given) for one in guessed.files),
    )


def check(mapping: Mapping) -> None:
    """See that a mapping can mean something.

    Raises: WrongMapping with the first thing that cannot.
    """
    for one in mapping.files:
        _check_file(one)
    for stage, meaning in mapping.stages.items():
        _check_outcome(f"the stage «{stage}»", meaning.outcome)
    for reason, outcome in mapping.lost_reasons.items():
        _check_outcome(f"the lost reason «{reason}»", outcome)


def certainties(table: RawTable, used: FileMapping) -> dict[str, Certainty]:
    """How sure the meaning of each header is: given by a person, the system's own word, guessed, or unused."""
    found = aliases.recognise(table.headers, table.name)
    sure: dict[str, Certainty] = {}
    for header in table.headers:
        column = used.columns.get(header, "")
        if not column:
            sure[header] = "unused"
        elif found.columns.get(header, "") != column:
            sure[header] = "given"
        else:
            sure[header] = found.certainty.get(header, "guessed")
    return sure


def _guessed(table: RawTable) -> FileMapping:
    found = aliases.recognise(table.headers, table.name)
    return FileMapping(
        fingerprint=fingerprint(table.headers),
        name=table.name,
        system=found.system,
        role=found.role.value,
        columns={header: found.columns[header] for header in table.headers if header in found.columns},
    )


def _merged_file(guessed: FileMapping, given: Mapping) -> FileMapping:
    mine = next((one for one in given.files if one.fingerprint and one.fingerprint == guessed.fingerprint), None)
    mine = mine or next((one for one in given.files if not one.fingerprint and one.name == guessed.name), None)
    if mine is None:
        return guessed
    same_role = not mine.role or mine.role == guessed.role
    spare = guessed.columns if same_role else {}
    taken = set(mine.columns.values())
    kept = {header: column for header, column in spare.items() if header not in mine.columns and column not in taken}
    merged = FileMapping(
        fingerprint=guessed.fingerprint,
        name=guessed.name,
        system=mine.system or guessed.system,
        role=mine.role or guessed.role,
        date_order=mine.date_order,
        decimal_mark=mine.decimal_mark,
        columns={header: column for header, column in {**kept, **mine.columns}.items() if column},
    )
    _check_file(merged)
    return merged


def _merged_repairs(guessed: Mapping, given: Mapping) -> dict[str, dict[str, str]]:
    names = [*guessed.repairs, *(name for name in given.repairs if name not in guessed.repairs)]
    return {name: {**guessed.repairs.get(name, {}), **given.repairs.get(name, {})} for name in names}


def _check_file(one: FileMapping) -> None:
    where = f"The mapping of {one.name or one.fingerprint or 'a file'}"
    if one.role and one.role not in set(Role):
        raise WrongMapping(
            f"{where} says that its rows are «{one.role}».",
            why="No file has that role.",
            fix=f"Use one of {', '.join(Role)}.",
            data={"role": one.role},
        )
    if one.role:
        _check_columns(where, Role(one.role), one.columns)


def _check_columns(where: str, role: Role, columns: dict[str, str]) -> None:
    filled: dict[str, str] = {}
    for header, column in columns.items():
        if not column:
            continue
        _check_column(where, role, header, column)
        if column in filled:
            raise WrongMapping(
                f"{where} gives the column {column} two headers: «{filled[column]}» and «{header}».",
                why="A column can be filled from one header only.",
                fix="Keep the one that is right and give the other an empty column.",
                data={"column": column, "headers": [filled[column], header]},
            )
        filled[column] = header


def _check_column(where: str, role: Role, header: str, column: str) -> None:
    try:
        vocabulary.column_of(role, column)
    except KeyError as error:
        known = vocabulary.names_of(role)
        near = difflib.get_close_matches(column, known, n=1)
        raise WrongMapping(
            f"{where} sends the header «{header}» to the column «{column}».",
            why=f"A file of {role} has no such column.",
            fix=f"Did you mean {near[0]}?" if near else f"Use one of {', '.join(known)}.",
            data={"header": header, "column": column, "columns": known},
        ) from error


def _check_outcome(what: str, outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise WrongMapping(
            f"The mapping says that {what} means «{outcome}».",
            why="A deal cannot end in that way.",
            fix=f"Use one of {_listed(OUTCOMES)}.",
            data={"outcome": outcome},
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
