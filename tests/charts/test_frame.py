"""The frame: shares across, pixels upwards, words for screen readers, few ticks set inwards at the edges."""

from earnest.charts import frame as frames
from earnest.charts.frame import Frame, Words
from earnest.charts.scales import Scale

BOX = Frame(Scale(0, 200), Scale(0, 1), height=100, above=10)


def whole(value: float) -> str:
    return f"{value:g}"


def test_places() -> None:
    assert (BOX.x(50), BOX.y(0), BOX.y(0.25), BOX.y(1)) == ("25%", 110, 85, 10)
    assert BOX.inner(50, 0.25) == (250, 750)


def test_a_picture_tells_its_title_and_description() -> None:
    drawn = frames.picture(BOX, Words("cycle", "Half are won", "By day"), "<g/>")
    assert drawn.text == (
        '<svg class="chart" role="img" width="100%" height="130" aria-labelledby="cycle-title cycle-desc">'
        '<title id="cycle-title">Half are won</title><desc id="cycle-desc">By day</desc><g/></svg>'
    )


def test_a_picture_without_description_is_labelled_by_its_title() -> None:
    assert 'aria-labelledby="n-title">' in frames.picture(BOX, Words("n", "t")).text


def test_upward_axis_labels_every_level_but_zero() -> None:
    assert frames.upward_axis(BOX, whole, count=2) == (
        '<line x2="100%" y1="110" y2="110" class="base"/>'
        '<line x2="100%" y1="110" y2="110" class="base"/>'
        '<line x2="100%" y1="60" y2="60" class="grid"/><text y="57" class="tick">0.5</text>'
        '<line x2="100%" y1="10" y2="10" class="grid"/><text y="7" class="tick">1</text>'
    )


def test_across_axis_sets_words_inwards_at_the_edges() -> None:
    drawn = frames.across_axis(BOX, [(0, "a"), (100, "b"), (200, "c")])
    assert [part.split('"')[0] for part in drawn.split('text-anchor="')[1:]] == ["start", "middle", "end"]
    assert '<line x1="50%" x2="50%" y1="110" y2="114" class="base"/>' in drawn


def test_round_ticks_carry_their_words() -> None:
    assert frames.round_ticks(Scale(0, 100), whole, count=2) == [(0, "0"), (50, "50"), (100, "100")]
