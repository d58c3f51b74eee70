"""Accounts: the list, one of them, and its form. What their deals are worth is told by the surface above."""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse

from earnest.people.actors import Actor
from earnest.people.requests import Request
from earnest.records.reads import parties as reads
from earnest.records.reads.parties import Asked
from earnest.records.views import parties, party_forms

# What the open deals of some accounts are worth, by account, in rows of the surface's own kind.
Figures = Callable[[Actor, Sequence[int]], Mapping[int, object]]


def listed(request: Request, figures: Figures) -> HttpResponse:
    """The list of accounts, with what their open deals are worth."""
    asked = parties.asked(request)
    shown = reads.accounts(request.actor, asked)
    worth = figures(request.actor, [row.id for row in shown.rows])
    return parties.listed(request, "account", shown, asked, worth=worth)


def page(request: Request, account_id: int, **deals: object) -> HttpResponse:
    """One account: its facts, its people, its deals as the surface gives them, and what happened."""
    facts = reads.facts(request.actor, "account", account_id)
    people = reads.contacts(request.actor, Asked(), account_id=account_id)
    return parties.page(request, facts, people=people, **deals)


def new(request: Request) -> HttpResponse:
    """Add an account."""
    return party_forms.new(request, "account", {"name": request.GET.get("name", "")[:500]})


def edit(request: Request, account_id: int) -> HttpResponse:
    """Write the fields of an account."""
    return party_forms.edit(request, "account", account_id)
