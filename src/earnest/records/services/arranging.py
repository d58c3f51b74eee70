"""Arrange what a workspace sells by: pipelines and their stages, renamed, moved, given a meaning, retired, restored.

Deals stay where they are whatever happens to a name; nothing is keyed by one. Admins only.
"""

from typing import ClassVar

from django.db import transaction
from django.db.models import F

from earnest.errors import EarnestError
from earnest.people import authority, visibility
from earnest.records.models import Meaning, Pipeline, Stage
from earnest.records.services import bin as bins
from earnest.records.services import writing
from earnest.records.services.writing import By


class NameTaken(EarnestError):
    """There is something with this name already, or there is no name."""

    code: ClassVar[str] = "name_taken"


class UnknownMeaning(EarnestError):
    """A stage cannot mean this."""

    code: ClassVar[str] = "unknown_meaning"


def rename_pipeline(*, by: By, pipeline_id: int, version: int, name: str) -> Pipeline:
    """Give a pipeline another name. Raises: NotAllowed, NotFound, StaleVersion, NameTaken."""
    authority.demand_admin(by.actor, action="change a pipeline")
    values = {"name": _free_pipeline_name(by, name, besides=pipeline_id)}
    return writing.edit(Pipeline, by=by, record_id=pipeline_id, version=version, values=values)


def begin_pipeline(*, by: By, name: str) -> Pipeline:
    """Add a pipeline after those that are there. Raises: NotAllowed, NameTaken."""
    authority.demand_admin(by.actor, action="add a pipeline")
    with transaction.atomic():
        places = visibility.visible(by.actor, Pipeline).values_list("position", flat=True)
        values = {"name": _free_pipeline_name(by, name), "position": max(places, default=0) + 1}
        return writing.create(Pipeline, by=by, values=values)


def begin_stage(*, by: By, pipeline_id: int, name: str, meaning: str) -> Stage:
    """Add a stage at the end of a pipeline. Raises: NotAllowed, NotFound, NameTaken, UnknownMeaning."""
    authority.demand_admin(by.actor, action="add a stage")
    _demand_meaning(meaning)
    with transaction.atomic():
        free = _free_stage_name(by, pipeline_id, name)
        places = [stage.position or 0 for stage in _in_order(by, pipeline_id)]
        values = {
            "pipeline_id": pipeline_id,
            "name": free,
            "meaning": meaning,
            "position": max(places, default=0) + 1,
        }
        return writing.create(Stage, by=by, values=values)


def describe_stage(*, by: By, stage_id: int, version: int, name: str, meaning: str) -> Stage:
    """Rename a stage, or say what it means. Raises: NotAllowed, NotFound, StaleVersion, NameTaken, UnknownMeaning."""
    authority.demand_admin(by.actor, action="change a stage")
    _demand_meaning(meaning)
    with transaction.atomic():
        stage = writing.writable(Stage, by.actor, stage_id)
        values = {"name": _free_stage_name(by, stage.pipeline_id, name, besides=stage_id), "meaning": meaning}
        return writing.edit(Stage, by=by, record_id=stage_id, version=version, values=values)


def move_stage(*, by: By, stage_id: int, step: int) -> Stage:
    """Move a stage so many places towards the end (or the start, below zero), and number its pipeline anew.

    Raises: NotAllowed, NotFound.
    """
    authority.demand_admin(by.actor, action="move a stage")
    with transaction.atomic():
        stage = writing.writable(Stage, by.actor, stage_id)
        stages = _in_order(by, stage.pipeline_id)
        at = next(place for place, each in enumerate(stages) if each.pk == stage_id)
        moved = stages.pop(at)
        stages.insert(min(max(at + step, 0), len(stages)), moved)
        for position, each in enumerate(stages, start=1):
            if each.position != position:
                writing.write_now(each, by=by, values={"position": position}, action="move_stage")
        return moved


def retire_stage(*, by: By, stage_id: int, version: int) -> Stage:
    """Take a stage out of what can be chosen; its deals stay in it. Raises: NotAllowed, NotFound, StaleVersion."""
    authority.demand_admin(by.actor, action="retire a stage")
    return bins.discard(Stage, by=by, record_id=stage_id, version=version)


def restore_stage(*, by: By, stage_id: int) -> Stage:
    """Make a retired stage one that can be chosen again. Raises: NotAllowed, NotFound, NameTaken."""
    authority.demand_admin(by.actor, action="restore a stage")
    with transaction.atomic():
        stage = visibility.in_bin(by.actor, Stage).filter(pk=stage_id).first()
        if stage is not None:
            _free_stage_name(by, stage.pipeline_id, stage.name, besides=stage_id)
        return bins.restore(Stage, by=by, record_id=stage_id)


def retire_pipeline(*, by: By, pipeline_id: int, version: int) -> Pipeline:
    """Take a pipeline out of what can be chosen; its deals stay. Raises: NotAllowed, NotFound, StaleVersion."""
    authority.demand_admin(by.actor, action="retire a pipeline")
    return bins.discard(Pipeline, by=by, record_id=pipeline_id, version=version)


def restore_pipeline(*, by: By, pipeline_id: int) -> Pipeline:
    """Make a retired pipeline one that can be chosen again. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="restore a pipeline")
    return bins.restore(Pipeline, by=by, record_id=pipeline_id)


def _in_order(by: By, pipeline_id: int) -> list[Stage]:
    stages = visibility.visible(by.actor, Stage).filter(pipeline_id=pipeline_id)
    return list(stages.order_by(F("position").asc(nulls_last=True), "id"))


def _free_pipeline_name(by: By, name: str, *, besides: int = 0) -> str:
    others = visibility.visible(by.actor, Pipeline).exclude(pk=besides)
    return _free(name, others.filter(name=name.strip()).exists(), "pipeline")


def _free_stage_name(by: By, pipeline_id: int, name: str, *, besides: int = 0) -> str:
    others = visibility.visible(by.actor, Stage).filter(pipeline_id=pipeline_id).exclude(pk=besides)
    return _free(name, others.filter(name=name.strip()).exists(), "stage of this pipeline")


def _free(name: str, taken: object, noun: str) -> str:
    clean = name.strip()[:200]
    if taken or not clean:
        raise NameTaken(
            f"There is already a {noun} called «{clean}»." if taken else f"A {noun} needs a name.",
            why="People tell them apart by their names.",
            fix="Give it another name." if taken else "Give it the name that your team uses.",
            data={"name": clean},
        )
    return clean


def _demand_meaning(meaning: str) -> None:
    if meaning not in Meaning.values:
        raise UnknownMeaning(
            f"A stage cannot mean «{meaning}».",
            why="What stages mean is the same in every pipeline, so that deals can be compared.",
            fix=f"Choose one of: {', '.join(Meaning.values)}.",
            data={"meaning": meaning},
        )
