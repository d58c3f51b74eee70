"""One cell of the list, changed where it stands; without a script it is a small page of its own."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from earnest.people.requests import Request
from earnest.pipeline import asking
from earnest.pipeline.reads import deals
from earnest.pipeline.reads.deals import DealRow
from earnest.pipeline.views import places
from earnest.records import services
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind, Read
from earnest.rulebook import words

# The cells that can be changed: their fields, the attribute each shows, and the column each writes.
CELLS: dict[str, tuple[Field, ...]] = {
    "step": (Field("next_step", "Next step", longest=2000), Field("next_step_on", "On", Kind.DAY)),
    "ours": (Field("seller_close_on", "Our date", Kind.DAY),),
    "amount": (Field("amount_minor", "Amount", Kind.MONEY),),
}
_SHOWS = {"seller_close_on": "our_date"}
_SAID = {"step": "The next step is changed.", "ours": "Our date is changed.", "amount": "The amount is changed."}


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: Request, deal_id: int, name: str) -> HttpResponse:
    """The form of one cell; once sent, the row as it stands then."""
    if name not in CELLS:
        raise Http404
    row = deals.row(request.actor, deal_id, as_of=request.as_of)
    return _written(request, row, name) if request.method == "POST" else _form(request, row, name)


@require_http_methods(["GET", "HEAD"])
def row(request: Request, deal_id: int) -> HttpResponse:
    """One row of the list as it stands, for when a change is left alone."""
    return _row(request, deal_id)


def _written(request: Request, row: DealRow, name: str) -> HttpResponse:
    read = forms.read(request.POST, CELLS[name], digits=words.minor_digits(row.currency or ""))
    if row.currency is None and read.values.get("amount_minor") is not None:
        wrong = {"amount_minor": "Choose its currency on the deal's page first."}
        read = Read(read.values, {**read.wrong, **wrong}, read.typed)
    if read.wrong:
        return _form(request, row, name, read=read)
    group = acts.new_group()
    version = forms.whole(request.POST, "version", row.version)
    if read.values:
        services.edit_deal(by=acts.by(request, group=group), deal_id=row.deal_id, version=version, **dict(read.values))
        acts.said(request, _SAID[name], group=group)
    return _row(request, row.deal_id) if request.htmx else acts.back(request, reverse("deals"))


def _form(request: Request, row: DealRow, name: str, *, read: Read | None = None) -> HttpResponse:
    digits = words.minor_digits(row.currency or "")
    stored = {each.name: getattr(row, _SHOWS.get(each.name, each.name)) for each in CELLS[name]}
    values = {
        "deal": row,
        "name": name,
        "fields": forms.drawn(CELLS[name], stored, sent=read, digits=digits),
        "cols": request.GET.get("cols", ""),
        "here": places.here(request),
    }
    status = HTTPStatus.OK if read is None else HTTPStatus.UNPROCESSABLE_ENTITY
    template = "pipeline/_cell_form.html" if request.htmx else "pipeline/cell.html"
    answer = render(request, template, values, status=status, using="pages")
    if request.htmx and read is not None:
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#cell-{row.deal_id}-{name}", "innerHTML"
    return answer


def _row(request: Request, deal_id: int) -> HttpResponse:
    asked = asking.asked(request.GET.dict())
    values = {
        "asked": asked,
        "deal": deals.row(request.actor, deal_id, as_of=request.as_of),
        "today": request.as_of,
        "here": places.here(request),
    }
    return render(request, "pipeline/_row_again.html", values, using="pages")
