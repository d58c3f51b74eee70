"""Everything in a workspace as one ZIP, written while it is sent: for machines as it stands, for spreadsheets safely.

The machine profile has one JSON line per row of each table, the files that were attached, and a manifest with the count
and the hash of each. The spreadsheet profile has one CSV per noun; no cell of it runs anything.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from earnest import __version__
from earnest.errors import EarnestError
from earnest.intake.services import downloads
from earnest.people import authority
from earnest.people.actors import Actor
from earnest.records.services import exports, files
from earnest.rulebook import words

if TYPE_CHECKING:
    from typing_extensions import Buffer

MACHINE, SPREADSHEET = "machine", "spreadsheet"
PROFILES = (MACHINE, SPREADSHEET)
_PIECE = 1 << 16
# A ZIP keeps a moment for each file; it stands still, so that the same rows give the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)

# One CSV per noun: its name, its table, and its columns by what people call them.
NOUNS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "accounts": (
        "records.account",
        {
            "id": "id",
            "name": "name",
            "domain": "domain",
            "industry": "industry",
            "country": "country",
            "owner": "owner__name",
            "team": "team__name",
            "custom": "custom",
        },
    ),
    "contacts": (
        "records.contact",
        {
            "id": "id",
            "name": "name",
            "email": "email",
            "phone": "phone",
            "job_title": "job_title",
            "account": "account__name",
            "owner": "owner__name",
            "custom": "custom",
        },
    ),
    "leads": (
        "records.lead",
        {
            "id": "id",
            "name": "name",
            "company": "company",
            "email": "email",
            "phone": "phone",
            "source": "source",
            "state": "state",
            "ready_on": "ready_on",
            "note": "note",
            "owner": "owner__name",
            "custom": "custom",
        },
    ),
    "deals": (
        "records.deal",
        {
            "id": "id",
            "title": "title",
            "account": "account__name",
            "owner": "owner__name",
            "team": "team__name",
            "pipeline": "stage__pipeline__name",
            "stage": "stage__name",
            "segment": "segment",
            "source": "source",
            "outcome": "outcome",
            "lost_reason": "lost_reason",
            "amount": "amount_minor",
            "currency": "currency_id",
            "opened_on": "opened_on",
            "seller_close_on": "seller_close_on",
            "buyer_by_when_on": "buyer_by_when_on",
            "closed_on": "closed_on",
            "next_step": "next_step",
            "next_step_on": "next_step_on",
            "custom": "custom",
        },
    ),
    "activities": (
        "records.activity",
        {
            "id": "id",
            "deal": "deal_id",
            "account": "account__name",
            "contact": "contact__name",
            "owner": "owner__name",
            "channel": "channel",
            "direction": "direction",
            "at": "at",
            "subject": "subject",
            "done": "done",
        },
    ),
    "notes": (
        "records.note",
        {"id": "id", "deal": "deal_id", "author": "author__name", "created_at": "created_at", "text": "text"},
    ),
    "products": (
        "records.product",
        {
            "id": "id",
            "name": "name",
            "code": "code",
            "list_price": "list_price_minor",
            "currency": "currency_id",
        },
    ),
    "people": ("people.user", {"id": "id", "name": "name", "email": "email", "role": "role", "active": "is_active"}),
}


class UnknownProfile(EarnestError):
    """An export was asked for in a form that there is not."""

    code: ClassVar[str] = "unknown_profile"


def everything(*, actor: Actor, profile: str, at: datetime, origin: str) -> Iterator[bytes]:
    """The export, a piece at a time; who takes it along is noted before the first piece is made.

    Raises: NotAllowed, UnknownProfile.
    """
    authority.demand_admin(actor, action="export the workspace")
    if profile not in PROFILES:
        raise UnknownProfile(
            f"There is no export for «{profile[:40]}».",
            why="An export is for machines or for spreadsheets.",
            fix=f"Choose one of: {', '.join(PROFILES)}.",
            data={"profile": profile},
        )
    counts = exports.begin(actor=actor, profile=profile, at=at, origin=origin)
    return _machine(actor, counts, at) if profile == MACHINE else _spreadsheet(actor, at)


class _Sink(io.RawIOBase):
    """Where the ZIP is written to, and taken from in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer") -> int:
        piece = bytes(data)
        self._held.append(piece)
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken, self._held, self.size = b"".join(self._held), [], 0
        return taken


class _Told:
    """A file inside the ZIP that counts its rows and hashes its bytes as they are written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._hash, self.rows = out, hashlib.sha256(), 0

    def write(self, text: str) -> None:
        data = text.encode("utf-8")
        self._hash.update(data)
        self._out.write(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _machine(actor: Actor, counts: Mapping[str, int], at: datetime) -> Iterator[bytes]:
    sink, listed = _Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in exports.tables():
            label, names = model._meta.label_lower, exports.columns(model)
            file = f"{label}.jsonl"
            with archive.open(_entry(file), "w", force_zip64=True) as out:
                told = _Told(out)
                for row in exports.rows(actor, model, names):
                    told.write(json.dumps(row, ensure_ascii=True, default=_plain, separators=(",", ":")) + "\n")
                    told.rows += 1
                    if sink.size > _PIECE:
                        yield sink.taken()
            listed.append({"table": label, "file": file, "rows": told.rows, "sha256": told.sha256, "columns": names})
        for digest in _attached(actor):
            place = files.place_of(digest)
            if place is not None and place.is_file():
                archive.write(place, f"files/{digest}")
                yield sink.taken()
        manifest = {**_manifest(MACHINE, at), "rows_at_the_start": dict(counts), "tables": listed}
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=1))
    yield sink.taken()


def _attached(actor: Actor) -> list[str]:
    """The hashes of the files that are attached to something, each once."""
    rows = exports.rows(actor, apps.get_model("records.attachment"), ["sha256"])
    return sorted({str(row["sha256"]) for row in rows})


def _spreadsheet(actor: Actor, at: datetime) -> Iterator[bytes]:
    sink, listed = _Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for noun, (label, columns) in NOUNS.items():
            with archive.open(_entry(f"{noun}.csv"), "w", force_zip64=True) as out:
                told = _Told(out)
                # The mark at the front tells spreadsheets that this is UTF-8.
                told.write("\ufeff" + _line(list(columns)))
                for row in exports.rows(actor, apps.get_model(label), [*columns.values(), "pk"]):
                    told.write(_line(_cells(row, columns)))
                    told.rows += 1
                    if sink.size > _PIECE:
                        yield sink.taken()
            listed.append({"noun": noun, "file": f"{noun}.csv", "rows": told.rows, "sha256": told.sha256})
        manifest = {**_manifest(SPREADSHEET, at), "formula_prefix": downloads.PREFIX, "nouns": listed}
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=1))
    yield sink.taken()


def _cells(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[str]:
    currency = str(row.get("currency_id") or "")
    return [downloads.safe(_spoken(row[path], path, currency)) for path in columns.values()]


def _spoken(value: object, path: str, currency: str) -> object:
    if path.endswith("_minor") and isinstance(value, int):
        digits = words.minor_digits(currency)
        return f"{Decimal(value).scaleb(-digits):.{digits}f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value in ({}, []) else value


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _manifest(profile: str, at: datetime) -> dict[str, Any]:
    loader = MigrationLoader(None)
    leaves = sorted(f"{app}.{name}" for app, name in loader.graph.leaf_nodes() if app in exports.ROOMS)
    return {"profile": profile, "earnest": __version__, "schema": leaves, "begun_at": at.isoformat()}


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
