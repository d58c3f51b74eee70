"""Accounts, contacts and leads over the API."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from earnest.people.requests import Request
from earnest.records import services
from earnest.surfaces.api import answers, talk_shapes
from earnest.surfaces.api.access import Known

router = Router(auth=Known("people"), tags=["people"])
# What ninja checks against the type that the operation names, and sends.
Answer = Any


@router.get("/accounts", response=answers.listing(talk_shapes.Account), url_name="accounts")
def list_accounts(request: Request, query: Query[talk_shapes.AccountsQuery]) -> Answer:
    """The accounts that you see."""
    return answers.listed(request, "account", query)


@router.post("/accounts", response=answers.making(talk_shapes.Account), url_name="accounts")
def add_account(request: Request, response: HttpResponse, sent: talk_shapes.NewAccount) -> Answer:
    """Add an account of yours; the same Idempotency-Key again gives the one of the first time."""
    values = sent.model_dump(exclude_unset=True)
    made = services.add_account(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, answers.told(request, response, "account", made.pk))


@router.get("/accounts/{account_id}", response=answers.reading(talk_shapes.Account), url_name="account")
def read_account(request: Request, response: HttpResponse, account_id: answers.RecordId) -> Answer:
    """One account, with its version as ETag."""
    return answers.told(request, response, "account", account_id)


@router.patch("/accounts/{account_id}", response=answers.writing(talk_shapes.Account), url_name="account")
def edit_account(
    request: Request, response: HttpResponse, sent: talk_shapes.AccountFields, account_id: answers.RecordId
) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = sent.model_dump(exclude_unset=True), answers.version_of(request)
    services.edit_account(by=answers.by(request), account_id=account_id, version=version, **values)
    return answers.told(request, response, "account", account_id)


@router.delete("/accounts/{account_id}", response=answers.deleting(), url_name="account")
def discard_account(request: Request, account_id: answers.RecordId) -> Answer:
    """Put an account into the recycle bin, where it stays for 90 days."""
    answers.discard(request, "account", account_id)
    return Status(204, None)


@router.get("/contacts", response=answers.listing(talk_shapes.Contact), url_name="contacts")
def list_contacts(request: Request, query: Query[talk_shapes.ContactsQuery]) -> Answer:
    """The contacts that you see."""
    return answers.listed(request, "contact", query)


@router.post("/contacts", response=answers.making(talk_shapes.Contact), url_name="contacts")
def add_contact(request: Request, response: HttpResponse, sent: talk_shapes.NewContact) -> Answer:
    """Add a contact of yours; the same Idempotency-Key again gives the one of the first time."""
    values = sent.model_dump(exclude_unset=True)
    made = services.add_contact(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, answers.told(request, response, "contact", made.pk))


@router.get("/contacts/{contact_id}", response=answers.reading(talk_shapes.Contact), url_name="contact")
def read_contact(request: Request, response: HttpResponse, contact_id: answers.RecordId) -> Answer:
    """One contact, with its version as ETag."""
    return answers.told(request, response, "contact", contact_id)


@router.patch("/contacts/{contact_id}", response=answers.writing(talk_shapes.Contact), url_name="contact")
def edit_contact(
    request: Request, response: HttpResponse, sent: talk_shapes.ContactFields, contact_id: answers.RecordId
) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = sent.model_dump(exclude_unset=True), answers.version_of(request)
    services.edit_contact(by=answers.by(request), contact_id=contact_id, version=version, **values)
    return answers.told(request, response, "contact", contact_id)


@router.delete("/contacts/{contact_id}", response=answers.deleting(), url_name="contact")
def discard_contact(request: Request, contact_id: answers.RecordId) -> Answer:
    """Put a contact into the recycle bin, where it stays for 90 days."""
    answers.discard(request, "contact", contact_id)
    return Status(204, None)


@router.get("/leads", response=answers.listing(talk_shapes.Lead), url_name="leads")
def list_leads(request: Request, query: Query[talk_shapes.LeadsQuery]) -> Answer:
    """The leads that you see."""
    return answers.listed(request, "lead", query)


@router.post("/leads", response=answers.making(talk_shapes.Lead), url_name="leads")
def add_lead(request: Request, response: HttpResponse, sent: talk_shapes.NewLead) -> Answer:
    """Add a lead of yours; the same Idempotency-Key again gives the one of the first time."""
    values = sent.model_dump(exclude_unset=True)
    made = services.add_lead(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, answers.told(request, response, "lead", made.pk))


@router.get("/leads/{lead_id}", response=answers.reading(talk_shapes.Lead), url_name="lead")
def read_lead(request: Request, response: HttpResponse, lead_id: answers.RecordId) -> Answer:
    """One lead, with its version as ETag."""
    return answers.told(request, response, "lead", lead_id)


@router.patch("/leads/{lead_id}", response=answers.writing(talk_shapes.Lead), url_name="lead")
def edit_lead(
    request: Request, response: HttpResponse, sent: talk_shapes.LeadFields, lead_id: answers.RecordId
) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = sent.model_dump(exclude_unset=True), answers.version_of(request)
    services.edit_lead(by=answers.by(request), lead_id=lead_id, version=version, **values)
    return answers.told(request, response, "lead", lead_id)


@router.delete("/leads/{lead_id}", response=answers.deleting(), url_name="lead")
def discard_lead(request: Request, lead_id: answers.RecordId) -> Answer:
    """Put a lead into the recycle bin, where it stays for 90 days."""
    answers.discard(request, "lead", lead_id)
    return Status(204, None)
