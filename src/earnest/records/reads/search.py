"""Find records by what somebody types: each kind through the one predicate, the nearest first, and never too many."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Q

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.models import Account, Contact, Deal, Lead, Outcome, Record, UndoStep
from earnest.records.services.search import fold

# What is typed beyond this adds nothing, and each word costs.
LONGEST_QUERY, MOST_WORDS = 200, 8
# An index of three letters finds nothing by two.
SHORTEST_ANYWHERE = 3
MOST_RECENT = 8
_LOOKED_AT = 24
_AFTER_EVERY_LETTER = "\U0010ffff"

_OUTCOMES = {str(value): str(word) for value, word in Outcome.choices}

Row = TypeVar("Row", bound=Record)


@dataclass(frozen=True)
class Found:
    """One record that was found: its kind, number, name, and a few words that tell it from others of its name."""

    kind: str
    record_id: int
    title: str
    detail: str = ""
    account_id: int | None = None
    account: str = ""


@dataclass(frozen=True)
class Kind:
    """How one kind is found and shown: its model, the column of its name, and those beside the name."""

    model: type[Record]
    title: str
    beside: tuple[str, ...]
    with_account: bool = False


KINDS: dict[str, Kind] = {
    "account": Kind(Account, "name", ("domain", "industry")),
    "deal": Kind(Deal, "title", ("outcome",), with_account=True),
    "contact": Kind(Contact, "name", ("job_title", "email"), with_account=True),
    "lead": Kind(Lead, "name", ("company", "email")),
}
_BY_LABEL = {kind.model._meta.label_lower: name for name, kind in KINDS.items()}


def found(actor: Actor, text: str, *, most: int = 8, kinds: tuple[str, ...] = tuple(KINDS)) -> dict[str, list[Found]]:
    """What the actor may see that holds all the words of a text, by kind, the nearest first; at most so many of each.

    Deals and contacts are found by the name of their account as well, where the actor sees the account.
    Queries: constant, whatever is found.
    """
    asked = fold(text[:LONGEST_QUERY])
    if not asked:
        return {name: [] for name in kinds}
    hits = {name: _of_kind(actor, name, asked, most) for name in kinds}
    accounts = [each.record_id for each in hits.get("account", ())]
    for name in kinds:
        if KINDS[name].with_account and accounts:
            hits[name] = _with_those_of(actor, name, accounts, hits[name], most)
    return _with_accounts(actor, hits)


def recent(actor: Actor) -> list[Found]:
    """What the actor wrote last and still sees, the latest first."""
    steps = visibility.visible(actor, UndoStep).filter(kind__in=_BY_LABEL, undone_at=None)
    written = steps.order_by("-id").values_list("kind", "record_id")[:_LOOKED_AT]
    order = list(dict.fromkeys((_BY_LABEL[label], number) for label, number in written))[:MOST_RECENT]
    numbers: dict[str, list[int]] = {}
    for name, number in order:
        numbers.setdefault(name, []).append(number)
    shown = {
        (name, each.record_id): each
        for name, ids in numbers.items()
        for each in _shown(name, visibility.visible(actor, KINDS[name].model).filter(pk__in=ids).order_by("pk"))
    }
    listed = [shown[place] for place in order if place in shown]
    return _with_accounts(actor, {"": listed})[""]


def narrowed(rows: "models.QuerySet[Row]", name: str, text: str) -> "models.QuerySet[Row]":
    """The rows of a kind, already scoped, whose own words hold all the words of a text; for the filters of lists."""
    asked = fold(text[:LONGEST_QUERY])
    if not asked:
        return rows
    return _holding(rows, name, asked) if _long_words(asked) else rows.filter(_begins(asked))


def _of_kind(actor: Actor, name: str, asked: str, most: int) -> list[Found]:
    rows = visibility.visible(actor, KINDS[name].model)
    near = _shown(name, rows.filter(_begins(asked)).order_by("entry__key", "pk")[:_LOOKED_AT])
    if _long_words(asked) and len(near) < _LOOKED_AT:
        anywhere = _newest(_holding(rows, name, asked), name)[:_LOOKED_AT]
        seen = {each.record_id for each in near}
        near += [each for each in _shown(name, anywhere) if each.record_id not in seen]
    return sorted(near, key=lambda each: _distance(fold(each.title), asked))[:most]


def _with_those_of(actor: Actor, name: str, accounts: list[int], own: list[Found], most: int) -> list[Found]:
    seen = {each.record_id for each in own}
    rows = visibility.visible(actor, KINDS[name].model).filter(Q(account_id__in=accounts)).exclude(pk__in=seen)
    latest = rows.order_by("-written_at", "-pk")[: max(0, most - len(own))]
    return own + _shown(name, latest)


def _distance(title: str, asked: str) -> int:
    """How near a name is to what was asked: the same, begins so, has a word that begins so, holds it, or elsewhere."""
    if title == asked:
        return 0
    if title.startswith(asked):
        return 1
    if f" {asked}" in title:
        return 2
    return 3 if asked in title else 4


def _long_words(asked: str) -> list[str]:
    return [word for word in asked.split()[:MOST_WORDS] if len(word) >= SHORTEST_ANYWHERE]


def _begins(asked: str) -> Q:
    if connection.vendor == "sqlite":
        # LIKE does not use an index there; this range of the key does.
        return Q(entry__key__gte=asked, entry__key__lt=asked + _AFTER_EVERY_LETTER)
    return Q(entry__key__startswith=asked)


def _holding(rows: "models.QuerySet[Row]", name: str, asked: str) -> "models.QuerySet[Row]":
    words = asked.split()[:MOST_WORDS]
    if connection.vendor == "sqlite":
        table = f"records_searchtext_{name}"
        phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in _long_words(asked))
        # A join and no subquery: the newest are then found without listing all that match.
        rows = rows.filter(entry__isnull=False).extra(  # noqa: S610  # the names are ours, the words are a parameter
            tables=[table],
            where=[f"{table}.rowid = records_searchentry.id", f"{table} MATCH %s"],
            params=[phrases],
        )
        words = [word for word in words if len(word) < SHORTEST_ANYWHERE]
    for word in words:
        rows = rows.filter(entry__words__contains=word)
    return rows


def _newest(rows: "models.QuerySet[Row]", name: str) -> "models.QuerySet[Row]":
    if connection.vendor == "sqlite":
        # By the index's own number, which is the line's: SQLite then stops at enough, instead of sorting them all.
        return rows.order_by().extra(order_by=[f"-records_searchtext_{name}.rowid"])
    return rows.order_by("-entry__pk")


def _shown(name: str, rows: "models.QuerySet[Any]") -> list[Found]:
    kind = KINDS[name]
    columns = ["pk", kind.title, *(["account_id"] if kind.with_account else []), *kind.beside]
    beside = len(columns) - len(kind.beside)
    return [
        Found(
            name,
            row[0],
            row[1] or f"{name} {row[0]}",
            " · ".join(_OUTCOMES.get(word, str(word)) for word in row[beside:] if word),
            row[2] if kind.with_account else None,
        )
        for row in rows.values_list(*columns)
    ]


def _with_accounts(actor: Actor, hits: dict[str, list[Found]]) -> dict[str, list[Found]]:
    names = _account_names(actor, (each.account_id for group in hits.values() for each in group))
    return {
        name: [replace(each, account=names.get(each.account_id or 0, "")) for each in group]
        for name, group in hits.items()
    }


def _account_names(actor: Actor, numbers: Iterable[int | None]) -> dict[int, str]:
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    return dict(visibility.visible(actor, Account).filter(pk__in=wanted).values_list("pk", "name"))
