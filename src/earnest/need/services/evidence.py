"""Write down what somebody said: append-only, chained, with its source, and the deal judged again at once."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.need.models import Evidence, Source, SourceKind, Standpoint
from earnest.need.tables import BUYER_SAID, ELEMENTS, LEVELS
from earnest.people import audit, authority, visibility
from earnest.records.models import Contact, Deal, Stakeholder
from earnest.records.services import By, writing

LONGEST_QUOTE = 5_000
LONGEST_SOURCE = 200_000
# What these say is a day; without it a buyer's words on them say nothing that can be kept.
DATED = ("N8", "close_date")
_CHAIN = "the chain of a deal is one, whoever adds to it"


class EvidenceRefused(EarnestError):
    """What was said cannot be kept like this."""

    code: ClassVar[str] = "evidence_refused"


@dataclass(frozen=True)
class Said:
    """Words as they are to be kept: about which element, at which level, whose, when and where.

    `about_on` is the day that they speak of, `event` what fixes it; `corrects_id` the entry that they put right.
    """

    element: str
    level: int
    words: str
    said_on: date
    channel: str = SourceKind.OTHER.value
    contact_id: int | None = None
    source_id: int | None = None
    activity_id: int | None = None
    about_on: date | None = None
    event: str = ""
    corrects_id: int | None = None
    by_buyer: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class View:
    """How one person at the buyer sees it, on a day: their own version of the need, their date, what worries them."""

    contact_id: int
    said_on: date
    version: str = ""
    influence: str = ""
    style: str = ""
    by_when_on: date | None = None
    concern: str = ""


def add_evidence(*, by: By, deal_id: int, said: Said, key: str | None = None) -> Evidence:
    """Keep what somebody said of a deal; a buyer's own date becomes the deal's.

    Raises: NotFound, NotAllowed, KeyReused, EvidenceRefused with what is missing.
    """
    values = {"deal_id": deal_id, **vars(said), "words": said.words.replace("\0", "").strip()}
    with transaction.atomic():
        deal = writing.writable(Deal, by.actor, deal_id)
        made = writing.made_before(Evidence, by=by, values=values, key=key)
        if made is not None:
            return Evidence.objects.unscoped(reason="the deal was found to be theirs").get(pk=made)
        _demand_sense(by, deal, said, str(values["words"]))
        row = _chained(by, values)
        row.deal = deal
        row.save(force_insert=True)
        writing.keep_key(row, by=by, values=values, key=key)
        writing.tell_tables("evidence")
        if said.corrects_id is not None:
            visibility.visible(by.actor, Evidence).filter(pk=said.corrects_id).update(corrected_on=by.at.date())
        if said.level >= BUYER_SAID and said.contact_id is not None:
            _heard(by, deal_id, said.contact_id, said.said_on)
            _keep_their_date(by, deal, said)
        _note(by, deal_id, "add_evidence", {"number": row.number, "element": row.element, "hash": row.hash})
        writing.tell_written("need.evidence", [deal_id])
    return row


def add_source(
    *, by: By, deal_id: int, kind: str, text: str, title: str = "", activity_id: int | None = None
) -> Source:
    """Keep a pasted text, so that quotes can be taken from it and found in it again.

    Raises: NotFound, NotAllowed, EvidenceRefused for an empty text or one of more than 200,000 characters.
    """
    clean = text.replace("\0", "").strip()
    if not clean or len(clean) > LONGEST_SOURCE:
        raise EvidenceRefused(
            f"A text of {len(clean):,} characters was not kept.",
            why=f"A source needs words, and beyond {LONGEST_SOURCE:,} characters nobody finds a quote in it.",
            fix="Paste the part that the quote is from.",
            data={"characters": len(clean), "most": LONGEST_SOURCE},
        )
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        values = {"deal_id": deal_id, "kind": kind, "title": title.strip()[:300], "text": clean}
        row = Source(**values, activity_id=activity_id, added_at=by.at, added_by_id=by.actor.user_id)
        row.save(force_insert=True)
        _note(by, deal_id, "add_source", {"source": row.pk, "characters": len(clean)})
    return row


def add_standpoint(*, by: By, deal_id: int, view: View) -> Standpoint:
    """Keep how one person at the buyer sees the need and its date; the latest counts, the earlier ones stay.

    Raises: NotFound, NotAllowed.
    """
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        _demand_contact(by, view.contact_id)
        row = Standpoint(deal_id=deal_id, **vars(view), recorded_at=by.at, recorded_by_id=by.actor.user_id)
        row.save(force_insert=True)
        if view.version.strip() or view.by_when_on is not None:
            _heard(by, deal_id, view.contact_id, view.said_on)
        _note(by, deal_id, "add_standpoint", {"contact": view.contact_id})
        writing.tell_written("need.standpoint", [deal_id])
    return row


def version_of(row: Evidence) -> int:
    """The version of the deal after this entry: a buyer's own date may have raised it."""
    return int(row.deal.version)


def hash_of(row: Evidence) -> str:
    """The hash of an entry: of every fact in it, and of the hash before it."""
    facts = [
        row.previous_hash, row.deal_id, row.number, row.element, row.level, row.words, row.contact_id,
        row.said_on.isoformat(), row.channel, row.source_id,
        None if row.about_on is None else row.about_on.isoformat(), row.event, row.corrects_id, row.by_buyer,
        row.recorded_at.isoformat(), row.recorded_by_id,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def _chained(by: By, values: dict[str, Any]) -> Evidence:  # the columns of an entry
    rows = Evidence.objects.unscoped(reason=_CHAIN).filter(deal_id=values["deal_id"])
    last = rows.order_by("-number").values_list("number", "hash").first() or (0, "")
    row = Evidence(
        **values, number=last[0] + 1, previous_hash=last[1], recorded_at=by.at, recorded_by_id=by.actor.user_id
    )
    row.hash = hash_of(row)
    return row


def _demand_sense(by: By, deal: Deal, said: Said, words: str) -> None:
    """Refuse what could not be evidence: each refusal says what is missing and what to do."""
    _demand_words(said, words)
    _demand_day(by, said)
    if said.contact_id is not None:
        _demand_contact(by, said.contact_id)
    elif said.level >= BUYER_SAID:
        raise _refused(said, "nobody is named who said it", "Choose who said it, or record it as your own belief.")
    if said.source_id is not None:
        _demand_literal(by, deal, said, words, said.source_id)
    if said.corrects_id is not None:
        mine = visibility.visible(by.actor, Evidence).filter(pk=said.corrects_id, deal_id=deal.pk)
        if not mine.exists():
            raise authority.not_found("evidence", said.corrects_id)


def _demand_words(said: Said, words: str) -> None:
    if said.element not in ELEMENTS or said.level not in LEVELS:
        raise _refused(said, "it supports nothing that is asked for", "Choose one of N1 to N9, and a level of 0 to 3.")
    if not words:
        raise _refused(said, "there is not a word in it", "Write what was said, word for word.")
    if len(words) > LONGEST_QUOTE:
        told = f"it holds {len(words):,} characters, and a quote is at most {LONGEST_QUOTE:,}"
        raise _refused(said, told, "Keep the whole text as a source, and quote the sentence that counts.")


def _demand_day(by: By, said: Said) -> None:
    if said.said_on > by.at.date():
        raise _refused(said, "the day it was said is still to come", "Give the day on which it was said.")
    if said.element in DATED and said.level >= BUYER_SAID and said.about_on is None:
        raise _refused(said, "no day is given that it speaks of", "Give the buyer's own day.")
    if said.element == "N8" and said.about_on is not None and said.about_on < said.said_on:
        told = f"the day it speaks of, {said.about_on}, lies before the day it was said"
        raise _refused(said, told, "Check both days; a need is by a day still to come.")


def _demand_contact(by: By, contact_id: int) -> None:
    if not visibility.visible(by.actor, Contact).filter(pk=contact_id).exists():
        raise authority.not_found("contact", contact_id)


def _demand_literal(by: By, deal: Deal, said: Said, words: str, source_id: int) -> None:
    """A quote from a stored text must stand in it, word for word; blanks and line breaks may differ."""
    stored = visibility.visible(by.actor, Source).filter(pk=source_id, deal_id=deal.pk)
    source = stored.values_list("text", flat=True).first()
    if source is None:
        raise authority.not_found("source", source_id)
    if " ".join(words.split()) not in " ".join(source.split()):
        told = "these words do not stand in the text that they are said to be from"
        raise _refused(said, told, "Copy the sentence from the text as it stands there.")


def _refused(said: Said, why: str, fix: str) -> EvidenceRefused:
    return EvidenceRefused(
        "What was said was not kept.",
        why=f"{why[0].upper()}{why[1:]}.",
        fix=fix,
        data={"element": said.element, "level": said.level},
    )


def _heard(by: By, deal_id: int, contact_id: int, on: date) -> None:
    """Remember the first day on which this person's own view was recorded, where they take part."""
    stakes = visibility.visible(by.actor, Stakeholder).filter(deal_id=deal_id, contact_id=contact_id)
    stakes.filter(heard_on=None).update(heard_on=on)
    stakes.filter(heard_on__gt=on).update(heard_on=on)


def _keep_their_date(by: By, deal: Deal, said: Said) -> None:
    """The newest day that a buyer gave is the deal's own date of the buyer."""
    if said.element == "N8" and said.about_on is not None and deal.buyer_by_when_on != said.about_on:
        writing.write_now(deal, by=by, values={"buyer_by_when_on": said.about_on}, action="edit_deal")


def _note(by: By, deal_id: int, action: str, detail: dict[str, object]) -> None:
    audit.note(
        actor_id=by.actor.user_id,
        action=action,
        at=by.at,
        origin=by.origin,
        record=("records.deal", deal_id),
        detail=detail,
    )
