"""Give several open deals of one person to another one, all or none."""

from collections.abc import Sequence

from django.db import transaction

from earnest.people import authority, visibility
from earnest.people.models import Access
from earnest.records.models import Deal, Outcome
from earnest.records.services import deals
from earnest.records.services.writing import By


def hand_over_all(*, by: By, from_user_id: int, to_user_id: int, deal_ids: Sequence[int]) -> int:
    """Give these open deals of a person to another owner, into that owner's team; returns how many.

    Raises: NotFound when one of them is not an open deal of that person that the actor may write; NotAllowed.
    """
    wanted = set(deal_ids)
    with transaction.atomic():
        rows = visibility.visible(by.actor, Deal, Access.WRITE).filter(
            pk__in=wanted, owner_id=from_user_id, outcome=Outcome.OPEN
        )
        versions = dict(rows.order_by("id").values_list("id", "version"))
        missing = sorted(wanted - versions.keys())
        if missing:
            raise authority.not_found("open deal", missing[0])
        for deal_id, version in versions.items():
            deals.hand_over(by=by, deal_id=deal_id, version=version, to_user_id=to_user_id)
    return len(versions)
