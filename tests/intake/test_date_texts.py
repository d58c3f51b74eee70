"""Dates and moments from texts: by the whole column, and never a silent guess."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.intake import date_texts
from earnest.rulebook import words


def column(*texts: str | None) -> pl.Series:
    return pl.Series("day", texts, dtype=pl.String)


def days(*texts: str | None, zone: str = "") -> list[str | None]:
    found = date_texts.parse_days(column(*texts), zone=zone).days
    return [None if day is None else words.day_of(day).isoformat() for day in found]


def moments(*texts: str | None, zone: str = "UTC") -> list[str | None]:
    found = date_texts.parse_moments(column(*texts), zone=zone).seconds
    return [None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S") for at in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024-03-14", "iso"),
        ("2024-3-14", "iso"),
        ("2024/03/14", "iso"),
        ("2024-03-14T09:30:00Z", "iso"),
        ("2024-03-14T09:30:00.123+0000", "iso"),
        ("2024-03-14 09:30:00.123456 UTC", "iso"),
        ("2024-03-14 09:30", "iso"),
        ("20240314", "compact"),
        ("3/14/2024", "numeric"),
        ("3/14/24", "numeric"),
        ("14/3/2024", "numeric"),
        ("14-03-2024", "numeric"),
        ("14.3.2024", "numeric"),
        ("3/14/2024 9:30 AM", "numeric"),
        ("14.03.2024, 09:30", "numeric"),
        ("14-Mar-24", "named"),
        ("14 March 2024", "named"),
        ("Mar 14, 2024", "named"),
        ("14. März 2024", "named"),
        ("Thu, 14 Mar 2024 09:30:00 GMT", "named"),
        ("1710408600000", "epoch_millis"),
        ("1710408600", "epoch_seconds"),
        ("45365", "serial"),
        ("45365.395833333", "serial"),
    ],
)
def test_a_day_in_every_shape(text: str, kind: str) -> None:
    assert date_texts.sniff_dates(column(text)).kind == kind
    assert days(text) == ["2024-03-14"]


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2023-02-29", "1969-12-31", "2101-01-01", "0024-03-14", "2024-13-01", "2024-03-14 25:00",
     "2024-03-14 09:61", "2024-03-14T09:30:00+99:00", "soon", "14 Marx 2024", "31/04/2024", "2024-03-14 soon"],
)  # fmt: skip
def test_what_is_no_day_is_unreadable_and_told(text: str) -> None:
    found = date_texts.parse_days(column(text, "2024-01-01", None))
    assert found.days.to_list() == [None, words.epoch_day(date(2024, 1, 1)), None]
    assert found.unreadable.to_list() == [True, False, False]


def test_an_end_without_end_is_blank_and_counted() -> None:
    found = date_texts.parse_days(column("9999-12-31 23:59:59", "2024-01-01 10:00:00"))
    assert found.days.null_count() == 1
    assert (found.unreadable.to_list(), found.open_ends.to_list()) == ([False, False], [True, False])


class TestDayOrMonthFirst:
    def test_a_day_above_12_decides_for_the_column(self) -> None:
        assert days("3/4/2024", "14/3/2024") == ["2024-04-03", "2024-03-14"]
        assert days("3/4/2024", "3/14/2024") == ["2024-03-04", "2024-03-14"]

    def test_one_column_decides_for_another_of_the_same_file(self) -> None:
        form = date_texts.sniff_dates(column("3/4/2024"), column("14/3/2024"))
        assert (form.order, form.ambiguous) == ("dmy", False)
        assert date_texts.parse_days(column("3/4/2024"), form).days.to_list() == [words.epoch_day(date(2024, 4, 3))]

    def test_where_no_day_is_above_12_it_is_ambiguous_and_said(self) -> None:
        form = date_texts.sniff_dates(column("3/4/2024", "1/2/2024"))
        assert (form.order, form.ambiguous, form.example) == ("mdy", True, "1/2/2024")
        assert form.said == (
            "No day is above 12, so nothing shows which comes first in «1/2/2024», day or month; month first is taken."
        )

    def test_points_are_written_day_first(self) -> None:
        form = date_texts.sniff_dates(column("3.4.2024", "1.2.24"))
        assert (form.order, form.ambiguous) == ("dmy", False)

    def test_a_column_that_shows_both_is_ambiguous_and_the_minority_unreadable(self) -> None:
        texts = column("14/3/2024", "25/1/2024", "3/14/2024")
        form = date_texts.sniff_dates(texts)
        assert (form.order, form.ambiguous) == ("dmy", True)
        assert form.said == "«14/3/2024» has its day first and «3/14/2024» its month; day first is taken for all."
        assert date_texts.parse_days(texts, form).unreadable.to_list() == [False, False, True]


class TestZones:
    def test_by_default_the_day_is_as_written(self) -> None:
        assert days("2024-03-01T23:30:00Z", "2024-03-01T23:30:00-08:00") == ["2024-03-01", "2024-03-01"]

    def test_in_a_zone_a_zoned_moment_has_the_day_it_has_there(self) -> None:
        texts = ("2024-03-01T23:30:00Z", "2024-03-01T23:30:00", "2024-03-01")
        assert days(*texts, zone="Europe/Berlin") == ["2024-03-02", "2024-03-01", "2024-03-01"]

    def test_a_column_of_midnights_is_a_column_of_dates_and_never_shifts(self) -> None:
        texts = ("2024-03-01T00:00:00.000Z", "2024-03-02T00:00:00.000Z")
        assert days(*texts, zone="America/New_York") == ["2024-03-01", "2024-03-02"]

    def test_moments_without_a_zone_are_in_the_zone_given(self) -> None:
        texts = ("2024-07-01 12:00", "2024-07-01T12:00:00Z", "2024-07-01", None)
        assert moments(*texts, zone="Europe/Berlin") == [
            "2024-07-01 10:00:00", "2024-07-01 12:00:00", "2024-06-30 22:00:00", None
        ]  # fmt: skip

    def test_the_hour_that_clocks_skip_is_read_as_if_they_had_not(self) -> None:
        assert moments("2024-03-31 02:30", zone="Europe/Berlin") == ["2024-03-31 01:30:00"]

    def test_half_days(self) -> None:
        assert moments("3/14/2024 12:05 AM", "3/14/2024 12:05 PM", "3/14/2024 1:05 p.m.") == [
            "2024-03-14 00:05:00", "2024-03-14 12:05:00", "2024-03-14 13:05:00"
        ]  # fmt: skip

    def test_counted_moments(self) -> None:
        assert moments("1710408600000", "1710408601999") == ["2024-03-14 09:30:00", "2024-03-14 09:30:01"]
        assert moments("45365.5") == ["2024-03-14 12:00:00"]


DAYS = st.dates(date(1970, 1, 1), date(2100, 12, 31))


@settings(deadline=None, max_examples=50)
@given(st.lists(DAYS, min_size=1, max_size=6))
def test_days_come_back_in_every_shape(written: list[date]) -> None:
    # One day above 12 shows the order, as a whole column does.
    whole = [*written, date(2024, 1, 31)]
    expected = [words.epoch_day(day) for day in whole]
    for shape in (
        "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y%m%d}", "{0.month}/{0.day}/{0.year}", "{0.day}/{0.month}/{0.year}",
        "{0:%d.%m.%Y}", "{0.day}-{0:%b-%Y}", "{0:%B} {0.day}, {0.year}", "{0:%Y-%m-%d} 08:15:00", "{0:%Y-%m-%d}T08:15Z",
    ):  # fmt: skip
        found = date_texts.parse_days(column(*(shape.format(day) for day in whole)))
        assert found.days.to_list() == expected


@settings(deadline=None, max_examples=50)
@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001  # hypothesis wants naive bounds
    st.sampled_from(["Z", "+0000", "+05:30", "-08:00", ""]),
)
def test_moments_come_back(written: datetime, zone: str) -> None:
    written = written.replace(microsecond=0)
    offset = {"+05:30": timedelta(hours=5.5), "-08:00": timedelta(hours=-8)}.get(zone, timedelta())
    found = date_texts.parse_moments(column(f"{written:%Y-%m-%dT%H:%M:%S}{zone}"))
    assert found.seconds.to_list() == [int((written - offset).replace(tzinfo=UTC).timestamp())]


@settings(deadline=None, max_examples=50)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZoneInfo("UTC"))))  # noqa: DTZ001
def test_the_day_in_a_zone_is_what_the_calendar_there_says(written: datetime) -> None:
    # A second moment with a time, since midnights alone are dates.
    texts = (f"{written:%Y-%m-%dT%H:%M:%SZ}", "2024-03-01T10:00:00Z")
    there = written.astimezone(ZoneInfo("America/New_York")).date()
    assert days(*texts, zone="America/New_York")[0] == there.isoformat()


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=12))
def test_any_text_is_a_day_or_unreadable_or_no_end(text: str) -> None:
    found = date_texts.parse_days(column(text, None))
    assert found.days.is_null().to_list() == [found.unreadable[0] or found.open_ends[0], True]
