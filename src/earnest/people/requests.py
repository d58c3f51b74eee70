"""A request as every view below the door receives it: who asks, on which day, at which moment."""

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from earnest.people.actors import Actor
from earnest.people.models import User


class Request(HttpRequest):
    """A request that has passed the door; `as_of` and `at` are fixed there, and nothing below knows another clock."""

    user: User
    htmx: HtmxDetails
    actor: Actor
    as_of: date
    at: datetime
    # This hour on the day that the workspace shows: a demo stands still, and its days count from there.
    at_on_day: datetime
