"""What intake tells about the files, as plain values: what was read, what was mapped, what was wrong with it."""

from typing import Literal

import msgspec


class FileRead(msgspec.Struct, frozen=True):
    """One file as it was read. `role` is what its rows are: deals, accounts, products, owners, activities, …"""

    name: str
    role: str
    system: str
    row_count: int
    column_count: int
    encoding: str
    delimiter: str
    footer_row_count: int = 0


class MappedColumn(msgspec.Struct, frozen=True):
    """A header and the column of the book it fills; `column` is empty for a header that is not used."""

    file: str
    header: str
    table: str
    column: str
    example: str
    certainty: Literal["given", "known", "guessed", "unused"]


class Dirt(msgspec.Struct, frozen=True):
    """One kind of dirt: how many rows, a few examples with their line, what was done about it, what to do next."""

    code: str
    title: str
    count: int
    examples: tuple[str, ...]
    done: str
    fix: str
    refused: bool = False


class Proposal(msgspec.Struct, frozen=True):
    """Something a person should confirm: a join to repair, a reason that reads like no decision, a stage's meaning."""

    code: str
    title: str
    detail: str
    count: int
    applied: bool
    how: str


class Reconciled(msgspec.Struct, frozen=True):
    """Where every row of the deal file went: deals, further lines of a deal, duplicates, refused, left out."""

    rows_read: int
    deals: int
    further_lines: int
    duplicates: int
    refused: int
    left_out: int
