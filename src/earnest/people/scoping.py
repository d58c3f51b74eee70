"""How a stored model says whose rows are whose, and the manager that refuses to read them all.

A model carries one `scope`; `people.visibility` alone says what it means for an actor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias, TypeVar

from django.db import models

from earnest.errors import EarnestError

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Owned:
    """Rows with an owner and a team: seen by the owner, by the team's managers, and by whom it was shared with."""

    owner: str = "owner"
    team: str = "team"


@dataclass(frozen=True)
class Private:
    """Rows of one person alone, whatever anybody's role: their notices, their keys, what they can undo.

    `shared` names the column that opens a row to everybody's reading, where there is one.
    """

    owner: str
    shared: str = ""


@dataclass(frozen=True)
class Through:
    """Rows seen by whoever sees the row they hang on: the first of `parents` that is set."""

    parents: tuple[str, ...]


@dataclass(frozen=True)
class ByKind:
    """Rows that name their record by kind and number; `kinds` are the models that `kind` may hold."""

    kinds: tuple[str, ...]
    kind: str = "kind"
    record_id: str = "record_id"


@dataclass(frozen=True)
class Everyone:
    """Rows that everybody in the workspace reads and only admins write: pipelines, products, currencies."""


@dataclass(frozen=True)
class AdminsOnly:
    """Rows that only admins read or write: the audit, import runs."""


Scope: TypeAlias = Owned | Private | Through | ByKind | Everyone | AdminsOnly


class Unscoped(EarnestError):
    """Rows were asked for without saying for whom."""

    code: ClassVar[str] = "unscoped"


class ScopedManager(models.Manager[Row]):
    """Reads nothing by itself: rows come from `visibility.visible(actor, Model)`, or are asked for with a reason."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        raise Unscoped(
            f"Rows of {self.model.__name__} were asked for without saying for whom.",
            why="Every list, count, filter and export goes through the one predicate that says who may see a row.",
            fix="Read through people.visibility.visible(actor, Model).",
            data={"model": self.model._meta.label},
        )

    def unscoped(self, *, reason: str) -> "models.QuerySet[Row]":
        """All rows, for the few modules that may (see `visibility.UNSCOPED_MODULES`); the reason is for the reader."""
        if not reason.strip():
            raise Unscoped(
                f"All rows of {self.model.__name__} were asked for without a reason.",
                why="An unscoped read must say why it may see everything.",
                fix="Give the reason, or read through people.visibility.visible(actor, Model).",
                data={"model": self.model._meta.label},
            )
        return models.QuerySet(self.model, using=self._db)

    def bulk_add(self, rows: Sequence[Row], *, batch_rows: int = 1000) -> list[Row]:
        """Write new rows; writing needs no scope, because it reads nothing."""
        table: models.QuerySet[Row] = models.QuerySet(self.model, using=self._db)
        return table.bulk_create(rows, batch_size=batch_rows)
