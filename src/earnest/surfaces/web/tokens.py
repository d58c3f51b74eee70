"""Keys for programs: make one, see when it was used, revoke it; and the page that explains the API."""

from datetime import date, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from earnest.people import reads as people
from earnest.people.requests import Request
from earnest.people.services import tokens
from earnest.surfaces.api import access
from earnest.surfaces.api.mounted import api

SCOPES = (
    ("read", "Read everything that you see"),
    ("write", "Read and write everything that you may"),
    *((f"{module}:{able}", f"{able.capitalize()} {module}") for module in tokens.MODULES for able in ("read", "write")),
)
_USUAL_DAYS = 30
_KEY = "-H 'Authorization: Bearer ern_…'"
_JSON = f"{_KEY} -H 'Content-Type: application/json'"
_NEW = """{"title": "Press line", "amount": {"minor": 7100000, "currency": "EUR"}}"""
_DATE = """{"buyer_by_when_on": "2027-03-31"}"""
# What each does, its options, and its address.
EXAMPLES = (
    ("The next fifty open deals by our date", _KEY, "deals?outcome=open&sort=seller_close_on"),
    ("Open a deal; under the same key it stays one", f"-X POST {_JSON} -H 'Idempotency-Key: 17' -d '{_NEW}'", "deals"),
    ("Write the buyer's date", f"-X PATCH {_JSON} -H 'If-Match: \"1\"' -d '{_DATE}'", "deals/17"),
    ("What the rules say of it", _KEY, "deals/17/verdicts"),
)


@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """The person's own keys, and a form for a new one. Making one asks for the password again."""
    return _make(request) if request.method == "POST" else _shown(request)


@require_POST
def revoke(request: Request, token_id: int) -> HttpResponse:
    """End a key at once."""
    row = tokens.revoke_token(actor=request.actor, token_id=token_id, at=request.at)
    messages.success(request, f"The key {row.name} opens nothing any more.")
    return redirect("tokens")


@require_GET
def docs(request: Request) -> HttpResponse:
    """What the API is, with examples, and every address of it."""
    site = request.build_absolute_uri("/").rstrip("/")
    values = {
        "groups": _described(),
        "examples": [(title, f"curl {options} '{site}/api/v1/{path}'") for title, options, path in EXAMPLES],
        "budget": access.REQUESTS_A_MINUTE,
    }
    return render(request, "web/api_docs.html", values, using="pages")


@reauthentication_required  # type: ignore[untyped-decorator]  # django-allauth carries no types
def _make(request: Request) -> HttpResponse:
    typed = {"name": request.POST.get("name", ""), "expires_on": request.POST.get("expires_on", "")}
    try:
        _, secret = tokens.create_token(
            actor=request.actor,
            name=typed["name"],
            scopes=request.POST.getlist("scopes"),
            expires_on=_day(typed["expires_on"]),
            at=request.at,
        )
    except tokens.TokenRefused as error:
        field = str(error.data["field"])
        return _shown(request, typed=typed, errors={field: f"{error.what} {error.fix}"})
    return _shown(request, secret=secret)


def _shown(
    request: Request, *, secret: str = "", typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    today = request.at.date()
    usual = {"name": "", "expires_on": (today + timedelta(days=_USUAL_DAYS)).isoformat()}
    values = {
        "keys": people.keys(request.actor, today=today),
        "scopes": SCOPES,
        "typed": typed or usual,
        "chosen": request.POST.getlist("scopes") if errors else ["read"],
        "errors": errors or {},
        "secret": secret,
        "least_on": (today + timedelta(days=1)).isoformat(),
        "most_on": (today + tokens.LONGEST_LIFE).isoformat(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    answer = render(request, "web/tokens.html", values, using="pages", status=status)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


@cache
def _described() -> list[tuple[str, list[dict[str, Any]]]]:  # as the description says it
    found: dict[str, list[dict[str, Any]]] = {}
    shapes = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, methods in shapes["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "says": operation["description"],
                    "takes": [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"],
                    "sends": _fields(shapes, operation),
                }
            )
    return list(found.items())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        why = "A key ends by itself, so it needs a day."
        fix = "Choose a day."
        raise tokens.TokenRefused(
            f"«{text[:20]}» is no day.", why=why, fix=fix, data={"field": "expires_on"}
        ) from reason


def _fields(shapes: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    body = operation.get("requestBody")
    if body is None:
        return []
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return list(shapes["components"]["schemas"][name]["properties"])
