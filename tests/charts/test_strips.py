"""Strips: small marks on a scale that rows share, hidden from screen readers, finite for every number."""

from hypothesis import given

from earnest.charts import strips
from earnest.charts.scales import Scale
from tests.charts.hostile import ANY_NUMBER, strange_coordinates

WHOLE = Scale(0, 1)


def test_a_strip_is_hidden_from_screen_readers() -> None:
    assert strips.strip("", "<g/>").text == (
        '<svg class="strip" width="100%" height="20" aria-hidden="true"><g/></svg>'
    )


def test_a_bar_lies_in_the_middle() -> None:
    assert strips.bar(WHOLE, 0.25, 0.75, kind="has") == '<rect x="25%" width="50%" y="5" height="10" class="has"/>'


def test_a_bar_that_runs_backwards_has_no_width() -> None:
    assert 'width="0%"' in strips.bar(WHOLE, 0.75, 0.25, kind="has")


def test_a_whisker_has_two_ends() -> None:
    assert strips.whisker(WHOLE, 0.4, 0.6) == (
        '<line x1="40%" x2="60%" y1="10" y2="10" class="whisker"/>'
        '<line x1="40%" x2="40%" y1="7" y2="13" class="whisker"/>'
        '<line x1="60%" x2="60%" y1="7" y2="13" class="whisker"/>'
    )


def test_shapes_stand_at_their_value() -> None:
    assert strips.dot(WHOLE, 0.5) == '<circle cx="50%" cy="10" r="4" class="dot"/>'
    assert strips.diamond(WHOLE, 0.5).startswith('<svg x="50%" y="10"')
    assert strips.cross(WHOLE, 0.25).startswith('<svg x="25%" y="10"')
    assert strips.post(WHOLE, 0.5) == '<line x1="50%" x2="50%" y1="0" y2="20" class="post"/>'


def test_rules_are_faint_posts() -> None:
    assert strips.rule(WHOLE, [0, 1]).count('class="grid"') == 2


def test_the_outer_words_of_a_head_are_set_inwards() -> None:
    drawn = strips.head(WHOLE, [(0, "0 %"), (0.5, "50 %"), (1, "100 %")]).text
    assert [part.split('"')[0] for part in drawn.split('text-anchor="')[1:]] == ["start", "middle", "end"]


@given(ANY_NUMBER, ANY_NUMBER)
def test_every_coordinate_is_an_ordinary_number(one: float, other: float) -> None:
    drawn = strips.strip(
        strips.bar(WHOLE, one, other, kind="has"),
        strips.whisker(WHOLE, one, other),
        strips.dot(WHOLE, one),
        strips.diamond(WHOLE, one),
        strips.cross(WHOLE, other),
        strips.post(WHOLE, other),
    )
    assert [value for value in strange_coordinates(drawn.text) if "-" not in value] == []
