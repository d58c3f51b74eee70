"""Pages that belong to no room: the way in, and what is said when a form came from elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnest.people.requests import Request
from earnest.surfaces.web import errors

# The keys that every page knows, and those of a deal; the page that lists them is opened by the first.
KEYS = (
    (
        "Everywhere",
        (
            ("?", "this list"),
            ("/ or Ctrl K", "search, or go to a page"),
            ("u", "undo what you just did"),
            ("Esc", "leave a field"),
        ),
    ),
    (
        "Go to",
        (
            ("g h", "My day"),
            ("g d", "Deals"),
            ("g b", "Board"),
            ("g a", "Accounts"),
            ("g c", "Contacts"),
            ("g l", "Leads"),
        ),
    ),
    ("In a list", (("j and k", "next and previous row"), ("o", "open the row"))),
    (
        "In a deal",
        (("e", "write down what the buyer said"), ("n", "change the next step"), ("m", "write a note")),
    ),
)


def shortcuts(request: Request) -> HttpResponse:
    """The keys, as a page."""
    return render(request, "web/shortcuts.html", {"groups": KEYS}, using="pages")


def more(request: Request) -> HttpResponse:
    """Every place, for a phone, whose bar holds only a few."""
    return render(request, "web/more.html", {}, using="pages")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our pages, or whose page was open for too long."""
    return errors.page(
        request,
        HTTPStatus.FORBIDDEN,
        what="This form was not taken.",
        why=reason or "It did not come from a page of this workspace, or the page was open for too long.",
        fix="Go back, load the page again and send it once more.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A page that is not there, or not for this person."""
    return errors.page(
        request,
        HTTPStatus.NOT_FOUND,
        what="There is no such page for you.",
        why="The address is wrong, what was there is gone, or it was not shared with you.",
        fix="Go to My day, or search with Ctrl-K.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """An act that is not this person's."""
    return errors.page(
        request,
        HTTPStatus.FORBIDDEN,
        what="This is not yours to do.",
        why="What a person may do follows from their role.",
        fix="Ask an admin.",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that no page of ours sends."""
    return errors.page(
        request,
        HTTPStatus.BAD_REQUEST,
        what="This request cannot be read.",
        why="Something in it is not as a page of Earnest sends it.",
        fix="Go back, load the page again and try once more.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, outside a view."""
    return errors.unexpected(request, "none")
