"""SVG as text: short finite numbers, escaped words, a drawing that a template takes as it is."""

import math

import jinja2
import pytest
from hypothesis import given

from earnest.charts import svg
from tests.charts.hostile import ANY_NUMBER


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12, "12"), (12.34, "12.3"), (12.96, "13"), (-0.04, "0"), (math.nan, "0"), (math.inf, "0"), (1e300, "1000000")],
)
def test_number_is_short_and_finite(value: float, shown: str) -> None:
    assert svg.number(value) == shown


@given(ANY_NUMBER)
def test_any_number_reads_back_as_a_finite_one(value: float) -> None:
    assert abs(float(svg.number(value))) <= 1e6


def test_percent_is_a_share_of_the_width() -> None:
    assert [svg.percent(place) for place in (0, 0.3756, 1)] == ["0%", "37.6%", "100%"]


def test_element_escapes_attributes_and_joins_names() -> None:
    assert svg.element("line", x1=1.25, class_='a"b', text_anchor="end") == (
        '<line x1="1.2" class="a&quot;b" text-anchor="end"/>'
    )


def test_element_with_children_is_closed_by_its_name() -> None:
    assert svg.element("g", svg.element("path", d="M0 0"), class_="x") == '<g class="x"><path d="M0 0"/></g>'


@pytest.mark.case("A31")
def test_words_are_escaped() -> None:
    assert svg.text("</text><script>", x=0) == '<text x="0">&lt;/text&gt;&lt;script&gt;</text>'
    assert svg.hint("<b>") == "<title>&lt;b&gt;</title>"
    assert svg.titled("n", "<i>", "a & b") == '<title id="n-title">&lt;i&gt;</title><desc id="n-desc">a &amp; b</desc>'


def test_a_description_is_left_out_where_there_is_none() -> None:
    assert svg.titled("n", "t", "") == '<title id="n-title">t</title>'


def test_a_template_that_escapes_takes_a_drawing_as_it_is() -> None:
    shown = (
        jinja2.Environment(autoescape=True).from_string("{{ a }}{{ b }}").render(a=svg.Drawing("<svg/>"), b="<svg/>")
    )
    assert shown == "<svg/>&lt;svg/&gt;"
    assert str(svg.Drawing("<svg/>")) == "<svg/>"
