"""What a list of deals is asked for by its address: which deals, in which order, with which columns, after which.

Only what is listed here can be asked: a name that is not listed is passed over, a value that cannot be is refused.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from earnest.errors import EarnestError
from earnest.pipeline import frames

# The columns of the list beside the buyer, with their words; each is also an order.
COLUMNS = {
    "amount": "Amount",
    "their": "Their date",
    "ours": "Our date",
    "step": "Next step",
    "verdicts": "Verdicts",
    "stage": "Stage",
    "owner": "Owner",
    "good": "Good through",
    "since": "Flagged since",
    "segment": "Segment",
    "pipeline": "Pipeline",
}
SHOWN = tuple(COLUMNS)[:9]
ORDERS = ("buyer", *COLUMNS)
OUTCOMES = {
    "open": "open",
    "ended": "ended",
    "won": "won",
    "lost": "lost",
    "no_decision": "no decision",
    "declined": "declined by us",
    "any": "open or ended",
}
STANDINGS = {"hard": "not real", "soft": "asks for care", "clear": "neither"}
THEIR_DATES = {"known": "known", "unknown": "nobody has asked"}
# Totals are kept by these, so a list that is narrowed by nothing else sums no table.
COUNTED = frozenset({"owner", "team", "stage", "pipeline", "outcome"})
_LONGEST_TEXT = 200


class FilterRefused(EarnestError):
    """A list was asked for in a way that it does not know."""

    code: ClassVar[str] = "filter_refused"


@dataclass(frozen=True)
class Cursor:
    """The last row that was shown: its value in the list's order, null where it has none, and its number."""

    value: str | int | None
    deal_id: int


@dataclass(frozen=True)
class Asked:
    """A list as it was asked for. `told` is what the address says, by name; what is not told has its default."""

    told: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)  # as `told`, each as its own type
    columns: tuple[str, ...] = SHOWN
    order: str = "ours"
    descending: bool = False
    after: Cursor | None = None

    @property
    def outcome(self) -> str:
        """Which deals by how they stand: the open ones unless something else is asked."""
        return str(self.values.get("outcome", "open"))

    @property
    def sort(self) -> str:
        """The order as the address writes it."""
        return f"-{self.order}" if self.descending else self.order

    def query(self, **changes: str) -> str:
        """The address's query for the same list with these changes; an empty value takes the name out."""
        told = {name: value for name, value in {**self.told, **changes}.items() if value != ""}
        return urlencode(told)

    def without(self, name: str) -> str:
        """The query that asks for the same list without one filter."""
        if name == "outcome":
            return self.query(outcome="any")
        return self.query(owner="all") if name == "owner" else self.query(**{name: ""})

    def after_row(self, cursor: Cursor) -> str:
        """The query that asks for the rows after this one."""
        return self.query(after=written(cursor))

    def narrowed(self, **values: object) -> "Asked":
        """The same list with some filters set to values that are of their type already."""
        kept = {name: value for name, value in {**self.values, **values}.items() if value is not None}
        return replace(self, values=kept)

    def widened(self, *names: str) -> "Asked":
        """The same list without some filters."""
        return replace(self, values={name: value for name, value in self.values.items() if name not in names})


def asked(query: Mapping[str, str], chosen_columns: Sequence[str] = ()) -> Asked:
    """The list that an address asks for; `chosen_columns` are those ticked one by one in the chooser.

    Raises: FilterRefused when a listed name has a value that cannot be.
    """
    told = {name: query[name].strip() for name in (*_FILTERS, "sort", "cols") if query.get(name, "").strip()}
    if chosen_columns:
        told["cols"] = ",".join(name for name in COLUMNS if name in chosen_columns)
    values = {name: _value(name, told[name]) for name in _FILTERS if name in told}
    sort = told.get("sort", "ours")
    order = sort.removeprefix("-")
    if order not in ORDERS:
        raise _refused("sort", sort, f"A list can be sorted by: {', '.join(ORDERS)}.")
    after = query.get("after", "")
    return Asked(told, values, _columns(told.get("cols", "")), order, sort.startswith("-"), read(after))


def written(cursor: Cursor) -> str:
    """A cursor as it stands in an address."""
    text = json.dumps([cursor.value, cursor.deal_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str) -> Cursor | None:
    """The cursor that stands in an address; None where there is none.

    Raises: FilterRefused when it is none of ours.
    """
    if not text:
        return None
    try:
        value, deal_id = json.loads(base64.urlsafe_b64decode(text[:2000] + "=" * (-len(text[:2000]) % 4)))
    except (ValueError, TypeError, binascii.Error):
        raise _refused("after", text[:40], "Start from the first page of the list.") from None
    plain = value is None or (isinstance(value, str | int) and not isinstance(value, bool))
    if not plain or not _is_number(deal_id) or (isinstance(value, int) and not _is_number(abs(value))):
        raise _refused("after", text[:40], "Start from the first page of the list.")
    return Cursor(value, deal_id)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


def _value(name: str, text: str) -> object:
    try:
        return _FILTERS[name](text)
    except (ValueError, KeyError):
        raise _refused(name, text[:40], "Choose it again in the list's filter.") from None


def _refused(name: str, text: str, fix: str) -> FilterRefused:
    return FilterRefused(
        f"The list cannot be asked for with {name} «{text}».",
        why="It is none of the values that this filter knows.",
        fix=fix,
        data={"field": name},
    )


def _columns(text: str) -> tuple[str, ...]:
    names = text.split(",") if text else ()
    return tuple(name for name in COLUMNS if name in names) or SHOWN


def _whose(text: str) -> str | int:
    return text if text in {"me", "all"} else _number(text)


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _stage(text: str) -> int:
    return 0 if text == "none" else _number(text)


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError(text)
    return text[:_LONGEST_TEXT]


def _one_of(known: Mapping[str, object]) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return chosen


_FILTERS: dict[str, Callable[[str], object]] = {
    "q": _text,
    "owner": _whose,
    "team": _number,
    "pipeline": _number,
    "stage": _stage,
    "segment": _text,
    "outcome": _one_of(OUTCOMES),
    "rule": _one_of(frames.RULES_BY_NAME),
    "real": _one_of(STANDINGS),
    "least": _number,
    "most": _number,
    "their": _one_of(THEIR_DATES),
    "from": date.fromisoformat,
    "until": date.fromisoformat,
}
FILTERS = tuple(_FILTERS)
