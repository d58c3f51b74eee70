"""Leads: the list, one of them, «not yet» with its day, and the way to a deal."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records.reads import leads as lead_reads
from earnest.records.reads import parties as reads
from earnest.records.services import leads as services
from earnest.records.services.leads import Becomes
from earnest.records.views import acts, forms, parties, party_forms
from earnest.records.views.forms import Field, Kind, Read

_READY = (Field("ready_on", "Ready on", Kind.DAY),)
_DEAL = (
    Field("account", "Who buys", required=True, help="An account of this name is taken where you have it already."),
    Field("title", "What it is about", help="In the buyer's words."),
    Field("opened_on", "Opened on", Kind.DAY, required=True),
)


def listed(request: Request) -> HttpResponse:
    """The list of leads."""
    asked = parties.asked(request)
    return parties.listed(request, "lead", reads.leads(request.actor, asked), asked, states=reads.STATES)


def page(request: Request, lead_id: int) -> HttpResponse:
    """One lead: what they said, how far it has come, when they are ready, and what happened."""
    facts = reads.facts(request.actor, "lead", lead_id)
    contact_id = facts.values["contact_id"]
    became = reads.parts(request.actor, contact_id) if contact_id is not None else []
    state = dict(reads.STATES)[facts.values["state"]]
    return parties.page(request, facts, became=became, state=state)


def new(request: Request) -> HttpResponse:
    """Add a lead."""
    return party_forms.new(request, "lead")


def edit(request: Request, lead_id: int) -> HttpResponse:
    """Write the fields of a lead."""
    return party_forms.edit(request, "lead", lead_id)


@require_POST
def not_yet(request: Request, lead_id: int) -> HttpResponse:
    """Keep a lead for the day on which they are ready."""
    facts = reads.facts(request.actor, "lead", lead_id)
    party_forms.demand_writable(request, facts)
    read = forms.read(request.POST, _READY)
    group = acts.new_group()
    services.not_yet(
        by=acts.by(request, group=group),
        lead_id=lead_id,
        version=forms.whole(request.POST, "version", facts.version),
        ready_on=read.values.get("ready_on"),
    )
    acts.said(request, f"{facts.name} is kept for that day.", group=group)
    return acts.back(request, reverse("lead", args=[lead_id]))


def become(request: Request, lead_id: int) -> HttpResponse:
    """Open a deal for a lead, with its account and its person."""
    facts = reads.facts(request.actor, "lead", lead_id)
    talk = lead_reads.first_talk(request.actor, lead_id)
    read = None
    if request.method == "POST":
        party_forms.demand_writable(request, facts)
        read = forms.read(request.POST, _DEAL)
        opened_on = read.values.get("opened_on")
        if opened_on is not None and opened_on > request.as_of:
            read = Read(read.values, {"opened_on": "This day is still to come; a deal opens with a talk."}, read.typed)
        if not read.wrong and opened_on is not None:
            return _became(request, facts, read)
    known = {"account": facts.values["company"] or facts.name, "opened_on": talk.on if talk else None}
    values = {
        "facts": facts,
        "talk": talk,
        "fields": forms.drawn(_DEAL, known, sent=read),
        "version": forms.whole(request.POST, "version", facts.version),
    }
    status = HTTPStatus.OK if read is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "records/lead_become.html", values, status=status, using="pages")


def _became(request: Request, facts: reads.Facts, read: Read) -> HttpResponse:
    group = acts.new_group()
    values = read.values
    deal = services.become_deal(
        by=acts.by(request, group=group),
        lead_id=facts.id,
        version=forms.whole(request.POST, "version", facts.version),
        becomes=Becomes(values["opened_on"], values["account"], values.get("title", "")),
    )
    acts.said(request, f"{facts.name} is a deal now. Next: what both sides will do, and on which day.", group=group)
    return HttpResponseRedirect(reverse("deal", args=[deal.pk]))
