"""The forms of accounts, contacts and leads: one way to write each, and to show what two people wrote at once."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from earnest.people import authority
from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import deal as deal_reads
from earnest.records.reads import parties
from earnest.records.reads.parties import Facts
from earnest.records.services import StaleVersion
from earnest.records.views import acts, deal_forms, forms
from earnest.records.views.forms import Field, Kind, Read

Service = Callable[..., Any]  # adds or edits a record of the form's kind
_NUMBERED = re.compile(r"#(\d{1,18})$")
_BECAME_DEAL = "became_deal"
# What a page links to, for whoever follows a number that a name ends with.
COLUMNS = {"account": "account_id"}


@dataclass(frozen=True)
class Form:
    """The form of one kind: its words, its fields, and the services behind it."""

    kind: str
    new_title: str
    new_help: str
    fields: tuple[Field, ...]
    add: Service
    edit: Service


FORMS = {
    form.kind: form
    for form in (
        Form(
            "account",
            "A new account",
            "A name is enough; the domain lets Earnest notice that you have it twice.",
            (
                Field("name", "Name", required=True),
                Field("domain", "Domain", help="Such as brackenfold.example.", longest=253),
                Field("industry", "Industry", longest=200),
                Field("country", "Country", longest=100),
                Field("employee_count", "People who work there", Kind.WHOLE),
            ),
            services.add_account,
            services.edit_account,
        ),
        Form(
            "contact",
            "A new contact",
            "Somebody on the buyer's side, as they would introduce themselves.",
            (
                Field("name", "Name", required=True),
                Field("job_title", "Title", longest=300),
                Field("account", "Account", help="The name of an account that is here."),
                Field("email", "E-mail", longest=320),
                Field("phone", "Phone", longest=100),
            ),
            services.add_contact,
            services.edit_contact,
        ),
        Form(
            "lead",
            "A new lead",
            "Somebody who may have a need, before anybody has spoken with them about it.",
            (
                Field("name", "Name", required=True),
                Field("company", "Company"),
                Field("email", "E-mail", longest=320),
                Field("phone", "Phone", longest=100),
                Field("source", "Where they came from", longest=200),
                Field("state", "State", Kind.CHOICE),
                Field("ready_on", "Ready on", Kind.DAY, help="For «not yet»: the day on which they will be ready."),
                Field("note", "What they said", Kind.LONG, longest=5000),
            ),
            services.add_lead,
            services.edit_lead,
        ),
    )
}


def new(request: Request, kind: str, preset: Mapping[str, Any] | None = None) -> HttpResponse:
    """The form of a new record, and the record it makes."""
    form = FORMS[kind]
    fields = fields_of(request, form, None)
    if request.method != "POST":
        return _drawn(request, form, None, fields, known=preset or {})
    read = _checked(request, forms.read(request.POST, fields), None)
    if read.wrong:
        return _drawn(request, form, None, fields, read=read)
    group = acts.new_group()
    key = request.POST.get("key", "")[:64] or None
    values = {name: value for name, value in _columns(read.values, None).items() if value is not None}
    if kind == "lead":
        values["received_at"] = request.at
    row = form.add(by=acts.by(request, group=group), key=key, **values)
    acts.said(request, f"{row} is here now.", group=group)
    return HttpResponseRedirect(reverse(kind, args=[row.pk]))


def edit(request: Request, kind: str, record_id: int) -> HttpResponse:
    """The form of a record; what nobody touched in it is not written."""
    form, facts = FORMS[kind], parties.facts(request.actor, kind, record_id)
    fields = fields_of(request, form, facts)
    if request.method != "POST":
        return _drawn(request, form, facts, fields)
    demand_writable(request, facts)
    read = _checked(request, forms.read(_chosen(request.POST), fields), facts)
    if read.wrong:
        return _drawn(request, form, facts, fields, read=read)
    values, group = _columns(read.values, facts), acts.new_group()
    version = forms.whole(request.POST, "version", facts.version)
    by = acts.by(request, group=group)
    try:
        form.edit(by=by, version=version, **{f"{kind}_id": record_id}, **values)
    except StaleVersion as stale:
        return _conflict(request, form, parties.facts(request.actor, kind, record_id), fields, read, stale)
    if values:
        acts.said(request, f"{facts.name} is changed.", group=group)
    return acts.back(request, reverse(kind, args=[record_id]))


def demand_writable(request: Request, facts: Facts) -> None:
    """Refuse what a form sends for a record that the person may only read, before anything in it is looked at.

    Raises: NotAllowed.
    """
    if not facts.may_write:
        fix = "Ask its owner to share it for writing."
        raise authority.not_allowed(request.actor, f"change this {facts.kind}", fix=fix)


def fields_of(request: Request, form: Form, facts: Facts | None) -> tuple[Field, ...]:
    """The fields of a form, with what may be chosen, and those that the team added."""
    held = facts.values.get("state") if facts is not None else None
    states = [(value, word) for value, word in parties.STATES if value != _BECAME_DEAL or held == _BECAME_DEAL]
    fields = [forms.with_choices(each, states) if each.name == "state" else each for each in form.fields]
    custom = facts.custom if facts is not None else {}
    own = deal_reads.own_fields(request.actor, f"records.{form.kind}", custom)
    return (*fields, *(deal_forms.own_field(each) for each in own))


def _known(facts: Facts) -> dict[str, Any]:  # a value per field, of its kind
    own = {f"{deal_forms.OWN}{key}": value for key, value in facts.custom.items()}
    return {**facts.values, **own, "account": facts.account}


def _checked(request: Request, read: Read, facts: Facts | None) -> Read:
    """The form with the account found by its name, and «not yet» with its day."""
    values, wrong = dict(read.values), dict(read.wrong)
    if values.get("account"):
        found = _account(request, str(values["account"]))
        if found is None:
            wrong["account"] = f"No account of yours is called «{values['account']}». Add it first."
        values["account"] = found
    elif "account" in values:
        values["account"] = None
    ready = values.get("ready_on", facts.values.get("ready_on") if facts is not None else None)
    if values.get("state") == "not_yet" and ready is None and "ready_on" not in wrong:
        wrong["ready_on"] = "«Not yet» needs the day on which they will be ready."
    return replace(read, values=values, wrong=wrong)


def _account(request: Request, name: str) -> int | None:
    numbered = _NUMBERED.search(name)
    if numbered is None:
        return deal_reads.account_named(request.actor, name)
    return parties.facts(request.actor, "account", int(numbered.group(1))).id


def _columns(values: Mapping[str, Any], facts: Facts | None) -> dict[str, Any]:  # columns of the record
    own = {name.removeprefix(deal_forms.OWN): each for name, each in values.items() if name.startswith(deal_forms.OWN)}
    found = {COLUMNS.get(name, name): each for name, each in values.items() if not name.startswith(deal_forms.OWN)}
    if own:
        held = facts.custom if facts is not None else {}
        found["custom"] = {**held, **{key: None if each == "" else each for key, each in own.items()}}
    return found


def _chosen(sent: QueryDict) -> QueryDict:
    """The form without the fields in which somebody else's value was chosen to stay."""
    kept = sent.copy()
    for name in sent:
        if name.startswith("keep-") and sent[name] == "theirs":
            kept.pop(name.removeprefix("keep-"), None)
            kept.pop(f"{forms.WAS}{name.removeprefix('keep-')}", None)
    return kept


def _drawn(
    request: Request,
    form: Form,
    facts: Facts | None,
    fields: tuple[Field, ...],
    *,
    read: Read | None = None,
    known: Mapping[str, Any] | None = None,  # a value per field, of its kind
) -> HttpResponse:
    stored = _known(facts) if facts is not None else {"state": "new", **(known or {})}
    values = {
        "form": form,
        "facts": facts,
        "fields": forms.drawn(fields, stored, sent=read),
        "version": forms.whole(request.POST, "version", facts.version if facts is not None else 0),
        "key": request.POST.get("key") or secrets.token_hex(16),
        "address": reverse(f"{form.kind}_edit", args=[facts.id]) if facts else reverse(f"{form.kind}_new"),
        "home": reverse(form.kind, args=[facts.id]) if facts else reverse(f"{form.kind}s"),
        "account_names": deal_reads.latest_accounts(request.actor) if form.kind == "contact" else (),
    }
    status = HTTPStatus.OK if read is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "records/party_form.html", values, status=status, using="pages")


def _conflict(
    request: Request, form: Form, facts: Facts, fields: tuple[Field, ...], read: Read, stale: StaleVersion
) -> HttpResponse:
    """Both values of each field that two people wrote, with who and when; what else was typed is kept."""
    found = stale.data["fields"]
    told = found if isinstance(found, dict) else {}
    both = [_both(each, read, _known(facts), told) for each in fields if each.name in read.values]
    differ = [each for each in both if each["theirs"] != each["yours"]]
    values = {
        "facts": facts,
        "clashes": [each for each in differ if each["clashes"]],
        "rest": [each for each in differ if not each["clashes"]],
        "address": reverse(f"{form.kind}_edit", args=[facts.id]),
        "home": reverse(form.kind, args=[facts.id]),
    }
    return render(request, "records/party_conflict.html", values, status=HTTPStatus.CONFLICT, using="pages")


def _both(
    each: Field, read: Read, now: Mapping[str, Any], told: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:  # plain values for the page
    column = "custom" if each.name.startswith(deal_forms.OWN) else COLUMNS.get(each.name, each.name)
    latest, words = told.get(column, {}), {str(value): word for value, word in each.choices}
    yours, theirs = read.typed[each.name], forms.shown(each, now.get(each.name))
    return {
        "name": each.name,
        "label": each.label,
        "yours": yours,
        "yours_words": words.get(yours, yours),
        "theirs": theirs,
        "theirs_words": words.get(theirs, theirs),
        "by": latest.get("by", ""),
        "at": latest.get("at"),
        "clashes": column in told,
    }
