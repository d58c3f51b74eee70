"""Write down what the buyer said: the words, what they are about, who said them, when, and how much they show."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.need.reads.evidence import LEVEL_WORDS
from earnest.need.services import add_evidence
from earnest.need.services.evidence import LONGEST_QUOTE, EvidenceRefused, Said
from earnest.need.tables import NEED_ELEMENTS
from earnest.people.requests import Request
from earnest.records.reads import deal as records
from earnest.records.reads.deal import Stake
from earnest.records.views import acts, forms
from earnest.records.views.forms import Drawn, Field, Kind, Read


@dataclass(frozen=True)
class Form:
    """The form as a page draws it."""

    deal_id: int
    buyer: str
    key: str
    fields: list[Drawn]


@require_POST
def add(request: Request, deal_id: int) -> HttpResponse:
    """Keep what was said and judge the deal again; what is refused comes back as it was typed."""
    deal = records.facts(request.actor, deal_id)
    people = records.stakes(request.actor, deal_id)
    key = request.POST.get("key", "")[:64]
    read = forms.read(request.POST, _fields(people))
    missing = {name: "This is needed." for name in ("words", "element", "level", "said_on") if name not in read.values}
    wrong = missing | dict(read.wrong)
    if not wrong:
        try:
            add_evidence(by=acts.by_on_its_day(request), deal_id=deal_id, said=_said(read), key=key or None)
        except EvidenceRefused as error:
            wrong = {"words": f"{error.why} {error.fix}"}
        else:
            acts.said(request, "Kept, word for word, and judged again.")
            return acts.back(request, f"{reverse('deal', args=[deal_id])}#need")
    sent = Read(read.values, wrong, read.typed)
    form = form_of(deal_id, deal.name, people, today=request.as_of, key=key, sent=sent)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "need/said.html", {"form": form}, status=status, using="pages")


def form_of(
    deal_id: int, buyer: str, people: Sequence[Stake], *, today: date, key: str = "", sent: Read | None = None
) -> Form:
    """The form of a deal, with today as the day it was said and the buyer's people to choose from."""
    fields = forms.drawn(_fields(people), {"said_on": today, "level": 2}, sent=sent)
    return Form(deal_id, buyer, key or secrets.token_hex(16), fields)


def _fields(people: Sequence[Stake]) -> tuple[Field, ...]:
    who = [("", "nobody; it is our own belief"), *((stake.contact_id, stake.called) for stake in people)]
    return (
        Field("words", "What they said", Kind.LONG, help="Word for word.", longest=LONGEST_QUOTE, required=True),
        Field("element", "It tells", Kind.CHOICE, choices=tuple(NEED_ELEMENTS.items()), required=True),
        Field("contact", "Who said it", Kind.CHOICE, choices=who),
        Field("said_on", "When", Kind.DAY, required=True),
        Field("level", "How much it shows", Kind.CHOICE, choices=tuple(enumerate(LEVEL_WORDS))[1:], required=True),
        Field("about_on", "Their own day", Kind.DAY, help="Where they named a day by which they need it."),
    )


def _said(read: Read) -> Said:
    told = read.values
    return Said(
        element=told["element"],
        level=told["level"],
        words=told["words"],
        said_on=told["said_on"],
        contact_id=told.get("contact"),
        about_on=told.get("about_on"),
    )
