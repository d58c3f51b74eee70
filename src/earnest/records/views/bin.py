"""The recycle bin: what one may take out again, for ninety days; admins delete for good what is older."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records.reads import bin as reads
from earnest.records.services import bin as services
from earnest.records.views import acts


def page(request: Request) -> HttpResponse:
    """What lies in the bin and is mine to take out."""
    values = {"rows": reads.binned(request.actor, at=request.at), "may_empty": request.actor.is_admin}
    return render(request, "records/bin.html", values, using="pages")


@require_POST
def restore(request: Request, kind: str, record_id: int) -> HttpResponse:
    """Take one out of the bin."""
    group = acts.new_group()
    row = services.restore_one(kind, by=acts.by(request, group=group), record_id=record_id)
    acts.said(request, f"«{row}» is back.", group=group)
    return acts.back(request, reverse("bin"))


@require_POST
def empty(request: Request) -> HttpResponse:
    """Delete for good what has lain in the bin for longer than ninety days; admins only."""
    count = services.empty(actor=request.actor, at=request.at)
    acts.said(
        request, f"{count} of them are gone for good; their history stays." if count else "Nothing is old enough."
    )
    return acts.back(request, reverse("bin"))
