"""Lists page by page: in the orders they offer, each page going on after the row where the one before it ended."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet

from earnest.errors import EarnestError

DAY, MOMENT = "day", "moment"
# Beyond it no database of ours holds a number.
_LARGEST_ID = 2**63

Row = TypeVar("Row", bound=Model)


class ListRefused(EarnestError):
    """A list was asked for in an order, or after a row, that it does not know."""

    code: ClassVar[str] = "list_refused"


@dataclass(frozen=True)
class Order:
    """An order of a list: its word, its column, whether the greatest stands first, and what the column holds."""

    word: str
    column: str
    down: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Going:
    """How a list goes on: its rows and its order, for the mark of the next page."""

    rows: "QuerySet[Any]"
    order: Order

    def after(self, record_id: int) -> str:
        """The mark that goes on after a row."""
        value = self.rows.filter(pk=record_id).values_list(self.order.column, flat=True).first()
        told = value.isoformat() if isinstance(value, date) else value
        return base64.urlsafe_b64encode(json.dumps([told, record_id]).encode()).decode().rstrip("=")


def order_of(orders: Mapping[str, Order], name: str) -> Order:
    """The order of this name, or the first where none is named.

    Raises: ListRefused, in the same words for a hidden column and for a misspelt one.
    """
    found = orders.get(name or next(iter(orders)))
    if found is None:
        raise ListRefused(
            f"This list has no order «{name[:60]}».",
            why="It can be read in the orders that its head shows.",
            fix=f"Use one of: {', '.join(orders)}.",
            data={"order": name[:60]},
        )
    return found


def page(rows: "QuerySet[Row]", order: Order, *, after: str, rows_count: int) -> "tuple[QuerySet[Row], Going]":
    """The rows of one page and one more, and how the list goes on.

    Raises: ListRefused for a mark that cannot be read.
    """
    if after:
        rows = rows.filter(_beyond(order, after))
    sign = "-" if order.down else ""
    return rows.order_by(f"{sign}{order.column}", f"{sign}pk")[: rows_count + 1], Going(rows, order)


def _beyond(order: Order, mark: str) -> Q:
    try:
        value, number = _read(order, mark)
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as reason:
        raise ListRefused(
            "The list cannot go on from here.",
            why="The mark in the address is not one that a page of Earnest writes.",
            fix="Open the list again and choose «Show more».",
            data={"after": mark[:60]},
        ) from reason
    way = "lt" if order.down else "gt"
    # The first condition is what an index reads; the second is only for rows that hold the same.
    return Q(**{f"{order.column}__{way}e": value}) & (
        Q(**{f"{order.column}__{way}": value}) | Q(**{f"pk__{way}": number})
    )


def _read(order: Order, mark: str) -> tuple[object, int]:
    told, number = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    if not isinstance(told, str) or "\0" in told or type(number) is not int or not 0 < number < _LARGEST_ID:
        raise TypeError(told)
    if order.kind == DAY:
        return date.fromisoformat(told), number
    if order.kind == MOMENT:
        at = datetime.fromisoformat(told)
        return (at, number) if at.tzinfo is not None else _refused(told)
    return told, number


def _refused(told: str) -> tuple[object, int]:
    raise ValueError(told)
