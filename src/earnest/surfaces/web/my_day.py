"""My day: who expects something, which one question would change a verdict, what is new, and who waits."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from earnest.people.requests import Request
from earnest.pipeline import day as pipeline
from earnest.pipeline import verdicts
from earnest.records.reads import day as records
from earnest.records.reads import deal as deals

_NUMBERS = (
    "Nobody",
    "One person",
    "Two people",
    "Three people",
    "Four people",
    "Five people",
    "Six people",
    "Seven people",
    "Eight people",
    "Nine people",
    "Ten people",
    "Eleven people",
    "Twelve people",
)


def page(request: Request) -> HttpResponse:
    """The first page of the day; it starts from buyers with a need and a date, never from a number of ours."""
    judged = verdicts.judged_day(as_of=request.as_of, at=request.at)
    on = judged or request.as_of
    due = pipeline.due(request.actor, on=request.as_of)
    values = {
        "greeting": f"{greeting(request.at)}, {request.user.name.split(' ')[0]}.",
        "expects": expects(due.count),
        "due": due,
        "questions": pipeline.questions(request.actor, on=on),
        "fresh": pipeline.fresh_flags(request.actor, on=on),
        "changed": records.changed_by_others(request.actor, since=_yesterday(request)),
        "leads": records.leads_waiting(request.actor, on=request.as_of),
        "judged_on": judged,
        "behind": judged is not None and judged < request.as_of,
        "begins": not (due.now or due.ahead) and not deals.any_deal(request.actor),
        "imports": request.actor.is_admin,
        "me": request.user.name,
        "today": request.as_of,
    }
    return render(request, "web/home.html", values, using="pages")


def greeting(at: datetime) -> str:
    """The greeting of the hour."""
    hour = timezone.localtime(at).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def expects(count: int) -> str:
    """What people at buyers expect today, as a sentence."""
    if not count:
        return "Nobody expects anything today."
    who = _NUMBERS[count] if count < len(_NUMBERS) else f"{count} people"
    return f"{who} {'expects' if count == 1 else 'expect'} something."


def _yesterday(request: Request) -> datetime:
    """The first moment of the day before today, in the workspace's time zone."""
    return timezone.make_aware(datetime.combine(request.as_of - timedelta(days=1), time.min))
