"""The lives of deals: which dates are usable, and from which day ends were recorded."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from earnest.measures import columns, cycle, lifetimes
from earnest.measures.columns import LOST, OPEN, UNKNOWN, WON
from earnest.measures.lifetimes import NEVER
from earnest.records.tables import DEALS
from earnest.rulebook import words
from earnest.rulebook.book import book

AS_OF = date(2025, 12, 15)
TODAY = words.epoch_day(AS_OF)


def deals(**values):
    return book(
        [(DEALS, pl.DataFrame({"deal_id": range(1, len(next(iter(values.values()))) + 1), **values}))], as_of=AS_OF
    )


def test_usable_dates_are_kept_and_the_others_counted():
    found, _ = lifetimes.of_book(
        deals(
            outcome=["won", "lost", "open", "open", "won", "lost", "open", None],
            opened_on=[TODAY - 90, TODAY - 80, TODAY - 70, None, TODAY - 60, TODAY - 10, TODAY + 1, TODAY - 5],
            closed_on=[TODAY - 10, TODAY - 20, None, None, None, TODAY - 11, None, None],
        )
    )
    assert found.opened.tolist() == [TODAY - 90, TODAY - 80, TODAY - 70]
    assert found.closed.tolist() == [TODAY - 10, TODAY - 20, NEVER]
    assert found.outcome.tolist() == [WON, LOST, OPEN]
    assert found.undated_count == 4


def test_an_end_after_the_day_of_the_look_has_not_happened():
    found, _ = lifetimes.of_book(deals(outcome=["won"], opened_on=[TODAY - 9], closed_on=[TODAY + 3]))
    assert (found.outcome.tolist(), found.closed.tolist()) == ([OPEN], [NEVER])


def test_a_life_of_more_than_twenty_years_is_a_mistyped_date():
    found, _ = lifetimes.of_book(deals(outcome=["open", "open"], opened_on=[TODAY - 7_306, TODAY - 7_305]))
    assert (len(found.opened), found.undated_count) == (1, 1)


def test_columns_that_are_absent_are_blank():
    found = columns.read(
        deals(outcome=["won", None]).table("deals"), days=("opened_on",), numbers=("amount",), texts=("segment",)
    )
    assert found.days["opened_on"].tolist() == [columns.BLANK_DAY] * 2
    assert np.isnan(found.numbers["amount"]).all()
    assert (found.codes["segment"].tolist(), found.names["segment"]) == ([UNKNOWN, UNKNOWN], ())
    assert found.outcome.tolist() == [WON, UNKNOWN]


def test_texts_become_numbers_in_alphabetical_order():
    found = columns.read(deals(segment=["ent", None, "mid", "ent"]).table("deals"), texts=("segment",))
    assert found.names["segment"] == ("ent", "mid")
    assert found.codes["segment"].tolist() == [0, UNKNOWN, 1, 0]


def test_a_book_without_dates_has_no_cycle():
    found = cycle.of_book(deals(outcome=["won"] * 6))
    assert (found.days, found.win_count, found.undated_count) == ((None, None, None), 0, 6)


def test_history_reaches_to_the_fifth_oldest_opening():
    opened = [TODAY - 5_000, TODAY - 400, TODAY - 390, TODAY - 380, TODAY - 370, TODAY - 10]
    found, _ = lifetimes.of_book(deals(outcome=["open"] * 6, opened_on=opened))
    assert found.history_days() == 370


def a_history(*, ends_from: int) -> tuple[np.ndarray, np.ndarray]:
    """Two years of deals that live about 60 days; those that ended before `ends_from` are gone."""
    draw = np.random.default_rng(7)
    opened = np.sort(draw.integers(0, 730, 1_500))
    closed = opened + draw.gamma(2, 30, 1_500).astype(int)
    kept = closed >= ends_from
    return opened[kept], np.where(closed > 730, NEVER, closed)[kept]


def test_missing_early_ends_are_noticed():
    opened, closed = a_history(ends_from=200)
    assert lifetimes.observed_from(opened, closed, 730) == 200


def test_a_complete_history_is_not_taken_for_a_cut_one():
    opened, closed = a_history(ends_from=0)
    assert lifetimes.observed_from(opened, closed, 730) is None


def test_nothing_ended_says_nothing():
    opened = np.arange(50)
    assert lifetimes.observed_from(opened, np.full(50, NEVER), 100) is None


def test_a_cut_history_gives_the_same_cycle_as_the_whole_one():
    whole, cut = (
        cycle.of_lifetimes(
            lifetimes.Lifetimes(
                730,
                opened,
                closed,
                np.where(closed == NEVER, OPEN, WON),
                np.full(len(opened), UNKNOWN),
                (),
                np.ones(len(opened), bool),
                0,
            )
        )
        for opened, closed in (a_history(ends_from=0), a_history(ends_from=200))
    )
    assert cut.observed_from_day == 200
    assert all(abs(a - b) <= 4 for a, b in zip(whole.days, cut.days, strict=True))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "opened", "closed", "joined", "since"),
    [
        ("maven_crm/sales_pipeline.csv", "engage_date", "close_date", None, date(2017, 3, 1)),
        (
            "olist_funnel/olist_marketing_qualified_leads_dataset.csv",
            "first_contact_date",
            "won_date",
            "olist_funnel/olist_closed_deals_dataset.csv",
            date(2017, 12, 5),
        ),
    ],
)
def test_real_exports_that_begin_late(real_data, file, opened, closed, joined, since):
    rows = pl.read_csv(real_data / file, try_parse_dates=True)
    if joined:
        rows = rows.join(pl.read_csv(real_data / joined, try_parse_dates=True), on="mql_id", how="left")
    rows = rows.drop_nulls(opened).with_columns(pl.col(closed).cast(pl.Date))
    as_of = max(rows[opened].max(), rows[closed].max())
    found = lifetimes.observed_from(
        rows[opened].cast(pl.Int32).to_numpy(),
        rows[closed].cast(pl.Int32).fill_null(NEVER).to_numpy(),
        words.epoch_day(as_of),
    )
    assert words.day_of(found) == since
