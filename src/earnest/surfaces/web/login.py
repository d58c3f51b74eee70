"""Who may log in: people who were invited, and nobody else."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse

from earnest.surfaces.web import errors


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth carries no types
    """Nobody signs up alone: an admin invites, and the first admin comes from the set-up page."""

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


def _unknown(request: HttpRequest) -> HttpResponse:
    return errors.page(
        request,
        HTTPStatus.FORBIDDEN,
        what="Your company knows you, and this workspace does not yet.",
        why="People work here after an admin has invited their e-mail address.",
        fix="Ask an admin to invite you, then log in again.",
    )
