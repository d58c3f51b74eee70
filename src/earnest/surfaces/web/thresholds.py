"""The settings' page of thresholds: every limit that a finding rests on, what it is, why, and who changed it when."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from earnest.errors import EarnestError
from earnest.people import services as people
from earnest.people.authority import NotFound
from earnest.people.requests import Request
from earnest.pipeline import frames
from earnest.records.reads import setup as reads
from earnest.records.reads.setup import Chosen
from earnest.records.services import By
from earnest.records.views import settings
from earnest.rulebook import words
from earnest.rulebook.tables import Threshold
from earnest.surfaces import jobs

PAGE = "settings_thresholds"
PREFIX = "threshold."
_MOST = 100_000.0
# What a limit is, in words; one that is missing here is called by its own name.
_WORDS = {
    "forced_tolerance_days": "How far our close date may stand from the buyer's",
    "forced_tolerance_share": "How far it may stand, in long cycles",
    "needed_answers_count": "Answers of the buyer that make a gap understood",
    "kept_rate_floor": "Promises kept, of those that were due",
    "push_days": "A close date moved by so much is a push",
    "push_limit": "Pushes that make a date doubtful",
    "pushed_days_limit": "How far a close date may move in all",
    "quiet_limit_days": "How long a buyer may be quiet",
    "unanswered_limit": "Contacts without an answer, in a fortnight",
    "rhythm_factor": "Silence against the deal's own rhythm",
    "rhythm_floor_days": "Silence that is ordinary in any rhythm",
    "our_talk_limit": "Our part of the talking",
    "meeting_grace_days": "Time after a meeting to agree the next step",
    "buyer_extension_days": "Grace after the buyer's own later date",
    "stage_dwell_factor": "Stay in a stage against the usual one",
}
# The passage that a limit is taken from stands in the reference; here its reason is enough.
_PASSAGE = re.compile(r"^D\d+: ")
_BY_NAME = {threshold.name: threshold for threshold in frames.THRESHOLDS}


class ThresholdRefused(EarnestError):
    """A threshold cannot have this value."""

    code: ClassVar[str] = "threshold_refused"


@require_GET
def thresholds(request: Request) -> HttpResponse:
    """Every threshold, with what was chosen for it."""
    chosen = reads.chosen(request.actor, prefix=PREFIX)
    values = {"thresholds": [_shown(threshold, chosen) for threshold in frames.THRESHOLDS]}
    return settings.shown(request, "web/thresholds.html", PAGE, values)


@require_POST
def set_threshold(request: Request, name: str) -> HttpResponse:
    """Choose another value for a threshold, with the reason, and have the book judged by it."""
    threshold = _BY_NAME.get(name)
    if threshold is None:
        raise NotFound(
            f"There is no threshold called {name}.", why="No rule reads it.", fix="Choose one from the list."
        )

    def doing(by: By) -> str:
        value = _value(threshold, request.POST.get("value", ""))
        reason = request.POST.get("reason", "")
        people.set_setting(actor=by.actor, name=f"{PREFIX}{name}", value=value, reason=reason, at=by.at)
        jobs.judge_again(day=request.as_of)
        return (
            f"{_word(threshold)}: {_told(value)} {threshold.unit} from now on. Every open deal is being judged by it."
        )

    return settings.done(request, doing, PAGE, undo=False)


def _shown(threshold: Threshold, chosen: Sequence[Chosen]) -> dict[str, Any]:  # plain values for the page
    history = [each for each in chosen if each["name"] == f"{PREFIX}{threshold.name}"]
    value = history[0]["value"] if history else threshold.default
    return {
        "name": threshold.name,
        "word": _word(threshold),
        "value": _told(value),
        "default": _told(threshold.default),
        "changed": value != threshold.default,
        "unit": threshold.unit,
        "why": _PASSAGE.sub("", threshold.why).capitalize(),
        "rules": [rule.name for rule in frames.RULES if threshold.name in rule.reads],
        "history": [{**each, "value": _told(each["value"])} for each in history],
    }


def _value(threshold: Threshold, text: str) -> float:
    """The value that a text stands for: above zero, and a share at most 1. Raises: ThresholdRefused."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = -1.0
    most = 1.0 if threshold.unit == "share" else _MOST
    if not 0 < value <= most:
        raise ThresholdRefused(
            f"«{text[:40]}» is no limit here: {_word(threshold)}.",
            why=f"It is a number above 0 and up to {words.number(most)}, in {threshold.unit}.",
            fix=f"Write such a number; it comes as {_told(threshold.default)}.",
            data={"name": threshold.name, "value": text},
        )
    return value


def _word(threshold: Threshold) -> str:
    return _WORDS.get(threshold.name, threshold.column.label.capitalize())


def _told(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
