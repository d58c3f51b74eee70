"""Notes: write one, write it anew, put it into the bin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records.reads import notes as reads
from earnest.records.services import notes as services
from earnest.records.views import acts, forms


@require_POST
def add(request: Request, deal_id: int) -> HttpResponse:
    """Write a note on a deal; whoever it names with an @ is told."""
    group = acts.new_group()
    home = reverse("deal", args=[deal_id])
    text = forms.clean(request.POST.get("text", ""), keep="\t\n")
    note = services.add_note(by=acts.by(request, group=group), text=text, link=f"{home}#stream", deal_id=deal_id)
    acts.said(request, _told(len(note.mentioned)), group=group)
    return acts.back(request, f"{home}#stream")


def edit(request: Request, note_id: int) -> HttpResponse:
    """Write a note anew; only its author may."""
    note = reads.note(request.actor, note_id)
    if request.method == "POST":
        group = acts.new_group()
        services.edit_note(
            by=acts.by(request, group=group),
            note_id=note_id,
            version=forms.whole(request.POST, "version", note.version),
            text=forms.clean(request.POST.get("text", ""), keep="\t\n"),
            link=note.link,
        )
        acts.said(request, "The note is written anew.", group=group)
        return acts.back(request, note.link)
    return render(request, "records/note_form.html", {"note": note}, using="pages")


@require_POST
def discard(request: Request, note_id: int) -> HttpResponse:
    """Put a note into the bin."""
    note = reads.note(request.actor, note_id)
    group = acts.new_group()
    version = forms.whole(request.POST, "version", note.version)
    services.discard_note(by=acts.by(request, group=group), note_id=note_id, version=version)
    acts.said(request, "The note lies in the bin for 90 days.", group=group)
    return acts.back(request, note.link)


def _told(count: int) -> str:
    if not count:
        return "The note is written down."
    return f"The note is written down, and {'one person is' if count == 1 else f'{count} people are'} told."
