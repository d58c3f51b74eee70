"""What went wrong, as a page or as JSON: what happened, why, and what to do next."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from earnest.errors import EarnestError
from earnest.intake.staging import UploadTooLarge
from earnest.people import services as people
from earnest.people.authority import NotAllowed, NotFound
from earnest.records.services import StaleVersion

LEFT_TO_DJANGO = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)
_STATUS: dict[type[EarnestError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    StaleVersion: HTTPStatus.CONFLICT,
    UploadTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


def status_of(error: EarnestError) -> HTTPStatus:
    """The HTTP status of a refusal: 422 where no other says it better."""
    return next(
        (status for kind, status in _STATUS.items() if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY
    )


def told(request: HttpRequest, error: EarnestError) -> HttpResponse:
    """The refusal in the form that was asked for: JSON below /api/, a strip for htmx, otherwise a page."""
    status = status_of(error)
    keep_denied(request, error)
    if request.path.startswith("/api/"):
        body = {"code": error.code, "what": error.what, "why": error.why, "fix": error.fix, "data": error.data}
        return JsonResponse(body, status=status, json_dumps_params={"default": str})
    return page(request, status, what=error.what, why=error.why, fix=error.fix, data=error.data)


def keep_denied(request: HttpRequest, error: EarnestError) -> None:
    """Write into the audit that a known person asked for what is not theirs."""
    actor, at = getattr(request, "actor", None), getattr(request, "at", None)
    if actor is not None and at is not None and isinstance(error, NotFound | NotAllowed):
        people.note_denied(actor=actor, code=error.code, method=request.method or "", path=request.path, at=at)


def unexpected(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer to what nobody foresaw; the reference is in the server's log beside the cause."""
    what = "Earnest itself failed here, and it is not your doing."
    why = f"The cause is in the server's log under the reference {reference}."
    fix = "Nothing was half written. Try again; if it stays, give the reference to whoever runs this server."
    if request.path.startswith("/api/"):
        body = {"code": "unexpected", "what": what, "why": why, "fix": fix, "data": {"reference": reference}}
        return JsonResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR, what=what, why=why, fix=fix)


def other_way(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer to an address that was opened where it takes a form, or the other way round."""
    what = "This address is not opened in this way."
    why = f"It takes {answer.headers.get('Allow', 'something else')}, and was asked with {request.method}."
    fix = "Go back to the page that has the form, and use its button."
    if request.path.startswith("/api/"):
        body = {"code": "method_not_allowed", "what": what, "why": why, "fix": "Use a method it takes.", "data": {}}
        told: HttpResponse = JsonResponse(body, status=answer.status_code)
    else:
        told = page(request, HTTPStatus(answer.status_code), what=what, why=why, fix=fix)
    if "Allow" in answer.headers:
        told.headers["Allow"] = answer.headers["Allow"]
    return told


def page(
    request: HttpRequest, status: HTTPStatus, *, what: str, why: str = "", fix: str = "", data: object = None
) -> HttpResponse:
    """The page of an error; for htmx the strip alone, swapped in where messages stand."""
    values = {"what": what, "why": why, "fix": fix, "status": int(status), "data": data}
    if getattr(request, "htmx", None):
        answer = render(request, "web/_refusal.html", values, status=status, using="pages")
        answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML"
        return answer
    return render(request, "web/error.html", values, status=status, using="pages")


def next_of(request: HttpRequest) -> str:
    """Where to go after the login: the page that was asked for, never another site."""
    return urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
