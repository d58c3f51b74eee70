"""The page of one deal: its head, the one next question, panels that rooms own, and everything that happened."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.need.reads import evidence as need
from earnest.need.views.evidence import form_of
from earnest.people import authority
from earnest.people.requests import Request
from earnest.pipeline import frames, grades, verdicts
from earnest.pipeline import services as pipeline
from earnest.pipeline.verdicts import Verdicts
from earnest.records.reads import deal as records
from earnest.records.reads import files, stream
from earnest.records.reads.deal import Facts, Stake
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind
from earnest.rulebook import words
from earnest.surfaces.web import capture, time_line
from earnest.surfaces.web.time_line import Point

SOURCES: tuple[stream.Source, ...] = (stream.activities, stream.notes, stream.changes, verdicts.overrides)
_KINDS: Mapping[str, tuple[stream.Source, ...]] = {
    "": SOURCES,
    "activity": (stream.activities,),
    "note": (stream.notes,),
    "change": (stream.changes,),
    "override": (verdicts.overrides,),
}
_ASIDE = (
    Field("reason", "Why", Kind.LONG, required=True, longest=500),
    Field("until_on", "Until", Kind.DAY, required=True),
)


_PRICE = Field("price", "Price of one", Kind.MONEY)


@dataclass(frozen=True)
class Opened:
    """What every panel is given: who looks, on which day, and what was read of the deal once for all of them."""

    request: Request
    deal: Facts
    verdicts: Verdicts | None
    people: tuple[Stake, ...]


@dataclass(frozen=True)
class Panel:
    """One panel of the page: its anchor, its heading, its template, and the plain values the template shows."""

    name: str
    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)  # what its own template reads
    edit: str = ""
    wide: bool = False


# A room offers a panel by a function; None where it has nothing to show of this deal.
PanelOf = Callable[[Opened], Panel | None]


def page(request: Request, deal_id: int) -> HttpResponse:
    """The whole page; for htmx, the part of the stream that was asked for."""
    if request.htmx and "after" in request.GET:
        return render(request, "web/_deal_stream.html", _stream(request, deal_id), using="pages")
    deal = records.facts(request.actor, deal_id)
    judged = verdicts.judged_day(as_of=request.as_of, at=request.at)
    opened = Opened(
        request,
        deal,
        verdicts.of_deal(request.actor, deal_id) if deal.is_open else None,
        records.stakes(request.actor, deal_id),
    )
    values = {
        "deal": deal,
        "person": opened.people[0] if opened.people else None,
        "verdicts": opened.verdicts,
        "judged_on": judged,
        "behind": judged is not None and judged < request.as_of,
        "panels": [panel for offer in PANELS if (panel := offer(opened)) is not None],
        "talk": capture.form_for(request, deal, opened.people),
        "key": secrets.token_hex(16),
        **_stream(request, deal_id),
    }
    return render(request, "web/deal.html", values, using="pages")


@require_POST
def set_aside(request: Request, deal_id: int, rule: str) -> HttpResponse:
    """Set a finding aside, with the reason and the day on which it speaks again."""
    read = forms.read(request.POST, _ASIDE)
    home = f"{reverse('deal', args=[deal_id])}#verdicts"
    missing = "" if {"reason", "until_on"} <= read.values.keys() else "It needs a reason and a day."
    if read.wrong or missing:
        acts.said(request, f"Nothing was set aside: {' '.join(read.wrong.values()) or missing}")
        return HttpResponseRedirect(home)
    if rule not in frames.RULES_BY_NAME:
        raise authority.not_found("rule", rule)
    row = pipeline.set_aside(by=acts.by_on_its_day(request), deal_id=deal_id, about=rule, **read.values)
    acts.said(request, f"Set aside with your reason. It speaks again on {words.long_date(row.until_on)}.")
    return HttpResponseRedirect(home)


def _stream(request: Request, deal_id: int) -> dict[str, object]:
    kind = request.GET.get("kind", "")
    after = stream.read_mark(request.GET.get("after", ""))
    sources = _KINDS.get(kind, SOURCES)
    entries, going_on = stream.page(request.actor, deal_id, sources=sources, after=after)
    return {
        "deal_id": deal_id,
        "entries": entries,
        "going_on": going_on,
        "kind": kind if kind in _KINDS else "",
        "kinds": stream.KINDS,
        "after": request.GET.get("after", ""),
    }


def _verdicts(opened: Opened) -> Panel | None:
    if opened.verdicts is None:
        return None
    values = {"found": opened.verdicts, "may_write": opened.deal.may_write, "deal_id": opened.deal.id}
    return Panel("verdicts", "What the rules say", "web/_deal_verdicts.html", values, wide=True)


def _need(opened: Opened) -> Panel:
    deal, people = opened.deal, opened.people
    form = form_of(deal.id, deal.name, people, today=opened.request.as_of) if deal.may_write else None
    told = opened.verdicts.told if opened.verdicts is not None else None
    values = {
        "told": told,
        "levels": {} if told is None else told.levels,
        "level_words": need.LEVEL_WORDS,
        "elements": need.elements(opened.request.actor, deal.id),
        "form": form,
    }
    return Panel("need", "The need", "web/_deal_need.html", values, wide=True)


def _real(opened: Opened) -> Panel | None:
    if opened.verdicts is None:
        return None
    told = opened.verdicts.told
    values = {
        "told": told,
        "step_words": grades.STEP_WORDS[told.step_verdict],
        "date_words": grades.DATE_WORDS[told.date_verdict],
        "speak_for": sum(holds is True for sign, holds in told.signs if sign.weight > 0),
        "speak_against": sum(holds is True for sign, holds in told.signs if sign.weight < 0),
        "may_write": opened.deal.may_write,
        "deal_id": opened.deal.id,
    }
    return Panel("real", "Is it real", "web/_deal_real.html", values)


def _dates(opened: Opened) -> Panel:
    deal, found = opened.deal, opened.verdicts
    today = opened.request.as_of
    points = [
        Point("theirs", "they need it by", deal.buyer_by_when_on),
        *_worked_out(found, deal),
        Point("ours", "opened", deal.opened_on),
        Point("ours", "our close date", deal.seller_close_on)
        if deal.is_open
        else Point("ours", "ended", deal.closed_on),
        *([Point("worked out", "good through", found.good_through_on)] if found and found.good_through_on else []),
    ]
    values = {
        "drawing": time_line.drawing(points, today=today, title=_dates_title(deal, found, today)),
        "title": _dates_title(deal, found, today),
        "points": [(point, time_line.distance(point.on, today)) for point in points],
        "lead_time_days": deal.lead_time_days,
    }
    return Panel("dates", "Dates", "web/_deal_dates.html", values, edit="dates", wide=True)


def _worked_out(found: Verdicts | None, deal: Facts) -> list[Point]:
    """The day by which the buyer must decide, where it is another than the day they need it."""
    if found is None or found.decide_by_on is None or found.decide_by_on == deal.buyer_by_when_on:
        return []
    return [Point("theirs", "they decide by", found.decide_by_on)]


def _dates_title(deal: Facts, found: Verdicts | None, today: date) -> str:
    if deal.buyer_by_when_on is None:
        return "The buyer has named no day of their own yet"
    need = words.long_date(deal.buyer_by_when_on)
    decide = found.decide_by_on if found is not None else None
    if decide is None or decide == deal.buyer_by_when_on:
        return f"They need it by {need}, {time_line.distance(deal.buyer_by_when_on, today)}"
    return f"To have it by {need} they decide by {words.long_date(decide)}, {time_line.distance(decide, today)}"


def _step(opened: Opened) -> Panel | None:
    if not opened.deal.is_open and not opened.deal.next_step:
        return None
    return Panel("step", "Next step", "web/_deal_step.html", {"deal": opened.deal}, edit="step")


def _who(opened: Opened) -> Panel:
    deal = opened.deal
    here = {stake.contact_id for stake in opened.people}
    account_id = deal.account_id if deal.may_write else None
    known = [each for each in records.contacts(opened.request.actor, account_id=account_id) if each[0] not in here]
    values = {"deal": deal, "people": opened.people, "known": known, "roles": records.ROLES}
    return Panel("who", "Who takes part", "web/_deal_who.html", values)


def _money(opened: Opened) -> Panel:
    actor, deal = opened.request.actor, opened.deal
    products = records.products(actor) if deal.may_write else []
    lines = records.lines(actor, deal.id)
    digits = records.minor_digits(actor, deal.currency) if lines and deal.may_write else 2
    typed = {line.id: forms.shown(_PRICE, line.price_minor, digits) for line in lines}
    values = {"deal": deal, "lines": lines, "typed": typed, "products": products}
    return Panel("money", "Money", "web/_deal_lines.html", values, edit="money")


def _own(opened: Opened) -> Panel | None:
    fields = records.own_fields(opened.request.actor, "records.deal", opened.deal.custom)
    if not fields:
        return None
    return Panel("own", "Own fields", "web/_deal_own.html", {"fields": fields}, edit="own")


def _files(opened: Opened) -> Panel:
    actor, deal = opened.request.actor, opened.deal
    binned = files.in_bin_of_deal(actor, deal.id) if deal.may_write else ()
    values = {"deal": deal, "files": files.of_deal(actor, deal.id), "binned": binned}
    return Panel("files", "Files", "web/_deal_files.html", values)


# The panels in their order. A room that comes later adds its function here, and nothing else changes.
PANELS: tuple[PanelOf, ...] = (_dates, _verdicts, _need, _real, _step, _who, _money, _own, _files)
