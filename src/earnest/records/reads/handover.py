"""What the page of a hand-over shows: the open deals of one person, and who could take them."""

from typing import TypedDict

from earnest.people import authority, visibility
from earnest.people.actors import Actor
from earnest.people.models import Access, Membership, User
from earnest.records.models import Deal, Outcome

# One act takes this many; the page says when there are more.
MOST = 200


class Offer(TypedDict):
    """The page's values: whose deals, the deals, who could take them, and how many there are in all."""

    owner_id: int
    owner: str
    deals: list[dict[str, object]]
    colleagues: list[tuple[str, str]]
    deal_count: int


def offer(actor: Actor, user_id: int) -> Offer:
    """The open deals of a person that the actor may hand over, by our close date; five queries.

    Raises: NotAllowed for whoever leads nobody; NotFound.
    """
    authority.demand(allowed=actor.role in authority.LEADING_ROLES, actor=actor, action="hand deals over")
    owner = visibility.visible(actor, User).filter(pk=user_id).first()
    if owner is None:
        raise authority.not_found("user", user_id)
    rows = visibility.visible(actor, Deal, Access.WRITE).filter(owner_id=user_id, outcome=Outcome.OPEN)
    columns = ("id", "title", "account__name", "amount_minor", "currency_id", "seller_close_on", "next_step")
    return {
        "owner_id": owner.pk,
        "owner": owner.name,
        "deals": [dict(row) for row in rows.order_by("seller_close_on", "id").values(*columns)[:MOST]],
        "colleagues": _colleagues(actor, user_id),
        "deal_count": rows.count(),
    }


def _colleagues(actor: Actor, but: int) -> list[tuple[str, str]]:
    """Who may take a deal: for a manager, people of the teams they lead."""
    rows = visibility.visible(actor, User).filter(is_active=True, email__isnull=False).exclude(pk=but)
    if not actor.is_admin:
        members = visibility.visible(actor, Membership).filter(team__in=sorted(actor.team_ids))
        rows = rows.filter(pk__in=members.values("user_id"))
    return [(str(number), name) for number, name in rows.order_by("name", "id").values_list("id", "name")]
