"""What leaves a workspace as a whole: which tables, how many rows of each, noted before the first byte."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from earnest.people import audit, authority, visibility
from earnest.people.actors import Actor
from earnest.people.scoping import Private

# What is worked out of other rows and made anew where the export is read, and what only this installation can use.
WORKED_OUT = frozenset({"pipeline.standing", "pipeline.opentotal", "records.searchentry"})
SECRET = frozenset({"people.invitation"})
# Columns that open a door; nobody needs them elsewhere.
SECRET_COLUMNS = frozenset({"password", "token_hash", "last_login"})
ROOMS = ("people", "records", "intake", "need", "promises", "pipeline")
_CHUNK = 2_000


def tables() -> list[type[models.Model]]:
    """The stored tables that leave with an export, in the order in which one rests on another's rows."""
    found = [model for room in ROOMS if apps.is_installed(f"earnest.{room}") for model in _models(room)]
    left_out = WORKED_OUT | SECRET
    return [model for model in found if model._meta.label_lower not in left_out and not _is_private(model)]


def columns(model: type[models.Model]) -> list[str]:
    """The columns of a table that leave."""
    return [field.attname for field in model._meta.concrete_fields if field.attname not in SECRET_COLUMNS]


def begin(*, actor: Actor, profile: str, at: datetime, origin: str) -> dict[str, int]:
    """Note who takes everything along, and how many rows of which table; returns the counts. Admins only.

    Raises: NotAllowed.
    """
    authority.demand_admin(actor, action="export the workspace")
    with transaction.atomic():
        counts = {model._meta.label_lower: _count(actor, model) for model in tables()}
        detail = {"profile": profile, "rows": sum(counts.values())}
        audit.note(actor_id=actor.user_id, action="export_everything", at=at, origin=origin, detail=detail)
        # The event itself leaves with the audit.
        counts["people.auditevent"] = counts.get("people.auditevent", 0) + 1
    return counts


def rows(actor: Actor, model: type[models.Model], names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a table that the person sees, by key, those in the recycle bin after the others."""
    wanted = list(names)
    for part in _parts(actor, model):
        yield from part.order_by("pk").values(*wanted).iterator(chunk_size=_CHUNK)


def _count(actor: Actor, model: type[models.Model]) -> int:
    return sum(part.count() for part in _parts(actor, model))


def _parts(actor: Actor, model: type[models.Model]) -> list["models.QuerySet[Any]"]:
    seen: list[models.QuerySet[Any]] = [visibility.visible(actor, model)]
    if any(field.name == "deleted_at" for field in model._meta.concrete_fields):
        seen.append(visibility.in_bin(actor, model))
    return seen


def _models(room: str) -> list[type[models.Model]]:
    return sorted(apps.get_app_config(room).get_models(), key=lambda model: model._meta.label_lower)


def _is_private(model: type[models.Model]) -> bool:
    """Rows of one person alone stay with that person: notices, keys, steps to undo."""
    scope = getattr(model, "scope", None)
    return isinstance(scope, Private) and not scope.shared
