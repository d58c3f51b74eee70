"""The board: its page, the further cards of a column, and a move from one stage to another."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from earnest.people.requests import Request
from earnest.pipeline import asking, evidence, moves
from earnest.pipeline.moves import Chosen, EvidenceMissing
from earnest.pipeline.reads import board as reads
from earnest.pipeline.reads import choices, deals, held
from earnest.pipeline.views import many, places
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind, Read

_MOVE = (
    Field("stage", "Stage", Kind.WHOLE, required=True),
    Field("reason", "Why it moves all the same", longest=500),
    Field("until_on", "That holds until", Kind.DAY),
)


@require_safe
def board(request: Request) -> HttpResponse:
    """A pipeline as columns."""
    return _board(request, request.GET.dict(), "pipeline/board.html", request.get_full_path())


@require_safe
def column(request: Request, stage_id: int) -> HttpResponse:
    """The next cards of a column; without a script, the list of its deals."""
    asked = asking.asked(request.GET.dict())
    if not request.htmx:
        raise Http404
    shown, more = reads.cards(request.actor, asked, stage_id, as_of=request.as_of, after=asked.after)
    values = {
        "cards": shown,
        "more": more,
        "stage_id": stage_id,
        "stages": reads.stages_beside(request.actor, stage_id),
        "asked": asked,
        "today": request.as_of,
        "here": places.here(request),
    }
    return render(request, "pipeline/_cards.html", values, using="pages")


@require_POST
def move(request: Request, deal_id: int) -> HttpResponse:
    """Move a deal to a stage; what the stage asks for and it lacks is asked about once, and kept with the reason."""
    read = forms.read(request.POST, _MOVE)
    version = forms.whole(request.POST, "version", 0)
    stage_id = read.values.get("stage", 0)
    group = acts.new_group()
    try:
        step = moves.move(
            by=acts.by(request, group=group),
            chosen=[Chosen(deal_id, version)],
            stage_id=stage_id,
            as_of=request.as_of,
            all_the_same=None if read.wrong else many.all_the_same(read, request),
        )
    except EvidenceMissing:
        return _ask(request, deal_id, version, read)
    acts.said(request, f"The deal is in «{step.name}».", group=group)
    if not request.htmx:
        return acts.back(request, reverse("board"))
    return _board(request, request.GET.dict(), "pipeline/_board_again.html", places.here(request))


def _board(request: Request, query: dict[str, str], template: str, here: str) -> HttpResponse:
    asked = asking.asked(query)
    values = {
        "asked": asked,
        "board": reads.board(request.actor, asked, as_of=request.as_of),
        "chips": [chip for chip in choices.chips(request.actor, asked) if chip.words != "open"],
        "today": request.as_of,
        "here": here,
    }
    return render(request, template, values, using="pages")


def _ask(request: Request, deal_id: int, version: int, read: Read) -> HttpResponse:
    row = deals.row(request.actor, deal_id, as_of=request.as_of)
    lacking = held.lacking_of(request.actor, [deal_id], read.values["stage"], as_of=request.as_of)
    values = {
        "deal": row,
        "version": version,
        "step": lacking.step,
        "missing": lacking.deals[0].missing,
        "unknown": evidence.unknown(lacking.step.meaning),
        "typed": read.typed,
        "wrong": read.wrong,
        "until": many.until_day(request),
        "query": asking.asked(request.GET.dict()).query(),
        "here": places.here(request) if request.htmx else request.POST.get("next", reverse("board")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    template = "pipeline/_why.html" if request.htmx else "pipeline/why.html"
    answer = render(request, template, values, status=status, using="pages")
    if request.htmx:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#why", "innerHTML"
    return answer
