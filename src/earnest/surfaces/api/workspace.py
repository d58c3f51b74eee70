"""The workspace over the API: how it sells, who works there, saved lists, rules, totals, search, and undo."""

from typing import Any

from ninja import Query, Router, Status

from earnest.people.requests import Request
from earnest.pipeline import asking
from earnest.pipeline.reads import rules as rule_pages
from earnest.pipeline.reads import sums
from earnest.records.reads import deal as deal_reads
from earnest.records.reads import rows
from earnest.records.reads import search as searching
from earnest.records.services import undoing, views
from earnest.surfaces.api import answers, shapes, talk_shapes
from earnest.surfaces.api.access import Known

router = Router(auth=Known("deals"), tags=["workspace"])
saved = Router(auth=Known("views"), tags=["views"])
# What ninja checks against the type that the operation names, and sends.
Answer = Any


@router.get("/pipelines", response=answers.listing(talk_shapes.Pipeline), url_name="pipelines")
def list_pipelines(request: Request, query: Query[answers.ListQuery]) -> Answer:
    """Every way of selling."""
    return answers.listed(request, "pipeline", query)


@router.get("/stages", response=answers.listing(talk_shapes.Stage), url_name="stages")
def list_stages(request: Request, query: Query[talk_shapes.StagesQuery]) -> Answer:
    """The stages of every pipeline; nothing depends on a stage's name, only on what it means."""
    return answers.listed(request, "stage", query)


@router.get("/users", response=answers.listing(talk_shapes.Person), url_name="users")
def list_users(request: Request, query: Query[talk_shapes.PeopleQuery]) -> Answer:
    """The names of who works here."""
    return answers.listed(request, "user", query)


@router.get("/rules", response={200: list[shapes.Rule], **answers.FAILS}, url_name="rules")
def list_rules(request: Request) -> Answer:
    """Every rule, gravest first, with how many open deals that you see it flags."""
    answers.demand_known(request.GET, [])
    return [
        {
            "name": rule.name,
            "title": rule.title,
            "severity": rule.severity,
            "says": said,
            "clears": rule.clears,
            "source": rule.source,
            "deal_count": count,
        }
        for rule, said, _means, count in rule_pages.rules(request.actor)
    ]


@router.get("/totals", response={200: list[shapes.Total], **answers.FAILS}, url_name="totals")
def read_totals(request: Request) -> Answer:
    """The open deals that you see, by currency: how many, all that is claimed, and what is real."""
    answers.demand_known(request.GET, [])
    found = sums.totals(request.actor, asking.asked({}))
    return [_total(request, each) for each in found]


@router.get("/search", response={200: list[talk_shapes.Found], **answers.FAILS}, url_name="search")
def search(request: Request, query: Query[talk_shapes.SearchQuery]) -> Answer:
    """Accounts, deals, contacts and leads that you see and that hold all the words."""
    answers.demand_known(request.GET, ["q"])
    return [each for found in searching.found(request.actor, query.q).values() for each in found]


@router.post("/undo", response={200: list[talk_shapes.UndoneStep], **answers.FAILS}, url_name="undo")
def undo(request: Request, sent: talk_shapes.Undoing) -> Answer:
    """Take back your latest act, or the one that is named, all of it or none."""
    by = answers.by(request)
    return undoing.undo_act(by=by, group=sent.group or undoing.latest_group(by))


@saved.get("/views", response=answers.listing(talk_shapes.View), url_name="views")
def list_views(request: Request, query: Query[talk_shapes.ViewsQuery]) -> Answer:
    """Your saved lists, and those that others shared."""
    return answers.listed(request, "view", query)


@saved.post("/views", response=answers.making(talk_shapes.View), url_name="views")
def save_view(request: Request, sent: talk_shapes.NewView) -> Answer:
    """Save a list under a name; the same name again writes over it."""
    made = views.save_view(by=answers.by(request), **sent.model_dump())
    return Status(201, rows.one(request.actor, "view", made.pk))


@saved.delete("/views/{view_id}", response={204: None, 404: answers.Problem, **answers.FAILS}, url_name="view")
def remove_view(request: Request, view_id: answers.RecordId) -> Answer:
    """Remove a saved list of yours."""
    views.remove_view(by=answers.by(request), view_id=view_id)
    return Status(204, None)


def _total(request: Request, each: sums.Totals) -> dict[str, object]:
    digits = deal_reads.minor_digits(request.actor, each.currency)
    return {
        "deal_count": each.deal_count,
        "hard_count": each.hard_count,
        "claimed": shapes.amount(each.claimed_minor, each.currency, digits),
        "real": shapes.amount(each.real_minor, each.currency, digits),
    }
