"""The buyer's people in a deal: add one who is known or new, say what they do, take them out."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from earnest.people.requests import Request
from earnest.records import services as records
from earnest.records.reads import deal as reads
from earnest.records.services import stakeholders as services
from earnest.records.views import acts, forms
from earnest.records.views.forms import Field, Kind

_ROLE = Field("role", "Role", Kind.CHOICE, choices=reads.ROLES)
_NEW = (
    Field("name", "Name"),
    Field("job_title", "Position", longest=300),
    Field("email", "E-mail", longest=320),
    _ROLE,
)


@require_POST
def add(request: Request, deal_id: int) -> HttpResponse:
    """Add a person of the account, or somebody new in one act."""
    group = acts.new_group()
    by = acts.by(request, group=group)
    read = forms.read(request.POST, _NEW)
    role = str(read.values.get("role") or "untold")
    contact_id = forms.whole(request.POST, "contact", 0)
    name = str(read.values.get("name") or "")
    if contact_id:
        records.add_stakeholder(by=by, deal_id=deal_id, contact_id=contact_id, role=role)
    elif name and not read.wrong:
        told = {key: str(read.values.get(key) or "") for key in ("email", "job_title")}
        services.add_somebody(by=by, deal_id=deal_id, name=name, role=role, **told)
    else:
        acts.said(request, "; ".join(read.wrong.values()) or "Choose somebody, or write a name.")
        return acts.back(request, _who(deal_id))
    acts.said(request, f"{name or 'This person'} takes part.", group=group)
    return acts.back(request, _who(deal_id))


@require_POST
def change(request: Request, deal_id: int, stakeholder_id: int) -> HttpResponse:
    """Say what a person does in the buyer's decision."""
    group = acts.new_group()
    role = str(forms.read(request.POST, (_ROLE,)).values.get("role") or "untold")
    version = forms.whole(request.POST, "version", 0)
    by = acts.by(request, group=group)
    services.change_role(by=by, stakeholder_id=stakeholder_id, version=version, role=role)
    acts.said(request, "The role is written down.", group=group)
    return acts.back(request, _who(deal_id))


@require_POST
def take_out(request: Request, deal_id: int, stakeholder_id: int) -> HttpResponse:
    """Say that a person no longer takes part."""
    group = acts.new_group()
    version = forms.whole(request.POST, "version", 0)
    services.take_out(by=acts.by(request, group=group), stakeholder_id=stakeholder_id, version=version)
    acts.said(request, "They no longer take part; the contact stays.", group=group)
    return acts.back(request, _who(deal_id))


def _who(deal_id: int) -> str:
    return f"{reverse('deal', args=[deal_id])}#who"
