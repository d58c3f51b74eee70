"""The files beside a record, and the one that is sent."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from earnest.people import authority, statements, visibility
from earnest.people.actors import Actor
from earnest.records.models import Attachment
from earnest.records.services import files as services


@dataclass(frozen=True)
class File:
    """A file as a list shows it."""

    id: int
    version: int
    name: str
    byte_count: int
    added_by: str
    added_at: datetime

    @property
    def size(self) -> str:
        """Its size, as people say it."""
        if self.byte_count < 1_000:
            return f"{self.byte_count} B"
        return f"{self.byte_count / 1e3:,.0f} kB" if self.byte_count < 1_000_000 else f"{self.byte_count / 1e6:,.1f} MB"


def of_deal(actor: Actor, deal_id: int) -> tuple[File, ...]:
    """The files of a deal, the newest first."""
    return _files(statements.rows(_of_deal, actor, deal_id=deal_id))


def _of_deal(actor: Actor, *, deal_id: int, binned: bool = False) -> statements.Query:
    rows = visibility.beneath(actor, Attachment, deal_id, binned=binned).order_by("-id")
    return rows.values_list("id", "version", "name", "byte_count", "added_by__name", "created_at")


def _binned_of_deal(actor: Actor, *, deal_id: int) -> statements.Query:
    return _of_deal(actor, deal_id=deal_id, binned=True)


def _files(found: statements.Rows) -> tuple[File, ...]:
    return tuple(File(number, version, name, size, who or "", at) for number, version, name, size, who, at in found)


def in_bin_of_deal(actor: Actor, deal_id: int) -> tuple[File, ...]:
    """The files of a deal that lie in the recycle bin, for whoever may take them out."""
    return _files(statements.rows(_binned_of_deal, actor, deal_id=deal_id))


def to_send(actor: Actor, file_id: int) -> tuple[str, Path]:
    """The name under which a file was added, and where its bytes lie.

    Raises: NotFound for a file that is not there, not for this reader, or whose record is in the recycle bin.
    """
    rows = visibility.visible(actor, Attachment).filter(pk=file_id).values_list("name", "sha256")
    found = rows.first()
    path = None if found is None else services.place_of(found[1])
    if found is None or path is None or not path.is_file():
        raise authority.not_found("file", file_id)
    return found[0], path
