"""The guided tour: twelve stops in order, each leading to a deal or a lead that the story has."""

from earnest.demo import tour
from earnest.demo.tarnholt import deals

DEALS = {title: number for number, title in enumerate(tour.DEAL_TITLES.values(), start=1)}
LEADS = {name: number for number, name in enumerate(tour.LEAD_NAMES.values(), start=901)}


def test_twelve_stops_in_order() -> None:
    assert [stop.number for stop in tour.STOPS] == list(range(1, 13))
    assert len({stop.title for stop in tour.STOPS}) == 12


def test_a_stop_says_one_or_two_calm_sentences() -> None:
    for stop in tour.STOPS:
        assert 1 <= stop.says.count(". ") + 1 <= 3
        assert stop.says.endswith(".")
        assert "!" not in stop.says + stop.title


def test_no_two_deals_of_the_story_have_one_title_or_one_account() -> None:
    every = deals.every()
    assert len({deal.title for deal in every}) == len({deal.account.name for deal in every}) == len(every) == 115


def test_no_person_is_in_two_deals() -> None:
    names = [person.name for deal in deals.every() for person in deal.people]
    assert len(names) == len(set(names))


def test_the_paths_of_the_stops() -> None:
    paths = [tour.path_of(stop, deals=DEALS, leads=LEADS) for stop in tour.STOPS]
    assert paths == [
        "/#abundance",
        "/deals/1#need",
        "/deals/4#dates",
        "/deals/2#verdicts",
        "/deals/3#verdicts",
        "/prospecting#arithmetic",
        "/leads/902#start-by",
        "/promises#board",
        "/deals/7#outcome",
        "/deals/8#outcome",
        "/learn#findings",
        "/team#distribution",
    ]


def test_a_stop_whose_deal_is_not_there_has_no_path() -> None:
    assert tour.path_of(tour.STOPS[1], deals={}, leads={}) is None
