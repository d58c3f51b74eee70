"""The way in: the link of an invitation."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from earnest.people import reads, services
from earnest.people.requests import Request


def link_of(request: Request, token: str) -> str:
    """The whole address of an invitation, at the address this site is known by."""
    path = reverse("invitation", args=[token])
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}" if settings.SITE_ADDRESS else request.build_absolute_uri(path)


def field_error(error: services.EntryRefused | services.EmailTaken | services.TeamNameTaken) -> dict[str, str]:
    """What was wrong with which field, for the page to say beside it."""
    said = " ".join(part for part in (error.what, error.why, error.fix) if part)
    return {str(error.data["field"]): said}


@never_cache
@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """The page behind the link of an invitation: set a password, then log in with it."""
    try:
        user = services.invitee(token=token, at=request.at)
        errors: dict[str, str] = {}
        if request.method == "POST":
            services.accept(token=token, password=request.POST.get("password", ""), at=request.at)
            messages.success(request, "Your password is set. Log in with it.")
            return redirect("account_login")
    except services.InvitationSpent as error:
        return render(request, "people/spent.html", {"error": error}, using="pages", status=HTTPStatus.NOT_FOUND)
    except services.EntryRefused as error:
        errors = field_error(error)
    return render(
        request,
        "people/invitation.html",
        {"name": user.name, "email": user.email, "workspace": reads.setting("workspace_name"), "errors": errors},
        using="pages",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )
