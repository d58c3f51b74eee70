"""What a workspace sells by is written by admins; rates are exact, and a renamed stage keeps its deals."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.people import visibility
from earnest.people.authority import NotAllowed
from earnest.records import services
from earnest.records.models import Deal, Quota
from earnest.records.models.money import RATE_SCALE, ExchangeRate
from earnest.records.services.setup import RateRefused
from tests.workspace import Workspace

DAY = date(2026, 1, 5)


def test_a_renamed_stage_keeps_its_deals_and_its_meaning(company: Workspace) -> None:
    deal = services.open_deal(by=company.by(company.bo), title="T", stage_id=company.first.pk)
    services.edit_stage(
        by=company.by(company.admin),
        stage_id=company.first.pk,
        version=1,
        name="Getting to know",
        position=1,
        meaning="conversation",
    )
    deal = Deal.objects.unscoped(reason="a test looks").select_related("stage").get(pk=deal.pk)
    assert (deal.stage and deal.stage.name, deal.version) == ("Getting to know", 1)


def test_only_admins_set_up(company: Workspace) -> None:
    by = company.by(company.grete)
    for attempt in (
        lambda: services.add_pipeline(by=by, name="Mine"),
        lambda: services.add_product(by=by, name="Mine"),
        lambda: services.add_stage(by=by, pipeline_id=company.pipeline.pk, name="Mine", position=3),
        lambda: services.set_rate(by=by, from_currency="EUR", to_currency="USD", on=DAY, rate=Decimal(1)),
        lambda: services.set_quota(
            by=by, owner_id=company.bo.pk, starts_on=DAY, ends_on=DAY, amount_minor=1, currency="EUR"
        ),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_quota_is_seen_by_its_owner_and_their_managers(company: Workspace) -> None:
    services.set_quota(
        by=company.by(company.admin),
        owner_id=company.bo.pk,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
        amount_minor=70_000_000,
        currency="EUR",
    )
    seen = [
        visibility.visible(company.actor(user), Quota).count() for user in (company.bo, company.grete, company.dana)
    ]
    assert seen == [1, 1, 0]


@given(rate=st.decimals(min_value="0.000000000001", max_value="9223371", places=12))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_rate_is_kept_exactly(company: Workspace, rate: Decimal) -> None:
    services.set_rate(by=company.by(company.admin), from_currency="EUR", to_currency="USD", on=DAY, rate=rate)
    kept = ExchangeRate.objects.unscoped(reason="a test looks").get()
    assert kept.rate == rate
    assert kept.rate_e12 == int(rate * RATE_SCALE)


@pytest.mark.parametrize("rate", ["0", "-1", "0.0000000000001", "9223373", "NaN"])
def test_a_rate_that_cannot_be_kept_exactly_is_refused(company: Workspace, rate: str) -> None:
    with pytest.raises(RateRefused):
        services.set_rate(
            by=company.by(company.admin), from_currency="EUR", to_currency="USD", on=DAY, rate=Decimal(rate)
        )
    assert ExchangeRate.objects.unscoped(reason="a test counts").count() == 0
