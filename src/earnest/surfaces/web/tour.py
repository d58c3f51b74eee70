"""The guided tour of the demo: a small strip at the foot of each page, left at any step."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST

from earnest.demo import tour
from earnest.people.requests import Request
from earnest.records.reads import day, deal
from earnest.records.views import forms

STEP = "tour_step"


@dataclass(frozen=True)
class Shown:
    """A stop that this version has a page for, with its address in this workspace."""

    number: int
    title: str
    says: str
    address: str


def page(request: Request) -> HttpResponse:
    """What the tour shows, with a way in at each stop."""
    shown = stops(request)
    here = {stop.number for stop in shown}
    rest = [stop.title for stop in tour.STOPS if stop.number not in here]
    return render(
        request, "web/tour.html", {"stops": shown, "rest": rest, "at": request.session.get(STEP)}, using="pages"
    )


@require_POST
def go(request: Request) -> HttpResponse:
    """Go to a stop, or leave the tour when there is none of that number."""
    shown = stops(request)
    step = forms.whole(request.POST, "step", 0)
    if not 1 <= step <= len(shown) or "leave" in request.POST:
        request.session.pop(STEP, None)
        return HttpResponseRedirect(reverse("home"))
    request.session[STEP] = step
    return HttpResponseRedirect(shown[step - 1].address)


def stops(request: Request) -> list[Shown]:
    """The stops that have a page in this version and whose deal this person sees; none where the story is not."""
    deals = deal.numbers_by_title(request.actor, tour.DEAL_TITLES.values())
    leads = day.numbers_by_name(request.actor, list(tour.LEAD_NAMES.values()))
    if not deals and not leads:
        return []
    found = ((stop, tour.path_of(stop, deals=deals, leads=leads)) for stop in tour.STOPS)
    return [
        Shown(stop.number, stop.title, stop.says, address)
        for stop, address in found
        if address is not None and _is_here(address)
    ]


def strip(request: Request) -> dict[str, Any] | None:  # plain values for the base page
    """The strip of the tour where somebody is on it: the stop, the one before and the one after."""
    step = request.session.get(STEP)
    if not isinstance(step, int):
        return None
    shown = stops(request)
    if not 1 <= step <= len(shown):
        return None
    return {"stop": shown[step - 1], "step": step, "of": len(shown), "back": step - 1, "next": step + 1}


def _is_here(address: str) -> bool:
    try:
        resolve(address.partition("#")[0])
    except Resolver404:
        return False
    return True
