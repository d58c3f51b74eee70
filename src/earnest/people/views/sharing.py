"""What is shared with whom, and how far everybody reads."""

from datetime import date, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from earnest.people import directory, services
from earnest.people.actors import READING
from earnest.people.requests import Request
from earnest.people.services.entries import refused
from earnest.people.views.entry import field_error

_USUALLY = timedelta(days=14)
_TYPED = ("kind", "record_id", "with_user_id", "access", "reason", "until_on")


@require_GET
def sharing(request: Request) -> HttpResponse:
    """What is shared today, and for an admin how far everybody reads."""
    return _page(request)


@require_http_methods(["GET", "POST"])
def share(request: Request) -> HttpResponse:
    """Share one record with one person: why, and until when. The record is named by `kind` and `record_id`."""
    typed = {name: (request.POST or request.GET).get(name, "") for name in _TYPED}
    number = int(typed["record_id"]) if typed["record_id"].isascii() and typed["record_id"].isdigit() else 0
    title = directory.record_title(request.actor, typed["kind"], number)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _share(request, typed, number)
        except services.EntryRefused as error:
            errors = field_error(error)
        except services.GrantRefused as error:
            errors = {"reason": f"{error.why} {error.fix}"}
        else:
            messages.success(request, f"{title} is shared until {typed['until_on']}.")
            return redirect("sharing")
    values = {
        "title": title,
        "typed": typed | {"until_on": typed["until_on"] or (request.at.date() + _USUALLY).isoformat()},
        "errors": errors,
        "colleagues": directory.colleagues(request.actor),
        "accesses": [("read", "read it"), ("write", "read and change it")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "people/share.html", values, using="pages", status=status)


@require_POST
def grant_end(request: Request, grant_id: int) -> HttpResponse:
    """End what was shared, today."""
    services.end_grant(actor=request.actor, grant_id=grant_id, as_of=request.as_of, at=request.at)
    messages.success(request, "This is no longer shared.")
    return redirect("sharing")


@require_POST
def reading(request: Request) -> HttpResponse:
    """Choose how far everybody reads, with the reason."""
    mode = request.POST.get("reading", "")
    try:
        if mode not in dict(directory.READINGS):
            raise refused(
                "reading", "This is none of the three.", why="Reading is own, team or all.", fix="Choose one."
            )
        services.set_setting(
            actor=request.actor, name=READING, value=mode, reason=request.POST.get("reason", ""), at=request.at
        )
    except services.EntryRefused as error:
        return _page(request, field_error(error))
    except services.ReasonMissing as error:
        return _page(request, {"reason": f"{error.why} {error.fix}"})
    messages.success(request, "Everybody reads by this from now on.")
    return redirect("sharing")


def _page(request: Request, errors: dict[str, str] | None = None) -> HttpResponse:
    values = {
        "rows": directory.shared(request.actor, as_of=request.as_of),
        "reading": request.POST.get("reading") or directory.reading(),
        "readings": directory.READINGS,
        "reason": request.POST.get("reason", ""),
        "errors": errors or {},
        "is_admin": request.actor.is_admin,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "people/sharing.html", values, using="pages", status=status)


def _share(request: Request, typed: dict[str, str], number: int) -> None:
    try:
        until_on = date.fromisoformat(typed["until_on"])
    except ValueError as error:
        raise refused(
            "until_on", "This is not a day.", why="Sharing ends on a day.", fix="Choose one from the calendar."
        ) from error
    colleague = typed["with_user_id"]
    services.share(
        actor=request.actor,
        record=(typed["kind"], number),
        with_user_id=int(colleague) if colleague.isascii() and colleague.isdigit() else 0,
        reason=typed["reason"],
        until_on=until_on,
        access=typed["access"] or "read",
        at=request.at,
    )
