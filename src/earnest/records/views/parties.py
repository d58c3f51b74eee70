"""What the pages of accounts, contacts and leads share: lists, what stands beside one, and the way into the bin."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records.reads import beside, parties, stream
from earnest.records.reads import deal as deal_reads
from earnest.records.reads.parties import Asked, Facts, Page
from earnest.records.services import bin as bins
from earnest.records.services import files, notes
from earnest.records.views import acts, forms

_LONGEST_WORDS = 200


def asked(request: Request) -> Asked:
    """What a list is asked for by its address; what it does not know is passed over."""
    sent = request.GET
    return Asked(
        words=forms.clean(sent.get("q", ""))[:_LONGEST_WORDS],
        mine=sent.get("whose") == "mine",
        state=sent.get("state", "")[:20],
        order=sent.get("by", "")[:40],
        after=sent.get("after", "")[:2000],
    )


def listed(request: Request, kind: str, shown: Page, question: Asked, **more: object) -> HttpResponse:
    """A page of a list; for htmx the rows that come after the ones that are there."""
    here = {"q": question.words, "whose": "mine" if question.mine else "", "state": question.state}
    kept = {name: value for name, value in here.items() if value}
    order = {"by": question.order} if question.order else {}
    address = reverse(f"{kind}s")
    values = {
        "rows": shown.rows,
        "asked": question,
        "orders": [
            (name, each.word, f"{address}?{urlencode({**kept, 'by': name})}")
            for name, each in parties.ORDERS[kind].items()
        ],
        "by": question.order or next(iter(parties.ORDERS[kind])),
        "going_on": f"{address}?{urlencode({**kept, **order, 'after': shown.after})}" if shown.after else "",
        "address": address,
        "narrowed": bool(kept),
        "may_add": request.actor.role != "analyst",
        **more,
    }
    return render(request, f"records/{kind}s.html", values, using="pages")


def page(request: Request, facts: Facts, **more: object) -> HttpResponse:
    """The page of one account, contact or lead, with its stream and its files."""
    mark = stream.read_mark(request.GET.get("after", ""))
    entries, going_on = beside.page(request.actor, facts.kind, facts.id, after=mark)
    values: Mapping[str, Any] = {  # what the template shows
        "facts": facts,
        "own": deal_reads.own_fields(request.actor, facts.label, facts.custom),
        "entries": entries,
        "going_on": going_on,
        "after": mark is not None,
        "files": beside.files(request.actor, facts.kind, facts.id),
        **more,
    }
    return render(request, f"records/{facts.kind}.html", values, using="pages")


@require_POST
def discard(request: Request, kind: str, record_id: int) -> HttpResponse:
    """Put one into the recycle bin."""
    facts = parties.facts(request.actor, kind, record_id)
    group = acts.new_group()
    version = forms.whole(request.POST, "version", facts.version)
    bins.discard_one(kind, by=acts.by(request, group=group), record_id=record_id, version=version)
    acts.said(request, f"{facts.name} lies in the bin for 90 days.", group=group)
    return acts.back(request, reverse(f"{kind}s"))


@require_POST
def add_note(request: Request, kind: str, record_id: int) -> HttpResponse:
    """Write a note on one; whoever it names with an @ is told."""
    home = f"{reverse(kind, args=[record_id])}#stream"
    group = acts.new_group()
    text = forms.clean(request.POST.get("text", ""), keep="\t\n")
    notes.add_note(by=acts.by(request, group=group), text=text, link=home, **{f"{kind}_id": record_id})
    acts.said(request, "The note is written down.", group=group)
    return acts.back(request, home)


@require_POST
def add_file(request: Request, kind: str, record_id: int) -> HttpResponse:
    """Keep a file beside one."""
    home = f"{reverse(kind, args=[record_id])}#files"
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        acts.said(request, "Choose a file first.")
        return acts.back(request, home)
    group = acts.new_group()
    by = acts.by(request, group=group)
    file = files.attach(by=by, name=sent.name or "", chunks=sent.chunks(), **{f"{kind}_id": record_id})
    acts.said(request, f"«{file.name}» is kept here.", group=group)
    return acts.back(request, home)
