"""Records that may be one and the same: by name or by address, among those that the actor may write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access
from earnest.records.models import CustomField, Record
from earnest.records.reads import parties

PAGE_GROUPS = 25
MOST_IN_A_GROUP = 12
KINDS = ("account", "contact", "lead")
# What makes two the same, the surest first, and what it is called on the page.
_SAME = {
    "account": (("same_address", "the same domain"), ("same_name", "the same name")),
    "contact": (("same_address", "the same e-mail"), ("same_name", "the same name")),
    "lead": (("same_address", "the same e-mail"), ("same_name", "the same name")),
}
_BESIDE = {
    "account": ("domain", "industry"),
    "contact": ("email", "job_title"),
    "lead": ("email", "company"),
}
FIELDS = {
    "account": (
        ("name", "Name"), ("domain", "Domain"), ("industry", "Industry"), ("country", "Country"),
        ("employee_count", "People who work there"),
    ),
    "contact": (("name", "Name"), ("email", "E-mail"), ("phone", "Phone"), ("job_title", "Title")),
    "lead": (
        ("name", "Name"), ("company", "Company"), ("email", "E-mail"), ("phone", "Phone"), ("source", "Source"),
        ("state", "State"), ("ready_on", "Ready on"), ("note", "Note"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One record of a group: its number, its name, and a few words that tell it from the others."""

    id: int
    name: str
    detail: str
    owner: str


@dataclass(frozen=True)
class Group:
    """Records that share something: what they share, and who they are, the oldest first."""

    why: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Side:
    """One of two records side by side: its number, version, name, owner and values."""

    id: int
    version: int
    name: str
    owner: str
    values: Mapping[str, Any] = field(default_factory=dict)  # of its own columns and fields


@dataclass(frozen=True)
class Line:
    """One field of two records: what each holds, and whether they differ."""

    name: str
    label: str
    kept: object
    merged: object

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.kept != self.merged)

    @property
    def takes_merged(self) -> bool:
        """Whether the other one's value is proposed: where the one to keep holds nothing."""
        return self.kept in (None, "", []) and self.differs


def groups(actor: Actor, kind: str) -> list[Group]:
    """Groups of records that may be one, the surest first; four queries, however many records there are."""
    found: list[Group] = []
    seen: set[frozenset[int]] = set()
    for column, why in _SAME[kind]:
        for members in _of(actor, kind, column):
            numbers = frozenset(each.id for each in members)
            if not any(numbers <= earlier for earlier in seen):
                seen.add(numbers)
                found.append(Group(why, members))
    return found[:PAGE_GROUPS]


def _of(actor: Actor, kind: str, column: str) -> list[tuple[Member, ...]]:
    rows: QuerySet[Record] = visibility.visible(actor, parties.MODELS[kind], Access.WRITE)
    same = f"entry__{column}"
    told = rows.filter(Q(entry__isnull=False) & ~Q(**{same: ""})).order_by().values(same)
    keys = [row[same] for row in told.annotate(number=Count("pk")).filter(number__gt=1).order_by(same)[:PAGE_GROUPS]]
    members = (
        rows.filter(Q(**{f"{same}__in": keys}))
        .order_by(same, "pk")
        .values_list(same, "pk", "name", *_BESIDE[kind], F("owner__name"))
    )
    found: dict[str, list[Member]] = {}
    for key, number, name, *beside, owner in members[: PAGE_GROUPS * MOST_IN_A_GROUP]:
        told_apart = " · ".join(str(word) for word in beside if word)
        found.setdefault(key, []).append(Member(number, name or f"{kind} {number}", told_apart, owner or ""))
    return [tuple(each[:MOST_IN_A_GROUP]) for each in found.values() if len(each) > 1]


def sides(actor: Actor, kind: str, kept_id: int, merged_id: int) -> tuple[Side, Side]:
    """Two records side by side; making them one is for whoever may write both.

    Raises: NotFound when one is not there, or not for this actor.
    """
    columns = [name for name, _label in FIELDS[kind]]
    rows: QuerySet[Record] = visibility.visible(actor, parties.MODELS[kind])
    read = rows.filter(pk__in=(kept_id, merged_id)).values("pk", "version", "custom", *columns, whose=F("owner__name"))
    found = {row["pk"]: row for row in read.order_by("pk")}
    for number in (kept_id, merged_id):
        if number not in found or kept_id == merged_id:
            raise authority.not_found(kind, number)
    return _side(kind, found[kept_id], columns), _side(kind, found[merged_id], columns)


def may_merge(actor: Actor, kind: str, *numbers: int) -> bool:
    """Whether the actor may write all of these records."""
    rows: QuerySet[Record] = visibility.visible(actor, parties.MODELS[kind], Access.WRITE)
    return rows.filter(pk__in=numbers).count() == len(numbers)


def _side(kind: str, row: Mapping[str, Any], columns: Iterable[str]) -> Side:
    own = {f"own-{key}": value for key, value in row["custom"].items()}
    values = {name: row[name] for name in columns} | own
    return Side(row["pk"], row["version"], row["name"] or f"{kind} {row['pk']}", row["whose"] or "", values)


def lines(actor: Actor, kind: str, kept: Side, merged: Side) -> list[Line]:
    """Every field of two records, side by side, with those that the team added."""
    fields = visibility.visible(actor, CustomField).filter(kind=f"records.{kind}").order_by("position", "id")
    own = [(f"own-{key}", label) for key, label in fields.values_list("key", "label")]
    return [Line(name, label, kept.values.get(name), merged.values.get(name)) for name, label in (*FIELDS[kind], *own)]
