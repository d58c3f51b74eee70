"""What the deals of accounts are worth, claimed and real, and the deals of one account with their verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.pipeline.models import Standing
from earnest.records.models import Deal, Outcome

MOST_ENDED = 50


@dataclass(frozen=True)
class Worth:
    """The open deals of an account in one currency: how many, their value, and how much of it is real."""

    currency: str
    deal_count: int
    hard_count: int
    claimed_minor: int
    real_minor: int


@dataclass(frozen=True)
class DealOf:
    """A deal on its account's page; verdicts only while it is open."""

    id: int
    title: str
    outcome: str
    stage: str
    value_minor: int | None
    currency: str
    flagged: tuple[str, ...]
    opened_on: date | None
    closed_on: date | None
    owner: str

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.outcome == Outcome.OPEN

    @property
    def outcome_words(self) -> str:
        """How it stands or ended, in words."""
        return str(Outcome(self.outcome).label)


def worth(actor: Actor, account_ids: Sequence[int]) -> dict[int, list[Worth]]:
    """What the open deals that the actor sees are worth, by account; one query."""
    rows = visibility.visible(actor, Standing).filter(deal__account_id__in=account_ids, deal__outcome=Outcome.OPEN)
    told = (
        rows.order_by("deal__account_id", "currency")
        .values_list("deal__account_id", "currency")
        .annotate(
            deals=Count("pk"),
            hard_deals=Count("pk", filter=Q(hard=True)),
            claimed=Sum("value_minor", default=0),
            real=Sum("value_minor", filter=Q(hard=False), default=0),
        )
    )
    found: dict[int, list[Worth]] = {}
    for number, *figures in told:
        found.setdefault(number, []).append(Worth(*figures))
    return found


def deals_of(actor: Actor, account_id: int) -> tuple[list[DealOf], list[DealOf]]:
    """The open deals of an account, the greatest first, and the ended ones, the latest first; one query."""
    rows = visibility.visible(actor, Deal).filter(account_id=account_id).order_by("-pk")
    told = rows.values_list(
        "id", "title", "outcome", "stage__name", "standing__value_minor", "amount_minor", "list_amount_minor",
        "currency_id", "standing__flagged", "opened_on", "closed_on", "owner__name",
    )[: MOST_ENDED * 4]  # fmt: skip
    found = [
        DealOf(
            number, title or f"Deal {number}", outcome, stage or "", value if value is not None else amount or listed,
            currency or "", tuple(flagged or ()), opened_on, closed_on, owner or "",
        )
        for number, title, outcome, stage, value, amount, listed, currency, flagged, opened_on, closed_on, owner in told
    ]  # fmt: skip
    still = sorted((each for each in found if each.is_open), key=lambda each: -(each.value_minor or 0))
    ended = sorted((each for each in found if not each.is_open), key=lambda each: each.closed_on or date.min)
    return still, ended[::-1][:MOST_ENDED]
