"""Who may log in: people who were invited, and nobody else; and what is said to whoever tries too often."""

from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from earnest.surfaces.web import errors


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth carries no types
    """Nobody signs up alone: an admin invites, and the first admin comes from the set-up page."""

    # A right e-mail with a wrong password, and a wrong e-mail, read the same.
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This e-mail and this password do not belong together. Check both.",
        "too_many_login_attempts": "That was often enough for now. Wait up to five minutes, then try again.",
        "enter_current_password": "This is not the password you have now.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code is not the one. Wait for the next one and type it.",
        "rate_limited": "That was often enough for now. Wait up to five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth calls it with this
        """Never."""
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """A login at the company's own server is one of an existing, active person here, known by their e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002, ANN401  # as above
        """Never: who may work here is decided here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401  # as above
        """Say in words when the company knows somebody whom this workspace does not."""
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(_unknown(request))
        if sociallogin._did_authenticate_by_email:
            # Found by their e-mail for the first time. django-allauth would wipe the password, for fear of somebody
            # who signed up with a stranger's e-mail; here nobody signs up, and there is no public way to keep it.
            sociallogin._did_authenticate_by_email = None
            sociallogin.connect(request, sociallogin.user)


def _unknown(request: HttpRequest) -> HttpResponse:
    return errors.page(
        request,
        HTTPStatus.FORBIDDEN,
        what="Your company knows you, and this workspace does not yet.",
        why="People work here after an admin has invited their e-mail address.",
        fix="Ask an admin to invite you, then log in again.",
    )


@login_not_required
def closed(request: HttpRequest, **where: str) -> HttpResponse:  # noqa: ARG001  # an address takes what it names
    """A page that django-allauth would have and Earnest has not."""
    raise Http404


def too_many(request: HttpRequest) -> HttpResponse:
    """What somebody is told who tried too often; the same for a right and a wrong guess."""
    return errors.page(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        what="That was often enough for now.",
        why="Many tries in a short time look like guessing, so the next one waits for up to five minutes.",
        fix="Wait a little, then try again. If you have forgotten your password, ask for a new one.",
    )
