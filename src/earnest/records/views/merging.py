"""Duplicates: those that may be one, two of them side by side, and the act that makes them one."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from earnest.people.requests import Request
from earnest.records.reads import duplicates as reads
from earnest.records.services import merging as services
from earnest.records.services.merging import Two
from earnest.records.views import acts, forms

_TAKE, _MERGED = "take-", "merged"


def listed(request: Request, kind: str) -> HttpResponse:
    """Groups of records that may be one and the same."""
    if kind not in reads.KINDS:
        raise Http404
    values = {"kind": kind, "kinds": reads.KINDS, "groups": reads.groups(request.actor, kind)}
    return render(request, "records/duplicates.html", values, using="pages")


def merge(request: Request, kind: str, kept_id: int, merged_id: int) -> HttpResponse:
    """Two records side by side, with what to keep of each field; then one of them."""
    if kind not in reads.KINDS:
        raise Http404
    kept, merged = reads.sides(request.actor, kind, kept_id, merged_id)
    if request.method == "POST":
        return _merged(request, kind, kept, merged)
    values = {
        "kind": kind,
        "kept": kept,
        "merged": merged,
        "may_merge": reads.may_merge(request.actor, kind, kept_id, merged_id),
        "lines": reads.lines(request.actor, kind, kept, merged),
    }
    return render(request, "records/merge.html", values, using="pages")


def _merged(request: Request, kind: str, kept: reads.Side, merged: reads.Side) -> HttpResponse:
    group = acts.new_group()
    two = Two(
        kept.id,
        forms.whole(request.POST, "kept_version", kept.version),
        merged.id,
        forms.whole(request.POST, "merged_version", merged.version),
    )
    chosen = (name for name in request.POST if name.startswith(_TAKE) and request.POST[name] == _MERGED)
    take = frozenset(name.removeprefix(_TAKE) for name in chosen)
    services.merge(by=acts.by(request, group=group), kind=kind, two=two, take=take)
    acts.said(request, f"{merged.name} and {kept.name} are one now.", group=group)
    return HttpResponseRedirect(reverse(kind, args=[kept.id]))
