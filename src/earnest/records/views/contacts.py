"""Contacts: the list, one of them with the deals they take part in, and the form."""

from django.http import HttpResponse

from earnest.people.requests import Request
from earnest.records.reads import parties as reads
from earnest.records.views import parties, party_forms


def listed(request: Request) -> HttpResponse:
    """The list of contacts."""
    asked = parties.asked(request)
    return parties.listed(request, "contact", reads.contacts(request.actor, asked), asked)


def page(request: Request, contact_id: int) -> HttpResponse:
    """One contact: how to reach them, the deals they take part in and as what, and what happened."""
    facts = reads.facts(request.actor, "contact", contact_id)
    return parties.page(request, facts, parts=reads.parts(request.actor, contact_id))


def new(request: Request) -> HttpResponse:
    """Add a contact; an account may be named by the page that leads here."""
    return party_forms.new(request, "contact", {"account": request.GET.get("account", "")[:500]})


def edit(request: Request, contact_id: int) -> HttpResponse:
    """Write the fields of a contact."""
    return party_forms.edit(request, "contact", contact_id)
