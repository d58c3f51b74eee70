"""What to expect, in sentences: a range and never a point, the claims beside it, how the method did before."""

import msgspec

from earnest.forecast.figures import AgeBand
from earnest.measures.figures import Money
from earnest.surfaces.check.wording import expect
from tests.surfaces.check import parts
from tests.surfaces.check.parts import TODAY, rate

DOLLARS = parts.expected("USD", 71_000_000, 92_400_000, 114_000_000)
EUROS = parts.expected("EUR", 7_100_000, 9_200_000, 11_400_000, stage_default=None, deal_count=1)


def test_the_finding_is_a_range_by_a_day() -> None:
    assert expect.finding(parts.forecast(ranges=(DOLLARS,))) == (
        "Expect USD 710 k to 1,140 k from what is open today, by 31 Mar 2018"
    )


def test_each_currency_has_its_range() -> None:
    assert expect.finding(parts.forecast(ranges=(EUROS, DOLLARS))).startswith(
        "Expect EUR 71 k to 114 k and USD 710 k to 1,140 k from"
    )


def test_too_few_and_nothing_open() -> None:
    assert expect.finding(parts.forecast(too_few="1 deal.")) == "Too little has ended to say what to expect"
    assert expect.finding(parts.forecast()) == "There is nothing open to expect anything from"


def test_how_to_read_a_range() -> None:
    assert expect.reading(EUROS) == (
        "Four times in five the open deals bring EUR 71 k to 114 k; as often more than EUR 92 k as less. "
        "From 1 open deal worth EUR 342 k on paper."
    )


def test_the_claims_beside_it() -> None:
    assert expect.claims(EUROS) == ""
    assert expect.claims(DOLLARS) == "The usual stage weights would claim USD 2,280 k."
    both = msgspec.structs.replace(DOLLARS, stated_weighted=Money(50_000_000, "USD"))
    assert expect.claims(both) == (
        "The usual stage weights would claim USD 2,280 k and the probabilities in the file USD 500 k."
    )


def test_ages_of_a_band() -> None:
    assert expect.ages(AgeBand(60, 89, rate(1, 9), 0.1, 3, 0.3)) == "60 to 89"
    assert expect.ages(AgeBand(1_390, None, rate(1, 9), 0.1, 3, 0.3)) == "1,390 and more"


def test_how_the_method_did_before() -> None:
    checks = (parts.backcheck(TODAY - 90, 1_000, 1_100), parts.backcheck(TODAY - 120, 1_000, 2_000))
    told = parts.forecast(backchecks=checks, backcheck_error=0.19, stage_default_error=0.88)
    assert expect.checked(told) == (
        "Tried on 2 earlier days, it was off by 19 % on average; the usual stage weights by 88 %. "
        "What happened lay inside the range 1 of 2 times."
    )
    one = msgspec.structs.replace(told, backchecks=checks[:1], stage_default_error=None)
    assert expect.checked(one) == (
        "Tried on 1 earlier day, it was off by 19 % on average. What happened lay inside the range 1 of 1 time."
    )


def test_a_short_history_is_said() -> None:
    assert expect.checked(parts.forecast()) == "The history is too short to try the method on an earlier day."


def test_what_the_range_allows_for() -> None:
    assert expect.shock(parts.forecast()).startswith("The range is wider than chance alone would make it")
    assert expect.shock(parts.forecast(shock=0.0)) == expect.shock(parts.forecast(too_few="Few.")) == ""
