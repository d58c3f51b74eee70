"""What a rule says, where every verdict leads."""

import pytest

from earnest.people import services as people
from earnest.pipeline import frames
from tests.pipeline.shelf import Shelf
from tests.workspace import LATER


@pytest.mark.duty("S3.5")
@pytest.mark.parametrize("name", frames.RULES_BY_NAME)
def test_every_rule_says_why_what_clears_it_and_who_may_set_it_aside(shelf: Shelf, name: str) -> None:
    rule = frames.RULES_BY_NAME[name]
    answer = shelf.client(shelf.company.bo).get(f"/rules/{name}")
    page = answer.content.decode().replace("&#39;", "'")
    assert answer.status_code == 200
    for told in (rule.title, rule.clears, rule.asks, rule.source, "What it says", "Who may set it aside"):
        assert told in page
    assert "{" not in page.split("What it says")[1].split("What clears it")[0]


def test_a_rule_counts_only_the_deals_that_one_sees(shelf: Shelf) -> None:
    link = 'href="/deals?owner=all&amp;rule=no_next_step">1 open deal</a>'
    assert link in shelf.client(shelf.company.bo).get("/rules/no_next_step").content.decode().replace("\u00a0", " ")
    dana = shelf.client(shelf.company.dana).get("/rules/no_next_step").content.decode()
    assert "No open deal that you see is flagged by it." in dana


def test_a_limit_that_was_chosen_stands_beside_the_one_it_was_built_with(shelf: Shelf) -> None:
    boss = shelf.company.actor(shelf.company.admin)
    people.set_setting(actor=boss, name="threshold.meeting_grace_days", value=7, reason="we are quick", at=LATER)
    page = shelf.client(shelf.company.bo).get("/rules/no_next_step").content.decode()
    assert '<td class="number"><b>7</b></td><td class="number">14</td><td>days</td>' in page


def test_all_rules_stand_on_one_page_gravest_first(shelf: Shelf) -> None:
    page = shelf.client(shelf.company.bo).get("/rules").content.decode()
    assert page.count("data-row") == len(frames.RULES)
    assert page.index("/rules/no_next_step") < page.index("/rules/forced_timeline") < page.index("/rules/use_soon")


def test_a_rule_that_there_is_not_is_not_there(shelf: Shelf) -> None:
    assert shelf.client(shelf.company.bo).get("/rules/no_such_rule").status_code == 404
