"""The products in a deal: add one, change how many or at what price, take it out, and take any of that back.

A line is a part of its deal: each write of one is made against the deal's version, raises it, and stands in its
history.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max

from earnest.errors import EarnestError
from earnest.people import authority, visibility
from earnest.people.models import Access
from earnest.records.models import Currency, Deal, DealLine, Product, UndoStep
from earnest.records.services import undo, writing
from earnest.records.services.writing import By

KIND = "records.dealline"
_COLUMNS = ("deal_id", "position", "product_id", "quantity", "list_price_minor", "price_minor")
# What the history of a deal calls any of its lines.
_FIELD = "line"
MOST_LINES, MOST_QUANTITY = 500, 1_000_000


class LineRefused(EarnestError):
    """A line that no deal can hold: none or too many of a product, or one line too many."""

    code: ClassVar[str] = "line_refused"


class LineChanged(EarnestError):
    """A line was written or taken out by somebody since it was read."""

    code: ClassVar[str] = "line_changed"


class LineValues(TypedDict, total=False):
    """What may be changed of a line; another product is another line."""

    quantity: int
    price_minor: int | None


def add_line(
    *, by: By, deal_id: int, product_id: int, quantity: int = 1, price_minor: int | None = None, key: str | None = None
) -> DealLine:
    """Add a product to a deal, after those that are there; the deal's version rises.

    Raises: NotFound, NotAllowed, LineRefused, KeyReused, StaleVersion when somebody else writes the deal right now.
    """
    asked = {"deal_id": deal_id, "product_id": product_id, "quantity": quantity, "price_minor": price_minor}
    with transaction.atomic():
        deal = writing.writable(Deal, by.actor, deal_id)
        made = writing.made_before(DealLine, by=by, values=asked, key=key)
        if made is not None:
            return _line(by, made)
        product = visibility.visible(by.actor, Product).filter(pk=product_id).first()
        if product is None:
            raise authority.not_found("product", product_id)
        _demand_quantity(quantity)
        line = DealLine(**asked, position=_after_the_last(by, deal), list_price_minor=product.list_price_minor)
        # The deal first: whoever else adds a line now is refused before two lines claim one place.
        writing.touch(deal, by=by, action="add_line", said={_FIELD: (f"{line.position}:", _words(by, deal, line))})
        line.save(force_insert=True)
        writing.keep_key(line, by=by, values=asked, key=key)
        undo.keep(line, "add_line", _both({}, _row(line)), writing.who(by))
        return line


def change_line(*, by: By, line_id: int, version: int, **values: Unpack[LineValues]) -> DealLine:
    """Write how many of a product a deal has, or at what price; `version` is the deal's, as it was read.

    Raises: NotFound, NotAllowed, StaleVersion, LineRefused.
    """
    with transaction.atomic():
        line = _line(by, line_id)
        deal = _deal_as_read(by, line, version)
        _demand_quantity(values.get("quantity", line.quantity))
        changed = {name: value for name, value in values.items() if getattr(line, name) != value}
        if changed:
            before = {name: getattr(line, name) for name in changed}
            _write(by, deal, line, changed, "change_line")
            undo.keep(line, "change_line", _both(before, changed), writing.who(by))
        return line


def remove_line(*, by: By, line_id: int, version: int) -> Deal:
    """Take a product out of a deal; `version` is the deal's, as it was read. Returns the deal.

    Where the first line goes, the next one is the first: a deal that has products has one to be counted by.
    Raises: NotFound, NotAllowed, StaleVersion.
    """
    with transaction.atomic():
        line = _line(by, line_id)
        deal = _deal_as_read(by, line, version)
        row = _row(line)
        _take_out(by, deal, line, "remove_line")
        line.pk = line_id
        undo.keep(line, "remove_line", _both(row, {}), writing.who(by))
        return deal


def take_back(step: UndoStep, by: By) -> None:
    """Take back one write of a line.

    Raises: NotFound, NotAllowed, LineChanged when somebody wrote it since.
    """
    before, after = dict(step.before), dict(step.after)
    line = _lines(by).filter(pk=step.record_id).first()
    if line is None and after:
        raise _changed(step)
    if line is None:
        _put_back(by, step.record_id, before)
        return
    if not after or any(getattr(line, name) != value for name, value in after.items()):
        raise _changed(step)
    deal = writing.writable(Deal, by.actor, line.deal_id)
    if before:
        _write(by, deal, line, before, "undo")
    else:
        _take_out(by, deal, line, "undo")


def _put_back(by: By, line_id: int, row: Mapping[str, Any]) -> None:
    deal = writing.writable(Deal, by.actor, row["deal_id"])
    line = DealLine(pk=line_id, **row)
    writing.touch(deal, by=by, action="undo", said={_FIELD: (f"{line.position}:", _words(by, deal, line))})
    there = _lines(by).filter(deal_id=deal.pk)
    moved = there.filter(position=line.position).first()
    if moved is not None:
        taken = set(there.values_list("position", flat=True))
        free = next(place for place in range(line.position + 1, line.position + len(taken) + 2) if place not in taken)
        there.filter(pk=moved.pk).update(position=free)
    line.save(force_insert=True)


def _write(by: By, deal: Deal, line: DealLine, values: Mapping[str, Any], action: str) -> None:
    old = _words(by, deal, line)
    for name, value in values.items():
        setattr(line, name, value)
    writing.touch(deal, by=by, action=action, said={_FIELD: (old, _words(by, deal, line))})
    line.save(update_fields=list(values))


def _take_out(by: By, deal: Deal, line: DealLine, action: str) -> None:
    position = line.position
    writing.touch(deal, by=by, action=action, said={_FIELD: (_words(by, deal, line), f"{position}:")})
    line.delete()
    left = _lines(by).filter(deal_id=deal.pk).order_by("position", "id").first()
    if position == 1 and left is not None:
        _lines(by).filter(pk=left.pk).update(position=1)


def _line(by: By, line_id: int) -> DealLine:
    line = visibility.visible(by.actor, DealLine).filter(pk=line_id).first()
    if line is None:
        raise authority.not_found("line of a deal", line_id)
    return line


def _lines(by: By) -> Any:  # noqa: ANN401  # a queryset; its stubs need a plugin that services do without
    return visibility.visible(by.actor, DealLine, Access.WRITE)


def _deal_as_read(by: By, line: DealLine, version: int) -> Deal:
    deal = writing.writable(Deal, by.actor, line.deal_id)
    writing.demand_version(deal, by=by, version=version, fields=(_FIELD,))
    return deal


def _after_the_last(by: By, deal: Deal) -> int:
    rows = visibility.visible(by.actor, DealLine).filter(deal_id=deal.pk)
    if rows.count() >= MOST_LINES:
        raise _refused(f"The deal has {MOST_LINES} lines already.", "Take one out first.", deal.pk)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _demand_quantity(quantity: int) -> None:
    if not 0 < quantity <= MOST_QUANTITY:
        why = f"How many there are is a whole number from 1 to {MOST_QUANTITY:,}."
        raise _refused(why, "Take the line out where there are none.", quantity)


def _refused(why: str, fix: str, told: int) -> LineRefused:
    return LineRefused("The line was not written.", why=why, fix=fix, data={"told": told})


def _changed(step: UndoStep) -> LineChanged:
    return LineChanged(
        "This line of the deal has been changed since, so this cannot simply be undone.",
        why="Somebody wrote it or took it out after you did.",
        fix="Open the deal and set the values you want.",
        data={"record_id": step.record_id},
    )


def _row(line: DealLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _COLUMNS}


def _both(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What each column held and holds; a whole side that is not there is a line that was not there."""
    return {name: (before.get(name, undo.NOTHING), after.get(name, undo.NOTHING)) for name in {**before, **after}}


def _words(by: By, deal: Deal, line: DealLine) -> str:
    product = visibility.visible(by.actor, Product).filter(pk=line.product_id).values_list("name", flat=True).first()
    told = f"{line.position}: {line.quantity} × {product or 'a product'}"
    if line.price_minor is None:
        return told
    currency = visibility.visible(by.actor, Currency).filter(code=deal.currency_id or "")
    digits = currency.values_list("minor_digits", flat=True).first()
    price = f"{Decimal(line.price_minor).scaleb(-(2 if digits is None else digits)):,f}"
    return f"{told} at {price} {deal.currency_id or ''}".rstrip()
