"""What a rule says, what clears it, and what it rests on: where every verdict leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from earnest.people.requests import Request
from earnest.pipeline.reads import rules as reads


@require_safe
def rule(request: Request, name: str) -> HttpResponse:
    """One rule."""
    return render(request, "pipeline/rule.html", {"page": reads.rule(request.actor, name)}, using="pages")


@require_safe
def rules(request: Request) -> HttpResponse:
    """Every rule, gravest first."""
    return render(request, "pipeline/rules.html", {"rules": reads.rules(request.actor)}, using="pages")
