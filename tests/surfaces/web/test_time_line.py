"""The line of dates: the buyer's above, ours below, and what nobody has told drawn hollow."""

import re
from datetime import date

import pytest

from earnest.surfaces.web import time_line
from earnest.surfaces.web.time_line import Point

TODAY = date(2025, 12, 15)


def test_theirs_stand_above_ours_and_their_title_is_read_out() -> None:
    points = [
        Point("theirs", "they decide by", date(2026, 1, 16)),
        Point("ours", "our close date", date(2026, 1, 16)),
        Point("worked out", "good through", date(2026, 5, 12)),
    ]
    drawn = str(time_line.drawing(points, today=TODAY, title="They decide soon"))
    assert '<title id="dates-title">They decide soon</title>' in drawn
    assert "they decide by 16 Jan 2026; our close date 16 Jan 2026; good through 12 May 2026</desc>" in drawn
    heights = {words: float(y) for y, words in re.findall(r'<text x="[^"]*" y="([^"]*)"[^>]*>([^<]*)</text>', drawn)}
    base = float(re.findall(r'class="base"|y1="([0-9.]+)"', drawn)[0])
    assert heights["they decide by 16 Jan 2026"] < base < heights["good through 12 May 2026"]
    assert heights["good through 12 May 2026"] < heights["our close date 16 Jan 2026"]


def test_a_day_that_nobody_told_is_drawn_hollow() -> None:
    points = [Point("theirs", "they need it by", None), Point("ours", "opened", date(2025, 9, 8))]
    drawn = str(time_line.drawing(points, today=TODAY, title="No day yet"))
    assert 'class="untold"' in drawn
    assert "they need it by: nobody has said yet" in drawn


def test_without_any_day_there_is_no_picture() -> None:
    assert time_line.drawing([Point("ours", "opened", None)], today=TODAY, title="Nothing") is None


def test_words_are_escaped() -> None:
    drawn = str(time_line.drawing([Point("ours", "<b>opened", TODAY)], today=TODAY, title="<i>"))
    assert "<b>" not in drawn
    assert "<i>" not in drawn


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (TODAY, "today"),
        (date(2025, 12, 16), "in 1 day"),
        (date(2025, 10, 23), "53 days ago"),
        (None, ""),
    ],
)
def test_the_distance_to_today_is_said(on: date | None, said: str) -> None:
    assert time_line.distance(on, TODAY) == said
