"""How pages are rendered: one Jinja2 environment, the one formatter as its filters, and the frame around every page."""

import re
from datetime import date, datetime
from functools import cached_property
from typing import Any

import jinja2
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from earnest.pipeline import frames
from earnest.rulebook import words
from earnest.surfaces.web import navigation

BLANK = "—"
# A figure and its unit, a currency and its figure, and the parts of a date stay on one line.
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_PAIRS = re.compile(
    rf"(?<=\d) (?=%|(?:k|m|bn|d|days?|months?|{_MONTH})\b)|(?<=\b[A-Z]{{3}}) (?=\d)|(?<=\d.(?:{_MONTH})) (?=\d{{4}}\b)"
)


def environment(**options: Any) -> jinja2.Environment:  # noqa: ANN401  # Django hands over Jinja2's own options
    """The environment of all our pages: everything is escaped, and a name that is not there is an error."""
    made = jinja2.Environment(  # noqa: S701  # Django passes autoescape on; it is set again here
        **{
            **options,
            "autoescape": True,
            "undefined": jinja2.StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "finalize": _held_together,
        }
    )
    made.globals.update(static=staticfiles_storage.url, url=_url, rules=frames.RULES_BY_NAME)
    made.filters.update(
        day=day,
        day_time=day_time,
        money=money,
        exact_money=exact_money,
        count=words.count,
        share=words.share,
        days=days,
    )
    return made


def frame(request: HttpRequest) -> dict[str, object]:
    """What the base page shows around every page; nothing for a stranger."""
    actor = getattr(request, "actor", None)
    return {
        "frame": None if actor is None else navigation.frame(request),  # type: ignore[arg-type]
        "csrf_input": Token(request),
    }


class Token:
    """The field that every form of a page carries: drawn when the first form asks, and the same for all of them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _field(self) -> SafeString:
        return csrf_input(self._request)

    def __str__(self) -> str:
        return self._field

    __html__ = __str__


def day(value: date | None) -> str:
    """`16 Jan 2026`, a dash where there is none."""
    return BLANK if value is None else words.long_date(value)


def day_time(value: datetime | None) -> str:
    """`16 Jan 2026, 14:05` in the workspace's time zone."""
    if value is None:
        return BLANK
    local = timezone.localtime(value)
    return f"{words.long_date(local.date())}, {local:%H:%M}"


def days(value: float | None) -> str:
    """`1 day`, `98 days`, a dash where there is none."""
    return BLANK if value is None else words.plural(value, "day")


def money(minor: int | None, currency: str = "") -> str:
    """`EUR 71 k`, a dash where there is none."""
    return BLANK if minor is None else words.money(minor, currency)


def exact_money(minor: int | None, currency: str = "") -> str:
    """`EUR 71,000.00`, a dash where there is none."""
    return BLANK if minor is None else words.exact_money(minor, currency)


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _held_together(value: object) -> object:
    # Every pair has a space between; most of what a list writes has none, and looking for it costs next to nothing.
    return _PAIRS.sub("\u00a0", value) if type(value) is str and " " in value else value
