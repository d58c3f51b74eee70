"""Search: the page, and the palette that answers while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from earnest.people.requests import Request
from earnest.records.reads import search as reads
from earnest.records.services.search import fold

ON_THE_PAGE, IN_THE_PALETTE = 25, 6
WORDS = {"account": "Accounts", "deal": "Deals", "contact": "Contacts", "lead": "Leads"}
# What can be done from anywhere, by the name of its page, and the words it is found by beside its own.
COMMANDS = (
    ("capture", "Add what the buyer said", "note quote capture"),
    ("deal_new", "Open a deal", "new add"),
    ("account_new", "Add an account", "new company"),
    ("contact_new", "Add a contact", "new person"),
    ("lead_new", "Add a lead", "new"),
    ("bin", "Open the recycle bin", "restore deleted trash"),
    ("shortcuts", "Show the shortcuts", "keys help"),
)


def page(request: Request) -> HttpResponse:
    """What was found for the words in the address, by kind."""
    return _answered(request, "records/search.html", ON_THE_PAGE)


def palette(request: Request) -> HttpResponse:
    """The palette, or only what it found when somebody types in it."""
    name = "records/_found.html" if "typed" in request.GET else "records/_palette.html"
    return _answered(request, name, IN_THE_PALETTE)


def _answered(request: Request, template: str, most: int) -> HttpResponse:
    text = request.GET.get("q", "")[: reads.LONGEST_QUERY].replace("\0", " ").strip()
    hits = reads.found(request.actor, text, most=most) if text else {}
    values = {
        "text": text,
        "asked": fold(text),
        "groups": [(WORDS[kind], found) for kind, found in hits.items() if found],
        "recent": [] if text else reads.recent(request.actor),
        "commands": _commands(fold(text)),
        "most": most,
    }
    return render(request, template, values, using="pages")


def _commands(asked: str) -> list[tuple[str, str]]:
    return [
        (word, address)
        for name, word, more in COMMANDS
        if asked in fold(f"{word} {more}") and (address := _address(name))
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
