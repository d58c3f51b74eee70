"""The settings' page of the fields that a team adds for itself."""

from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from earnest.people.requests import Request
from earnest.records.reads import setup as reads
from earnest.records.services import By, custom
from earnest.records.views import settings

PAGE = "settings_fields"


@require_GET
def fields(request: Request) -> HttpResponse:
    """Every custom field, by kind of record, and those that were retired."""
    values = {
        "fields": reads.fields(request.actor),
        "retired": reads.retired(request.actor)["fields"],
        "kinds": reads.FIELD_KINDS,
        "types": reads.FIELD_TYPES,
    }
    return settings.shown(request, "records/settings_fields.html", PAGE, values)


@require_POST
def add(request: Request) -> HttpResponse:
    """Add a field to one kind of record."""

    def doing(by: By) -> str:
        label = request.POST.get("label", "").strip()[:200]
        made = custom.add_custom_field(
            by=by,
            kind=request.POST.get("kind", ""),
            key=slugify(label).replace("-", "_")[:60],
            label=label,
            field_type=request.POST.get("field_type", ""),
            choices=_lines(request),
            unit=request.POST.get("unit", "").strip()[:30],
        )
        return f"The field {made.label} is there. It is empty on every record until somebody fills it."

    return settings.done(request, doing, PAGE)


@require_POST
def edit(request: Request, field_id: int) -> HttpResponse:
    """Change what a field is called, its unit or its choices."""

    def doing(by: By) -> str:
        made = custom.edit_custom_field(
            by=by,
            field_id=field_id,
            version=settings.number(request, "version"),
            label=request.POST.get("label", "")[:200],
            choices=_lines(request),
            unit=request.POST.get("unit", "")[:30],
        )
        return f"The field {made.label} was changed. What records hold in it stays as it was written."

    return settings.done(request, doing, PAGE)


@require_POST
def retire(request: Request, field_id: int) -> HttpResponse:
    """Take a field off its records."""

    def doing(by: By) -> str:
        made = custom.retire_custom_field(by=by, field_id=field_id, version=settings.number(request, "version"))
        return f"The field {made.label} is off the pages. What records hold in it is kept."

    return settings.done(request, doing, PAGE)


@require_POST
def restore(request: Request, field_id: int) -> HttpResponse:
    """Put a retired field back."""

    def doing(by: By) -> str:
        return f"The field {custom.restore_custom_field(by=by, field_id=field_id).label} is back, with what it held."

    return settings.done(request, doing, PAGE)


def _lines(request: Request) -> list[str]:
    """The choices, one a line, each once."""
    lines = (line.strip()[:200] for line in request.POST.get("choices", "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))
