"""The first page of a new workspace."""

from http import HTTPStatus
from zoneinfo import available_timezones

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from earnest.people import reads as people
from earnest.people import services
from earnest.people.actors import Actor
from earnest.people.requests import Request
from earnest.people.views.entry import field_error
from earnest.records.reads import setup as reads
from earnest.records.services import beginning

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
# Currencies are the same for everybody, and nobody is in yet.
_NOBODY = Actor(user_id=0, role="rep")
_ASKED = {"workspace": "", "name": "", "email": "", "currency": "EUR", "time_zone": "UTC"}


@never_cache
@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def set_up(request: Request) -> HttpResponse:
    """The first page of a new workspace: its first admin, its currency. Gone once somebody can log in."""
    if people.anybody_can_log_in():
        raise Http404
    typed = {name: request.POST.get(name, usual) for name, usual in _ASKED.items()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            user = beginning.begin(**typed, password=request.POST.get("password", ""), at=request.at)
        except services.EntryRefused as error:
            errors = field_error(error)
        except services.AlreadySetUp as error:
            raise Http404 from error
        else:
            login(request, user, backend=_BACKEND)
            # django-allauth lists what it logged in itself; this one is to be ended like the others.
            UserSession.objects.create_from_request(request)
            return redirect("home")
    zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
    values = {
        "typed": typed,
        "errors": errors,
        "codes": [(code, code) for code in reads.currency_codes(_NOBODY)],
        "zones": zones,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "records/set_up.html", values, using="pages", status=status)
