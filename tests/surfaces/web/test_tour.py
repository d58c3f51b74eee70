"""The tour: only the stops that have a page here, a strip at the foot, left at any step."""

import pytest

from earnest.demo import tour
from earnest.records import services
from tests.surfaces.web.desk import Desk


@pytest.fixture
def story(desk: Desk) -> Desk:
    """A workspace that holds one deal of the story."""
    by = desk.company.by(desk.company.bo)
    services.open_deal(by=by, title=tour.DEAL_TITLES["T1"])
    return desk


def test_stops_without_a_page_or_a_deal_here_are_left_out(story: Desk) -> None:
    text = story.client(story.company.bo).get("/tour").content.decode()
    assert tour.STOPS[0].title in text
    assert tour.STOPS[1].title in text
    listed, _, rest = text.partition("Not shown here")
    assert tour.STOPS[2].title not in listed
    assert tour.STOPS[2].title in rest
    assert tour.STOPS[1].title not in rest


def test_the_strip_goes_along_and_is_left_at_any_step(story: Desk) -> None:
    client = story.client(story.company.bo)
    assert 'class="tour"' not in client.get("/").content.decode()
    answer = client.post("/tour/go", {"step": 2})
    assert answer["Location"].startswith("/deals/")
    assert answer["Location"].endswith("#need")
    text = client.get(answer["Location"]).content.decode()
    assert tour.STOPS[1].title in text.split('<aside class="tour"', 1)[1]
    assert client.post("/tour/go", {"leave": 1})["Location"] == "/"
    assert 'class="tour"' not in client.get("/").content.decode()


@pytest.mark.parametrize("step", ["0", "99", "-1", "x", ""])
def test_a_step_that_is_not_there_ends_the_tour(story: Desk, step: str) -> None:
    assert story.client(story.company.bo).post("/tour/go", {"step": step})["Location"] == "/"


def test_a_workspace_without_the_story_says_where_to_get_it(desk: Desk) -> None:
    text = desk.client(desk.company.dana).get("/tour").content.decode()
    assert tour.STOPS[0].title not in text
    assert tour.STOPS[1].title not in text
    assert "earnest demo" in text
