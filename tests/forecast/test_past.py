"""What deals were worth and where they stood on a past day, from the history of their changes."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from earnest.forecast import deals, frames, past
from earnest.records.tables import CHANGES, DEALS
from earnest.rulebook import words
from earnest.rulebook.book import SECONDS_A_DAY, book
from tests.forecast import histories
from tests.forecast.histories import AS_OF, TODAY, made, three_years

NAN = float("nan")


def changes(*rows: tuple[int, int, str, int | None, int | None]) -> pl.DataFrame:
    """(deal, day, field, before, after), the numbers under the names that the field has."""
    names = {"amount": "amount", "stage": "position"}
    return pl.DataFrame(
        [
            {
                "change_id": number,
                "deal_id": deal,
                "at": day * SECONDS_A_DAY + 3_600,
                "field": field,
                "from_amount": None,
                "to_amount": None,
                "from_position": None,
                "to_position": None,
                f"from_{names[field]}": before,
                f"to_{names[field]}": after,
            }
            for number, (deal, day, field, before, after) in enumerate(rows)
        ],
        schema_overrides=dict.fromkeys(("from_amount", "to_amount", "from_position", "to_position"), pl.Int64),
    )


def history(rows: pl.DataFrame, *moves):
    whole = book([(DEALS, rows), (CHANGES, changes(*moves))], as_of=AS_OF)
    return past.of_book(whole, deals.of_book(whole))


def three_open(**values):
    return pl.DataFrame(
        {"deal_id": [7, 3, 5], "outcome": ["open"] * 3, "opened_on": [TODAY - 50] * 3, "amount": [700, 300, 500]}
        | values
    )


def test_the_amount_on_a_day_is_the_last_one_before_it():
    found = history(
        three_open(),
        (5, TODAY - 10, "amount", 400, 500),
        (5, TODAY - 30, "amount", 100, 400),
        (3, TODAY - 20, "amount", None, 300),
    )
    assert found.deals_on(TODAY - 5).amount.tolist() == [700, 300, 500]
    assert found.deals_on(TODAY - 10).amount.tolist() == [700, 300, 500]
    assert found.deals_on(TODAY - 11).amount.tolist() == [700, 300, 400]
    before = found.deals_on(TODAY - 31).amount
    assert (before[0], before[2]) == (700, 100)
    assert np.isnan(before[1])


def test_changes_of_other_deals_are_no_matter():
    found = history(
        three_open(), (99, TODAY - 10, "amount", 1, 2), (3, TODAY - 10, "amount", 200, 300), (1, 9, "amount", 1, 2)
    )
    assert found.deals_on(TODAY - 20).amount.tolist() == [700, 200, 500]


def test_a_book_whose_changes_tell_nothing_of_amounts_has_no_history_of_them():
    found = history(three_open(stage_position=[1, 2, 3]), (3, TODAY - 10, "stage", 1, 2))
    assert found.amount is None
    assert found.deals_on(TODAY - 20).stage_position.tolist() == [1, 1, 3]
    assert found.deals_on(TODAY - 20).amount.tolist() == [700, 300, 500]


def test_a_book_without_changes_has_no_history():
    whole = made(three_open())
    found = past.of_book(whole, deals.of_book(whole))
    assert (found.amount, found.stage) == (None, None)


def with_history() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Three years in which every deal went from stage 2 to 4 and lost a fifth of its amount after twenty days."""
    lived = pl.col("closed_on").fill_null(TODAY) >= pl.col("opened_on") + 20
    rows = three_years().with_columns(currency=pl.lit("EUR"), lived=lived)
    moved = rows.filter("lived").select(
        "deal_id",
        at=(pl.col("opened_on") + 20) * SECONDS_A_DAY,
        from_amount=pl.col("amount") * 5 // 4,
        to_amount="amount",
        from_position=pl.lit(2),
        to_position=pl.lit(4),
    )
    both = [moved.with_columns(field=pl.lit(field)) for field in ("amount", "stage")]
    stage = pl.when(pl.col("opened_on") + 20 <= TODAY).then(4).otherwise(2)
    return rows.with_columns(stage_position=stage), pl.concat(both).with_row_index("change_id").cast(
        {"change_id": pl.Int64}
    )


def as_known_on(rows: pl.DataFrame, day: int) -> pl.DataFrame:
    """What a file of that day would have held: the amount and the stage of then."""
    early = (pl.col("opened_on") + 20 > day) & pl.col("lived")
    return histories.as_known_on(rows, day).with_columns(
        amount=pl.when(early).then(pl.col("amount") * 5 // 4).otherwise("amount"),
        stage_position=pl.when(early).then(2).otherwise(4),
    )


@pytest.mark.duty("S1.9")
def test_a_back_check_uses_the_amounts_and_stages_of_its_day():
    rows, moved = with_history()
    found = frames.open_book_forecast(book([(DEALS, rows), (CHANGES, moved)], as_of=AS_OF))
    assert len(found.backchecks) == 6
    for check in found.backchecks:
        start = words.day_of(check.day)
        month = start.year * 12 + start.month - 1 + 3
        end = words.epoch_day(date(month // 12, month % 12 + 1, 1)) - 1
        then = made(as_known_on(rows, check.day - 1), words.day_of(check.day - 1))
        (told,) = frames.open_book_forecast(then, horizon_days=end - check.day + 1).ranges
        assert told.mean == check.expected
        assert told.p90 == check.p90
        assert told.stage_default == check.stage_default
    off = [abs(check.stage_default.minor / check.happened.minor - 1) for check in found.backchecks]
    assert found.stage_default_error == pytest.approx(sum(off) / len(off))
    assert found.backcheck_error < found.stage_default_error
