"""Write what search looks in: a line for each record as it is written, and all that is missing after an import."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q

from earnest.records.models import Account, Contact, Deal, Lead, Record, SearchEntry

_WHY = "what search looks in is made of every record; who finds it is decided where it is read"
_BATCH_ROWS, _ROWS_AT_ONCE = 5_000, 500
_COLUMNS = ("key", "words", "same_name", "same_address", "written_at")
# Words that say what kind of firm it is and not which: «Brackenfold Foods Ltd» and «Brackenfold Foods» are one.
_LEGAL_FORMS = {
    "ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg",
    "limited", "llc", "llp", "ltd", "nv", "oy", "oyj", "plc", "pty", "sa", "sarl", "sas", "se", "spa", "srl",
}  # fmt: skip
_NOT_IN_NAMES = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Searched:
    """A kind of record that is searched: its columns, the first of which is its name, and what makes two the same."""

    model: type[Record]
    name: str
    columns: tuple[str, ...]
    same: Callable[[dict[str, Any]], tuple[str, str]]  # a row's values by column


def _of_deal(_row: dict[str, Any]) -> tuple[str, str]:
    return "", ""


def _of_account(row: dict[str, Any]) -> tuple[str, str]:
    return firm(row["name"]), site(row["domain"])


def _of_person(row: dict[str, Any]) -> tuple[str, str]:
    return bare(row["name"]), fold(row["email"])


KINDS = (
    Searched(Deal, "deal", ("title", "segment", "sector", "region", "next_step"), _of_deal),
    Searched(Account, "account", ("name", "domain", "industry", "country"), _of_account),
    Searched(Contact, "contact", ("name", "email", "phone", "job_title"), _of_person),
    Searched(Lead, "lead", ("name", "company", "email", "phone", "source"), _of_person),
)
_BY_MODEL = {kind.model: kind for kind in KINDS}


def fold(text: str) -> str:
    """A text as it is compared: small letters, no accents, single spaces."""
    text = text.replace("\0", " ")
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def bare(text: str) -> str:
    """A name without its punctuation and spaces, folded."""
    return _NOT_IN_NAMES.sub("", fold(text))


def firm(text: str) -> str:
    """The name of a firm, folded, without its legal form; as it is where nothing else would be left."""
    parts = [part for part in _NOT_IN_NAMES.split(fold(text).replace(".", "")) if part]
    kept = [part for part in parts if part not in _LEGAL_FORMS]
    return "".join(kept or parts)


def site(text: str) -> str:
    """A domain without the scheme, the www and the path that somebody may have pasted with it."""
    return fold(text).split("://")[-1].split("/")[0].removeprefix("www.")


def keep(row: Record, changed: Iterable[str] | None = None) -> None:
    """Write the line of a record that was just written, in its transaction; other kinds have none.

    `changed` are the columns that were written; None means it is new.
    """
    kind = _BY_MODEL.get(type(row))
    if kind is None or (changed is not None and not set(changed) & set(kind.columns)):
        return
    values = _line(kind, row.written_at, {name: getattr(row, name) for name in kind.columns})
    lines = SearchEntry.objects.unscoped(reason=_WHY)
    if not lines.filter(**{f"{kind.name}_id": row.pk}).update(**values):
        SearchEntry.objects.bulk_add([SearchEntry(**{f"{kind.name}_id": row.pk}, **values)])


def rebuild() -> int:
    """Write the lines of every record that has none or an older one, as after an import; returns how many.

    Safe to run twice, and beside people who write.
    """
    return sum(_write(kind, rows) for kind in KINDS for rows in _waiting(kind))


def _waiting(kind: Searched) -> Iterator[list[dict[str, Any]]]:
    # Read again after each batch, so that a long run holds no old picture of the table.
    after = 0
    late = Q(entry__isnull=True) | Q(entry__written_at__lt=F("written_at"))
    table: models.QuerySet[Any] = kind.model.objects.unscoped(reason=_WHY)
    while True:
        rows = table.filter(late, pk__gt=after).order_by("pk").values("pk", "written_at", "entry__id", *kind.columns)
        batch = list(rows[:_BATCH_ROWS])
        if not batch:
            return
        yield batch
        after = batch[-1]["pk"]


def _write(kind: Searched, rows: list[dict[str, Any]]) -> int:
    lines = {row["pk"]: _line(kind, row["written_at"], row) for row in rows}
    old = {row["pk"]: row["entry__id"] for row in rows if row["entry__id"] is not None}
    with transaction.atomic():
        changed = [SearchEntry(pk=number, **lines[record_id]) for record_id, number in old.items()]
        SearchEntry.objects.unscoped(reason=_WHY).bulk_update(changed, list(_COLUMNS), batch_size=200)
        fresh = [(record_id, line) for record_id, line in lines.items() if record_id not in old]
        for start in range(0, len(fresh), _ROWS_AT_ONCE):
            _insert(kind, fresh[start : start + _ROWS_AT_ONCE])
    return len(rows)


def _insert(kind: Searched, lines: list[tuple[int, dict[str, Any]]]) -> None:
    """Add lines in one statement: half the time of making a model of each, and a line made meanwhile stays."""
    name = connection.ops.quote_name
    columns = ", ".join(name(each) for each in (f"{kind.name}_id", *_COLUMNS))
    places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(lines))
    values: list[Any] = []  # of each column's own kind
    for record_id, line in lines:
        values += [record_id, *(line[each] for each in _COLUMNS[:-1])]
        values.append(connection.ops.adapt_datetimefield_value(line["written_at"]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name(SearchEntry._meta.db_table)} ({columns}) VALUES {places} ON CONFLICT DO NOTHING",  # noqa: S608  # names are the model's
            values,
        )


def _line(kind: Searched, written_at: datetime, values: dict[str, Any]) -> dict[str, Any]:  # columns of an entry
    same_name, same_address = kind.same(values)
    return {
        "key": fold(values[kind.columns[0]])[:500],
        "words": fold(" ".join(values[name] for name in kind.columns if values[name])),
        "same_name": same_name[:500],
        "same_address": same_address[:320],
        "written_at": written_at,
    }
