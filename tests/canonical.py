"""A database as text: every row of every table of ours, with numbers that the database gave replaced by their place.

Two databases that say the same give the same text, whatever numbers their sequences skipped.
"""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.db import models

# The chain of the audit is over the numbers themselves; it is checked for itself.
LEFT_OUT = {
    "people.auditevent": {"hash", "previous_hash"},
    "people.audithead": {"hash"},
    "people.user": {"password"},
    "records.undostep": {"group"},  # made by chance
}


def lines() -> list[str]:
    """One line of JSON per row, table by table in the order of their keys."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("earnest.")]
    places = {model._meta.label_lower: _places(model) for model in ours}
    return [line for model in sorted(ours, key=lambda one: one._meta.label_lower) for line in _lines(model, places)]


def digest() -> str:
    """One hash over all of it."""
    return hashlib.sha256("\n".join(lines()).encode()).hexdigest()


def _rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    return models.QuerySet(model).order_by("pk")


def _places(model: type[models.Model]) -> dict[Any, Any]:
    keys = list(_rows(model).values_list("pk", flat=True))
    if any(isinstance(key, str) for key in keys):
        return {key: key for key in keys}
    return {key: place for place, key in enumerate(keys, start=1)}


def _lines(model: type[models.Model], places: dict[str, dict[Any, Any]]) -> list[str]:
    label = model._meta.label_lower
    fields = [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT.get(label, set())]
    found = []
    for row in _rows(model).iterator(chunk_size=2000):
        values = {field.name: _value(row, field, places) for field in fields}
        found.append(json.dumps([label, values], default=str, sort_keys=True, ensure_ascii=False))
    return found


def _value(row: Any, field: Any, places: dict[str, dict[Any, Any]]) -> Any:
    value = getattr(row, field.attname)
    if value is None:
        return None
    if field.primary_key:
        return places[row._meta.label_lower][value]
    if isinstance(field, models.ForeignKey):
        return places[field.related_model._meta.label_lower].get(value, "gone")
    if field.name == "record_id":
        return places.get(row.kind, {}).get(value, "gone")
    if field.name == "import_run":
        return places["intake.importrun"].get(value, "gone")
    if field.name == "before" and row._meta.app_label == "intake":
        return _before(row, value, places)
    return value


def _before(row: Any, value: dict[str, Any], places: dict[str, dict[Any, Any]]) -> dict[str, Any]:
    model = apps.get_model(row.kind)
    targets = {field.attname: field.related_model for field in model._meta.concrete_fields if field.is_relation}
    targets["product_id"] = apps.get_model("records.product")
    columns = {
        name: places[targets[name]._meta.label_lower].get(old) if name in targets and old is not None else old
        for name, old in value["columns"].items()
    }
    return {**value, "columns": columns}
