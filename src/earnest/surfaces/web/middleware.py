"""The door: who asks and on which day is fixed here, once; and what goes wrong is said in words."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from earnest.errors import EarnestError
from earnest.people import actors
from earnest.people import reads as people
from earnest.surfaces.web import errors

Answer = Callable[[HttpRequest], HttpResponse]
_LOG = logging.getLogger("earnest.web")


class ErrorPages:
    """A refusal of ours becomes a page that says what, why and what next; the unexpected, one with a reference."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a view raised; Django's own answers (404, a broken form) keep their way."""
        if isinstance(exception, EarnestError):
            return errors.told(request, exception)
        if isinstance(exception, errors.LEFT_TO_DJANGO):
            return None
        reference = secrets.token_hex(4)
        _LOG.error("Unexpected, reference %s: %s %s", reference, request.method, request.path, exc_info=exception)
        return errors.unexpected(request, reference)


class Door:
    """Sets `request.actor`, `as_of` and `at`; sends a stranger to the login, and the first one to the set-up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with its day and moment; an address asked in a way it does not take says so."""
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content:
            return errors.other_way(request, answer)
        return answer

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: list[object],  # noqa: ARG002  # Django calls it with these
        kwargs: dict[str, object],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Fix who and when before the view runs; None lets it run."""
        request.at = timezone.now()  # type: ignore[attr-defined]  # here a request becomes a people.Request
        if request.user.is_authenticated:
            today = people.demo_day() or timezone.localdate(request.at)  # type: ignore[attr-defined]
            request.as_of = today  # type: ignore[attr-defined]
            hour = timezone.localtime(request.at).time()  # type: ignore[attr-defined]
            request.at_on_day = timezone.make_aware(datetime.combine(today, hour))  # type: ignore[attr-defined]
            request.actor = actors.actor_of(request.user, today=today)  # type: ignore[attr-defined]
            return None
        if not getattr(view, "login_required", True):
            return None
        if self._waits_for_its_first_admin():
            return HttpResponseRedirect(reverse("set_up"))
        return HttpResponseRedirect(f"{reverse('account_login')}?{errors.next_of(request)}")

    def _waits_for_its_first_admin(self) -> bool:
        # Asked until somebody can log in, and never again in this process.
        self._set_up = self._set_up or people.anybody_can_log_in()
        return not self._set_up
