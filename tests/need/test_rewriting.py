"""Open forms of well-known closed questions, with the names that stand in them."""

import pytest

from earnest.need import rewriting


@pytest.mark.duty("S4.31")
@pytest.mark.parametrize(
    ("closed", "opened"),
    [
        ("Has Jenny brought you up-to-date?", "What has Jenny told you about …?"),
        (
            "Has the new controller been told about the measure?",
            "What has the new controller been told about the measure?",
        ),
        ("Has Jean-Luc Moreau told you about the measure?", "What has Jean-Luc Moreau told you about the measure?"),
        ("Have they shown you the plan?", "What have they told you about …?"),
        ("Does your team have any budget for that?", "How would this be paid for, and who decides that?"),
        ("Do you have the budget?", "How would this be paid for, and who decides that?"),
        ("Is it a high priority?", "Where does this stand among what else you must do, and why there?"),
        ("Did the price matter?", "What part did price play?"),
        ("Would you be interested in a pilot?", "What would you want to see, and why?"),
        ("Are you really happy with them?", "How is it working out for you?"),
        ("What changed?", ""),
    ],
)
def test_a_closed_question_has_its_open_form(closed: str, opened: str) -> None:
    assert rewriting.rewrite(closed) == opened
