"""One's own account, and what one should know."""

from http import HTTPStatus
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from earnest.people import directory, services
from earnest.people.requests import Request
from earnest.people.services import letters
from earnest.people.views.entry import field_error


@require_http_methods(["GET", "POST"])
def my_account(request: Request) -> HttpResponse:
    """Name, time zone, focus view and digest, and the ways to the password, the second factor and the sessions."""
    user, errors = request.user, dict[str, str]()
    typed = {"name": user.name, "time_zone": user.time_zone}
    flags = {"hides_quota": user.hides_quota, "wants_digest": user.wants_digest}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        flags = {name: name in request.POST for name in flags}
        try:
            services.edit_own(
                actor=request.actor,
                name=typed["name"],
                time_zone=typed["time_zone"],
                hides_quota=flags["hides_quota"],
                wants_digest=flags["wants_digest"],
                at=request.at,
            )
        except services.EntryRefused as error:
            errors = field_error(error)
        else:
            messages.success(request, "Your account is changed.")
            return redirect("my_account")
    values = {
        "typed": typed,
        "flags": flags,
        "errors": errors,
        "email": user.email,
        "zones": [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
        "mail": letters.mail_is_set_up(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "people/my_account.html", values, using="pages", status=status)


@require_GET
def notifications(request: Request) -> HttpResponse:
    """What one should know, newest first."""
    after = request.GET.get("after", "")
    rows, more = directory.notices(request.actor, after=int(after) if after.isascii() and after.isdigit() else None)
    values = {"rows": rows, "more": more, "after": after}
    return render(request, "people/notifications.html", values, using="pages")


@require_POST
def notification(request: Request, notification_id: int) -> HttpResponse:
    """Mark one notice as read, and go where it points."""
    notice = services.mark_read(actor=request.actor, notification_id=notification_id, at=request.at)
    target = notice.link if "open" in request.POST else ""
    return redirect(target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "notifications")


@require_POST
def notifications_read(request: Request) -> HttpResponse:
    """Mark every notice as read."""
    services.mark_all_read(actor=request.actor, at=request.at)
    return redirect("notifications")
