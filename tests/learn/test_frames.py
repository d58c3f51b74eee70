"""What ended: counts and rates of the demo story, and what is left out of them."""

from datetime import date

import polars as pl
import pytest

from earnest.learn import frames
from earnest.measures.figures import Rate
from earnest.records.tables import DEALS
from earnest.rulebook import words
from earnest.rulebook.book import book

AS_OF = date(2025, 12, 15)
TODAY = words.epoch_day(AS_OF)
TARNHOLT = ["won"] * 21 + ["lost"] * 29 + ["no_decision"] * 28 + ["declined"] * 6 + ["open"] * 30


def ended(as_of=AS_OF, **values):
    height = len(next(iter(values.values())))
    return frames.ended(book([(DEALS, pl.DataFrame({"deal_id": range(height), **values}))], as_of=as_of))


def percent(rate: Rate) -> tuple[float, float, float]:
    assert rate.share is not None
    assert rate.low is not None
    assert rate.high is not None
    return round(100 * rate.share, 1), round(100 * rate.low, 1), round(100 * rate.high, 1)


@pytest.mark.at("AT-06")
def test_the_rates_of_the_demo():
    found = ended(outcome=TARNHOLT, closed_on=[TODAY - 1] * 84 + [None] * 30)
    assert percent(found.all_in) == (26.9, 18.0, 37.5)
    assert percent(found.competitive) == (42.0, 29.1, 55.8)
    assert percent(found.decision) == (64.1, 53.1, 74.1)
    assert percent(found.no_decision) == (35.9, 25.9, 46.9)


@pytest.mark.at("AT-08")
def test_declined_deals_are_counted_and_in_no_denominator():
    found = ended(outcome=TARNHOLT, closed_on=[TODAY - 1] * 84 + [None] * 30)
    assert found.declined_count == 6
    assert [rate.n for rate in (found.all_in, found.competitive, found.decision, found.no_decision)] == [78, 50, 78, 78]
    assert sum(quarter.ended_count for quarter in found.trend.quarters) == 78


def test_noes_for_each_yes_and_the_ordinary_dry_run():
    found = ended(outcome=["won"] * 25 + ["lost"] * 75)
    assert (found.noes_per_yes, found.dry_run) == (3.0, 8)


@pytest.mark.parametrize(("share", "run"), [(None, None), (0.0, None), (1.0, None), (0.25, 8), (0.5, 3), (0.1, 21)])
def test_dry_runs(share, run):
    assert frames.dry_run(share) == run


def test_a_source_without_no_decision_says_so():
    assert not ended(outcome=["won", "lost"]).no_decision_known
    assert ended(outcome=["won", "no_decision"]).no_decision_known


def test_an_end_after_today_has_not_happened():
    found = ended(outcome=["won", "lost", "won"], closed_on=[TODAY, TODAY, TODAY + 1])
    assert (found.won_count, found.all_in.n) == (1, 2)


def test_an_end_without_a_day_counts_in_the_rates_and_in_no_quarter():
    found = ended(outcome=["won", "lost", "won"], closed_on=[None, None, TODAY + 9])
    assert found.all_in.n == 2
    assert found.trend.quarters == ()


def test_nothing_ended():
    found = ended(outcome=["open"] * 3, owner=["Amara"] * 3)
    assert found.all_in == Rate(0, 0, None, None, None)
    assert (found.noes_per_yes, found.dry_run, found.by_value, found.comparisons) == (None, None, (), ())


def test_a_book_without_outcomes():
    found = ended(title=["one", "two"])
    assert (found.won_count, found.all_in.n, found.comparisons) == (0, 0, ())


@pytest.mark.real_data
def test_a_real_export_shows_no_difference_between_anybody(real_data):
    folder = real_data / "maven_crm"
    accounts = pl.read_csv(folder / "accounts.csv").select("account", "sector")
    teams = pl.read_csv(folder / "sales_teams.csv").select(
        owner="sales_agent", team="manager", region="regional_office"
    )
    outcomes = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    rows = (
        pl.read_csv(folder / "sales_pipeline.csv", try_parse_dates=True)
        .rename({"sales_agent": "owner"})
        .with_columns(
            product=pl.col("product").replace("GTXPro", "GTX Pro"),
            outcome=pl.col("deal_stage").replace_strict(outcomes),
            closed_on=pl.col("close_date").cast(pl.Int32),
            deal_id=pl.int_range(pl.len()),
        )
        .join(accounts, on="account", how="left")
        .join(teams, on="owner", how="left")
    )
    found = frames.ended(book([(DEALS, rows)], as_of=date(2017, 12, 31)))
    assert (found.won_count, found.lost_count, found.all_in.n) == (4_238, 2_473, 6_711)
    assert {comparison.dimension: len(comparison.groups) for comparison in found.comparisons} == {
        "owner": 30,
        "team": 6,
        "sector": 10,
        "region": 3,
        "product": 7,
    }
    assert [comparison.finding for comparison in found.comparisons] == [
        "Nothing shows that owners differ",
        "Nothing shows that teams differ",
        "Nothing shows that sectors differ",
        "Nothing shows that regions differ",
        "Nothing shows that products differ",
    ]
    assert min(group.p_value for group in found.comparisons[0].groups) < 0.05  # what a league table would have shown
    assert not any(group.differs for comparison in found.comparisons for group in comparison.groups)


@pytest.mark.duty("S4.62")
def test_a_source_that_records_wins_alone_gives_no_rate():
    found = ended(outcome=["won"] * 9 + ["open"] * 5, closed_on=[TODAY - 1] * 9 + [None] * 5)
    assert (found.won_count, found.all_in.n, found.all_in.share) == (9, 0, None)
    assert (found.comparisons, found.by_value, found.noes_per_yes) == ((), (), None)
