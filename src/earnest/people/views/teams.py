"""The tree of teams: add one, rename one, hang one elsewhere."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from earnest.people import authority, directory, services
from earnest.people.requests import Request
from earnest.people.views.entry import field_error


@require_http_methods(["GET", "POST"])
def teams(request: Request) -> HttpResponse:
    """The tree, with who is in each team; an admin adds one."""
    authority.demand(allowed=_leads(request), actor=request.actor, action="see how teams are set up")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.add_team(
                actor=request.actor, name=request.POST.get("team", ""), parent_id=_parent(request), at=request.at
            )
        except (services.EntryRefused, services.TeamNameTaken) as error:
            errors = field_error(error)
        else:
            return redirect("teams")
    rows = directory.teams(request.actor)
    values = {
        "rows": rows,
        "choices": [("", "at the top"), *((str(row.id), "\u2003" * row.depth + row.name) for row in rows)],
        "typed": {"team": request.POST.get("team", ""), "parent_id": request.POST.get("parent_id", "")},
        "errors": errors,
        "is_admin": request.actor.is_admin,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "people/teams.html", values, using="pages", status=status)


@require_POST
def team(request: Request, team_id: int) -> HttpResponse:
    """Rename a team, or hang it below another one, as the form says."""
    if "team" in request.POST:
        services.rename_team(actor=request.actor, team_id=team_id, name=request.POST["team"], at=request.at)
    else:
        services.move_team(actor=request.actor, team_id=team_id, parent_id=_parent(request), at=request.at)
    return redirect("teams")


def _parent(request: Request) -> int | None:
    text = request.POST.get("parent_id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _leads(request: Request) -> bool:
    return request.actor.role in authority.LEADING_ROLES
