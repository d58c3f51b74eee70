"""Take back what one wrote: the last act, or one by its group. What somebody else wrote since stays and is named."""

from collections.abc import Callable
from typing import ClassVar

from django.apps import apps
from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import visibility
from earnest.people.models import Access
from earnest.records.models import Record, UndoStep
from earnest.records.services import lines, merging, undo, writing
from earnest.records.services.writing import By

# How kinds are taken back that are no record with a version of their own; rooms above add theirs when the program
# starts (see `pipeline.apps`).
TakeBack = Callable[[UndoStep, By], None]
TAKEN_BACK: dict[str, TakeBack] = {lines.KIND: lines.take_back}


class NothingToUndo(EarnestError):
    """There is no act of this person that can be taken back."""

    code: ClassVar[str] = "nothing_to_undo"


class ChangedSince(EarnestError):
    """What was to be taken back has been written by somebody since."""

    code: ClassVar[str] = "changed_since"


def latest_group(by: By) -> str:
    """The group of the person's last act that still stands. Raises: NothingToUndo."""
    steps = (
        visibility.visible(by.actor, UndoStep).filter(user_id=by.actor.user_id, undone_at=None).exclude(action="undo")
    )
    group = steps.order_by("-id").values_list("group", flat=True).first()
    if group is None:
        raise NothingToUndo(
            "There is nothing of yours to undo.",
            why="Every act of yours has been taken back, or you have written nothing yet.",
            fix="The history of a record shows what it held before.",
        )
    return str(group)


def undo_act(*, by: By, group: str) -> list[UndoStep]:
    """Take back one act of the person, all of it or none; returns the steps that were taken back.

    Raises: NothingToUndo when it is not theirs or was taken back before, ChangedSince when a field was written since,
    LineChanged when a line of a deal was.
    """
    with transaction.atomic():
        steps = list(
            visibility.visible(by.actor, UndoStep, Access.WRITE)
            .filter(user_id=by.actor.user_id, group=group, undone_at=None)
            .order_by("-id")
        )
        if not steps:
            raise NothingToUndo(
                "This act cannot be undone.",
                why="It was taken back already, or it was not yours.",
                fix="Read the record's history; what it held before stands there.",
                data={"group": group},
            )
        for step in steps:
            TAKEN_BACK.get(step.kind, _take_back)(step, by)
        rows = visibility.visible(by.actor, UndoStep, Access.WRITE)
        rows.filter(group=group, user_id=by.actor.user_id).update(undone_at=by.at)
        merging.taken_apart(by=by, group=group)
        return steps


def _take_back(step: UndoStep, by: By) -> None:
    model: type[Record] = apps.get_model(step.kind)
    row = (
        model.objects.unscoped(reason="what a person wrote themselves, checked below").filter(pk=step.record_id).first()
    )
    writable = visibility.predicate(by.actor, model, Access.WRITE)
    if row is None or not model.objects.unscoped(reason="as above").filter(writable, pk=step.record_id).exists():
        raise NothingToUndo(
            f"The {model._meta.verbose_name} is not there any more, or not yours to write.",
            why="It was deleted for good, or handed to somebody else.",
            fix="Ask its owner to change it back.",
            data={"record_id": step.record_id},
        )
    # Being made puts into the bin what was not there before; its moment is no value to compare.
    after = undo.typed(row, step.after)
    clashing = sorted(name for name, value in after.items() if getattr(row, name) != value)
    if clashing:
        raise ChangedSince(
            f"The {model._meta.verbose_name} «{row}» has been changed since, so this cannot simply be undone.",
            why=f"Somebody wrote {', '.join(clashing)} after you did.",
            fix="Open it and set the values you want.",
            data={"record_id": step.record_id, "fields": clashing},
        )
    writing.write_now(row, by=by, values=undo.typed(row, step.before), action="undo")
