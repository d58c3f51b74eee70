"""Write down a talk in under a minute: which deal, what happened, with whom, when, how long, and what was said."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import deal as records
from earnest.records.reads.deal import Facts, Stake
from earnest.records.services import notes
from earnest.records.views import acts, forms
from earnest.records.views.forms import Drawn, Field, Kind, Read

NOTE = "note"
# What happened, in one choice: the channel and who acted.
HAPPENED = (
    ("meeting-both", "We met"),
    ("call-both", "We spoke by phone"),
    ("call-in", "They called"),
    ("call-out", "We called"),
    ("email-in", "They wrote an e-mail"),
    ("email-out", "We wrote an e-mail"),
    ("message-in", "They sent a message"),
    ("message-out", "We sent a message"),
    (NOTE, "A note for us"),
)
_MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Form:
    """The form as a page draws it: five fields, none of them needed but what happened."""

    deal_id: int
    buyer: str
    key: str
    fields: list[Drawn]
    next: str = ""


def page(request: Request) -> HttpResponse:
    """Choose the deal, then write what happened; a deal in the address is chosen already."""
    number = forms.whole(request.POST if request.method == "POST" else request.GET, "deal", 0)
    if not number:
        asked = request.GET.get("q", "")
        values = {"found": records.found(request.actor, asked), "asked": asked, "form": None}
        return render(request, "web/capture.html", values, using="pages")
    deal = records.facts(request.actor, number)
    people = records.stakes(request.actor, number)
    if request.method == "POST":
        return _written(request, deal, people)
    return _page(request, form_for(request, deal, people))


def form_for(request: Request, deal: Facts, people: Sequence[Stake], *, sent: Read | None = None) -> Form:
    """The form of a deal, with now as the time and the buyer's people to choose from."""
    fields = forms.drawn(_fields(people), {"happened": "meeting-both", "at": _now(request)}, sent=sent)
    return Form(deal.id, deal.name, request.POST.get("key") or secrets.token_hex(16), fields)


def _page(request: Request, form: Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "web/capture.html", {"form": form, "found": [], "asked": ""}, status=status, using="pages")


def _fields(people: Sequence[Stake]) -> tuple[Field, ...]:
    who = [("", "nobody in particular"), *((stake.contact_id, stake.called) for stake in people)]
    return (
        Field("happened", "What happened", Kind.CHOICE, choices=HAPPENED, required=True),
        Field("contact", "With whom", Kind.CHOICE, choices=who),
        Field("at", "When"),
        Field("minutes", "Minutes", Kind.WHOLE),
        Field("words", "What they said", Kind.LONG, help="Their words rather than ours.", longest=20_000),
    )


def _written(request: Request, deal: Facts, people: Sequence[Stake]) -> HttpResponse:
    read = forms.read(request.POST, _fields(people))
    at, wrong = _moment(request, read)
    if (read.values.get("minutes") or 0) > _MOST_MINUTES:
        wrong["minutes"] = "A talk is shorter than a day."
    if read.values.get("happened") == NOTE and not read.values.get("words"):
        wrong["words"] = "A note needs a word."
    if wrong:
        form = form_for(request, deal, people, sent=Read(read.values, wrong, read.typed))
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    group = acts.new_group()
    home = reverse("deal", args=[deal.id])
    if read.values["happened"] == NOTE:
        by = acts.by(request, group=group)
        notes.add_note(by=by, text=read.values["words"], link=f"{home}#stream", deal_id=deal.id)
        acts.said(request, f"The note stands with {deal.name}.", group=group)
    else:
        _log(request, deal, read, at, group)
        acts.said(request, f"Written down with {deal.name}.", group=group)
    return acts.back(request, f"{home}#stream")


def _log(request: Request, deal: Facts, read: Read, at: datetime, group: str) -> None:
    channel, _, direction = str(read.values["happened"]).partition("-")
    minutes = read.values.get("minutes")
    services.log_activity(
        by=acts.by(request, group=group),
        key=request.POST.get("key", "")[:64] or None,
        deal_id=deal.id,
        contact_id=read.values.get("contact"),
        channel=channel,
        direction=direction,
        at=at,
        subject=read.values.get("words") or "",
        duration_seconds=None if minutes is None else minutes * 60,
        done=True,
    )


def _moment(request: Request, read: Read) -> tuple[datetime, dict[str, str]]:
    """When it happened, in the workspace's time zone; now where nothing was typed."""
    wrong = dict(read.wrong)
    text = str(read.values.get("at") or _now(request))
    at = _parsed(text)
    if at is None:
        wrong["at"] = f"«{text[:40]}» is no time; write it as 2026-01-31T14:30."
    elif at.date() > request.as_of + timedelta(days=1):
        wrong["at"] = "This is still to come; write it into the next step."
    return at or request.at, wrong


def _parsed(text: str) -> datetime | None:
    try:
        local = datetime.fromisoformat(text)
        at = timezone.make_aware(local) if local.tzinfo is None else local
    except (ValueError, OverflowError):
        return None
    return at if 1990 <= at.year <= 2199 else None


def _now(request: Request) -> str:
    """This minute on the day that the workspace shows; a demo stands still on its own day."""
    local = timezone.localtime(request.at)
    return f"{request.as_of.isoformat()}T{local:%H:%M}"
