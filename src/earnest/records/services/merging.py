"""Make two records that are one and the same into one; what was moved is kept, so that undoing restores it exactly."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q, QuerySet

from earnest.errors import EarnestError
from earnest.people import visibility
from earnest.people.models import Access
from earnest.records.models import (
    Account,
    Activity,
    Attachment,
    Contact,
    Deal,
    ExternalReference,
    Lead,
    Merge,
    Note,
    Record,
    Stakeholder,
)
from earnest.records.services import custom, writing
from earnest.records.services.writing import By

_WHY = "what hangs on a record moves with it; what the actor may not write is refused, not moved"


class MergeRefused(EarnestError):
    """Two records cannot be made into one by this person."""

    code: ClassVar[str] = "merge_refused"


@dataclass(frozen=True)
class Kind:
    """A kind that can be merged: its model, the columns that may be chosen, and what hangs on it by which column."""

    model: type[Record]
    columns: frozenset[str]
    children: tuple[tuple[type[Record], str], ...]


KINDS: Mapping[str, Kind] = {
    "account": Kind(
        Account,
        frozenset({"name", "domain", "industry", "country", "employee_count"}),
        (
            (Deal, "account_id"),
            (Contact, "account_id"),
            (Lead, "account_id"),
            (Activity, "account_id"),
            (Note, "account_id"),
            (Attachment, "account_id"),
            (Account, "parent_id"),
        ),
    ),
    "contact": Kind(
        Contact,
        frozenset({"name", "email", "phone", "job_title"}),
        (
            (Stakeholder, "contact_id"),
            (Lead, "contact_id"),
            (Activity, "contact_id"),
            (Note, "contact_id"),
            (Attachment, "contact_id"),
        ),
    ),
    "lead": Kind(
        Lead,
        frozenset({"name", "company", "email", "phone", "source", "state", "ready_on", "note"}),
        ((Activity, "lead_id"), (Note, "lead_id"), (Attachment, "lead_id")),
    ),
}


@dataclass(frozen=True)
class Two:
    """The record to keep and the one that goes into it, each with the version that was read."""

    kept_id: int
    kept_version: int
    merged_id: int
    merged_version: int


def merge(*, by: By, kind: str, two: Two, take: frozenset[str] = frozenset()) -> Merge:
    """Make two records into one: what hangs on the second moves to the first, and the second goes into the bin.

    Args:
        by: who merges; the act is one group, and undone as one.
        kind: `account`, `contact` or `lead`.
        two: which is kept, which goes into it.
        take: the columns whose value comes from the second; own fields as `own-<key>`.

    Raises: NotFound, NotAllowed, StaleVersion, MergeRefused when one hangs on the other's or something is not theirs.
    """
    found = KINDS[kind]
    by = replace(by, group=by.group or secrets.token_hex(8))
    with transaction.atomic():
        kept = writing.writable(found.model, by.actor, two.kept_id)
        merged = writing.writable(found.model, by.actor, two.merged_id)
        if kept.pk == merged.pk:
            raise _refused("A record cannot be made into one with itself.", "Choose two that are not the same.")
        values = _taken(found, kept, merged, take)
        writing.edit(found.model, by=by, record_id=kept.pk, version=two.kept_version, values=values)
        _demand_version(merged, two.merged_version)
        moved = [_move(by, each, kept, merged) for each in _children(by, found, kept, merged)]
        moved = [each for each in moved if each]
        _say(by, found, kept, merged)
        return _keep(by, kind, kept, merged, moved)


def taken_apart(*, by: By, group: str) -> None:
    """Say that the merges of an act were undone, and give other systems' references back to whom they named."""
    rows = Merge.objects.unscoped(reason="the act was found to be the person's own")
    for row in rows.filter(merged_by_id=by.actor.user_id, undone_at=None, moved__group=group).order_by("-id"):
        numbers = row.moved.get("references", [])
        references = ExternalReference.objects.unscoped(reason=_WHY).filter(pk__in=numbers)
        references.filter(record_id=row.kept_id).update(record_id=row.merged_id)
        row.undone_at = by.at
        row.save(update_fields=["undone_at"])


def _taken(kind: Kind, kept: Record, merged: Record, take: frozenset[str]) -> dict[str, Any]:  # columns of the record
    own = {name.removeprefix("own-") for name in take if name.startswith("own-")}
    unknown = sorted(name for name in take - kind.columns if not name.startswith("own-"))
    if unknown:
        raise _refused(f"«{unknown[0][:60]}» is not a field to choose.", "Choose among the fields that the page shows.")
    values = {name: getattr(merged, name) for name in sorted(take & kind.columns)}
    theirs = getattr(merged, "custom")  # noqa: B009  # each of the three kinds has it, their common model has not
    mine = getattr(kept, "custom")  # noqa: B009
    if own:
        chosen = {**mine, **{key: theirs[key] for key in sorted(own) if key in theirs}}
        values |= custom.checked(kept._meta.label_lower, {"custom": chosen})
    if isinstance(kept, Account) and kept.parent_id == merged.pk:
        # The one that is kept cannot hang on what goes into it.
        values["parent_id"] = None
    return values


def _children(by: By, kind: Kind, kept: Record, merged: Record) -> Iterator[tuple[Record, str]]:
    """What hangs on the second one, in the bin or not, every one of it the actor's to write."""
    for model, column in kind.children:
        every: QuerySet[Any] = model.objects.unscoped(reason=_WHY).filter(Q(**{column: merged.pk}))
        if model is kind.model:
            every = every.exclude(pk=kept.pk)
        rows = list(every.order_by("pk"))
        may = visibility.predicate(by.actor, model, Access.WRITE)
        if len(rows) != every.filter(may).distinct().count():
            raise _refused(
                f"The {merged._meta.verbose_name} «{merged}» cannot go into another one by your hand alone.",
                "Ask a manager or an admin: something that hangs on it is not yours to change.",
            )
        yield from ((row, column) for row in rows)


def _move(by: By, child: tuple[Record, str], kept: Record, merged: Record) -> list[object]:
    row, column = child
    action = f"merge_{merged._meta.model_name}"
    if isinstance(row, Stakeholder) and _is_there(row, kept):
        if row.deleted_at is None:
            # The one that is kept takes part in this deal already.
            writing.write_now(row, by=by, values={"deleted_at": by.at}, action=action)
        return []
    writing.write_now(row, by=by, values={column: kept.pk}, action=action)
    return [row._meta.label_lower, row.pk]


def _is_there(stake: Stakeholder, kept: Record) -> bool:
    stakes = Stakeholder.objects.unscoped(reason=_WHY).filter(deal_id=stake.deal_id, contact_id=kept.pk)
    return stakes.filter(deleted_at=None).exists()


def _say(by: By, kind: Kind, kept: Record, merged: Record) -> None:
    for row, field, other in ((kept, "merged", merged), (merged, "merged_into", kept)):
        fresh = writing.writable(kind.model, by.actor, row.pk)
        writing.touch(fresh, by=by, action=f"merge_{row._meta.model_name}", said={field: ("", str(other))})
    last = writing.writable(kind.model, by.actor, merged.pk)
    writing.write_now(last, by=by, values={"deleted_at": by.at}, action=f"merge_{merged._meta.model_name}")


def _keep(by: By, kind: str, kept: Record, merged: Record, moved: list[list[object]]) -> Merge:
    references = ExternalReference.objects.unscoped(reason=_WHY)
    named = references.filter(kind=merged._meta.label_lower, record_id=merged.pk)
    numbers = list(named.order_by("pk").values_list("pk", flat=True))
    # What another system calls by the second one's number is the first one from now on, so no import makes it anew.
    references.filter(pk__in=numbers).update(record_id=kept.pk)
    row = Merge(
        kind=f"records.{kind}",
        kept_id=kept.pk,
        merged_id=merged.pk,
        moved={"group": by.group, "records": moved, "references": numbers},
        at=by.at,
        merged_by_id=by.actor.user_id,
    )
    row.save(force_insert=True)
    return row


def _demand_version(merged: Record, version: int) -> None:
    if merged.version != version:
        raise MergeRefused(
            f"«{merged}» was changed since you read it: you have version {version}, now it is {merged.version}.",
            why="What you chose side by side may not be what it holds now.",
            fix="Compare the two once more.",
            data={"record_id": merged.pk, "your_version": version, "their_version": merged.version},
        )


def _refused(what: str, fix: str) -> MergeRefused:
    return MergeRefused(what, why="Merging moves everything that hangs on one record to another.", fix=fix)
