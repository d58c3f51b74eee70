"""The record that a note or a file hangs on: exactly one, and one that its writer may write."""

from collections.abc import Mapping
from typing import ClassVar, TypedDict

from earnest.errors import EarnestError
from earnest.people.actors import Actor
from earnest.records.models import Account, Contact, Deal, Lead, Record
from earnest.records.services import writing


class Parent(TypedDict, total=False):
    """The record that something hangs on; exactly one of them is given."""

    deal_id: int | None
    account_id: int | None
    contact_id: int | None
    lead_id: int | None


MODELS: dict[str, type[Record]] = {"deal_id": Deal, "account_id": Account, "contact_id": Contact, "lead_id": Lead}


class ParentUnclear(EarnestError):
    """Something was to hang on no record, or on several."""

    code: ClassVar[str] = "parent_unclear"


def demand_writable(actor: Actor, parent: Parent) -> Record:
    """The record that something is to hang on.

    Raises: ParentUnclear, NotFound, NotAllowed.
    """
    model, number = of(parent)
    return writing.writable(model, actor, number)


def of(parent: Parent) -> tuple[type[Record], int]:
    """The kind and the number of the one record that is named.

    Raises: ParentUnclear.
    """
    named: Mapping[str, object] = parent
    given = [(name, number) for name, number in named.items() if isinstance(number, int)]
    if len(given) != 1:
        raise ParentUnclear(
            f"This hangs on {len(given)} records, and it should hang on one.",
            why="A note or a file is seen by whoever sees the record it belongs to.",
            fix="Name one deal, account, contact or lead.",
            data={"given": [name for name, _number in given]},
        )
    name, number = given[0]
    return MODELS[name], number
