"""What every writing view shares: who writes, what was done, and the way to take it back."""

import secrets

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records.services import By, undoing

UNDO = "undo:"


def by(request: Request, *, group: str = "") -> By:
    """Who writes, when, from a page; writes with one group are undone together."""
    return By(request.actor, request.at, group=group)


def by_on_its_day(request: Request) -> By:
    """Who writes, at this hour of the day that the workspace shows; a demo stands still, and days count from there."""
    return By(request.actor, request.at_on_day)


def new_group() -> str:
    """A group for an act of several writes."""
    return secrets.token_hex(8)


def said(request: Request, text: str, *, group: str = "") -> None:
    """Tell what was done on the next page, with a button that undoes it where a group is given."""
    messages.success(request, text, extra_tags=f"{UNDO}{group}" if group else "")


def back(request: Request, otherwise: str) -> HttpResponse:
    """Redirect to where the form came from (its field `next`), never to another site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else otherwise)


@require_POST
def undo(request: Request) -> HttpResponse:
    """Take back one act, or the person's last one when none is named."""
    writer = by(request)
    group = request.POST.get("group") or undoing.latest_group(writer)
    steps = undoing.undo_act(by=writer, group=group)
    said(request, "Undone." if len(steps) == 1 else f"Undone, all {len(steps)} of them.")
    return back(request, "/")
