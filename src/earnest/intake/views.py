"""The pages of imports: files come in, a person says what they mean, looks at what would be written, and writes it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from earnest.intake import answers, reads, services, staging
from earnest.intake.services import jobs
from earnest.people import authority
from earnest.people.requests import Request


@require_GET
def imports(request: Request) -> HttpResponse:
    """What is under way and what came in, with the way to bring in more."""
    after = request.GET.get("after", "")
    lines, following = reads.past(request.actor, after=int(after) if after.isdecimal() else None)
    shown = {
        "under_way": [] if after else reads.under_way(request.actor),
        "past": lines,
        "next": f"{reverse('imports')}?after={following}" if following else "",
        "back": reverse("imports") if after else "",
        "most_mb": staging.MOST_BYTES >> 20,
    }
    return render(request, "intake/imports.html", shown, using="pages")


@require_POST
@csrf_exempt
def upload(request: Request) -> HttpResponse:
    """Take the files of an export; who may not, or sends too much, is refused before the first byte is kept."""
    # The body is read where the form's token is looked for, so both are asked for before that.
    authority.demand_admin(request.actor, action=jobs.IMPORT)
    length = request.META.get("CONTENT_LENGTH") or "0"
    staging.demand_size(int(length) if length.isdecimal() else 0)
    return _upload(request)


@csrf_protect
def _upload(request: Request) -> HttpResponse:
    made = jobs.bring(actor=request.actor, files=request.FILES.getlist("files"), at=request.at)
    return _to_job(int(made.pk))


@require_GET
def job(request: Request, job_id: int) -> HttpResponse:
    """An import under way: how far it is, what was understood, what would be written."""
    found = reads.job(request.actor, job_id, at=request.at)
    if found["state"] == "done" and found["run"]:
        return _moved(request, reverse("import_run", args=[found["run"]]))
    template = "intake/_job.html" if request.htmx else "intake/job.html"
    return render(request, template, {"job": found, "page": answers.page_of(found)}, using="pages")


@require_POST
def read_otherwise(request: Request, job_id: int) -> HttpResponse:
    """Read the files again with what was chosen on the page."""
    found = reads.job(request.actor, job_id, at=request.at)
    chosen = answers.mapping_of(request.POST, found["found"])
    system = request.POST.get("system", "")
    jobs.read_otherwise(actor=request.actor, job_id=job_id, mapping=chosen, system=system, at=request.at)
    return _to_job(job_id)


@require_POST
def write(request: Request, job_id: int) -> HttpResponse:
    """Write what the dry run foresees."""
    jobs.write(actor=request.actor, job_id=job_id, at=request.at)
    return _to_job(job_id)


@require_POST
def go_on(request: Request, job_id: int) -> HttpResponse:
    """Take up again what nobody works on any more."""
    jobs.go_on(actor=request.actor, job_id=job_id, at=request.at)
    return _to_job(job_id)


@require_POST
def drop(request: Request, job_id: int) -> HttpResponse:
    """Let the files go without writing them."""
    jobs.drop(actor=request.actor, job_id=job_id, at=request.at)
    messages.success(request, "Nothing was written, and the files are gone from this server.")
    return HttpResponseRedirect(reverse("imports"))


@require_GET
def held_back(request: Request, job_id: int) -> FileResponse:
    """The rows that would be held back, each with its reason."""
    path = reads.held_back_file(request.actor, job_id, at=request.at)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"held-back-{job_id}.csv")


@require_GET
def run(request: Request, run_id: int) -> HttpResponse:
    """A past import: what came, what was held back, what was found dirty, and the way to take it back."""
    found = reads.run(request.actor, run_id, at=request.at)
    return render(request, "intake/run.html", {"run": found}, using="pages")


@require_GET
def held(request: Request, run_id: int) -> HttpResponse:
    """The rows that an import held back, each with its reason."""
    answer = HttpResponse(services.refused_rows(run_id, actor=request.actor), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="held-back-of-import-{run_id}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def take_back(request: Request, run_id: int) -> HttpResponse:
    """Say what taking an import back does, and on a yes begin it."""
    if request.method == "GET":
        found = reads.run(request.actor, run_id, at=request.at)
        return render(request, "intake/take_back.html", {"run": found}, using="pages")
    return _to_job(int(jobs.take_back(actor=request.actor, run_id=run_id, at=request.at).pk))


def _to_job(job_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("import_job", args=[job_id]))


def _moved(request: Request, address: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=HTTPStatus.OK)
    answer["HX-Redirect"] = address
    return answer
