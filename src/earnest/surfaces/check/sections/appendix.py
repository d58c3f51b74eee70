"""The appendix: how each file was read, and which column was read as what."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.intake.figures import FileRead, MappedColumn
from earnest.surfaces.check.layout import Column, Grid, Remark, plain_rows
from earnest.surfaces.check.wording import file as wording
from earnest.surfaces.check.wording import phrases


@dataclass(frozen=True)
class Section:
    """Everything that the appendix shows."""

    files: tuple[Remark, ...]
    mapping: Grid | None


def section(files: Sequence[FileRead], mapping: Sequence[MappedColumn]) -> Section:
    """The appendix from its figures."""
    return Section(
        files=tuple(Remark(each.name, wording.read(each)) for each in files),
        mapping=_mapping(mapping) if mapping else None,
    )


def _mapping(mapping: Sequence[MappedColumn]) -> Grid:
    return Grid(
        "Which column of the files was read as what",
        (
            Column("File", "name"),
            Column("Header", "name"),
            Column("Read as"),
            Column("For example", "name"),
            Column("How sure"),
        ),
        plain_rows(
            [
                [each.file, each.header, _target(each), each.example or phrases.BLANK, wording.certainty(each)]
                for each in mapping
            ]
        ),
    )


def _target(each: MappedColumn) -> str:
    return f"{each.table}: {each.column.replace('_', ' ')}" if each.column else phrases.BLANK
