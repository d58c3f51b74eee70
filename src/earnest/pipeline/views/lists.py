"""The list of deals: its page, its filter, its export."""

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from earnest.people import audit
from earnest.people.requests import Request
from earnest.pipeline import asking, exports, frames
from earnest.pipeline.asking import Asked
from earnest.pipeline.reads import choices, deals, sums

PANELS = ("filter", "columns")


@require_safe
def deals_list(request: Request) -> HttpResponse:
    """A page of the list; for htmx that asks for more, its next rows alone."""
    asked = asking.asked(request.GET.dict(), request.GET.getlist("col"))
    page = deals.page(request.actor, asked, as_of=request.as_of)
    values = {
        "asked": asked,
        "rows": page.rows,
        "more": asked.after_row(page.next) if page.next else "",
        "today": request.as_of,
        "here": request.get_full_path(),
    }
    if request.htmx and asked.after is not None:
        return render(request, "pipeline/_more_rows.html", values, using="pages")
    panel = request.GET.get("panel", "")
    values |= _around(request, asked)
    values |= {"panel": panel if panel in PANELS else "", **_panel(request, asked, panel)}
    return render(request, "pipeline/deals.html", values, using="pages")


@require_safe
def panel(request: Request, name: str) -> HttpResponse:
    """The filter or the chooser of columns of a list, to be opened in its page."""
    asked = asking.asked(request.GET.dict())
    shown = name if name in PANELS else PANELS[0]
    values = {"asked": asked, "panel": shown, **_panel(request, asked, shown)}
    return render(request, "pipeline/_list_panel.html", values, using="pages")


@require_POST
def export(request: Request) -> HttpResponseBase:
    """The whole list as a file; who took how many rows is in the audit before the first one leaves."""
    asked = asking.asked(request.GET.dict())
    profile = request.POST.get("profile", "spreadsheet")
    profile = profile if profile in exports.PROFILES else "spreadsheet"
    with transaction.atomic():
        count = deals.how_many(request.actor, asked)
        detail = {"rows": count, "profile": profile, "query": asked.query()}
        audit.note(actor_id=request.actor.user_id, action="export_deals", at=request.at, origin="ui", detail=detail)
    ending, kind = exports.PROFILES[profile]
    rows = deals.every_row(request.actor, asked, as_of=request.as_of)
    answer = StreamingHttpResponse(exports.lines(rows, profile), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="deals-{request.as_of.isoformat()}.{ending}"'
    return answer


def _around(request: Request, asked: Asked) -> Mapping[str, object]:
    """What stands around the rows: totals, filters in words, saved lists, the heads of the columns."""
    return {
        "totals": sums.totals(request.actor, asked),
        "chips": choices.chips(request.actor, asked),
        "views": choices.views(request.actor),
        "heads": [_head(asked, name, word) for name, word in (("buyer", "Buyer"), *_columns(asked))],
        "is_default": not asked.told,
    }


def _columns(asked: Asked) -> list[tuple[str, str]]:
    return [(name, asking.COLUMNS[name]) for name in asked.columns]


def _head(asked: Asked, name: str, word: str) -> Mapping[str, str]:
    """A column's head: its word, how it is sorted now, and the query that sorts by it, turned round when it is."""
    sorted_now = asked.order == name
    turned = (
        f"-{name}" if (sorted_now and not asked.descending) or (not sorted_now and name in _LARGEST_FIRST) else name
    )
    sort = ("descending" if asked.descending else "ascending") if sorted_now else ""
    return {"name": name, "word": word, "sort": sort, "query": asked.query(sort=turned)}


# Where the largest is what one looks for first.
_LARGEST_FIRST = frozenset({"amount", "verdicts"})


def _panel(request: Request, asked: Asked, name: str) -> Mapping[str, object]:
    if name == "columns":
        return {"columns": choices.columns(asked)}
    if name != "filter":
        return {}
    stages = choices.stages(request.actor)
    return {
        "people": choices.people(request.actor),
        "teams": choices.teams(request.actor),
        "pipelines": list(dict.fromkeys((each.pipeline_id, each.pipeline) for each in stages)),
        "stages": [(each.stage_id, each.name) for each in stages],
        "outcomes": asking.OUTCOMES,
        "standings": asking.STANDINGS,
        "their_dates": asking.THEIR_DATES,
        "titles": [(rule.name, rule.title) for rule in frames.RULES],
        "address": reverse("deals"),
    }
