"""Lists that people save: under a name, for themselves or for everybody."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.pipeline import asking
from earnest.pipeline.reads import choices
from earnest.records.services import views
from earnest.records.views import acts


@require_POST
def save(request: Request) -> HttpResponse:
    """Save the list as it is asked for now."""
    asked = asking.asked(request.GET.dict())
    view = views.save_view(
        by=acts.by(request),
        page=choices.LIST_PAGE,
        name=request.POST.get("name", ""),
        query=asked.query(),
        shared="shared" in request.POST,
    )
    acts.said(request, f"The list «{view.name}» is saved{' for everybody' if view.shared else ''}.")
    return acts.back(request, "/deals")


@require_POST
def edit(request: Request, view_id: int) -> HttpResponse:
    """Rename or share a saved list of one's own."""
    name, shared = request.POST.get("name", ""), "shared" in request.POST
    view = views.edit_view(by=acts.by(request), view_id=view_id, name=name, shared=shared)
    acts.said(request, f"The list is called «{view.name}»{' and is there for everybody' if view.shared else ''}.")
    return acts.back(request, "/deals")


@require_POST
def remove(request: Request, view_id: int) -> HttpResponse:
    """Remove a saved list of one's own."""
    view = views.remove_view(by=acts.by(request), view_id=view_id)
    acts.said(request, f"The list «{view.name}» is removed; its deals are where they were.")
    return acts.back(request, "/deals")
