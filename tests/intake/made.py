"""Books made from files of a few rows: what the tests of the intake room share."""

from datetime import date
from typing import Any

import polars as pl

from earnest.intake import book
from earnest.intake.book import Intake
from earnest.intake.figures import Dirt, Proposal
from earnest.intake.mapping import Mapping
from earnest.intake.raw import RawTable
from earnest.rulebook import words
from earnest.rulebook.book import Book
from tests.intake import exports


def intake(*tables: RawTable, mapping: Mapping | None = None, as_of: date | None = None) -> Intake:
    """The book of these files, looked at on the day of the look-alikes."""
    return book.build(tables, mapping=mapping, today=exports.TODAY, as_of=as_of)


def frame(of: Intake | Book, name: str = "deals") -> pl.DataFrame:
    """One table of a book."""
    found = of.book if isinstance(of, Intake) else of
    rows: pl.DataFrame = found.table(name).rows.to_native().collect()
    return rows


def column(of: Intake | Book, name: str, table: str = "deals") -> list[Any]:
    """The values of one column, in order."""
    return frame(of, table)[name].to_list()


def days(of: Intake | Book, name: str, table: str = "deals") -> list[date | None]:
    """The values of a column of days, as dates."""
    return [None if number is None else words.day_of(number) for number in column(of, name, table)]


def dirt(of: Intake, code: str) -> Dirt | None:
    """The dirt of one kind, if any was found."""
    return next((found for found in of.dirt if found.code == code), None)


def proposal(of: Intake, code: str) -> Proposal | None:
    """The proposal of one kind, if one was made."""
    return next((found for found in of.proposals if found.code == code), None)
