"""The forecast of the open book: its range, its words, and what it says of too little history."""

from datetime import date

import polars as pl
import pytest

from earnest.forecast import frames
from earnest.measures.figures import Money
from earnest.rulebook import words
from tests.forecast import histories
from tests.forecast.histories import AS_OF, TODAY, made, three_years


@pytest.fixture(scope="module")
def forecast():
    return frames.open_book_forecast(made(three_years()))


def test_the_period_is_the_three_months_after_today(forecast):
    assert words.day_of(forecast.from_day) == AS_OF
    assert words.day_of(forecast.to_day) == date(2026, 9, 30)


def test_a_period_of_so_many_days():
    found = frames.open_book_forecast(made(three_years()), horizon_days=30)
    assert found.to_day - found.from_day == 30


@pytest.mark.duty("S1.9")
def test_each_currency_has_a_range_of_its_own(forecast):
    assert [each.currency for each in forecast.ranges] == ["EUR", "USD"]
    rows = three_years().filter(pl.col("outcome") == "open")
    for each in forecast.ranges:
        mine = rows.filter(pl.col("currency") == each.currency)
        assert each.deal_count == mine.height
        assert each.open_value == Money(int(mine["amount"].sum()), each.currency)
        places = [each.p10, each.p25, each.p50, each.p75, each.p90]
        assert [money.minor for money in places] == sorted(money.minor for money in places)
        assert each.p10.minor < each.mean.minor < each.p90.minor


def test_the_shock_widens_the_range_and_leaves_the_mean(forecast):
    alone = frames.open_book_forecast(made(three_years()), shock=0)
    for narrow, wide in zip(alone.ranges, forecast.ranges, strict=True):
        assert narrow.mean == wide.mean
        assert narrow.p90.minor - narrow.p10.minor < wide.p90.minor - wide.p10.minor
    assert "shock" not in alone.method


def test_without_stages_and_probabilities_nobody_claims_anything(forecast):
    assert {(each.stage_default, each.stated_weighted) for each in forecast.ranges} == {(None, None)}


def test_stage_defaults_and_stated_probabilities_stand_beside_it():
    rows = three_years().with_columns(stage_position=pl.lit(3), probability=pl.lit(0.5), currency=pl.lit("EUR"))
    (each,) = frames.open_book_forecast(made(rows)).ranges
    assert each.stage_default == Money(round(each.open_value.minor * 0.4), "EUR")
    assert each.stated_weighted == Money(round(each.open_value.minor * 0.5), "EUR")


def test_a_probability_of_a_thousand_is_none():
    rows = three_years().with_columns(probability=pl.lit(1_000.0))
    assert {each.stated_weighted for each in frames.open_book_forecast(made(rows)).ranges} == {None}


def test_deals_without_dates_or_amounts_are_counted_in_words():
    rows = three_years().with_columns(
        opened_on=pl.when(pl.col("deal_id") >= 3_990).then(None).otherwise("opened_on"),
        amount=pl.when(pl.col("deal_id") == 3_980).then(0).otherwise("amount"),
    )
    undated = rows.filter((pl.col("outcome") == "open") & pl.col("opened_on").is_null()).height
    assert rows.filter((pl.col("deal_id") == 3_980) & (pl.col("outcome") == "open")).height == 1
    assert frames.open_book_forecast(made(rows)).method.endswith(
        f"{undated} open deals without a usable opening date are not in it. "
        "1 open deal without an amount is not in its money."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (three_years().head(0), "0 ended deals with both dates: a forecast rests on what became of earlier deals"),
        (three_years(deals=60).filter(pl.col("outcome") == "open"), "0 ended deals with both dates"),
        (three_years().filter(pl.col("outcome") != "won"), "0 wins with both dates: a forecast needs 5."),
        (three_years().drop("opened_on"), "0 ended deals with both dates"),
        (
            three_years().with_columns(
                opened_on=pl.lit(TODAY - 50), closed_on=pl.when(pl.col("outcome") != "open").then(TODAY - 9)
            ),
            "The history of ends begins on 11 May 2026 and is 51 days long: a forecast over 92 days needs as much.",
        ),
    ],
    ids=["no deals", "nothing ended", "nothing won", "no dates", "short history"],
)
def test_too_little_history_is_said(rows, sentence):
    found = frames.open_book_forecast(made(rows))
    assert found.too_few.startswith(sentence)
    assert (found.ranges, found.bands, found.backchecks, found.backcheck_error) == ((), (), (), None)


def test_nothing_open_gives_no_range():
    found = frames.open_book_forecast(made(three_years().filter(pl.col("outcome") != "open")))
    assert (found.too_few, found.ranges, found.bands) == ("", (), ())


def test_a_list_price_stands_in_for_an_amount_at_what_wins_kept_of_it():
    rows = three_years().with_columns(
        list_amount=pl.col("amount") * 2,
        amount=pl.when(pl.col("outcome") == "open").then(None).otherwise("amount"),
    )
    plain, listed = (frames.open_book_forecast(made(each)) for each in (three_years(), rows))
    for one, other in zip(plain.ranges, listed.ranges, strict=True):
        assert other.mean == one.mean
        assert other.open_value.minor == 2 * one.open_value.minor


def test_the_method_says_what_it_rests_on(forecast):
    assert forecast.method.startswith(
        "Each open deal has the chance to be won within 92 days that deals of its age had, counting all that were "
        "open at some time since 31 Mar 2026"
    )


def three_months_of(rows: pl.DataFrame, start: date, months: int) -> tuple[int, int]:
    day = words.epoch_day(start) - 1
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return day, words.epoch_day(date(year, month + 1, 1)) - 1


def test_a_back_check_is_what_the_forecast_would_have_said_on_the_day(forecast):
    rows = three_years()
    assert [words.day_of(check.day) for check in forecast.backchecks if check.currency == "EUR"] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
    ]
    for check in forecast.backchecks:
        day, end = three_months_of(rows, words.day_of(check.day), 3)
        then = made(histories.as_known_on(rows, day), words.day_of(day))
        (told,) = (
            each
            for each in frames.open_book_forecast(then, horizon_days=end - day).ranges
            if each.currency == check.currency
        )
        assert (told.mean, told.p10, told.p90, told.deal_count) == (
            check.expected,
            check.p10,
            check.p90,
            check.open_count,
        )
        won = rows.filter(
            (pl.col("opened_on") <= day)
            & (pl.col("closed_on") > day)
            & (pl.col("closed_on") <= end)
            & (pl.col("outcome") == "won")
            & (pl.col("currency") == check.currency)
        )
        assert check.happened == Money(int(won["amount"].sum()), check.currency)


def test_the_error_is_the_mean_of_the_absolute_ones(forecast):
    off = [abs(check.expected.minor / check.happened.minor - 1) for check in forecast.backchecks]
    assert forecast.backcheck_error == pytest.approx(sum(off) / len(off))


def test_on_a_steady_history_the_method_is_near_and_does_not_lean():
    rows = three_years(seed=2, deals=60_000).with_columns(amount=pl.lit(100), currency=pl.lit("EUR"))
    found = frames.open_book_forecast(made(rows))
    off = [check.expected.minor / check.happened.minor - 1 for check in found.backchecks]
    assert found.backcheck_error < 0.06
    assert abs(sum(off) / len(off)) < 0.03


@pytest.mark.real_data
def test_month_starts_of_a_real_export(real_data):
    folder = real_data / "maven_crm"
    prices = pl.read_csv(folder / "products.csv").select("product", list_amount=pl.col("sales_price") * 100)
    outcomes = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    rows = (
        pl.read_csv(folder / "sales_pipeline.csv", try_parse_dates=True)
        .with_columns(pl.col("product").replace("GTXPro", "GTX Pro"))
        .join(prices, on="product", how="left", maintain_order="left")
        .select(
            pl.int_range(pl.len()).alias("deal_id"),
            pl.col("deal_stage").replace_strict(outcomes).alias("outcome"),
            pl.col("engage_date").cast(pl.Int32).alias("opened_on"),
            pl.col("close_date").cast(pl.Int32).alias("closed_on"),
            (pl.col("close_value") * 100).alias("amount"),
            "list_amount",
        )
    )
    found = frames.open_book_forecast(made(rows, date(2017, 12, 31)))
    assert [words.day_of(check.day).isoformat()[:7] for check in found.backchecks] == [
        "2017-06",
        "2017-07",
        "2017-08",
        "2017-09",
        "2017-10",
    ]
    assert [check.open_count for check in found.backchecks] == [1535, 1686, 2257, 2265, 2409]
    assert found.backcheck_error <= 0.30
    assert sum(band.open_count for band in found.bands) == 1_589
    assert "500 open deals without a usable opening date are not in it." in found.method
