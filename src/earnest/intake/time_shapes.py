"""The time of day behind a date, and the zone it states."""

import polars as pl

_WRITTEN = (
    r"^(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s*(?:(?<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"\s*(?<zone>Z|z|UTC|GMT|(?:UTC|GMT)?(?<sign>[+-])(?<ahead>[0-9]{2}):?(?<minutes>[0-9]{2})?)?$"
)


def read(tails: pl.Series) -> pl.DataFrame:
    """Times of day.

    Shape: one row per text.
    Columns: tail, the text; seconds into the day; offset, the seconds that its zone is ahead of UTC, blank when it
    states none. Both are blank when the text is no time.
    """
    parts = tails.to_frame("tail").with_columns(
        pl.col("tail").str.strip_chars().str.extract_groups(_WRITTEN).alias("parts")
    )
    parts = parts.unnest("parts").with_columns(
        pl.col("hour", "minute", "second", "ahead", "minutes").cast(pl.Int64, strict=False)
    )
    hour, half = pl.col("hour"), pl.col("half").str.to_lowercase()
    of_day = pl.when(half == "p").then(hour % 12 + 12).when(half == "a").then(hour % 12).otherwise(hour)
    possible = (hour <= 23) & (pl.col("minute") <= 59) & (pl.col("second").fill_null(0) <= 59)
    possible = possible & (half.is_null() | hour.is_between(1, 12)) & (pl.col("ahead").fill_null(0) <= 15)
    ahead = pl.col("ahead").fill_null(0) * 3600 + pl.col("minutes").fill_null(0) * 60
    offset = pl.when(pl.col("sign") == "-").then(-ahead).otherwise(ahead)
    seconds = of_day * 3600 + pl.col("minute") * 60 + pl.col("second").fill_null(0)
    return parts.select(
        "tail",
        pl.when(possible).then(seconds).alias("seconds"),
        pl.when(possible & pl.col("zone").is_not_null()).then(offset).alias("offset"),
    )
