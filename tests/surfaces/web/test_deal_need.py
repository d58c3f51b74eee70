"""The need on the deal page: nine elements, what was said of each, and a form that loses nothing."""

from typing import Any

import pytest

from earnest.need.models import Evidence
from tests.surfaces.web.desk import HOSTILE, Desk

WORDS = "If we walk into March like this, we lose the line."


def send(desk: Desk, **more: object) -> Any:  # a response, with what the test client adds to it
    sent = {"words": WORDS, "element": "N6", "contact": desk.ines.pk, "said_on": "2026-01-05", "level": "2", **more}
    return desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/evidence", sent)


def kept() -> list[Evidence]:
    return list(Evidence.objects.unscoped(reason="a test looks").order_by("number"))


def panel(desk: Desk) -> str:
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    return text.split('id="need"', 1)[1].split("</section>", 1)[0]


@pytest.mark.duty("S4.33")
def test_what_nobody_said_is_shown_with_the_question_to_ask(desk: Desk) -> None:
    shown = panel(desk)
    assert shown.count("not said yet; ask:") == 9
    assert "Nobody has written down yet what the buyer said." in shown


@pytest.mark.duty("S1.4")
@pytest.mark.duty("S4.58")
def test_what_was_said_stands_with_who_and_when_and_the_need_is_judged_again(desk: Desk) -> None:
    answer = send(desk)
    assert (answer.status_code, answer["Location"]) == (302, f"/deals/{desk.deal.pk}#need")
    (row,) = kept()
    assert (row.element, row.level, row.words, row.contact_id) == ("N6", 2, WORDS, desk.ines.pk)
    shown = panel(desk)
    assert f"<q><bdi>{WORDS}</bdi></q> <small><bdi>Ines Falkenrath</bdi>, 5\u00a0Jan\u00a02026</small>" in shown
    assert "<b>no need shown</b> <small>11.7 of 100</small>" in shown
    assert shown.count("not said yet; ask:") == 8


@pytest.mark.duty("S1.4")
def test_what_was_said_too_long_ago_counts_as_belief_on_the_page_too(desk: Desk) -> None:
    send(desk, said_on="2025-09-01", level="3")
    shown = panel(desk)
    assert "we believe it: said too long ago, so ask again" in shown
    assert "<b>no need shown</b> <small>3.3 of 100</small>" in shown


def test_the_same_form_sent_twice_is_kept_once(desk: Desk) -> None:
    assert [send(desk, key="k1").status_code for _ in range(2)] == [302, 302]
    assert len(kept()) == 1


@pytest.mark.duty("S1.6")
def test_a_need_by_a_day_that_has_passed_is_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    answer = send(desk, element="N8", about_on="2026-01-04")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The day it speaks of, 2026-01-04, lies before the day it was said." in text
    assert WORDS in text
    assert 'value="2026-01-04"' in text
    assert kept() == []


def test_a_paste_that_is_too_long_comes_back_whole(desk: Desk) -> None:
    answer = send(desk, words="x" * 1_000_000)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "This is 1,000,000 characters long; 5,000 fit." in text
    assert "x" * 1_000_000 in text
    assert kept() == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_in_a_quote_is_shown_as_text(desk: Desk, hostile: str) -> None:
    assert send(desk, words=hostile).status_code == 302
    shown = panel(desk)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<svg" not in shown
    assert [row.words for row in kept()] == [hostile]


def test_a_deal_of_another_team_takes_no_words_and_answers_as_one_that_is_not_there(desk: Desk) -> None:
    sent = {"words": WORDS, "element": "N6", "said_on": "2026-01-05", "level": "1"}
    dana = desk.client(desk.company.dana)
    answers = [dana.post(f"/deals/{number}/evidence", sent).status_code for number in (desk.deal.pk, 999_999)]
    assert answers == [404, 404]
    assert kept() == []
