"""The cost of waiting and the value over ownership (D2): the told deal to the cent, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.need import value
from earnest.need.value import BaseVolumeMissing, Estimate, FigureRefused, Inputs, NoGap, Ownership, Source, exactly
from tests.need.money import BUYER, SLOTS, between

AMOUNT = st.decimals(0, 10**6, places=2)


@pytest.mark.at("AT-11")
@pytest.mark.duty("S1.7")
def test_what_waiting_costs_in_the_told_deal() -> None:
    assert value.waiting(SLOTS) == value.Waiting(
        gap=Decimal(66),
        per_month=Decimal("9240.00"),
        per_month_after=Decimal("17160.00"),
        days=77,
        until_date=Decimal("23375.11"),
    )


@pytest.mark.at("AT-11")
@pytest.mark.duty("S4.57", "S4.59")
def test_what_the_told_deal_is_worth_to_its_buyer() -> None:
    assert value.ownership(SLOTS) == Ownership(
        benefit=Decimal("481852.80"),
        cost=Decimal("164400.00"),
        value=Decimal("317452.80"),
        npv=None,
        payback_month=4,
        payback="month 4",
        ours=False,
        decline="",
    )


@pytest.mark.at("AT-11")
def test_the_net_present_value_of_the_told_deal_when_it_is_asked_for() -> None:
    npv = value.ownership(replace(SLOTS, discount=value.ASKED_DISCOUNT)).npv
    assert npv is not None
    assert abs(npv - 270_275) <= 1
    assert npv == npv.quantize(Decimal("0.01"))


def test_without_discounting_the_net_present_value_is_the_value() -> None:
    owned = value.ownership(replace(SLOTS, discount=Decimal(0)))
    assert owned.npv == owned.value == Decimal("317452.80")


def test_what_happens_once_at_the_date_counts_by_its_chance() -> None:
    lost_line = replace(SLOTS, consequence=exactly(50_000), probability=exactly("0.3"))
    assert value.waiting(lost_line).until_date == Decimal("38375.11")


def test_what_happened_at_a_date_that_is_past_is_not_added() -> None:
    late = replace(SLOTS, as_of=date(2026, 3, 3), consequence=exactly(50_000))
    assert (value.waiting(late).days, value.waiting(late).until_date) == (0, Decimal("0.00"))
    assert late.starts_on == date(2026, 3, 3)


def test_on_the_very_date_only_what_happens_once_is_left() -> None:
    today = replace(SLOTS, as_of=date(2026, 3, 2), consequence=exactly(50_000))
    assert value.waiting(today).until_date == Decimal("50000.00")


def test_without_a_date_nothing_changes_at_it() -> None:
    undated = replace(SLOTS, by_when=None)
    waited = value.waiting(undated)
    assert (waited.days, waited.until_date, waited.per_month_after) == (None, None, Decimal("9240.00"))
    assert value.ownership(undated).benefit == Decimal("259459.20")


def test_higher_may_be_better() -> None:
    higher = replace(SLOTS, baseline=exactly(30), target=exactly(96), lower_is_better=False)
    assert value.waiting(higher).until_date == Decimal("23375.11")


@pytest.mark.parametrize("baseline", [30, 29])
def test_no_gap_is_refused_with_what_to_do(baseline: int) -> None:
    for calculate in (value.waiting, value.ownership):
        with pytest.raises(NoGap) as refused:
            calculate(replace(SLOTS, baseline=exactly(baseline)))
        assert refused.value.as_dict() == {
            "code": "no_gap",
            "what": f"No gap shown: they are at {baseline} and want 30, where lower is better.",
            "why": "Without a gap, waiting costs nothing and there is nothing to close.",
            "fix": "Ask where they stand and where they planned to be, or decline with a good word.",
            "data": {"baseline": str(baseline), "target": "30"},
        }


def test_a_percentage_needs_what_it_is_of() -> None:
    bare = replace(SLOTS, in_percent=True)
    with pytest.raises(BaseVolumeMissing) as refused:
        value.waiting(bare)
    assert refused.value.what == "A percentage alone has no value."
    assert value.waiting(replace(bare, base_volume=exactly(200))).gap == Decimal(132)


def test_a_volume_counts_only_for_percentages() -> None:
    assert value.ownership(replace(SLOTS, base_volume=exactly(200))) == value.ownership(SLOTS)


@pytest.mark.parametrize(
    ("name", "estimate"),
    [
        ("share", exactly("1.01")),
        ("share", exactly(0)),
        ("probability", exactly("1.5")),
        ("unit_value", exactly(-1)),
        ("one_off_cost", between(3, 2, 4)),
        ("running_cost", between(1, 3, 2)),
        ("baseline", exactly("NaN")),
        ("baseline", exactly("Infinity")),
        ("target", exactly("-1e13")),
    ],
)
def test_a_figure_out_of_bounds_is_refused_by_name(name: str, estimate: Estimate) -> None:
    with pytest.raises(FigureRefused) as refused:
        value.ownership(replace(SLOTS, **{name: estimate}))
    assert refused.value.data["figure"] == name


@pytest.mark.parametrize(
    "change", [{"horizon_months": 0}, {"horizon_months": 121}, {"ramp": (Decimal(2),)}, {"discount": Decimal(-1)}]
)
def test_a_horizon_ramp_or_discount_out_of_bounds_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FigureRefused):
        value.ownership(replace(SLOTS, **change))


@pytest.mark.duty("S3.10")
def test_what_does_not_pay_back_comes_with_a_kind_way_to_decline() -> None:
    dear = value.ownership(replace(SLOTS, one_off_cost=exactly(400_000)))
    assert (dear.value, dear.payback_month, dear.payback) == (Decimal("-58547.20"), None, "not within 36 months")
    assert dear.decline == (
        "I do not see yet what it costs you to leave this as it is. Let us not spend your time. "
        "If {condition} happens, call me; I will ask again around {date}."
    )


def test_what_pays_back_and_then_loses_is_still_declined() -> None:
    fading = replace(SLOTS, one_off_cost=None, ramp=(Decimal(1), Decimal(0)))
    owned = value.ownership(fading)
    assert (owned.payback_month, owned.value) == (1, Decimal("-126672.00"))
    assert owned.decline == value.DECLINE


@pytest.mark.duty("S3.7")
def test_a_benefit_that_is_not_money_stays_in_its_unit() -> None:
    meals = replace(SLOTS, benefit_unit="meals", discount=Decimal("0.1"))
    owned = value.ownership(meals)
    assert (owned.benefit, owned.cost) == (Decimal("481852.80"), Decimal("164400.00"))
    assert (owned.value, owned.npv, owned.payback_month, owned.payback, owned.decline) == (None, None, None, "", "")


@pytest.mark.parametrize(
    ("sellers", "ours"),
    [
        ((), False),
        (("share",), False),
        (("baseline", "target"), False),
        (("unit_value", "share"), False),  # after the date the other value of a unit counts
        (("later_unit_value", "share"), True),
        (("target", "share"), True),
        (("baseline", "later_unit_value", "share"), True),
    ],
)
def test_two_of_three_factors_from_us_make_it_our_estimate(sellers: tuple[str, ...], ours: bool) -> None:
    names = ("baseline", "target", "unit_value", "later_unit_value", "share")
    sourced = {
        name: replace(getattr(SLOTS, name), source=Source.SELLER if name in sellers else BUYER) for name in names
    }
    assert value.ownership(replace(SLOTS, **sourced)).ours is ours


def test_elements_in_one_unit_are_warned_of() -> None:
    told = value.counted_twice([("N5", "missed slots"), ("N6", " Missed Slots"), ("N7", "overtime"), ("N4", "")])
    assert told == (
        "N5 and N6 are both counted in missed slots: the same money may be counted twice. Keep one of them.",
    )


def test_money_has_the_digits_of_its_currency() -> None:
    assert value.waiting(replace(SLOTS, currency="JPY")).until_date == Decimal(23375)
    assert value.waiting(replace(SLOTS, currency="KWD")).until_date == Decimal("23375.113")


def test_the_largest_figures_stay_exact() -> None:
    huge = exactly(10**12)
    owned = value.ownership(replace(SLOTS, baseline=huge, later_unit_value=huge, target=exactly(0), share=exactly(1)))
    assert owned.benefit == Decimal("35.1") * 10**24


def _worth(inputs: Inputs) -> Decimal:
    worth = value.ownership(inputs).value
    assert worth is not None
    return worth


@given(AMOUNT, AMOUNT)
def test_a_unit_that_costs_more_never_makes_waiting_or_buying_worth_less(one: Decimal, other: Decimal) -> None:
    less, more = (
        replace(SLOTS, unit_value=exactly(each), later_unit_value=exactly(each)) for each in sorted((one, other))
    )
    assert _worth(less) <= _worth(more)
    assert (value.waiting(less).until_date or 0) <= (value.waiting(more).until_date or 0)


@given(AMOUNT, AMOUNT)
def test_a_higher_cost_never_makes_it_worth_more_nor_pay_back_sooner(one: Decimal, other: Decimal) -> None:
    less, more = (value.ownership(replace(SLOTS, one_off_cost=exactly(each))) for each in sorted((one, other)))
    assert (less.value or 0) >= (more.value or 0)
    assert (less.payback_month or 999) <= (more.payback_month or 999)
