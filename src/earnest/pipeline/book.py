"""The room's tables as a book reads them from the database, through the one predicate."""

from typing import Any

from django.db.models import F, QuerySet

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.pipeline.models import Sale, Signal
from earnest.pipeline.tables import SALES, SIGNALS
from earnest.records.book import Columns, Shelf, epoch_day


def _signals(actor: Actor) -> "QuerySet[Any]":
    return visibility.visible(actor, Signal)


def _signal_columns() -> Columns:
    return {
        "signal_id": F("id"),
        "deal_id": F("deal_id"),
        "sign": F("name"),
        "holds": F("holds"),
        "since_on": epoch_day("since_on"),
        "until_on": epoch_day("until_on"),
    }


def _sales(actor: Actor) -> "QuerySet[Any]":
    return visibility.visible(actor, Sale)


def _sale_columns() -> Columns:
    return {
        "sale_id": F("id"),
        "deal_id": F("deal_id"),
        "kind": F("kind"),
        "failed_count": F("failed_count"),
        "cost_to_serve": F("cost_to_serve_minor"),
    }


SHELVES = (Shelf(SIGNALS, _signals, _signal_columns), Shelf(SALES, _sales, _sale_columns))
