"""The products in a deal over the API."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from earnest.people.requests import Request
from earnest.records import services
from earnest.records.reads import rows
from earnest.surfaces.api import answers, shapes
from earnest.surfaces.api.access import Known

router = Router(auth=Known("deals"), tags=["deals"])
# What ninja checks against the type that the operation names, and sends.
Answer = Any


@router.get("/lines", response=answers.listing(shapes.DealLine), url_name="lines")
def list_lines(request: Request, query: Query[shapes.LinesQuery]) -> Answer:
    """The products in the deals that you see."""
    page = answers.listed(request, "line", query)
    return {**page, "items": [shapes.line(row) for row in page["items"]]}


@router.post("/lines", response=answers.making(shapes.DealLine), url_name="lines")
def add_line(request: Request, response: HttpResponse, sent: shapes.NewLine) -> Answer:
    """Add a product to a deal; the same Idempotency-Key again gives the line of the first time."""
    deal = rows.one(request.actor, "deal", sent.deal_id)
    values = shapes.line_values(sent.model_dump(exclude_unset=True), deal["currency_id"])
    made = services.add_line(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, _told(request, response, made.pk))


@router.get("/lines/{line_id}", response=answers.reading(shapes.DealLine), url_name="line")
def read_line(request: Request, response: HttpResponse, line_id: answers.RecordId) -> Answer:
    """One line, with the version of its deal as ETag."""
    return _told(request, response, line_id)


@router.patch("/lines/{line_id}", response=answers.writing(shapes.DealLine), url_name="line")
def change_line(request: Request, response: HttpResponse, sent: shapes.LineFields, line_id: answers.RecordId) -> Answer:
    """Write the fields that are sent, and no others; If-Match is the version of the deal."""
    version, line = answers.version_of(request), rows.one(request.actor, "line", line_id)
    values = shapes.line_values(sent.model_dump(exclude_unset=True), line["deal__currency_id"])
    services.change_line(by=answers.by(request), line_id=line_id, version=version, **values)
    return _told(request, response, line_id)


@router.delete("/lines/{line_id}", response=answers.deleting(), url_name="line")
def remove_line(request: Request, line_id: answers.RecordId) -> Answer:
    """Take a product out of a deal; If-Match is the version of the deal."""
    services.remove_line(by=answers.by(request), line_id=line_id, version=answers.version_of(request))
    return Status(204, None)


def _told(request: Request, response: HttpResponse, line_id: int) -> dict[str, Any]:  # a line, as its shape says
    told = shapes.line(rows.one(request.actor, "line", line_id))
    response["ETag"] = f'"{told["version"]}"'
    return told
