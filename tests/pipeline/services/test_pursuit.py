"""Signs of column fodder are answered and never rewritten; what a deal costs is logged."""

from datetime import timedelta

import pytest

from earnest.people import visibility
from earnest.people.authority import NotFound
from earnest.pipeline import services as pipeline
from earnest.pipeline.models import Effort, Signal, Standing
from earnest.pipeline.services import pursuit
from earnest.records import services
from earnest.records.models import Deal
from tests.workspace import AT, Workspace

TODAY = AT.date()
NINE = (
    "finished_list", "fits_competitor", "questions_declined", "no_access", "has_favourite", "short_notice",
    "price_first", "junior_contact", "fixed_columns",
)  # fmt: skip


@pytest.fixture
def deal(company: Workspace) -> Deal:
    return services.open_deal(by=company.by(company.bo), title="A request", stage_id=company.second.pk)


@pytest.mark.duty("S4.49")
def test_signs_make_a_deal_hard_and_an_answer_of_no_clears_it(company: Workspace, deal: Deal) -> None:
    pipeline.judge_book(as_of=TODAY, at=AT)
    standing = visibility.visible(company.actor(company.bo), Standing)
    for name in NINE:
        pursuit.note_sign(by=company.by(company.bo), deal_id=deal.pk, name=name, holds=True)
    found = standing.get(deal_id=deal.pk)
    assert found.fodder_chance is not None
    assert (found.fodder_chance > 0.6, "column_fodder" in found.flagged, found.hard) == (True, True, True)
    for name in NINE:
        pursuit.note_sign(by=company.by(company.bo), deal_id=deal.pk, name=name, holds=False)
    assert "column_fodder" not in standing.get(deal_id=deal.pk).flagged


def test_a_new_answer_ends_the_one_before(company: Workspace, deal: Deal) -> None:
    for holds, days in ((True, 0), (True, 1), (False, 2), (None, 3)):
        by = company.by(company.bo, AT + timedelta(days=days))
        pursuit.note_sign(by=by, deal_id=deal.pk, name="no_access", holds=holds)
    rows = visibility.visible(company.actor(company.bo), Signal).order_by("id")
    assert list(rows.values_list("holds", "since_on", "until_on")) == [
        (True, TODAY, TODAY + timedelta(days=2)),
        (False, TODAY + timedelta(days=2), TODAY + timedelta(days=3)),
    ]


def test_an_unknown_sign_or_a_deal_of_somebody_else_is_not_found(company: Workspace, deal: Deal) -> None:
    with pytest.raises(NotFound):
        pursuit.note_sign(by=company.by(company.bo), deal_id=deal.pk, name="hope", holds=True)
    with pytest.raises(NotFound):
        pursuit.note_sign(by=company.by(company.chidi), deal_id=deal.pk, name="no_access", holds=True)


@pytest.mark.duty("S3.8")
def test_hours_are_logged_once_under_a_key(company: Workspace, deal: Deal) -> None:
    for _time in range(2):
        pursuit.log_effort(
            by=company.by(company.bo), deal_id=deal.pk, on=TODAY, minutes=2_760, what="142 answers", key="k"
        )
    rows = visibility.visible(company.actor(company.bo), Effort)
    assert list(rows.values_list("minutes", "what")) == [(2_760, "142 answers")]
