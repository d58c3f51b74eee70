"""Segments that are derived where the files have none."""

import polars as pl

from earnest.intake import segments


def _deals(amounts: list[int | None], **columns: list[object]) -> pl.DataFrame:
    outcomes = ["won" if number % 2 else "open" for number in range(len(amounts))]
    return pl.DataFrame({"amount": amounts, "outcome": outcomes, **columns}, strict=False)


def _found(deals: pl.DataFrame) -> list[str | None] | None:
    found = segments.derived(deals)
    return None if found is None else found.to_list()


def test_the_terciles_of_what_was_won_are_the_bands() -> None:
    amounts = [100 * (number // 2 + 1) for number in range(60)]
    found = _found(_deals(list(amounts)))
    assert found is not None
    assert (found[0], found[30], found[59]) == ("up to 11", "11 to 20", "over 20")
    won = found[1::2]
    assert [won.count(label) for label in ("up to 11", "11 to 20", "over 20")] == [11, 9, 10]


def test_each_currency_has_its_own_bands() -> None:
    amounts: list[int | None] = [100 * (number // 2 + 1) for number in range(60)] + [
        number // 2 + 1 for number in range(60)
    ]
    found = _found(_deals(amounts, currency=["EUR"] * 60 + ["JPY"] * 60))
    assert found is not None
    assert {label for label in found[:60] if label} == {"up to EUR 11", "EUR 11 to EUR 20", "over EUR 20"}
    assert {label for label in found[60:] if label} == {"up to JPY 11", "JPY 11 to JPY 20", "over JPY 20"}


def test_new_and_existing_business_is_told_from_the_type() -> None:
    deals = _deals([None] * 4, deal_type=["New Business", "newbusiness", "Existing Business", "Renewal"])
    assert _found(deals) == ["new business", "new business", "existing business", "existing business"]


def test_types_that_say_something_else_tell_nothing() -> None:
    assert (
        _found(_deals([None] * 3, deal_type=["Opportunity_Type_1", "Opportunity_Type_2", "Opportunity_Type_3"])) is None
    )


def test_too_few_wins_have_no_bands() -> None:
    assert _found(_deals([100] * 28)) is None


def test_one_amount_for_all_has_no_bands() -> None:
    assert _found(_deals([100] * 60)) is None


def test_where_open_deals_have_no_amount_the_list_price_measures_all() -> None:
    prices = [100 * (number // 2 + 1) for number in range(60)]
    amounts: list[int | None] = [5 if number % 2 else None for number in range(60)]
    found = _found(_deals(amounts, list_amount=list(prices)))
    assert found is not None
    assert set(found) == {"up to 11", "11 to 20", "over 20"}


def test_a_segment_of_the_file_is_kept() -> None:
    deals = _deals([100 * (number // 2 + 1) for number in range(60)], segment=["SMB"] * 60)
    assert segments.with_segments(deals)["segment"].unique().to_list() == ["SMB"]


def test_a_segment_column_without_a_word_is_derived() -> None:
    deals = _deals([100 * (number // 2 + 1) for number in range(60)]).with_columns(
        pl.lit(None, dtype=pl.String).alias("segment")
    )
    assert segments.with_segments(deals)["segment"].null_count() == 0
