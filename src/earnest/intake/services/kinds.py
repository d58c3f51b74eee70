"""What an import can land: which of our records each row becomes, and the columns that make it whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import polars as pl
from django.db import models

from earnest.people.models import Team, User
from earnest.records import bulk
from earnest.records.models import Account, Activity, Contact, Deal, Pipeline, Product, Stage

ORIGIN = "import"
# What other rooms work out of records: it holds no record here, and goes with the one it was worked out of.
WORKED_OUT = frozenset({"pipeline.standing", "pipeline.flag", "records.searchentry"})


@dataclass(frozen=True)
class Kind:
    """One kind of row in an import: what it is called there, and our record for it.

    `by_name` says that a row whose name equals that of exactly one of our records is that record.
    """

    object: str
    model: type[models.Model]
    by_name: bool = False
    has_history: bool = True

    @cached_property
    def label(self) -> str:
        """The kind as references and history name it: `records.deal`."""
        return self.model._meta.label_lower

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of the table."""
        return frozenset(str(field.column) for field in self.model._meta.concrete_fields)


USERS = Kind("user", User, by_name=True, has_history=False)
TEAMS = Kind("team", Team, by_name=True, has_history=False)
PIPELINES = Kind("pipeline", Pipeline, by_name=True)
STAGES = Kind("stage", Stage)
PRODUCTS = Kind("product", Product, by_name=True)
ACCOUNTS = Kind("account", Account, by_name=True)
CONTACTS = Kind("contact", Contact)
DEALS = Kind("deal", Deal)
ACTIVITIES = Kind("activity", Activity, has_history=False)

# What came first is deleted last.
LANDING_ORDER = (USERS, TEAMS, PIPELINES, STAGES, PRODUCTS, ACCOUNTS, CONTACTS, DEALS, ACTIVITIES)


def told(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the rows that are columns of the table."""
    return rows.select(name for name in rows.columns if name in kind.columns)


def untold(kind: Kind, columns: Sequence[str], *, at: str) -> dict[str, bulk.Fixed]:
    """Every other column of the table but its primary key, with what it holds in each row: its default."""
    fixed: dict[str, bulk.Fixed] = {
        "origin": ORIGIN,
        "version": 1,
        "created_at": at,
        "written_at": at,
        "is_active": False,
        "password": "!",
    }
    return {
        name: fixed[name] if name in fixed else _default(field)
        for field in kind.model._meta.concrete_fields
        if (name := str(field.column)) not in columns and not field.primary_key
    }


def _default(field: "models.Field[object, object]") -> bulk.Fixed:
    value = field.get_default()
    if isinstance(value, dict):
        return "{}"
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{field.name} has a default that an import cannot write.")


def moment_text(at: datetime) -> str:
    """A moment as both databases take it in bulk: text in UTC, as Django writes it on SQLite."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


def all_rows(model: type[models.Model], *, reason: str) -> "models.QuerySet[Any]":
    """Every row of a model, for the import, which works on the whole workspace; users have no scoped manager."""
    if model is User:
        return User.objects.all()
    rows: models.QuerySet[Any]
    if not hasattr(model, "scope"):  # a table of a library, which knows nothing of scopes
        rows = model.objects.all()  # type: ignore[attr-defined]  # as every table of a library has it
        return rows
    rows = model.objects.unscoped(reason=reason)  # type: ignore[attr-defined]  # see people.scoping
    return rows
