"""The way around: the rail at the left, the bar on a phone, and what stands in them for this person."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone

from earnest.people import authority
from earnest.people import reads as people
from earnest.people.requests import Request
from earnest.surfaces.web import tour


@dataclass(frozen=True)
class Place:
    """One place of the rail: its address by name, its word, its icon, the key after `g`, and who may go there."""

    name: str
    word: str
    icon: str
    key: str = ""
    roles: frozenset[str] = authority.EVERY_ROLE
    on_phone: bool = False


PLACES = (
    Place("home", "My day", "sun", "h", on_phone=True),
    Place("deals", "Deals", "list", "d", on_phone=True),
    Place("board", "Board", "board", "b", on_phone=True),
    Place("accounts", "Accounts", "building", "a"),
    Place("contacts", "Contacts", "people", "c"),
    Place("leads", "Leads", "inbox", "l"),
    Place("imports", "Import", "upload", "i", authority.ADMIN_ROLES),
    Place("settings", "Settings", "sliders", "s"),
)


LINKS = ("my_account", "shortcuts", "search", "palette", "tour", "notifications", "capture", "more")


def frame(request: Request) -> dict[str, Any]:  # plain values for the base page
    """The rail with the place we are at, the person, unread notices, and the demo's day."""
    match = request.resolver_match
    # django-allauth names its pages account_…; they stand in no place of the rail.
    here = "" if match is None or match.route.startswith("login/") else match.view_name
    places = [_place(place, here) for place in PLACES if request.actor.role in place.roles]
    return {
        "places": [place for place in places if place],
        "person": request.user.name,
        "role": request.user.get_role_display(),
        "unread": people.unread_count(request.actor),
        "today": request.as_of,
        "demo": request.as_of != timezone.localdate(request.at),
        "links": {name: _address(name) for name in LINKS},
        "hides_quota": request.user.hides_quota,
        "tour": tour.strip(request),
    }


def _address(name: str) -> str:
    """The address of a page; empty where this version has no such page."""
    return _address_below(name, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=256)
def _address_below(name: str, prefix: str, urlconf: str | None) -> str:  # noqa: ARG001  # what an address rests on
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _place(place: Place, here: str) -> dict[str, object] | None:
    # A room that is not built into this version has no address, and so no place.
    address = _address(place.name)
    if not address:
        return None
    single = place.name.removesuffix("s")
    at = here in (place.name, single) or here.startswith(f"{single}_")
    return {
        "address": address,
        "word": place.word,
        "icon": place.icon,
        "key": place.key,
        "here": at,
        "on_phone": place.on_phone,
    }
