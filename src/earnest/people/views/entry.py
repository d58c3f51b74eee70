"""The way in: setting up a new workspace, and the link of an invitation."""

from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from earnest.people import reads, services
from earnest.people.requests import Request

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
_FOUNDING = ("workspace", "name", "email")


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
def set_up(request: Request) -> HttpResponse:
    """The first page of a new workspace: its first admin. Gone once somebody can log in."""
    if reads.anybody_can_log_in():
        raise Http404
    typed = {name: request.POST.get(name, "") for name in _FOUNDING}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            user = services.found(**typed, password=request.POST.get("password", ""), at=request.at)
        except services.EntryRefused as error:
            errors = field_error(error)
        except services.AlreadySetUp as error:
            raise Http404 from error
        else:
            login(request, user, backend=_BACKEND)
            # django-allauth lists what it logged in itself; this one is to be ended like the others.
            UserSession.objects.create_from_request(request)
            return redirect("home")
    return render(
        request,
        "people/set_up.html",
        {"typed": typed, "errors": errors},
        using="pages",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


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
