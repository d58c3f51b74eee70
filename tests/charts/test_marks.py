"""Marks: exact shapes for small cases, finite coordinates for every number."""

from hypothesis import given
from hypothesis import strategies as st

from earnest.charts import marks, scales
from earnest.charts.frame import Frame
from earnest.charts.marks import Dot, Marker, Point
from earnest.charts.scales import Scale
from tests.charts.hostile import ANY_NUMBER, strange_coordinates

BOX = Frame(Scale(0, 10), Scale(0, 1), height=100, above=0)
END = st.none() | ANY_NUMBER
POINTS = st.lists(st.builds(Point, at=ANY_NUMBER, value=ANY_NUMBER, low=END, high=END), max_size=8)


def path(drawn: str) -> str:
    return drawn.split(' d="')[1].split('"')[0]


def test_a_line_goes_from_point_to_point() -> None:
    assert path(marks.line(BOX, [Point(0, 0), Point(5, 0.5), Point(10, 1)])) == "M0 1000L500 500L1000 0"


def test_a_step_line_keeps_each_value_until_the_next() -> None:
    assert path(marks.step_line(BOX, [Point(0, 0), Point(5, 0.5), Point(10, 1)])) == "M0 1000H500V500H1000V0"


def test_a_band_runs_out_above_and_back_below() -> None:
    assert path(marks.band(BOX, [Point(0, 0.5, 0.4, 0.6), Point(10, 0.5)])) == "M0 400L1000 500L0 600Z"


def test_a_step_band_has_both_edges_in_steps() -> None:
    band = marks.step_band(BOX, [Point(0, 0.5, 0.4, 0.6), Point(10, 0.5, 0.5, 0.7)])
    assert path(band) == "M0 400H1000V300L1000 500V600H0Z"


def test_nothing_is_drawn_of_no_points() -> None:
    assert marks.line(BOX, []) == marks.step_band(BOX, []) == marks.whiskers(BOX, []) == marks.markers(BOX, []) == ""


def test_points_at_the_same_spot_are_written_once() -> None:
    assert path(marks.line(BOX, [Point(0, 0), Point(0.0001, 0), Point(10, 1)])) == "M0 1000L1000 0"


def test_columns_leave_a_hair_between_neighbours() -> None:
    assert marks.columns(BOX, [(0, 5, 0.5, "column")]) == (
        '<rect x="0.2%" width="49.6%" y="50" height="50" class="column"/>'
    )


def test_whiskers_only_where_both_ends_are_known() -> None:
    drawn = marks.whiskers(BOX, [Point(5, 0.5, 0.4, 0.6), Point(6, 0.5, None, 0.6)])
    assert drawn == '<line x1="50%" x2="50%" y1="60" y2="40" class="whisker"/>'


def test_a_dot_tells_its_name_and_shows_its_label() -> None:
    assert marks.dots(BOX, [Dot(5, 0.5, "Ada: 5 of 9", label="Ada")]) == (
        '<circle cx="50%" cy="50" r="4" class="dot"><title>Ada: 5 of 9</title></circle>'
        '<text x="50%" y="54" dx="8" text-anchor="start">Ada</text>'
    )


def test_a_label_at_the_right_is_set_inwards() -> None:
    assert 'dx="-8" text-anchor="end">Ada<' in marks.dots(BOX, [Dot(9, 0.5, "Ada", label="Ada")])


def test_a_label_that_would_cover_another_is_left_out() -> None:
    drawn = marks.dots(BOX, [Dot(5, 0.5, "a", label="a"), Dot(5.1, 0.52, "b", label="b"), Dot(5, 0.9, "c", label="c")])
    assert [part.split("<")[0] for part in drawn.split('text-anchor="start">')[1:]] == ["a", "c"]


def test_markers_have_a_row_each_with_the_leftmost_on_top() -> None:
    places = [Marker(5, "late"), Marker(2, "early", "believed")]
    assert marks.markers_room(places) == 36
    assert marks.markers(BOX, places) == (
        '<line x1="20%" x2="20%" y1="3" y2="100" class="believed"/>'
        '<text x="20%" y="12" dx="5" text-anchor="start">early</text>'
        '<line x1="50%" x2="50%" y1="19" y2="100" class="marker"/>'
        '<text x="50%" y="28" dx="5" text-anchor="start">late</text>'
    )


def test_a_level_has_its_words_at_the_right() -> None:
    assert marks.level(BOX, None) == ""
    assert marks.level(BOX, Marker(0.5, "all 50 %")) == (
        '<line x2="100%" y1="50" y2="50" class="level"/>'
        '<text x="100%" y="46" text-anchor="end" class="tick">all 50 %</text>'
    )


@given(POINTS)
def test_every_coordinate_is_an_ordinary_number(points: list[Point]) -> None:
    frame = Frame(
        scales.between([point.at for point in points]), scales.covering([point.value for point in points]), above=9
    )
    drawn = "".join(
        (
            marks.line(frame, points),
            marks.step_line(frame, points),
            marks.band(frame, points),
            marks.step_band(frame, points),
            marks.whiskers(frame, points),
            marks.dots(frame, [Dot(point.at, point.value, "n", label="n") for point in points]),
            marks.columns(frame, [(point.at, point.value, point.at, "column") for point in points]),
            marks.markers(frame, [Marker(point.at, "m") for point in points]),
        )
    )
    assert strange_coordinates(drawn) == []
    assert "nan" not in drawn.lower()
    assert "inf" not in drawn.lower().replace("inner", "")
