"""Who may see a row: the one predicate, for every list, count, filter, group, search, export and frame."""

from typing import TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from earnest.people import statements
from earnest.people.actors import Actor
from earnest.people.models import Access, Role
from earnest.people.scoping import AdminsOnly, ByKind, Everyone, Owned, Private, Scope, Through

# The modules that may read past the predicate, each because it decides what others see or writes for everybody.
# A house test compares this list with the source.
UNSCOPED_MODULES = frozenset(
    {
        "earnest.intake.services.human_edits",
        "earnest.intake.services.merges",
        "earnest.intake.services.imports",
        "earnest.intake.services.plans",
        "earnest.intake.services.jobs",
        "earnest.intake.services.kinds",
        "earnest.intake.services.references",
        "earnest.intake.services.reverts",
        "earnest.intake.services.told_history",
        "earnest.intake.services.updates",
        "earnest.need.services.evidence",
        "earnest.people.actors",
        "earnest.people.audit",
        "earnest.people.directory",
        "earnest.people.reads",
        "earnest.people.services.accounts",
        "earnest.people.services.founding",
        "earnest.people.services.invitations",
        "earnest.people.services.people",
        "earnest.people.services.tokens",
        "earnest.people.services.sharing",
        "earnest.people.visibility",
        "earnest.pipeline.services",
        "earnest.records.book",
        "earnest.records.reads.beside",
        "earnest.records.reads.day",
        "earnest.records.reads.stream",
        "earnest.records.services.custom",
        "earnest.records.services.files",
        "earnest.records.services.history",
        "earnest.records.services.merging",
        "earnest.records.services.pruning",
        "earnest.records.services.search",
        "earnest.records.services.setup",
        "earnest.records.services.undoing",
        "earnest.records.services.writing",
    }
)

NOBODY = Q(pk__in=())
EVERYBODY = Q()

Row = TypeVar("Row", bound=models.Model)


def visible(actor: Actor, model: type[Row], access: str = Access.READ) -> "models.QuerySet[Row]":
    """The rows of a model that the actor may read (or write), without those in the recycle bin.

    Whoever may not see a row gets the same answer as for a row that does not exist.
    """
    rows: models.QuerySet[Row] = models.QuerySet(model).filter(predicate(actor, model, access))
    return rows.filter(deleted_at=None) if _has_bin(model) else rows


def sees(actor: Actor, model: type[models.Model], record_id: int | str, access: str = Access.READ) -> bool:
    """Whether the actor may read (or write) one row, by a kept statement."""
    return bool(statements.rows(_one, actor, model, access, number=record_id))


def _one(actor: Actor, model: type[models.Model], access: str, *, number: int) -> statements.Query:
    return visible(actor, model, access).filter(pk=number).values_list("pk")


def beneath(actor: Actor, model: type[Row], record_id: int, *, binned: bool = False) -> "models.QuerySet[Row]":
    """The rows that hang on one record, for whoever may see that record: what `visible` gives, with fewer joins.

    The record is of the first parent that the model's scope names, such as the deal of a note. `binned` gives those in
    the recycle bin, for whoever may write the record.
    """
    scope = _scope(model)
    if not isinstance(scope, Through):
        raise TypeError(f"{model.__name__} does not hang on another record.")
    name = scope.parents[0]
    parent = _parent(model, name)
    shown = predicate(actor, parent, Access.WRITE if binned else Access.READ, f"{name}__")
    rows: models.QuerySet[Row] = models.QuerySet(model).filter(shown, **{f"{name}_id": record_id})
    if _has_bin(parent):
        rows = rows.filter(**{f"{name}__deleted_at": None})
    return rows.filter(deleted_at__isnull=not binned) if _has_bin(model) else rows


def in_bin(actor: Actor, model: type[Row]) -> "models.QuerySet[Row]":
    """The rows in the recycle bin that the actor may write, and so restore."""
    return models.QuerySet(model).filter(predicate(actor, model, Access.WRITE), deleted_at__isnull=False)


def predicate(actor: Actor, model: type[models.Model], access: str = Access.READ, path: str = "") -> Q:
    """The condition under which the actor may see a row of the model, at the end of a path of foreign keys."""
    scope = _scope(model)
    if isinstance(scope, Through):
        return _through(actor, model, scope, access, path)
    if isinstance(scope, Private):
        own = Q(**{f"{path}{scope.owner}_id": actor.user_id})
        return own | Q(**{f"{path}{scope.shared}": True}) if scope.shared and access == Access.READ else own
    if isinstance(scope, AdminsOnly):
        return EVERYBODY if actor.is_admin else NOBODY
    if _sees_all(actor, access):
        return EVERYBODY
    if isinstance(scope, Everyone):
        return EVERYBODY if access == Access.READ else NOBODY
    if isinstance(scope, Owned):
        return _owned(actor, model, scope, access, path)
    return _by_kind(actor, scope, access, path)


def _sees_all(actor: Actor, access: str) -> bool:
    return actor.is_admin or (access == Access.READ and (actor.reads_all or actor.role == Role.ANALYST))


def _owned(actor: Actor, model: type[models.Model], scope: Owned, access: str, path: str) -> Q:
    condition = Q(**{f"{path}{scope.owner}_id": actor.user_id})
    teams = actor.team_ids if access == Access.WRITE else actor.team_ids | actor.read_team_ids
    if scope.team and teams:
        condition |= Q(**{f"{path}{scope.team}_id__in": sorted(teams)})
    shared = actor.shared(model._meta.label_lower, access)
    if shared:
        # The numbers themselves and not a subquery: PostgreSQL then reads three indexes and not the whole table.
        condition |= Q(**{f"{path}id__in": sorted(shared)})
    return condition


def _through(actor: Actor, model: type[models.Model], scope: Through, access: str, path: str) -> Q:
    condition, nothing_before = NOBODY, EVERYBODY
    for name in scope.parents:
        parent = _parent(model, name)
        here = Q(**{f"{path}{name}__isnull": False})
        seen = here & predicate(actor, parent, access, f"{path}{name}__")
        if _has_bin(parent):
            seen &= Q(**{f"{path}{name}__deleted_at": None})
        condition |= nothing_before & seen
        nothing_before &= Q(**{f"{path}{name}__isnull": True})
    # A row that hangs on nothing belongs to nobody: only whoever sees everything sees it.
    return condition | nothing_before if _sees_all(actor, access) else condition


def _by_kind(actor: Actor, scope: ByKind, access: str, path: str) -> Q:
    condition = NOBODY
    for label in scope.kinds:
        seen = visible(actor, apps.get_model(label), access).values("pk")
        condition |= Q(**{f"{path}{scope.kind}": label, f"{path}{scope.record_id}__in": seen})
    return condition


def _parent(model: type[models.Model], name: str) -> type[models.Model]:
    related = model._meta.get_field(name).related_model
    if not isinstance(related, type):
        raise TypeError(f"{model.__name__}.{name} is no foreign key to a model.")
    return related


def _scope(model: type[models.Model]) -> Scope:
    scope: Scope | None = getattr(model, "scope", None)
    if scope is None:
        raise TypeError(f"{model.__name__} does not say whose rows are whose: give it a scope.")
    return scope


def _has_bin(model: type[models.Model]) -> bool:
    return any(field.name == "deleted_at" for field in model._meta.concrete_fields)
