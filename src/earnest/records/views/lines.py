"""The products in a deal: add one, say how many and at what price, take one out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import deal as reads
from earnest.records.reads.deal import Facts
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind, Read

_QUANTITY = Field("quantity", "How many", Kind.WHOLE)
_PRICE = Field("price", "Price of one", Kind.MONEY)
_COLUMNS = {"quantity": "quantity", "price": "price_minor"}


@require_POST
def add(request: Request, deal_id: int) -> HttpResponse:
    """Add a product to a deal, with how many and at what price."""
    facts = reads.facts(request.actor, deal_id)
    read = _read(request, facts, Field("product", "Product", Kind.CHOICE, choices=reads.products(request.actor)))
    product = read.values.get("product")
    if read.wrong or product is None:
        return _refused(request, deal_id, read, otherwise="Choose a product first.")
    group = acts.new_group()
    services.add_line(
        by=acts.by(request, group=group),
        deal_id=deal_id,
        product_id=product,
        quantity=_quantity(read),
        price_minor=read.values.get("price"),
    )
    return _said(request, deal_id, "The product is in the deal.", group)


@require_POST
def change(request: Request, deal_id: int, line_id: int) -> HttpResponse:
    """Say anew how many of a product a deal has, and at what price."""
    facts = reads.facts(request.actor, deal_id)
    read = _read(request, facts)
    if read.wrong or not read.values:
        return _refused(request, deal_id, read, otherwise="Nothing was changed.")
    group, values = acts.new_group(), {_COLUMNS[name]: value for name, value in read.values.items()}
    if "quantity" in values:
        values["quantity"] = _quantity(read)
    version = forms.whole(request.POST, "version", facts.version)
    services.change_line(by=acts.by(request, group=group), line_id=line_id, version=version, **values)
    return _said(request, deal_id, "The line is changed.", group)


@require_POST
def take_out(request: Request, deal_id: int, line_id: int) -> HttpResponse:
    """Take a product out of a deal."""
    group = acts.new_group()
    version = forms.whole(request.POST, "version", 0)
    services.remove_line(by=acts.by(request, group=group), line_id=line_id, version=version)
    return _said(request, deal_id, "The product is no longer in the deal.", group)


def _read(request: Request, facts: Facts, *more: Field) -> Read:
    digits = reads.minor_digits(request.actor, facts.currency)
    return forms.read(request.POST, (*more, _QUANTITY, _PRICE), digits=digits)


def _quantity(read: Read) -> int:
    """How many; one where the field was left empty."""
    found = read.values.get("quantity")
    return 1 if found is None else int(found)


def _refused(request: Request, deal_id: int, read: Read, *, otherwise: str) -> HttpResponse:
    acts.said(request, " ".join(read.wrong.values()) or otherwise)
    return HttpResponseRedirect(_money(deal_id))


def _said(request: Request, deal_id: int, text: str, group: str) -> HttpResponse:
    acts.said(request, text, group=group)
    return HttpResponseRedirect(_money(deal_id))


def _money(deal_id: int) -> str:
    return f"{reverse('deal', args=[deal_id])}#money"
