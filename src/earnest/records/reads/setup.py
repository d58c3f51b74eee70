"""What the pages of settings show: pipelines and stages, fields, money, holidays, products, and what was chosen."""

from datetime import date, datetime
from typing import Any, TypedDict

from django.db.models import Count, F, Q

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.people.models import Setting
from earnest.records.models import (
    Currency,
    CustomField,
    Deal,
    ExchangeRate,
    Holiday,
    Meaning,
    Outcome,
    Pipeline,
    Product,
    Stage,
)
from earnest.records.models.custom import CUSTOM_KINDS, FieldType
from earnest.records.models.money import UNTOLD_CURRENCY

PAGE = 200
MEANINGS = list(Meaning.choices)
FIELD_TYPES = list(FieldType.choices)
FIELD_KINDS = [(kind, f"{kind.partition('.')[2]}s") for kind in CUSTOM_KINDS]


class Chosen(TypedDict):
    """One value that somebody chose for a setting, with who, when and why."""

    name: str
    value: object
    reason: str
    at: datetime
    person: str


def pipelines(actor: Actor) -> list[dict[str, Any]]:
    """The pipelines with their stages in order, each with how many deals the actor sees in it, open and in all."""
    counts = _deals_by_stage(actor)
    stages: dict[int, list[dict[str, Any]]] = {}
    rows = visibility.visible(actor, Stage).order_by(F("position").asc(nulls_last=True), "id")
    for row in rows.values("id", "pipeline_id", "name", "named", "meaning", "position", "version"):
        opened, total = counts.get(row["id"], (0, 0))
        said = {"open": opened, "deals": total, "meaning_word": Meaning(row["meaning"]).label}
        stages.setdefault(row["pipeline_id"], []).append({**row, **said})
    found = visibility.visible(actor, Pipeline).order_by("position", "id").values("id", "name", "version")
    return [{**row, "stages": stages.get(row["id"], [])} for row in found]


def retired(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """The stages, pipelines, products and fields that were retired, for whoever may restore them."""
    stages = visibility.in_bin(actor, Stage).filter(pipeline__deleted_at=None).order_by("pipeline_id", "id")
    pipelines = visibility.in_bin(actor, Pipeline).order_by("id").values("id", "name", "deleted_at")
    products = visibility.in_bin(actor, Product).order_by("id").values("id", "name", "deleted_at")
    fields = visibility.in_bin(actor, CustomField).order_by("id").values("id", "label", "kind", "deleted_at")
    named = stages.values("id", "name", "deleted_at", pipeline_name=F("pipeline__name"))
    return {
        "stages": [dict(row) for row in named[:PAGE]],
        "pipelines": [dict(row) for row in pipelines[:PAGE]],
        "products": [dict(row) for row in products[:PAGE]],
        "fields": [dict(row) for row in fields[:PAGE]],
    }


def segments(actor: Actor) -> list[dict[str, Any]]:
    """The segments in use among the deals that the actor sees, the commonest first, and how many have none."""
    rows = visibility.visible(actor, Deal).values("segment")
    counted = rows.annotate(deals=Count("pk"), opened=Count("pk", filter=Q(outcome=Outcome.OPEN)))
    return [dict(row) for row in counted.order_by("-deals", "segment")[:PAGE]]


def fields(actor: Actor) -> list[dict[str, Any]]:
    """The fields that the team added, by kind of record and in order."""
    rows = visibility.visible(actor, CustomField).order_by("kind", "position", "id")
    columns = ("id", "kind", "key", "label", "field_type", "choices", "unit", "version")
    words = dict(FIELD_KINDS)
    return [
        {**row, "type_word": FieldType(row["field_type"]).label, "kind_word": words[row["kind"]]}
        for row in rows.values(*columns)
    ]


def currencies(actor: Actor) -> list[dict[str, Any]]:
    """The currencies in use among the deals that the actor sees, the commonest first."""
    rows = visibility.visible(actor, Deal).exclude(currency=None).values(code=F("currency_id"))
    return [dict(row) for row in rows.annotate(deals=Count("pk")).order_by("-deals", "code")]


def currency_codes(actor: Actor) -> list[str]:
    """Every currency of ISO 4217 that an amount may have."""
    rows = visibility.visible(actor, Currency).exclude(code=UNTOLD_CURRENCY)
    return list(rows.order_by("code").values_list("code", flat=True))


def rates(actor: Actor, *, before: date | None = None) -> tuple[list[dict[str, Any]], str]:
    """The rates, latest day first, and the day from which the next page goes on (empty at the end)."""
    rows = visibility.visible(actor, ExchangeRate).order_by("-on", "from_currency_id", "to_currency_id", "id")
    page = list((rows.filter(on__lt=before) if before else rows)[: PAGE + 1])
    shown = page
    if len(page) > PAGE:
        # A day stays whole: the next page begins with the day below the last whole one.
        last = page[-1].on
        shown = [row for row in page if row.on != last] or page[:PAGE]
    found = [
        {"id": row.pk, "from": row.from_currency_id, "to": row.to_currency_id, "on": row.on, "rate": f"{row.rate:f}"}
        for row in shown
    ]
    return found, shown[-1].on.isoformat() if len(page) > PAGE else ""


def holidays(actor: Actor, *, since: date) -> list[dict[str, Any]]:
    """The holidays of a year's length before a day, and all after it, in order."""
    rows = visibility.visible(actor, Holiday).filter(on__gte=since)
    return [dict(row) for row in rows.order_by("on").values("id", "on", "name")]


def products(actor: Actor, *, after: int = 0) -> tuple[list[dict[str, Any]], int]:
    """What we sell, in the order in which it was added, and the key of the next page (0 at the end)."""
    rows = visibility.visible(actor, Product).filter(pk__gt=after).order_by("id")
    columns = ("id", "name", "code", "list_price_minor", "currency_id", "version")
    page = [dict(row) for row in rows.values(*columns)[: PAGE + 1]]
    return page[:PAGE], page[PAGE - 1]["id"] if len(page) > PAGE else 0


def chosen(actor: Actor, *, prefix: str) -> list[Chosen]:
    """What was chosen for the settings whose names begin so, latest first, with who, when and why."""
    rows = visibility.visible(actor, Setting).filter(name__startswith=prefix).order_by("-id")
    found = rows.values_list("name", "value", "reason", "at", "changed_by__name")
    return [
        {"name": name, "value": value, "reason": reason, "at": at, "person": person or "Earnest"}
        for name, value, reason, at, person in found[:PAGE]
    ]


def _deals_by_stage(actor: Actor) -> dict[int, tuple[int, int]]:
    rows = visibility.visible(actor, Deal).exclude(stage=None).values_list("stage_id")
    counted = rows.annotate(opened=Count("pk", filter=Q(outcome=Outcome.OPEN)), total=Count("pk"))
    return {stage: (opened, total) for stage, opened, total in counted.order_by("stage_id")}
