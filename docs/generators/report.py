"""The page about the JSON of `earnest check`, and its JSON Schema."""

import json
from collections.abc import Mapping
from typing import Any

from docs.generators.markdown import code, table
from earnest.surfaces.check import report as reports

INTRO = f"""# The JSON report

`earnest check FILES… --json OUT` writes this structure.
Its machine-readable form is `report.schema.json`, beside this page.
Version {reports.SCHEMA_VERSION}.
The first number changes when a reader could break: a field is removed, renamed or means something else.
The second number changes when something is added, so a reader should ignore fields that it does not know.
Days are whole numbers since 1970-01-01; money is whole minor units with an ISO 4217 code; shares are 0 to 1.
"""

# A schema is JSON: its values are of every kind.
Schema = Mapping[str, Any]


def schema_text() -> str:
    """The JSON Schema as a file."""
    return json.dumps(reports.schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def report_page() -> str:
    """Every structure of the report, the report itself first."""
    defined: dict[str, Schema] = reports.schema()["$defs"]
    names = ["Report", *sorted(set(defined) - {"Report"})]
    return "\n".join([INTRO, *(_structure(name, defined[name]) for name in names)])


def _structure(name: str, schema: Schema) -> str:
    note = " ".join(str(schema.get("description", "")).split())
    fields: Mapping[str, Schema] = schema.get("properties", {})
    rows = ([code(field), _kind(shape)] for field, shape in fields.items())
    return f"## {name}\n\n{note}\n\n{table(['Field', 'Holds'], rows)}"


def _kind(shape: Schema) -> str:
    """What a field holds, in words."""
    if "$ref" in shape:
        name = str(shape["$ref"]).rsplit("/", maxsplit=1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(_kind(each) for each in shape["anyOf"])
    if "enum" in shape:
        return "one of " + ", ".join(code(str(each)) for each in shape["enum"])
    if "prefixItems" in shape:
        return "in order: " + ", ".join(_kind(each) for each in shape["prefixItems"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape['items'])}"
    return {"null": "nothing (null)", "integer": "whole number", "string": "text", "boolean": "true or false"}.get(
        str(shape.get("type")), str(shape.get("type", "anything"))
    )
