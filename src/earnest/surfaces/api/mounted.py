"""The API as it is mounted below /api/v1/: its parts, and every refusal in the one body."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from earnest import __version__
from earnest.errors import EarnestError
from earnest.people.authority import NotAllowed, NotFound, not_found
from earnest.records.services import StaleVersion
from earnest.surfaces.api import access, activities, answers, deals, lines, parties, workspace
from earnest.surfaces.web import errors

_LOG = logging.getLogger("earnest.api")

api = NinjaAPI(
    title="Earnest",
    version=__version__,
    description="Deals, the people in them, what happened, and what the rules say. Every refusal has one body.",
    urls_namespace="api",
    # Ninja's own pages load their scripts from elsewhere; ours is at /account/api.
    docs_url=None,
)
for router in (deals.router, lines.router, parties.router, activities.router, workspace.router, workspace.saved):
    api.add_router("", router)


STATUS: dict[type[EarnestError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    access.ScopeMissing: HTTPStatus.FORBIDDEN,
    access.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    answers.VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    access.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
}


def missing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The answer of every other address below /api/."""
    return told(not_found("address", "that was asked for"))


def told(error: EarnestError) -> HttpResponse:
    """A refusal as every client reads it."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), None)
    body = JsonResponse(
        error.as_dict(), status=status or HTTPStatus.UNPROCESSABLE_ENTITY, json_dumps_params={"default": answers.plain}
    )
    if status == HTTPStatus.UNAUTHORIZED:
        body["WWW-Authenticate"] = "Bearer"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        body["Retry-After"] = str(error.data["retry_after_seconds"])
    return body


@api.exception_handler(EarnestError)
def refused(request: HttpRequest, error: EarnestError) -> HttpResponse:
    """What a service or a read refused."""
    errors.keep_denied(request, error)
    return told(error)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001  # as above
    """A body or a query that is not as the description says."""
    return told(answers.unfit(error))


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001  # as above
    """A body that is no JSON."""
    return told(answers.refused("body", f"Send one JSON object. {error}"))


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """What nobody foresaw: told with a reference, and its cause in the log."""
    reference = secrets.token_hex(4)
    _LOG.error("Unexpected, reference %s: %s %s", reference, request.method, request.path, exc_info=error)
    return errors.unexpected(request, reference)


def addresses() -> tuple[list[Any], str, str]:  # Django's own patterns
    """The addresses of the API; who may come in is decided by each operation and not at the pages' door."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            login_not_required(pattern.callback)
    return patterns, app_name, namespace
