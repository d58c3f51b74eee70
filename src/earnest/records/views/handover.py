"""Give the open deals of somebody who leaves, or has too many, to a colleague."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from earnest.people.requests import Request
from earnest.records.reads import handover as reads
from earnest.records.services import handover
from earnest.records.views import acts


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, user_id: int) -> HttpResponse:
    """The open deals of a person that the actor may hand over, and to whom; all of them, or those that are ticked."""
    values = dict(reads.offer(request.actor, user_id))
    if request.method == "POST":
        chosen = [int(number) for number in request.POST.getlist("deal_id") if number.isascii() and number.isdigit()]
        to = request.POST.get("to_user_id", "")
        group = acts.new_group()
        count = handover.hand_over_all(
            by=acts.by(request, group=group),
            from_user_id=user_id,
            to_user_id=int(to) if to.isascii() and to.isdigit() else 0,
            deal_ids=chosen,
        )
        acts.said(request, "One deal is handed over." if count == 1 else f"{count} deals are handed over.", group=group)
        return redirect("person", user_id)
    return render(request, "records/handover.html", values, using="pages")
