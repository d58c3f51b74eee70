"""Whether a buyer can say it themselves."""

import pytest

from earnest.need import articulation, openness
from earnest.need.openness import Kind
from earnest.need.tables import OTHER_ELEMENTS


@pytest.mark.duty("S3.11")
def test_the_checks_open_and_feed_the_two_statements() -> None:
    assert [check.element for check in articulation.CHECKS] == ["need_said", "help_said", "help_said", "help_said"]
    assert {openness.judge(check.ask).kind for check in articulation.CHECKS} == {Kind.OPEN}
    assert {check.element for check in articulation.CHECKS} <= set(OTHER_ELEMENTS)


@pytest.mark.duty("S3.11")
def test_what_each_statement_must_name() -> None:
    assert articulation.PARTS["need_said"] == ("a measure", "a consequence", "a date")
    assert articulation.NEEDED_PARTS == 2
    assert set(articulation.ACCEPT) == {"need_said", "help_said"}
