"""One note, for the form that writes it anew."""

from dataclasses import dataclass

from django.urls import reverse

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.records.models import Note


@dataclass(frozen=True)
class Written:
    """A note, its text and version, and the page it stands on."""

    id: int
    version: int
    text: str
    link: str


def note(actor: Actor, note_id: int) -> Written:
    """The note.

    Raises: NotFound.
    """
    rows = visibility.visible(actor, Note).filter(pk=note_id)
    found = rows.values_list("id", "version", "text", "deal_id", "account_id", "contact_id", "lead_id").first()
    if found is None:
        raise authority.not_found("note", note_id)
    number, version, text, *parents = found
    pages = zip(("deal", "account", "contact", "lead"), parents, strict=True)
    link = next((f"{reverse(page, args=[parent])}#stream" for page, parent in pages if parent is not None), "/")
    return Written(number, version, text, link)
