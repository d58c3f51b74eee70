"""What an import held back, as a file that a spreadsheet opens safely and a person can mend."""

import csv
import io
import json
import re

from earnest.intake.models import RefusedRow
from earnest.intake.services import runs
from earnest.intake.services.plans import Plan
from earnest.people import visibility
from earnest.people.actors import Actor

FIRST_COLUMNS = ("held", "table", "line", "id", "reason")
PREFIX = "'"
# What a spreadsheet may take for a formula; a plain number may begin with a sign. A text that already has the prefix
# gets one more, so that taking one away always gives the text as it was.
_FORMULA = re.compile(r"^'*[=+\-@|\t\r\n]")
_NUMBER = re.compile(r"^[+-]?[0-9][0-9.,]*$")


def refused_rows(run_id: int, *, actor: Actor) -> bytes:
    """The rows that an import held back, each with its reason and everything it said, as CSV.

    Raises: NotAllowed, ImportNotFound.
    """
    runs.get(actor, run_id)
    rows = visibility.visible(actor, RefusedRow).filter(run_id=run_id).order_by("pk")
    columns = ("held", "table", "line", "external_id", "reason", "content")
    return _csv([(*row[:5], dict(row[5])) for row in rows.values_list(*columns)])


def refused_of_plan(plan: Plan) -> bytes:
    """The same for an import that was not written yet."""
    return _csv([(*row[:5], json.loads(row[5])) for row in plan.held.iter_rows()])


def safe(value: object) -> str:
    """A value as a cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe before it."""
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{PREFIX}{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def as_it_was(cell: str) -> str:
    """A text cell of such a file as it stood before it was made safe."""
    return cell[1:] if cell.startswith(PREFIX) and _FORMULA.match(cell) else cell


def _csv(rows: list[tuple[str, str, int | None, str, str, dict[str, object]]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row[5]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*FIRST_COLUMNS, *(safe(name) for name in names)])
    for held, table, line, key, reason, content in rows:
        first = (held, table, "" if line is None else line, key, reason)
        writer.writerow([*(safe(cell) for cell in first), *(safe(content.get(name)) for name in names)])
    # The mark at the front tells spreadsheets that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")
