"""The forms of a deal: open one, change a part of it, end it, open it again."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import deal as reads
from earnest.records.reads.deal import Facts
from earnest.records.services import StaleVersion
from earnest.records.views import acts, deal_forms, forms
from earnest.records.views.deal_forms import PARTS, Part
from earnest.records.views.forms import Field, Read


def edit(request: Request, deal_id: int, part: str) -> HttpResponse:
    """One panel's form of a deal; what nobody touched in it is not written."""
    if part not in PARTS:
        raise Http404
    shown = PARTS[part]
    facts = reads.facts(request.actor, deal_id)
    if request.method == "POST":
        return _written(request, shown, facts)
    return _form(request, shown, facts)


def _written(request: Request, part: Part, facts: Facts) -> HttpResponse:
    fields = deal_forms.fields_of(request.actor, part, facts)
    sent = _resolved(request.POST)
    read = forms.read(sent, fields, digits=_digits(request, sent.get("currency") or facts.currency))
    if read.wrong or _lacks_currency(read, facts):
        return _form(
            request, part, facts, read=_with_currency_asked(read, facts), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    values = deal_forms.columns(part, read.values, facts)
    group = acts.new_group()
    version = _version(sent, part, fields, facts)
    try:
        services.edit_deal(by=acts.by(request, group=group), deal_id=facts.id, version=version, **values)
    except StaleVersion as stale:
        return _conflict(request, part, facts.id, read, stale)
    if values:
        acts.said(request, part.said, group=group)
    return acts.back(request, f"{reverse('deal', args=[facts.id])}#{part.name}")


def _version(sent: QueryDict, part: Part, fields: tuple[Field, ...], facts: Facts) -> int:
    """The version that was read; own fields that nobody else touched since are as good as read now."""
    version = forms.whole(sent, "version", facts.version)
    if part.name != "own":
        return version
    now = deal_forms.stored(part, facts)
    touched = [each for each in fields if sent.get(each.name) != sent.get(f"{forms.WAS}{each.name}")]
    alone = all(forms.shown(each, now.get(each.name)) == sent.get(f"{forms.WAS}{each.name}") for each in touched)
    return facts.version if alone else version


def _resolved(sent: QueryDict) -> QueryDict:
    """The form without the fields in which somebody else's value was chosen to stay.

    Where the currency changed its amounts are read again, because their digits may be others.
    """
    kept = sent.copy()
    if sent.get("currency") != sent.get(f"{forms.WAS}currency"):
        for name in ("amount", "list_amount"):
            kept.pop(f"{forms.WAS}{name}", None)
    for name in sent:
        if name.startswith("keep-") and sent[name] == "theirs":
            kept.pop(name.removeprefix("keep-"), None)
            kept.pop(f"{forms.WAS}{name.removeprefix('keep-')}", None)
    return kept


def _form(
    request: Request, part: Part, facts: Facts, *, read: Read | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    fields = deal_forms.fields_of(request.actor, part, facts)
    drawn = forms.drawn(fields, deal_forms.stored(part, facts), sent=read, digits=_digits(request, facts.currency))
    values = {
        "deal": facts,
        "part": part,
        "fields": drawn,
        "version": forms.whole(request.POST, "version", facts.version),
    }
    name = "records/_deal_form.html" if request.htmx else "records/deal_form.html"
    return render(request, name, values, status=status, using="pages")


def _conflict(request: Request, part: Part, deal_id: int, read: Read, stale: StaleVersion) -> HttpResponse:
    """The page that shows both values of each field that two people wrote, and keeps what was typed."""
    facts = reads.facts(request.actor, deal_id)
    now = deal_forms.stored(part, facts)
    digits = _digits(request, facts.currency)
    fields = deal_forms.fields_of(request.actor, part, facts)
    found = stale.data["fields"]
    told = found if isinstance(found, dict) else {}
    was = {each.name: request.POST.get(f"{forms.WAS}{each.name}") for each in fields}
    both = [_both(each, read, now, told, digits) for each in fields if each.name in read.values]
    differing = [each for each in both if each["theirs"] != each["yours"]]
    if not differing:
        return HttpResponseRedirect(f"{reverse('deal', args=[facts.id])}#{part.name}")
    values = {
        "deal": facts,
        "part": part,
        "clashes": [each for each in differing if each["theirs"] != was[each["name"]]],
        "rest": [each for each in differing if each["theirs"] == was[each["name"]]],
        "version": facts.version,
    }
    return render(request, "records/conflict.html", values, status=HTTPStatus.CONFLICT, using="pages")


def _both(
    each: Field, read: Read, now: Mapping[str, Any], told: Mapping[str, Mapping[str, Any]], digits: int
) -> dict[str, Any]:  # plain values for the page
    column = "custom" if each.name.startswith(deal_forms.OWN) else deal_forms.COLUMNS.get(each.name, each.name)
    latest = told.get(column, {})
    words = {str(value): word for value, word in each.choices}
    yours, theirs = read.typed[each.name], forms.shown(each, now.get(each.name), digits)
    return {
        "name": each.name,
        "label": each.label,
        "yours": yours,
        "yours_words": words.get(yours, yours),
        "theirs": theirs,
        "theirs_words": words.get(theirs, theirs),
        "by": latest.get("by", ""),
        "at": latest.get("at"),
    }


def new(request: Request) -> HttpResponse:
    """Open a deal: the buyer, and what is known so far; nothing else is asked before it is needed."""
    fields = deal_forms.with_choices(request.actor, deal_forms.NEW, pipeline_id=None)
    if request.method == "POST":
        read = forms.read(request.POST, fields, digits=_digits(request, request.POST.get("currency", "")))
        read = _with_currency_asked(read, None)
        if "account" not in read.typed or not read.typed["account"].strip():
            read = Read(read.values, {**read.wrong, "account": "Who is the buyer? A name is enough."}, read.typed)
        if not read.wrong:
            return _opened(request, read)
        return _new_form(request, fields, read, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _new_form(request, fields, None)


def _new_form(
    request: Request, fields: tuple[Field, ...], read: Read | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    # A deal opened by hand begins where the work begins; whoever knows better says so.
    stage = next((value for each in fields if each.name == "stage" for value, _ in each.choices if value), None)
    known = {
        "currency": reads.usual_currency(request.actor),
        "account": request.GET.get("account", ""),
        "stage": stage,
    }
    drawn = forms.drawn(fields, known, sent=read)
    key = request.POST.get("key") or secrets.token_hex(16)
    names = reads.latest_accounts(request.actor)
    values = {"fields": drawn, "key": key, "account_names": names}
    return render(request, "records/deal_new.html", values, status=status, using="pages")


def _opened(request: Request, read: Read) -> HttpResponse:
    group = acts.new_group()
    by = acts.by(request, group=group)
    key = request.POST.get("key", "")[:64] or None
    columns = {
        deal_forms.COLUMNS.get(name, name): value for name, value in read.values.items() if value not in (None, "")
    }
    name = str(columns.pop("account"))
    with transaction.atomic():
        account_id = reads.account_named(request.actor, name)
        if account_id is None:
            account_id = services.add_account(by=by, name=name, key=f"{key}-account" if key else None).pk
        deal = services.open_deal(by=by, key=key, account_id=account_id, opened_on=request.as_of, **columns)
    acts.said(request, f"{name} is a deal now. Next: what both sides will do, and on which day.", group=group)
    return HttpResponseRedirect(reverse("deal", args=[deal.pk]))


def end(request: Request, deal_id: int) -> HttpResponse:
    """Say how a deal ended: won, lost, no decision or declined, on which day and why."""
    facts = reads.facts(request.actor, deal_id)
    read = None
    if request.method == "POST":
        read = _end_read(request, facts)
        if not read.wrong:
            group = acts.new_group()
            services.end_deal(
                by=acts.by(request, group=group),
                deal_id=deal_id,
                version=forms.whole(request.POST, "version", facts.version),
                **read.values,
            )
            acts.said(request, f"{facts.name} has ended: {dict(reads.ENDS)[read.values['outcome']]}.", group=group)
            return HttpResponseRedirect(reverse("deal", args=[deal_id]))
    drawn = forms.drawn(deal_forms.END, {"closed_on": request.as_of, "outcome": request.GET.get("as", "")}, sent=read)
    values = {"deal": facts, "fields": drawn, "version": facts.version}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if read else HTTPStatus.OK
    return render(request, "records/deal_end.html", values, status=status, using="pages")


def _end_read(request: Request, facts: Facts) -> Read:
    read = forms.read(request.POST, deal_forms.END)
    wrong = dict(read.wrong)
    if not read.values.get("outcome"):
        wrong.setdefault("outcome", "Choose how it ended.")
    closed_on = read.values.get("closed_on")
    if closed_on is None:
        wrong.setdefault("closed_on", "On which day did it end?")
    elif closed_on > request.as_of:
        wrong["closed_on"] = "This day is still to come; a deal ends on a day that has been."
    elif facts.opened_on is not None and closed_on < facts.opened_on:
        wrong["closed_on"] = "It was opened after this day; one of the two is wrong."
    return Read(read.values, wrong, read.typed)


@require_POST
def reopen(request: Request, deal_id: int) -> HttpResponse:
    """Open a deal again that had ended."""
    group = acts.new_group()
    version = forms.whole(request.POST, "version", 0)
    deal = services.reopen_deal(by=acts.by(request, group=group), deal_id=deal_id, version=version)
    acts.said(request, f"{deal} is open again; its history keeps how it had ended.", group=group)
    return HttpResponseRedirect(reverse("deal", args=[deal_id]))


def _digits(request: Request, currency: str | None) -> int:
    return reads.minor_digits(request.actor, currency or "")


def _lacks_currency(read: Read, facts: Facts | None) -> bool:
    money = {"amount": facts and facts.amount_minor, "list_amount": facts and facts.list_amount_minor}
    if not any(name in read.values for name in (*money, "currency")):
        return False
    held = read.values.get("currency", facts.currency if facts is not None else "")
    return not held and any(read.values.get(name, value) is not None for name, value in money.items())


def _with_currency_asked(read: Read, facts: Facts | None) -> Read:
    if not _lacks_currency(read, facts):
        return read
    return Read(read.values, {**read.wrong, "currency": "An amount needs its currency."}, read.typed)
