"""Who works here: the list, inviting, roles, teams of a person, closing and opening accounts."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from earnest.people import directory, reads, services
from earnest.people.requests import Request
from earnest.people.services import letters
from earnest.people.views.entry import field_error, link_of


@require_GET
def people(request: Request) -> HttpResponse:
    """Everybody who works here, was invited, has left, or came with an import."""
    found = directory.people(request.actor, at=request.at)
    groups = {"here": ("active", "invited", "expired"), "imported": ("imported",), "left": ("left",)}
    values = {name: [row for row in found if row.standing in standings] for name, standings in groups.items()}
    return render(request, "people/people.html", values, using="pages")


@require_GET
def person(request: Request, user_id: int) -> HttpResponse:
    """One person: role, teams, and how to let them in or out."""
    row = directory.person(request.actor, user_id, at=request.at)
    values = {
        "row": row,
        "is_me": user_id == request.actor.user_id,
        "is_admin": request.actor.is_admin,
        "roles": directory.role_choices(request.actor),
        "teams": directory.team_choices(request.actor),
        "hand_over": _hand_over(user_id),
    }
    return render(request, "people/person.html", values, using="pages")


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite somebody new; the link is shown once."""
    typed = {name: request.POST.get(name, "") for name in ("name", "email", "role", "team_id")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            invited = services.invite(
                actor=request.actor,
                name=typed["name"],
                email=typed["email"],
                role=typed["role"],
                team_id=_number(typed["team_id"]),
                at=request.at,
            )
        except (services.EntryRefused, services.EmailTaken) as error:
            errors = field_error(error)
        else:
            return _handed(request, invited)
    values = {
        "typed": typed,
        "errors": errors,
        "roles": directory.role_choices(request.actor),
        "teams": directory.team_choices(request.actor),
        "is_admin": request.actor.is_admin,
        "may": bool(directory.role_choices(request.actor)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "people/invite.html", values, using="pages", status=status)


@never_cache
@require_POST
def person_invite(request: Request, user_id: int) -> HttpResponse:
    """Give a person a new link; the one before stops working."""
    email = request.POST.get("email", "")
    return _handed(request, services.invite_again(actor=request.actor, user_id=user_id, email=email, at=request.at))


@require_POST
def person_role(request: Request, user_id: int) -> HttpResponse:
    """Give a person another role."""
    user = services.change_role(actor=request.actor, user_id=user_id, role=request.POST.get("role", ""), at=request.at)
    messages.success(request, f"{user.name} is {user.get_role_display()} from now on.")
    return redirect("person", user_id)


@require_POST
def person_join(request: Request, user_id: int) -> HttpResponse:
    """Put a person into a team, or change whether they lead it."""
    services.add_member(
        actor=request.actor,
        user_id=user_id,
        team_id=_number(request.POST.get("team_id", "")) or 0,
        leads="leads" in request.POST,
        at=request.at,
    )
    return redirect("person", user_id)


@require_POST
def person_leave(request: Request, user_id: int, team_id: int) -> HttpResponse:
    """Take a person out of a team."""
    services.remove_member(actor=request.actor, user_id=user_id, team_id=team_id, at=request.at)
    return redirect("person", user_id)


@require_POST
def person_close(request: Request, user_id: int) -> HttpResponse:
    """Close a person's account: their sessions and keys end now; then hand over what they own."""
    user = services.deactivate(actor=request.actor, user_id=user_id, at=request.at)
    messages.success(request, f"{user.name} is logged out everywhere and cannot log in. What they own is still theirs.")
    return redirect(_hand_over(user_id) or reverse("person", args=[user_id]))


@require_POST
def person_reopen(request: Request, user_id: int) -> HttpResponse:
    """Let a person who had left log in again."""
    user = services.reactivate(actor=request.actor, user_id=user_id, at=request.at)
    messages.success(request, f"{user.name} can log in again, with the password they had.")
    return redirect("person", user_id)


def _handed(request: Request, invited: services.Invited) -> HttpResponse:
    link = link_of(request, invited.token)
    sent = letters.send_invitation(
        to=invited.email,
        name=invited.name,
        link=link,
        workspace=str(reads.setting("workspace_name") or ""),
        by=request.user.name,
    )
    values = {"invited": invited, "link": link, "sent": sent}
    return render(request, "people/invited.html", values, using="pages")


def _hand_over(user_id: int) -> str:
    return reverse("hand_over", args=[user_id])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
