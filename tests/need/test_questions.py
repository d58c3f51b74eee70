"""The question library: every question is whole, opens, and is told from the one to avoid."""

import dataclasses

import pytest

from earnest.need import openness, questions
from earnest.need.openness import Kind
from earnest.need.tables import ELEMENTS, GAP_ELEMENTS
from earnest.records.models.pipelines import Meaning


@pytest.mark.duty("S4.53", "S4.54", "S4.55", "S4.56", "S4.57", "S4.58", "S4.59", "S1.6")
def test_the_seven_gap_questions_and_the_date_feed_their_elements() -> None:
    told = [(each.key, each.element, each.stages) for each in questions.GAP]
    assert told == [
        ("G1", "N1", ("conversation", "gap_understood")),
        ("G2", "N2", ("conversation", "gap_understood")),
        ("G3", "N3", ("gap_understood",)),
        ("G4", "N4", ("gap_understood",)),
        ("G5", "N5", ("need_quantified",)),
        ("G6", "N6", ("need_quantified",)),
        ("G7", "N7", ("need_quantified", "fit_confirmed")),
        ("G8", "N8", ("need_quantified",)),
    ]
    assert tuple(each.element for each in questions.GAP[:7]) == GAP_ELEMENTS


@pytest.mark.duty("S1.3")
def test_the_owner_and_the_fear_have_their_questions() -> None:
    assert (questions.OWNER.element, questions.OWNER.stages) == ("N9", ("fit_confirmed",))
    assert questions.FEAR.element == "decision_fear"
    assert questions.FEAR.after == "Once the need is real."
    assert questions.FEAR.then == "Fewer options, a plain recommendation, a smaller first step, a way back."


@pytest.mark.duty("S4.26")
@pytest.mark.parametrize("question", questions.LIBRARY, ids=lambda question: question.key)
def test_every_variant_opens_and_what_to_avoid_does_not(question: questions.Question) -> None:
    assert {openness.judge(each).kind for each in question.variants} == {Kind.OPEN}
    assert {openness.judge(each).kind for each in question.avoid} == {Kind.CLOSED}


@pytest.mark.parametrize("question", questions.LIBRARY, ids=lambda question: question.key)
def test_every_question_is_whole(question: questions.Question) -> None:
    assert question.element in ELEMENTS
    assert set(question.stages) <= set(Meaning.values)
    assert len(question.variants) == (4 if question in questions.GAP else 2)
    assert all((question.title, question.purpose.endswith("."), question.holds.endswith(".")))


@pytest.mark.duty("S4.28")
def test_follow_ups_suit_how_somebody_answers() -> None:
    assert questions.GAP[0].when_short == ("What is an example?", "How do you mean?")
    assert questions.GAP[0].when_long == ("Of all that, what matters most?",)


def test_questions_are_found_by_key_element_and_stage() -> None:
    assert list(questions.BY_KEY) == ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "owner", "fear"]
    assert questions.of_element("N6") == (questions.BY_KEY["G6"],)
    assert questions.of_element("help_said") == ()
    assert [each.key for each in questions.of_stage("fit_confirmed")] == ["G7", "owner"]
    assert [each.key for each in questions.of_stage("conversation")] == ["G1", "G2"]


def test_a_question_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        questions.OWNER.title = "other"  # type: ignore[misc]
