"""Deals over the API: list, read, open, edit, discard, end, reopen, hand over, their verdicts and stakeholders."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from earnest.people.requests import Request
from earnest.pipeline import services as pipeline
from earnest.pipeline import verdicts as judged
from earnest.records import services
from earnest.records.reads import rows
from earnest.records.services import stakeholders
from earnest.surfaces.api import answers, shapes, talk_shapes
from earnest.surfaces.api.access import Known

router = Router(auth=Known("deals"), tags=["deals"])
# What ninja checks against the type that the operation names, and sends.
Answer = Any


@router.get("/deals", response=answers.listing(shapes.Deal), url_name="deals")
def list_deals(request: Request, query: Query[shapes.DealsQuery]) -> Answer:
    """The deals that you see, in the order of their number unless `sort` says another."""
    page = answers.listed(request, "deal", query)
    return {**page, "items": [shapes.deal(row) for row in page["items"]]}


@router.post("/deals", response=answers.making(shapes.Deal), url_name="deals")
def open_deal(request: Request, response: HttpResponse, sent: shapes.NewDeal) -> Answer:
    """Open a deal of yours; the same Idempotency-Key again gives the deal of the first time."""
    values = shapes.deal_values(sent.model_dump(exclude_unset=True))
    made = services.open_deal(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, _told(request, response, made.pk))


@router.get("/deals/{deal_id}", response=answers.reading(shapes.Deal), url_name="deal")
def read_deal(request: Request, response: HttpResponse, deal_id: answers.RecordId) -> Answer:
    """One deal, with its version as ETag."""
    return _told(request, response, deal_id)


@router.patch("/deals/{deal_id}", response=answers.writing(shapes.Deal), url_name="deal")
def edit_deal(request: Request, response: HttpResponse, sent: shapes.DealFields, deal_id: answers.RecordId) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = shapes.deal_values(sent.model_dump(exclude_unset=True)), answers.version_of(request)
    services.edit_deal(by=answers.by(request), deal_id=deal_id, version=version, **values)
    return _told(request, response, deal_id)


@router.delete("/deals/{deal_id}", response=answers.deleting(), url_name="deal")
def discard_deal(request: Request, deal_id: answers.RecordId) -> Answer:
    """Put a deal into the recycle bin, where it stays for 90 days."""
    answers.discard(request, "deal", deal_id)
    return Status(204, None)


@router.post("/deals/{deal_id}/end", response=answers.writing(shapes.Deal), url_name="deal_end")
def end_deal(request: Request, response: HttpResponse, sent: shapes.Ending, deal_id: answers.RecordId) -> Answer:
    """End a deal, with the day and the reason."""
    version = answers.version_of(request)
    services.end_deal(by=answers.by(request), deal_id=deal_id, version=version, **sent.model_dump())
    return _told(request, response, deal_id)


@router.post("/deals/{deal_id}/reopen", response=answers.writing(shapes.Deal), url_name="deal_reopen")
def reopen_deal(request: Request, response: HttpResponse, deal_id: answers.RecordId) -> Answer:
    """Open a deal again that had ended."""
    services.reopen_deal(by=answers.by(request), deal_id=deal_id, version=answers.version_of(request))
    return _told(request, response, deal_id)


@router.post("/deals/{deal_id}/hand-over", response=answers.writing(shapes.Deal), url_name="deal_hand_over")
def hand_over(request: Request, response: HttpResponse, sent: shapes.HandingOver, deal_id: answers.RecordId) -> Answer:
    """Give a deal to another owner; for managers of its team and admins."""
    version = answers.version_of(request)
    services.hand_over(by=answers.by(request), deal_id=deal_id, version=version, **sent.model_dump())
    return _told(request, response, deal_id)


@router.get("/deals/{deal_id}/verdicts", response=answers.reading(shapes.Verdicts), url_name="deal_verdicts")
def read_verdicts(request: Request, deal_id: answers.RecordId) -> Answer:
    """What every rule says of an open deal now; a deal that has ended has no verdicts."""
    rows.one(request.actor, "deal", deal_id)
    found = judged.of_deal(request.actor, deal_id)
    if found is None:
        return {"judged_on": None, "verdicts": [], "clear": []}
    return {"judged_on": found.on, "verdicts": [*found.flagged, *found.unknown], "clear": found.clear}


@router.post("/deals/{deal_id}/set-aside", response=answers.making(shapes.Aside), url_name="deal_set_aside")
def set_aside(request: Request, sent: shapes.SettingAside, deal_id: answers.RecordId) -> Answer:
    """Set a finding aside until a day; it stays visible, and speaks again after."""
    made = pipeline.set_aside(
        by=answers.by(request), deal_id=deal_id, about=sent.rule, reason=sent.reason, until_on=sent.until_on
    )
    return Status(201, {"who": request.user.name, "reason": made.reason, "until_on": made.until_on})


@router.get("/stakeholders", response=answers.listing(talk_shapes.Stakeholder), url_name="stakeholders")
def list_stakeholders(request: Request, query: Query[talk_shapes.StakeholdersQuery]) -> Answer:
    """Who takes part in the deals that you see."""
    return answers.listed(request, "stakeholder", query)


@router.post("/stakeholders", response=answers.making(talk_shapes.Stakeholder), url_name="stakeholders")
def add_stakeholder(request: Request, response: HttpResponse, sent: talk_shapes.NewStakeholder) -> Answer:
    """Record that a contact takes part in a deal, and their role."""
    made = services.add_stakeholder(by=answers.by(request), key=answers.key_of(request), **sent.model_dump())
    return Status(201, answers.told(request, response, "stakeholder", made.pk))


@router.get("/stakeholders/{stakeholder_id}", response=answers.reading(talk_shapes.Stakeholder), url_name="stakeholder")
def read_stakeholder(request: Request, response: HttpResponse, stakeholder_id: answers.RecordId) -> Answer:
    """One person's part in one deal."""
    return answers.told(request, response, "stakeholder", stakeholder_id)


@router.patch(
    "/stakeholders/{stakeholder_id}", response=answers.writing(talk_shapes.Stakeholder), url_name="stakeholder"
)
def change_role(
    request: Request, response: HttpResponse, sent: talk_shapes.StakeholderRole, stakeholder_id: answers.RecordId
) -> Answer:
    """Change the role that somebody has in a deal."""
    version = answers.version_of(request)
    stakeholders.change_role(by=answers.by(request), stakeholder_id=stakeholder_id, version=version, role=sent.role)
    return answers.told(request, response, "stakeholder", stakeholder_id)


@router.delete("/stakeholders/{stakeholder_id}", response=answers.deleting(), url_name="stakeholder")
def take_out(request: Request, stakeholder_id: answers.RecordId) -> Answer:
    """Take somebody out of a deal."""
    version = answers.version_of(request)
    stakeholders.take_out(by=answers.by(request), stakeholder_id=stakeholder_id, version=version)
    return Status(204, None)


def _told(request: Request, response: HttpResponse, deal_id: int) -> dict[str, Any]:  # a deal, as its shape says
    return shapes.deal(answers.told(request, response, "deal", deal_id))
