"""Files beside a deal: add one, send one as a download, put one into the bin and take it out again."""

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from earnest.people.requests import Request
from earnest.records.reads import files as reads
from earnest.records.services import files as services
from earnest.records.views import acts, forms


@require_POST
def add(request: Request, deal_id: int) -> HttpResponse:
    """Keep a file beside a deal."""
    group = acts.new_group()
    home = f"{reverse('deal', args=[deal_id])}#files"
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        acts.said(request, "Choose a file first.")
        return acts.back(request, home)
    by = acts.by(request, group=group)
    file = services.attach(by=by, name=sent.name or "", chunks=sent.chunks(), deal_id=deal_id)
    acts.said(request, f"«{file.name}» is kept beside this deal.", group=group)
    return acts.back(request, home)


@require_GET
def send(request: Request, file_id: int) -> HttpResponseBase:
    """A file as a download: never shown in the browser, never run, whatever it says of itself."""
    name, path = reads.to_send(request.actor, file_id)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def discard(request: Request, file_id: int) -> HttpResponse:
    """Put a file into the bin."""
    group = acts.new_group()
    version = forms.whole(request.POST, "version", 0)
    file = services.discard_file(by=acts.by(request, group=group), file_id=file_id, version=version)
    acts.said(request, f"«{file.name}» lies in the bin for 90 days.", group=group)
    return acts.back(request, "/")


@require_POST
def restore(request: Request, file_id: int) -> HttpResponse:
    """Take a file out of the bin."""
    group = acts.new_group()
    file = services.restore_file(by=acts.by(request, group=group), file_id=file_id)
    acts.said(request, f"«{file.name}» is back.", group=group)
    return acts.back(request, "/")
