"""What happened in a deal as one stream, newest first: what was said and done, notes, and what was changed by whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from heapq import merge
from itertools import islice
from typing import Any, ClassVar

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from earnest.errors import EarnestError
from earnest.people import statements, visibility
from earnest.people.actors import Actor
from earnest.records.models import Activity, Attachment, Change, Deal, Note, Stakeholder, VoidedImport
from earnest.records.models.activities import Channel, Direction
from earnest.records.services import history
from earnest.rulebook import words

KINDS = (("", "all"), ("activity", "talks"), ("note", "notes"), ("change", "changes"), ("override", "set aside"))
PAGE_ROWS = 30
_WHY = "the history of a deal that the reader was found to see"

# What people call the columns whose name alone would not say it.
FIELD_WORDS = {
    "created": "the deal",
    "deleted_at": "the recycle bin",
    "seller_close_on": "our close date",
    "buyer_by_when_on": "the buyer's date",
    "lead_time_days": "the lead time",
    "next_step": "the next step",
    "next_step_on": "the day of the next step",
    "next_step_side": "who acts in it",
    "next_step_contact": "who agreed to it",
    "next_step_agreed_on": "the day they agreed",
    "next_step_agreed_by": "how they agreed",
    "next_step_result": "the result hoped for",
    "next_step_their_day": "whether the buyer chose the day",
    "offer_ends_on": "the day our offer ends",
    "end_reason": "the usual reason",
    "list_amount": "the list price",
    "lost_reason": "the reason",
    "closed_on": "the day it ended",
    "stage_changed_on": "the day of the stage",
    "custom": "own fields",
    "deal_type": "the kind of deal",
    "opened_on": "the day it was opened",
}
_LINE = "line"
# A move to another stage says its day by itself.
_UNSAID = ("stage_changed_on", "closed_on_unknown")


class PageMarkUnread(EarnestError):
    """The mark of where a page goes on cannot be read."""

    code: ClassVar[str] = "page_mark_unread"


@dataclass(frozen=True, order=True)
class Mark:
    """A place in the stream: everything older stands after it."""

    at: datetime
    rank: int
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.rank}~{self.id}"


@dataclass(frozen=True)
class Step:
    """One field that was changed: what it is called, what it held, what it holds."""

    field: str
    old: str
    new: str
    old_minor: int | None = None
    new_minor: int | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, who, of which kind, and what the page says of it."""

    mark: Mark
    kind: str
    who: str
    title: str
    text: str = ""
    about: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    id: int = 0
    version: int = 0
    mine: bool = False
    origin: str = ""
    icon: str = field(default="clock")

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.mark.at


# Other rooms add their entries to the stream in this shape: at most so many, older than the mark, newest first.
Source = Callable[[Actor, int, Mark | None, int], Iterable[Entry]]


def read_mark(text: str) -> Mark | None:
    """A place in the stream from an address; None for its beginning.

    Raises: PageMarkUnread.
    """
    if not text:
        return None
    moment, _, rest = text.partition("~")
    rank, _, number = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        mark = Mark(at, int(rank), int(number))
    except (ValueError, OverflowError) as reason:
        raise _unread(text) from reason
    if at.tzinfo is None or not 0 < mark.id < _LARGEST_ID:
        raise _unread(text)
    return mark


# Beyond it no database of ours holds a number.
_LARGEST_ID = 2**63


def _unread(text: str) -> PageMarkUnread:
    return PageMarkUnread(
        f"The page cannot go on after «{text[:60]}».",
        why="The mark in the address is not one that a page of Earnest writes.",
        fix="Go back to the deal and choose «Show more» again.",
        data={"after": text[:60]},
    )


def page(
    actor: Actor, deal_id: int, *, sources: Sequence[Source], after: Mark | None, rows: int = PAGE_ROWS
) -> tuple[list[Entry], str]:
    """The newest entries older than the mark, and the mark to go on after; empty where there are no more.

    Shape: one query per source; changes that one person made at one moment are one entry.
    """
    found = [list(source(actor, deal_id, after, rows + 1)) for source in sources]
    taken = list(islice(merge(*found, key=lambda entry: entry.mark, reverse=True), rows + 1))
    going_on = str(taken[rows - 1].mark) if len(taken) > rows else ""
    return _together(taken[:rows]), going_on


def activities(actor: Actor, deal_id: int, after: Mark | None, limit: int) -> list[Entry]:
    """Talks, messages and meetings of a deal."""
    rows = _rows(_talks, actor, deal_id, after, limit)
    return [_activity(actor, dict(zip((*_TALK, "moment"), row, strict=True))) for row in rows]


def _talks(actor: Actor, limit: int, after: Mark | None = None, *, deal_id: int) -> statements.Query:
    moved = visibility.beneath(actor, Activity, deal_id).annotate(moment=Coalesce("at", "created_at"))
    return moved.filter(older(after, rank=3)).order_by("-moment", "-id").values_list(*_TALK, "moment")[:limit]


_TALK = (
    "id",
    "version",
    "channel",
    "direction",
    "subject",
    "duration_seconds",
    "contact__name",
    "owner__name",
    "owner_id",
    "origin",
)


def _activity(actor: Actor, row: Mapping[str, Any]) -> Entry:  # a row of `_TALK`
    seconds, channel = row["duration_seconds"], row["channel"]
    with_whom = f"with {row['contact__name']}" if row["contact__name"] else ""
    lasted = f"{round(seconds / 60)} min" if seconds else ""
    about = (with_whom, _ACTED.get(row["direction"], ""), lasted)
    return Entry(
        Mark(row["moment"], 3, row["id"]),
        "activity",
        row["owner__name"] or "",
        str(Channel(channel).label) if channel else "contact",
        row["subject"],
        about=tuple(told for told in about if told),
        id=row["id"],
        version=row["version"],
        mine=row["owner_id"] == actor.user_id,
        origin=row["origin"],
        icon="people",
    )


_ACTED = {Direction.IN.value: "the buyer acted", Direction.OUT.value: "we acted", Direction.BOTH.value: "both acted"}


def notes(actor: Actor, deal_id: int, after: Mark | None, limit: int) -> list[Entry]:
    """Notes on a deal."""
    told = _rows(_notes, actor, deal_id, after, limit)
    return [
        Entry(
            Mark(moment, 2, number),
            "note",
            author or "",
            "note",
            text,
            id=number,
            version=version,
            mine=author_id == actor.user_id,
            icon="quote",
        )
        for number, version, moment, author, author_id, text in told
    ]


def _notes(actor: Actor, limit: int, after: Mark | None = None, *, deal_id: int) -> statements.Query:
    rows = visibility.beneath(actor, Note, deal_id).annotate(moment=F("created_at"))
    found = rows.filter(older(after, rank=2)).order_by("-moment", "-id")
    return found.values_list("id", "version", "moment", "author__name", "author_id", "text")[:limit]


def _rows(build: statements.Build, actor: Actor, deal_id: int, after: Mark | None, limit: int) -> Iterable[Any]:
    """The newest rows by a kept statement, which is what a page asks for most; those after a mark as they come."""
    if after is None:
        return statements.rows(build, actor, limit, deal_id=deal_id)
    found: Iterable[Any] = build(actor, limit, after, deal_id=deal_id)
    return found


def changes(actor: Actor, deal_id: int, after: Mark | None, limit: int) -> list[Entry]:
    """What was changed in a deal, in who takes part, and in its files; from what to what."""
    if not visibility.sees(actor, Deal, deal_id):
        return []
    listed = list(_rows(_changes, actor, deal_id, after, limit))
    names = _names(listed)
    return [_change(row, names) for row in listed]


def _changes(actor: Actor, limit: int, after: Mark | None = None, *, deal_id: int) -> statements.Query:  # noqa: ARG001  # as the others
    taken_back = VoidedImport.objects.unscoped(reason="imports that were taken back are nobody's history")
    people = Stakeholder.objects.unscoped(reason=_WHY).filter(deal_id=deal_id)
    files = Attachment.objects.unscoped(reason=_WHY).filter(deal_id=deal_id)
    about = (
        Q(kind="records.deal", record_id=deal_id)
        | Q(kind="records.stakeholder", record_id__in=people.values("pk"))
        | Q(kind="records.attachment", record_id__in=files.values("pk"))
    )
    rows = (
        Change.objects.unscoped(reason=_WHY)
        .filter(about)
        .exclude(field__in=_UNSAID)
        .exclude(import_run__isnull=False, import_run__in=taken_back.values("import_run"))
        .annotate(moment=Coalesce("at", "observed_at"))
    )
    return rows.filter(older(after, rank=1)).order_by("-moment", "-id").values_list(
        "id", "moment", "kind", "record_id", "field", "old_text", "new_text", "old_minor", "new_minor",
        "changed_by__name", "changed_by_name", "origin",
    )[:limit]  # fmt: skip


# A row of a change as it was asked for.
_Row = tuple[int, datetime, str, int, str, str, str, int | None, int | None, str | None, str, str]


def _names(rows: Sequence[_Row]) -> dict[tuple[str, int], str]:
    """What the people and files that changes are about are called."""
    people = {row[3] for row in rows if row[2] == "records.stakeholder"}
    files = {row[3] for row in rows if row[2] == "records.attachment"}
    stakes = Stakeholder.objects.unscoped(reason=_WHY).filter(pk__in=people).values_list("pk", "contact__name")
    attached = Attachment.objects.unscoped(reason=_WHY).filter(pk__in=files).values_list("pk", "name")
    found = {("records.stakeholder", number): name for number, name in stakes} if people else {}
    return found | ({("records.attachment", number): name for number, name in attached} if files else {})


def _change(row: _Row, names: dict[tuple[str, int], str]) -> Entry:
    number, moment, kind, record_id, name, old, new, old_minor, new_minor, who, who_told, origin = row
    old, new = (_day(old), _day(new)) if name.endswith("_on") else (old, new)
    step = Step(_words(kind, name, names.get((kind, record_id), "")), old, new, old_minor, new_minor)
    if name == _LINE:
        step = replace(step, field="a product", old=old.partition(": ")[2], new=new.partition(": ")[2] or "taken out")
    if name == history.CREATED:
        step = replace(step, old="", new="written down" if kind == "records.deal" else "added")
    if name == "deleted_at":
        step = replace(step, old="", new="taken out" if new else "taken back in")
    return Entry(Mark(moment, 1, number), "change", who or who_told, "changed", steps=(step,), id=number, origin=origin)


def _day(text: str) -> str:
    try:
        return words.long_date(date.fromisoformat(text))
    except ValueError:
        return text


def _words(kind: str, name: str, about: str) -> str:
    if kind != "records.deal":
        noun = about or ("a file" if kind == "records.attachment" else "somebody")
        return noun if name in (history.CREATED, "deleted_at") else f"the {name} of {noun}"
    return field_words(name)


def field_words(name: str) -> str:
    """What people call a field of a deal."""
    return FIELD_WORDS.get(name, f"the {name.replace('_', ' ')}")


def _together(entries: Sequence[Entry]) -> list[Entry]:
    """Changes that stand side by side and were made by one person at one moment, as one entry."""
    found: list[Entry] = []
    for entry in entries:
        before = found[-1] if found else None
        if (
            before is not None
            and entry.kind == before.kind == "change"
            and (entry.at, entry.who, entry.origin) == (before.at, before.who, before.origin)
        ):
            found[-1] = replace(before, steps=(*entry.steps, *before.steps))
        else:
            found.append(entry)
    return found


def older(after: Mark | None, *, rank: int) -> Q:
    """The condition on rows, each with its `moment`, that they stand after the mark; `rank` is that of their kind."""
    if after is None:
        return Q()
    if rank > after.rank:
        return Q(moment__lt=after.at)
    at_once = Q(moment=after.at, pk__lt=after.id) if rank == after.rank else Q(moment=after.at)
    return Q(moment__lt=after.at) | at_once
