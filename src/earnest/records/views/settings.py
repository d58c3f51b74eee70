"""The shell of the settings: the list of sections at the left, and what all their pages share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from earnest.errors import EarnestError
from earnest.people import authority
from earnest.people import services as people
from earnest.people.authority import NotAllowed, NotFound
from earnest.people.requests import Request
from earnest.records import choices
from earnest.records.choices import Choice
from earnest.records.reads import setup as reads
from earnest.records.services import By, StaleVersion
from earnest.records.views import acts

# What a page of its own says better than a line on this one.
_TOLD_ELSEWHERE = (NotAllowed, NotFound, StaleVersion)


@dataclass(frozen=True)
class Section:
    """One section of the settings: its address by name, its word, what it is for, and whether only admins open it."""

    name: str
    word: str
    what: str
    admins: bool = False


SECTIONS = (
    Section("settings_workspace", "Workspace", "Its name, its currency, and the day it shows."),
    Section("people", "People", "Who works here, in which role, and who is invited.", admins=True),
    Section("teams", "Teams", "Who leads which team.", admins=True),
    Section("sharing", "Sharing and reading", "Who sees whose deals, and what colleagues may read.", admins=True),
    Section("settings_pipelines", "Pipelines and stages", "How deals move, and what each stage means."),
    Section("settings_segments", "Segments", "Which kinds of deals are compared with one another."),
    Section("settings_thresholds", "Thresholds", "Every limit that a finding rests on, with its reason."),
    Section("settings_fields", "Custom fields", "What your team notes beside what Earnest asks for."),
    Section("settings_products", "Products", "What you sell, and its list price."),
    Section("settings_currencies", "Currencies", "Which are in use, and what they were worth on which day."),
    Section("settings_holidays", "Holidays", "Days on which nobody works."),
    Section("settings_fiscal", "Fiscal periods", "When your year starts, and how long a period is."),
    Section("tokens", "Keys for the API", "Your own keys, for programs that read and write for you."),
    Section("bin", "The bin", "What was thrown away, and the way to bring it back."),
    Section("settings_export", "Export", "Everything in this workspace, for you to take along.", admins=True),
)


class FormUnread(EarnestError):
    """A field of a form cannot be read."""

    code: ClassVar[str] = "form_unread"


@require_GET
def overview(request: Request) -> HttpResponse:
    """Every section with what it is for."""
    return shown(request, "records/settings.html", "settings", {})


@require_GET
def workspace(request: Request) -> HttpResponse:
    """The workspace's name and day."""
    values = {"asked": [_asked(request, choices.WORKSPACE_NAME), _asked(request, choices.CURRENCY)]}
    return shown(request, "records/settings_workspace.html", "settings_workspace", values)


@require_GET
def fiscal(request: Request) -> HttpResponse:
    """When the year starts, and how long a period is."""
    values = {"asked": [_asked(request, choices.FISCAL_START), _asked(request, choices.FISCAL_LENGTH)]}
    return shown(request, "records/settings_fiscal.html", "settings_fiscal", values)


@require_GET
def segments(request: Request) -> HttpResponse:
    """The segments in use, and how deals without one are sorted."""
    values = {"segments": reads.segments(request.actor)}
    return shown(request, "records/settings_segments.html", "settings_segments", values)


@require_POST
def choose(request: Request, name: str) -> HttpResponse:
    """Choose a value for a setting, with the reason."""
    choice = choices.CHOICES.get(name)
    if choice is None:
        raise NotFound(
            f"There is no setting called {name}.", why="Nothing reads it.", fix="Choose one from the list of sections."
        )

    def doing(by: By) -> str:
        value = choice.value_of(request.POST.get("value", ""))
        reason = request.POST.get("reason", "")
        people.set_setting(actor=by.actor, name=name, value=value, reason=reason, at=by.at)
        return f"{choice.label}: {_word(choice, value)}."

    page = "settings_fiscal" if name.startswith("fiscal_") else "settings_workspace"
    return done(request, doing, page, undo=False)


# --- what the pages of settings share --------------------------------------------------------------------------


def shown(request: Request, template: str, here: str, values: Mapping[str, object]) -> HttpResponse:
    """A page of the settings with the list of sections beside it."""
    frame = {"sections": _sections(request), "here": here, "may_write": request.actor.is_admin}
    return render(request, template, {**frame, **values}, using="pages")


def done(request: Request, doing: Callable[[By], str], page: str, *, undo: bool = True) -> HttpResponse:
    """Do something and say so on the page, with a way to undo it; or say there why it was not done."""
    # Before anything of the form is read: who may not change it learns nothing of what it would take.
    authority.demand_admin(request.actor, action="change the settings of the workspace")
    group = acts.new_group()
    try:
        text = doing(acts.by(request, group=group))
    except _TOLD_ELSEWHERE:
        raise
    except EarnestError as refusal:
        messages.error(request, " ".join(part for part in (refusal.what, refusal.why, refusal.fix) if part))
    else:
        acts.said(request, text, group=group if undo else "")
    return HttpResponseRedirect(reverse(page))


def number(request: Request, name: str) -> int:
    """A whole number of a form, 0 where there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def day(text: str, label: str) -> date:
    """A day of a form. Raises: FormUnread."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise _unread(label, text, "Write the day as year-month-day, for example 2026-12-25.") from error


def decimal(text: str, label: str) -> Decimal:
    """A decimal number of a form, with a point. Raises: FormUnread."""
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation as error:
        raise _unread(label, text, "Write a number with a decimal point, for example 1250.50.") from error
    if not found.is_finite() or abs(found) > Decimal(10) ** 13:
        raise _unread(label, text, "Write a number below ten trillion.")
    return found


def _unread(label: str, text: str, fix: str) -> FormUnread:
    return FormUnread(
        f"«{text[:60]}» is not a value for {label}.", why="It cannot be read as one.", fix=fix, data={"field": label}
    )


def _sections(request: Request) -> list[dict[str, str]]:
    found = []
    for section in SECTIONS:
        address = _address(section.name)
        if address and (request.actor.is_admin or not section.admins):
            found.append({"name": section.name, "word": section.word, "what": section.what, "address": address})
    return found


def _address(name: str) -> str:
    """The address of a section; empty where this version has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _asked(request: Request, choice: Choice) -> dict[str, object]:
    found = [each for each in reads.chosen(request.actor, prefix=choice.name) if each["name"] == choice.name]
    value = found[0]["value"] if found else choice.default
    return {
        "name": choice.name,
        "label": choice.label,
        "why": choice.why,
        "options": choice.options,
        "value": value,
        "word": _word(choice, value),
        "default": _word(choice, choice.default),
        "history": [{**each, "word": _word(choice, each["value"])} for each in found],
    }


def _word(choice: Choice, value: object) -> str:
    return dict(choice.options).get(str(value), str(value))
