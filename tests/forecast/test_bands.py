"""Open deals by age, beside what became of earlier deals at that age."""

import polars as pl

from earnest.forecast import frames
from tests.forecast.histories import TODAY, made, three_years

HORIZON = 92


def test_bands_hold_every_open_deal_and_every_expected_win():
    found = frames.open_book_forecast(made(three_years()))
    rows = three_years().filter(pl.col("outcome") == "open")
    for band in found.bands:
        last = 10_000 if band.to_days is None else band.to_days
        ages = TODAY - rows["opened_on"]
        assert band.open_count == ((ages >= band.from_days) & (ages <= last)).sum()
        if band.open_count:
            assert abs(band.win_share * band.open_count - band.expected_win_count) < 1e-9
    assert sum(band.open_count for band in found.bands) == rows.height
    assert found.bands[-1].to_days is None


def test_the_history_of_a_band_is_the_cohort_that_had_a_whole_period():
    rows = three_years()
    life = pl.col("closed_on").fill_null(TODAY) - pl.col("opened_on")
    for band in frames.open_book_forecast(made(rows)).bands:
        middle = band.from_days if band.to_days is None else (band.from_days + band.to_days + 1) // 2
        cohort = rows.filter((pl.col("opened_on") + middle + HORIZON <= TODAY) & (life > middle))
        won = cohort.filter((pl.col("outcome") == "won") & (life <= middle + HORIZON))
        assert (band.history.x, band.history.n) == (won.height, cohort.height)


def test_bands_end_where_too_few_earlier_deals_are_left():
    few = frames.open_book_forecast(made(three_years(deals=300))).bands
    many = frames.open_book_forecast(made(three_years())).bands
    assert len(few) < len(many)
    assert all(band.history.n >= 30 for band in few)
    assert [band.from_days for band in few] == sorted(band.from_days for band in few)
