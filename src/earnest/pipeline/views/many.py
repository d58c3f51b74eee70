"""Several deals at once: look over what was chosen, say what is to change, and take it back if it was wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from earnest.people import authority
from earnest.people.requests import Request
from earnest.pipeline import moves
from earnest.pipeline.moves import AllTheSame, Chosen, EvidenceMissing
from earnest.pipeline.reads import choices, deals, held
from earnest.pipeline.reads.held import LackingOf
from earnest.records.services import By
from earnest.records.services.deals import DealValues
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind, Read
from earnest.rulebook import words

# For how long a move without its evidence holds, unless somebody says otherwise.
HOLDS_FOR = timedelta(days=14)
_FIELDS = (
    Field("segment", "Segment", longest=200),
    Field("next_step_on", "Next step on", Kind.DAY),
    Field("seller_close_on", "Our date", Kind.DAY),
)
_REASON = Field("reason", "Why they move all the same", longest=500)
_UNTIL = Field("until_on", "That holds until", Kind.DAY)


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: Request) -> HttpResponse:
    """The form for the chosen deals; once sent, all of them are changed or none."""
    if request.method != "POST":
        return _form(request, request.GET)
    chosen = chosen_of(request.POST)
    read = forms.read(request.POST, (*_fields(request), _REASON, _UNTIL))
    if read.wrong:
        return _form(request, request.POST, read=read)
    group = acts.new_group()
    try:
        said = _changed(request, acts.by(request, group=group), chosen, read)
    except EvidenceMissing:
        numbers = [each.deal_id for each in chosen]
        missing = held.lacking_of(request.actor, numbers, read.values["stage"], as_of=request.as_of)
        return _form(request, request.POST, read=read, missing=missing)
    if not said:
        acts.said(request, "Nothing was chosen to be changed, so nothing is.")
        return acts.back(request, reverse("deals"))
    acts.said(request, f"{words.plural(len(chosen), 'deal')} {said}.", group=group)
    return acts.back(request, reverse("deals"))


def chosen_of(sent: QueryDict) -> list[Chosen]:
    """The deals that a form chose, as `number.version`; what is neither is a deal that is not there.

    Raises: NotFound.
    """
    found: dict[int, Chosen] = {}
    for text in sent.getlist("chosen"):
        number, _, version = text.partition(".")
        if not (_is_number(number) and _is_number(version)):
            raise authority.not_found("deal", text[:20])
        found[int(number)] = Chosen(int(number), int(version))
    return list(found.values())


def all_the_same(read: Read, request: Request) -> AllTheSame | None:
    """The reason that a form gave for moving on without evidence; None where it gave none."""
    reason = str(read.values.get("reason", "")).strip()
    until = read.values.get("until_on")
    return AllTheSame(reason, until if isinstance(until, date) else until_day(request)) if reason else None


def until_day(request: Request) -> date:
    """The day until which a reason holds when nobody says otherwise."""
    return max(request.as_of, request.at.date()) + HOLDS_FOR


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _changed(request: Request, by: By, chosen: Sequence[Chosen], read: Read) -> str:
    """Do what the form says in one transaction; returns it in words, empty when it says nothing."""
    if request.POST.get("act") == "discard":
        moves.discard(by=by, chosen=chosen)
        return "put into the bin; they can be restored for 90 days"
    values = _values(read)
    stage, owner = read.values.get("stage"), read.values.get("owner")
    with transaction.atomic():
        if stage is not None:
            reason = all_the_same(read, request)
            moves.move(by=by, chosen=chosen, stage_id=stage, as_of=request.as_of, all_the_same=reason)
        if values:
            moves.change(by=by, chosen=chosen, values=values)
        if owner is not None:
            moves.hand_over(by=by, chosen=chosen, to_user_id=owner)
    return "changed" if values or stage is not None or owner is not None else ""


def _values(read: Read) -> DealValues:
    """What the form fills in; a field that was left empty changes nothing."""
    values: DealValues = {}
    if segment := read.values.get("segment"):
        values["segment"] = str(segment)
    if step_on := read.values.get("next_step_on"):
        values["next_step_on"] = step_on
    if close_on := read.values.get("seller_close_on"):
        values["seller_close_on"] = close_on
    return values


def _fields(request: Request) -> tuple[Field, ...]:
    stages = [(each.stage_id, f"{each.pipeline}: {each.name}") for each in choices.stages(request.actor)]
    found = [Field("stage", "Stage", Kind.CHOICE, choices=[("", "—"), *stages]), *_FIELDS]
    if request.actor.role in authority.LEADING_ROLES:
        people = choices.sellers(request.actor)
        found.append(Field("owner", "Hand over to", Kind.CHOICE, choices=[("", "—"), *people]))
    return tuple(found)


def _form(
    request: Request, sent: QueryDict, *, read: Read | None = None, missing: LackingOf | None = None
) -> HttpResponse:
    chosen = chosen_of(sent)
    rows = deals.chosen(request.actor, [each.deal_id for each in chosen[: moves.MOST_AT_ONCE]], as_of=request.as_of)
    if len(rows) != len(chosen[: moves.MOST_AT_ONCE]):
        raise authority.not_found("deal", "of those chosen")
    fields = (*_fields(request), *((_REASON, _UNTIL) if missing else ()))
    stored: Mapping[str, object] = {"until_on": until_day(request)}
    values = {
        "rows": rows,
        "chosen": chosen,
        "fields": forms.drawn(fields, stored, sent=read if read is None else _with(read, stored)),
        "missing": missing,
        "most": moves.MOST_AT_ONCE,
        "next": sent.get("next", reverse("deals")),
    }
    status = HTTPStatus.OK if read is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "pipeline/many.html", values, status=status, using="pages")


def _with(read: Read, stored: Mapping[str, object]) -> Read:
    """What was typed, and what a field that was not there yet begins with."""
    return Read(read.values, read.wrong, {**{name: str(value) for name, value in stored.items()}, **read.typed})
