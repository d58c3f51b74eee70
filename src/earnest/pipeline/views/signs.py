"""Say of a sign of column fodder that it holds, that it does not, or that nobody knows."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.pipeline.services import pursuit
from earnest.records.views import acts

_ANSWERS = {"yes": True, "no": False}


@require_POST
def note(request: Request, deal_id: int, name: str) -> HttpResponse:
    """Keep the answer and judge the deal again; earlier answers stay as they were."""
    holds = _ANSWERS.get(request.POST.get("answer", ""))
    pursuit.note_sign(by=acts.by_on_its_day(request), deal_id=deal_id, name=name, holds=holds)
    acts.said(request, "Noted, and judged again.")
    return acts.back(request, f"{reverse('deal', args=[deal_id])}#real")
