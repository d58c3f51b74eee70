"""What stands beside an account, a contact or a lead: talks, notes and changes as one stream, and its files."""

from functools import partial

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.models import Activity, Attachment, Change, Note, VoidedImport
from earnest.records.models.activities import Channel
from earnest.records.reads import parties, stream
from earnest.records.reads.files import File
from earnest.records.reads.stream import Entry, Mark, Step
from earnest.records.services import history

_OF_ITS_DEALS = "deal__account_id"
_WHY = "the history of a record that the reader was found to see"
_MADE = {"created": "written down", "merged": "became one with this", "merged_into": "became one with another"}
# What people call the columns whose name alone would not say it.
_WORDS = {"job_title": "the title", "ready_on": "the day they are ready", "employee_count": "how many work there"}


def page(actor: Actor, kind: str, record_id: int, *, after: Mark | None) -> tuple[list[Entry], str]:
    """The newest entries older than the mark, and the mark to go on after; three queries.

    The reader is expected to see the record itself; each entry is looked for through the predicate once more.
    """
    sources: list[stream.Source] = [partial(_talks, f"{kind}_id"), partial(_notes, kind), partial(_changes, kind)]
    if kind == "account":
        sources.append(partial(_talks, _OF_ITS_DEALS))
    return stream.page(actor, record_id, sources=sources, after=after)


def files(actor: Actor, kind: str, record_id: int) -> tuple[File, ...]:
    """The files beside a record, the newest first."""
    rows = visibility.visible(actor, Attachment).filter(Q(**{f"{kind}_id": record_id})).order_by("-id")
    found = rows.values_list("id", "version", "name", "byte_count", F("added_by__name"), "created_at")
    return tuple(File(number, version, name, size, who or "", at) for number, version, name, size, who, at in found)


def _talks(path: str, actor: Actor, record_id: int, after: Mark | None, limit: int) -> list[Entry]:
    rows = visibility.visible(actor, Activity).filter(Q(**{path: record_id}))
    if path == _OF_ITS_DEALS:
        # Those that name the account as well come with the account's own.
        rows = rows.exclude(Q(account_id__isnull=False) & Q(account_id=record_id))
    rows = rows.annotate(moment=Coalesce("at", "created_at"))
    told = (
        rows.filter(stream.older(after, rank=3))
        .order_by("-moment", "-id")
        .values_list("id", "moment", "channel", "subject", "owner__name", "origin", "deal__title")[:limit]
    )
    return [
        Entry(
            Mark(moment, 3, number), "activity", who or "", str(Channel(channel).label) if channel else "contact",
            subject, about=(deal,) if deal else (), id=number, origin=origin, icon="people",
        )
        for number, moment, channel, subject, who, origin, deal in told
    ]  # fmt: skip


def _notes(kind: str, actor: Actor, record_id: int, after: Mark | None, limit: int) -> list[Entry]:
    rows = visibility.visible(actor, Note).filter(Q(**{f"{kind}_id": record_id})).annotate(moment=F("created_at"))
    found = rows.filter(stream.older(after, rank=2)).order_by("-moment", "-id")
    told = found.values_list("id", "version", "moment", "author__name", "author_id", "text")[:limit]
    return [
        Entry(
            Mark(moment, 2, number), "note", author or "", "note", text, id=number, version=version,
            mine=author_id == actor.user_id, icon="quote",
        )
        for number, version, moment, author, author_id, text in told
    ]  # fmt: skip


def _changes(kind: str, actor: Actor, record_id: int, after: Mark | None, limit: int) -> list[Entry]:
    model = parties.MODELS[kind]
    if not visibility.visible(actor, model).filter(pk=record_id).exists():
        return []
    taken_back = VoidedImport.objects.unscoped(reason="imports that were taken back are nobody's history")
    rows = (
        Change.objects.unscoped(reason=_WHY)
        .filter(kind=f"records.{kind}", record_id=record_id)
        .exclude(import_run__isnull=False, import_run__in=taken_back.values("import_run"))
        .annotate(moment=Coalesce("at", "observed_at"))
    )
    found = rows.filter(stream.older(after, rank=1)).order_by("-moment", "-id")
    told = found.values_list(
        "id", "moment", "field", "old_text", "new_text", "changed_by__name", "changed_by_name", "origin"
    )[:limit]
    return [
        Entry(
            Mark(moment, 1, number), "change", who or said or "", "changed", steps=(_step(name, old, new),), id=number,
            origin=origin,
        )
        for number, moment, name, old, new, who, said, origin in told
    ]  # fmt: skip


def _step(name: str, old: str, new: str) -> Step:
    if name == history.CREATED:
        return Step("this", "", "written down")
    if name == "deleted_at":
        return Step("the recycle bin", "", "taken out" if old else "put in")
    if name == "custom":
        return Step("own fields", "", "written")
    return Step(_WORDS.get(name) or _MADE.get(name) or f"the {name.replace('_', ' ')}", old, new)
