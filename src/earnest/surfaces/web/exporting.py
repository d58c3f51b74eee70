"""The settings' page of the export: everything in this workspace, to take along."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from earnest.people import authority
from earnest.people.requests import Request
from earnest.records.views import settings
from earnest.surfaces import exporting


@require_GET
def page(request: Request) -> HttpResponse:
    """The two forms of the export, and what is in them."""
    authority.demand_admin(request.actor, action="export the workspace")
    return settings.shown(request, "web/export.html", "settings_export", {"nouns": list(exporting.NOUNS)})


@require_POST
def send(request: Request) -> StreamingHttpResponse:
    """The export, while it is made."""
    profile = request.POST.get("profile", "")
    pieces = exporting.everything(actor=request.actor, profile=profile, at=request.at, origin="ui")
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"earnest-{request.as_of.isoformat()}-{profile}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
