"""Pipelines and their stages.

A stage is renamed at will; what it means is kept apart, and nothing is keyed by its name.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from earnest.people.checks import one_of
from earnest.people.scoping import Everyone, Scope
from earnest.records.models.base import Record


class Meaning(models.TextChoices):
    """What a stage means in any pipeline: the six steps a buyer's evidence can earn, the four ends, or not told yet."""

    UNTOLD = "untold", "nobody has said yet"
    CONVERSATION = "conversation", "conversation"
    GAP_UNDERSTOOD = "gap_understood", "gap understood"
    NEED_QUANTIFIED = "need_quantified", "need quantified"
    FIT_CONFIRMED = "fit_confirmed", "fit confirmed"
    PROPOSAL_AGREED = "proposal_agreed", "proposal agreed"
    CONTRACTING = "contracting", "contracting"
    WON = "won", "won"
    LOST = "lost", "lost"
    NO_DECISION = "no_decision", "no decision"
    DECLINED = "declined", "declined"


# The steps that a buyer's evidence can earn (D6), in their order; a step is counted from 1.
STEPS = (
    Meaning.CONVERSATION,
    Meaning.GAP_UNDERSTOOD,
    Meaning.NEED_QUANTIFIED,
    Meaning.FIT_CONFIRMED,
    Meaning.PROPOSAL_AGREED,
    Meaning.CONTRACTING,
)


class Pipeline(Record):
    """A way of selling, with its own stages."""

    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=1)

    scope: ClassVar[Scope] = Everyone()

    def __str__(self) -> str:
        return self.name


class Stage(Record):
    """A step of a pipeline, as the team calls it.

    `named` is false for the stage that stands in for deals whose source told the pipeline and no stage.
    """

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="stages", db_index=False)
    name = models.CharField(max_length=200)
    named = models.BooleanField(default=True)
    position = models.IntegerField(null=True, blank=True)
    meaning = models.CharField(max_length=20, choices=Meaning.choices, default=Meaning.UNTOLD)

    scope: ClassVar[Scope] = Everyone()

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            CheckConstraint(condition=one_of("meaning", Meaning.values), name="records_stage_meaning_is_known"),
            UniqueConstraint(
                fields=["pipeline", "name"],
                condition=Q(deleted_at=None),
                name="records_stage_name_once_in_its_pipeline",
            ),
        ]

    def __str__(self) -> str:
        return self.name
