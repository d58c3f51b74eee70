"""The win rate by value: currencies apart, lost deals that were set to nought, and one deal that is most of it."""

import polars as pl
import pytest

from earnest.learn import frames
from earnest.measures.figures import Money
from earnest.records.tables import DEALS
from earnest.rulebook.book import book
from tests.learn.test_frames import AS_OF


def by_value(**values):
    rows = pl.DataFrame({"deal_id": range(len(values["outcome"])), **values})
    return frames.ended(book([(DEALS, rows)], as_of=AS_OF)).by_value


def test_the_share_of_value_in_each_currency_apart():
    eur, usd = by_value(
        outcome=["won", "lost", "no_decision", "won", "lost", "declined", "open"],
        amount=[300, 500, 200, 100, 300, 9_999, 9_999],
        currency=["EUR", "EUR", "EUR", "USD", "USD", "EUR", "EUR"],
    )
    assert (eur.currency, eur.won, eur.ended, eur.share) == ("EUR", Money(300, "EUR"), Money(1_000, "EUR"), 0.3)
    assert (usd.won, usd.ended, usd.share) == (Money(100, "USD"), Money(400, "USD"), 0.25)
    assert (eur.low, eur.high) == (None, None)  # under five deals there is no statistic


def test_the_effective_number_and_one_deal_that_dominates():
    (found,) = by_value(outcome=["won"] * 3 + ["lost"] * 4, amount=[100] * 6 + [600])
    assert found.effective_count == pytest.approx(1_200**2 / (6 * 100**2 + 600**2))
    assert found.one_deal_dominates
    assert found.low < found.share < found.high


def test_four_equal_deals_do_not_dominate():
    (found,) = by_value(outcome=["won", "won", "lost", "lost"], amount=[100] * 4)
    assert not found.one_deal_dominates


def test_lost_deals_at_nought_are_measured_by_list_price_on_both_sides():
    (found,) = by_value(
        outcome=["won", "won", "lost", "lost", "lost"], amount=[90, 80, 0, 0, None], list_amount=[100] * 5
    )
    assert (found.won, found.ended, found.share) == (Money(200, ""), Money(500, ""), 0.4)


def test_lost_deals_at_nought_without_list_prices_have_no_share():
    (found,) = by_value(outcome=["won", "won", "lost", "lost"], amount=[90, 80, 0, 0])
    assert (found.won, found.share, found.low, found.effective_count) == (Money(170, ""), None, None, 0.0)


def test_no_values_at_all():
    assert by_value(outcome=["won", "lost"]) == ()


def test_the_same_deals_always_give_the_same_interval():
    values = {"outcome": ["won", "lost"] * 20, "amount": list(range(100, 140))}
    assert by_value(**values) == by_value(**{name: part[::-1] for name, part in values.items()})
