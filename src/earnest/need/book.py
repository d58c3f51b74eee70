"""The room's tables as a book reads them from the database, through the one predicate."""

from typing import Any

from django.db.models import F, QuerySet

from earnest.need.models import Evidence, MustHave
from earnest.need.tables import EVIDENCE, MUST_HAVES, STAKES
from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.book import Columns, Shelf, epoch_day, epoch_day_of_moment
from earnest.records.models import Stakeholder


def _evidence(actor: Actor) -> "QuerySet[Any]":
    return visibility.visible(actor, Evidence)


def _evidence_columns() -> Columns:
    return {
        "evidence_id": F("id"),
        "deal_id": F("deal_id"),
        "element": F("element"),
        "level": F("level"),
        "said_on": epoch_day("said_on"),
        "about_on": epoch_day("about_on"),
        "corrected_on": epoch_day("corrected_on"),
    }


def _must_haves(actor: Actor) -> "QuerySet[Any]":
    return visibility.visible(actor, MustHave)


def _must_have_columns() -> Columns:
    return {
        "must_have_id": F("id"),
        "deal_id": F("deal_id"),
        "answer": F("answer"),
        "answered_on": epoch_day("answered_on"),
    }


def _stakes(actor: Actor) -> "QuerySet[Any]":
    return visibility.visible(actor, Stakeholder)


def _stake_columns() -> Columns:
    return {
        "stake_id": F("id"),
        "deal_id": F("deal_id"),
        "since_on": epoch_day_of_moment("created_at"),
        "heard_on": epoch_day("heard_on"),
    }


SHELVES = (
    Shelf(EVIDENCE, _evidence, _evidence_columns),
    Shelf(MUST_HAVES, _must_haves, _must_have_columns),
    Shelf(STAKES, _stakes, _stake_columns),
)
