"""Write notes, and tell the people whom they name with an @."""

import re
from collections.abc import Iterable
from typing import ClassVar, Unpack

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import actors, authority, visibility
from earnest.people import services as people
from earnest.people.actors import Actor
from earnest.people.models import Access, User
from earnest.records.models import Note
from earnest.records.services import bin as bins
from earnest.records.services import parents, writing
from earnest.records.services.parents import Parent
from earnest.records.services.writing import By

LONGEST_NOTE = 20_000
MOST_MENTIONED = 20
MENTION = "mention"


class NoteRefused(EarnestError):
    """A note without a word, or one too long to be read."""

    code: ClassVar[str] = "note_refused"


def add_note(*, by: By, text: str, link: str = "", **parent: Unpack[Parent]) -> Note:
    """Write a note beside a record; whoever is named with an @ and may see the record is told, with the link.

    Raises: NotFound, NotAllowed, ParentUnclear, NoteRefused.
    """
    words = _demand_words(text)
    with transaction.atomic():
        row = parents.demand_writable(by.actor, parent)
        named = mentioned(by, words, parent)
        values = {"text": words, "mentioned": [user.pk for user in named], "author_id": by.actor.user_id}
        note = writing.create(Note, by=by, values={**parent, **values})
        _tell(by, named, str(row), link)
        return note


def edit_note(*, by: By, note_id: int, version: int, text: str, link: str = "") -> Note:
    """Write a note anew; only its author may. Whoever is named now and was not before is told.

    Raises: NotFound, NotAllowed, StaleVersion, NoteRefused.
    """
    words = _demand_words(text)
    with transaction.atomic():
        before = _own(by, note_id)
        parent = _parent_of(before)
        named = mentioned(by, words, parent)
        values = {"text": words, "mentioned": [user.pk for user in named]}
        note = writing.edit(Note, by=by, record_id=note_id, version=version, values=values)
        fresh = [user for user in named if user.pk not in before.mentioned]
        _tell(by, fresh, str(parents.demand_writable(by.actor, parent)), link)
        return note


def discard_note(*, by: By, note_id: int, version: int) -> Note:
    """Put a note into the recycle bin; only its author or an admin may.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    with transaction.atomic():
        _own(by, note_id, admin_too=True)
        return bins.discard(Note, by=by, record_id=note_id, version=version)


def mentioned(by: By, text: str, parent: Parent) -> list[User]:
    """The people whom a text names with an @ and who may see the record, by name; the longest name counts.

    Whoever may not see the record is not named, so that a note tells nobody of what is not theirs.
    """
    if "@" not in text:
        return []
    rows = visibility.visible(by.actor, User).filter(is_active=True, email__isnull=False).order_by("name", "id")
    named = list(_named(text, rows))[:MOST_MENTIONED]
    return [user for user in named if _may_see(by, user, parent)]


def _named(text: str, users: Iterable[User]) -> Iterable[User]:
    """Whoever is named in full; by the first name alone only where one person has it."""
    everybody = list(users)
    first_names = [user.name.split(" ")[0].casefold() for user in everybody]
    for user, first in zip(everybody, first_names, strict=True):
        words = [re.escape(user.name)]
        if first_names.count(first) == 1:
            words.append(re.escape(user.name.split(" ")[0]))
        if re.search(rf"(?<![\w@])@(?:{'|'.join(words)})(?!\w)", text, re.IGNORECASE):
            yield user


def _may_see(by: By, user: User, parent: Parent) -> bool:
    model, number = parents.of(parent)
    reader = actors.actor_of(user, today=by.at.date())
    return visibility.visible(reader, model).filter(pk=number).exists()


def _tell(by: By, users: Iterable[User], about: str, link: str) -> None:
    author = User.objects.filter(pk=by.actor.user_id).values_list("name", flat=True).first() or "Somebody"
    for user in users:
        if user.pk != by.actor.user_id:
            text = f"{author} named you in a note on {about}."[:500]
            people.notify(user_id=user.pk, kind=MENTION, text=text, link=link, at=by.at)


def _own(by: By, note_id: int, *, admin_too: bool = False) -> Note:
    note = visibility.visible(by.actor, Note, Access.WRITE).filter(pk=note_id).first()
    if note is None:
        raise authority.not_found("note", note_id)
    mine = note.author_id == by.actor.user_id
    _demand_author(by.actor, allowed=mine or (admin_too and by.actor.is_admin))
    return note


def _demand_author(actor: Actor, *, allowed: bool) -> None:
    if not allowed:
        raise authority.not_allowed(actor, "change a note of somebody else", fix="Write a note of your own beside it.")


def _parent_of(note: Note) -> Parent:
    if note.deal_id is not None:
        return {"deal_id": note.deal_id}
    if note.account_id is not None:
        return {"account_id": note.account_id}
    return {"contact_id": note.contact_id} if note.contact_id is not None else {"lead_id": note.lead_id}


def _demand_words(text: str) -> str:
    words = text.replace("\0", "").strip()
    if not words or len(words) > LONGEST_NOTE:
        raise NoteRefused(
            f"A note of {len(words):,} characters was not kept.",
            why="A note needs a word, and beyond 20,000 characters nobody reads it.",
            fix="Write what somebody should know, or add the long text as a file.",
            data={"characters": len(words), "most": LONGEST_NOTE},
        )
    return words
