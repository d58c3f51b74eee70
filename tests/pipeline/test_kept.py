"""What is kept of each deal after a write is what judging the whole book would keep."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from earnest.pipeline import services
from earnest.pipeline.models import Flag, OpenTotal, Standing
from earnest.records import services as records
from tests import workspace
from tests.workspace import AT, TODAY, Workspace

WHY = "a test compares"
STEPS = ("", "follow up", "Ines brings the log, we bring the sum, and both agree the measure")


@pytest.fixture
def company(db: None) -> Workspace:
    return workspace.make()


def kept() -> tuple[list[Any], list[Any], list[Any]]:
    """Standings, flags that stand, and totals that are not empty, without the numbers that the database gives."""
    standings = list(Standing.objects.unscoped(reason=WHY).order_by("deal_id").values())
    flags = Flag.objects.unscoped(reason=WHY).filter(until_on=None)
    totals = OpenTotal.objects.unscoped(reason=WHY).exclude(deal_count=0)
    columns = ("owner_id", "team_id", "stage_id", "currency", "deal_count", "hard_count", "claimed_minor", "real_minor")
    return (
        standings,
        sorted(flags.values_list("deal_id", "rule", "since_on")),
        sorted(totals.values_list(*columns), key=str),
    )


def opened(chance: random.Random, company: Workspace) -> int:
    amount = chance.choice([None, 100_00, 250_00])
    currency = None if amount is None else chance.choice(["EUR", "USD"])
    day = TODAY - timedelta(days=chance.randrange(400))
    by = company.by(company.admin)
    return records.open_deal(by=by, title="D", amount_minor=amount, currency_id=currency, opened_on=day).pk


def edited(chance: random.Random, company: Workspace) -> dict[str, Any]:
    day = TODAY + timedelta(days=chance.randrange(-40, 60))
    return chance.choice(
        [
            {"next_step": chance.choice(STEPS), "next_step_on": chance.choice([None, day])},
            {"amount_minor": chance.randrange(1_000_000), "currency_id": "EUR"},
            {"stage_id": chance.choice([company.first.pk, company.second.pk])},
            {"buyer_by_when_on": day, "seller_close_on": TODAY, "lead_time_days": chance.randrange(30)},
        ]
    )


def write(chance: random.Random, company: Workspace, numbers: list[int]) -> None:
    """One thing that a person may do to one of the deals, or a new deal."""
    act = chance.choice(["open", "edit", "edit", "edit", "talk", "end", "hand", "bin"])
    if act == "open" or not numbers:
        numbers.append(opened(chance, company))
        return
    deal = services.Deal.objects.unscoped(reason=WHY).get(pk=chance.choice(numbers))
    by = company.by(company.admin)
    same = {"by": by, "deal_id": deal.pk, "version": deal.version}
    if act == "edit":
        records.edit_deal(**same, **edited(chance, company))
    elif act == "talk":
        records.log_activity(by=by, deal_id=deal.pk, channel="call", direction=chance.choice(["in", "out"]), at=AT)
    elif act == "hand":
        records.hand_over(**same, to_user_id=chance.choice([company.bo.pk, company.dana.pk]))
    elif act == "end" and deal.outcome == "open":
        records.end_deal(**same, outcome="lost", closed_on=TODAY)
    elif act == "bin":
        records.discard(services.Deal, by=by, record_id=deal.pk, version=deal.version)
        numbers.remove(deal.pk)


@pytest.mark.parametrize("seed", range(6))
def test_judging_each_write_keeps_what_judging_the_book_keeps(company: Workspace, seed: int) -> None:
    chance, numbers = random.Random(seed), list[int]()
    services.judge_book(as_of=TODAY, at=AT)
    for _ in range(30):
        write(chance, company, numbers)
    by_write = kept()
    services.judge_book(as_of=TODAY, at=AT)
    assert by_write == kept()


def test_a_flag_keeps_its_first_day_and_ends_when_it_is_clear(company: Workspace) -> None:
    by = company.by(company.bo)
    services.judge_book(as_of=TODAY, at=AT)
    deal = records.open_deal(by=by, title="D", opened_on=TODAY)
    tomorrow = date(2026, 1, 6)
    services.judge_book(as_of=tomorrow, at=AT)
    records.edit_deal(by=by, deal_id=deal.pk, version=1, next_step=STEPS[2])
    flags = Flag.objects.unscoped(reason=WHY).filter(deal_id=deal.pk, rule="no_next_step")
    assert list(flags.values_list("since_on", "until_on")) == [(TODAY, tomorrow)]
