"""The settings' page of pipelines and stages: added, renamed, moved, given a meaning, retired and restored."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from earnest.people.requests import Request
from earnest.records.reads import setup as reads
from earnest.records.services import By, arranging
from earnest.records.views import settings

PAGE = "settings_pipelines"


@require_GET
def pipelines(request: Request) -> HttpResponse:
    """Every pipeline with its stages, and what was retired."""
    values = {
        "pipelines": reads.pipelines(request.actor),
        "retired": reads.retired(request.actor),
        "meanings": reads.MEANINGS,
    }
    return settings.shown(request, "records/settings_pipelines.html", PAGE, values)


@require_POST
def add_pipeline(request: Request) -> HttpResponse:
    """Add a pipeline."""

    def doing(by: By) -> str:
        made = arranging.begin_pipeline(by=by, name=request.POST.get("name", ""))
        return f"The pipeline {made.name} is there. Give it its stages."

    return settings.done(request, doing, PAGE)


@require_POST
def pipeline(request: Request, pipeline_id: int) -> HttpResponse:
    """Rename a pipeline."""

    def doing(by: By) -> str:
        version = settings.number(request, "version")
        name = request.POST.get("name", "")
        made = arranging.rename_pipeline(by=by, pipeline_id=pipeline_id, version=version, name=name)
        return f"The pipeline is called {made.name} now. Its deals stay where they are."

    return settings.done(request, doing, PAGE)


@require_POST
def retire_pipeline(request: Request, pipeline_id: int) -> HttpResponse:
    """Retire a pipeline."""

    def doing(by: By) -> str:
        version = settings.number(request, "version")
        made = arranging.retire_pipeline(by=by, pipeline_id=pipeline_id, version=version)
        return f"The pipeline {made.name} can no longer be chosen. Its deals stay in their stages."

    return settings.done(request, doing, PAGE)


@require_POST
def restore_pipeline(request: Request, pipeline_id: int) -> HttpResponse:
    """Restore a retired pipeline."""

    def doing(by: By) -> str:
        return f"The pipeline {arranging.restore_pipeline(by=by, pipeline_id=pipeline_id).name} can be chosen again."

    return settings.done(request, doing, PAGE)


@require_POST
def add_stage(request: Request, pipeline_id: int) -> HttpResponse:
    """Add a stage at the end of a pipeline."""

    def doing(by: By) -> str:
        name, meaning = request.POST.get("name", ""), request.POST.get("meaning", "untold")
        made = arranging.begin_stage(by=by, pipeline_id=pipeline_id, name=name, meaning=meaning)
        return f"The stage {made.name} stands at the end. No deal is in it yet."

    return settings.done(request, doing, PAGE)


@require_POST
def stage(request: Request, stage_id: int) -> HttpResponse:
    """Rename a stage, or say what it means."""

    def doing(by: By) -> str:
        made = arranging.describe_stage(
            by=by,
            stage_id=stage_id,
            version=settings.number(request, "version"),
            name=request.POST.get("name", ""),
            meaning=request.POST.get("meaning", "untold"),
        )
        return f"The stage {made.name} means «{made.get_meaning_display()}». Its deals stay in it."

    return settings.done(request, doing, PAGE)


@require_POST
def move_stage(request: Request, stage_id: int) -> HttpResponse:
    """Move a stage one place."""

    def doing(by: By) -> str:
        step = -1 if request.POST.get("step") == "-1" else 1
        made = arranging.move_stage(by=by, stage_id=stage_id, step=step)
        return f"The stage {made.name} was moved. Its deals moved with it, and none changed its stage."

    return settings.done(request, doing, PAGE)


@require_POST
def retire_stage(request: Request, stage_id: int) -> HttpResponse:
    """Retire a stage."""

    def doing(by: By) -> str:
        version = settings.number(request, "version")
        made = arranging.retire_stage(by=by, stage_id=stage_id, version=version)
        return f"The stage {made.name} can no longer be chosen. Deals that are in it stay in it."

    return settings.done(request, doing, PAGE)


@require_POST
def restore_stage(request: Request, stage_id: int) -> HttpResponse:
    """Restore a retired stage."""

    def doing(by: By) -> str:
        return f"The stage {arranging.restore_stage(by=by, stage_id=stage_id).name} can be chosen again."

    return settings.done(request, doing, PAGE)
