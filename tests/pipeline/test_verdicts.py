"""The verdicts of one deal as its page shows them."""

from datetime import UTC, date, datetime

import pytest

from earnest.people import visibility
from earnest.pipeline import services as pipeline
from earnest.pipeline import verdicts
from earnest.pipeline.models import Marks, Standing
from earnest.records import services
from earnest.records.models import Deal
from tests import workspace
from tests.workspace import AT, TODAY, Workspace


@pytest.fixture
def company(db: None) -> Workspace:
    """A small company in an empty database."""
    return workspace.make()


@pytest.fixture
def deal(company: Workspace) -> Deal:
    """A deal of Bo's whose next step is overdue, judged."""
    made = services.open_deal(
        by=company.by(company.bo),
        title="Yard slots",
        amount_minor=7_100_000,
        currency_id="EUR",
        opened_on=date(2025, 9, 8),
        buyer_by_when_on=date(2026, 3, 2),
        lead_time_days=45,
        seller_close_on=date(2026, 1, 16),
        next_step="Ines agrees the measure",
        next_step_on=date(2025, 12, 18),
    )
    pipeline.judge_book(as_of=TODAY, at=AT)
    return made


def found(company: Workspace, deal: Deal) -> verdicts.Verdicts:
    told = verdicts.of_deal(company.actor(company.bo), deal.pk)
    assert told is not None
    return told


def test_the_page_says_what_every_list_says(company: Workspace, deal: Deal) -> None:
    told = found(company, deal)
    standing = visibility.visible(company.actor(company.bo), Standing).get(deal_id=deal.pk)
    assert [line.rule for line in told.flagged] == standing.flagged
    assert [line.rule for line in told.unknown] == standing.unknown
    assert told.hard is standing.hard


def test_a_flag_carries_its_evidence_in_words(company: Workspace, deal: Deal) -> None:
    line = next(line for line in found(company, deal).flagged if line.rule == "overdue_next_step")
    assert (line.sentence, line.since_on, line.source) == (
        "The next step was due on 18 Dec 2025, and nothing says what came of it.",
        TODAY,
        "S4.76",
    )
    assert line.evidence == (("the next step", "Ines agrees the measure"), ("the next step's date", "18 Dec 2025"))


@pytest.mark.duty("S4.33")
def test_an_unknown_names_what_nobody_has_told(company: Workspace, deal: Deal) -> None:
    line = next(line for line in found(company, deal).unknown if line.rule == "gap_unknown")
    assert line.state == "unknown"
    assert line.missing == ("what is written down of the buyer's need",)
    assert line.title not in found(company, deal).clear


def test_the_days_that_are_worked_out_stand_beside_those_that_were_told(company: Workspace, deal: Deal) -> None:
    told = found(company, deal)
    assert (told.on, told.decide_by_on, told.good_through_on) == (TODAY, date(2026, 1, 16), None)


def test_a_flag_that_was_set_aside_stays_and_asks_no_more(company: Workspace, deal: Deal) -> None:
    before = found(company, deal).ask
    pipeline.set_aside(
        by=company.by(company.bo),
        deal_id=deal.pk,
        about="overdue_next_step",
        reason="On leave",
        until_on=date(2026, 2, 1),
    )
    told = found(company, deal)
    line = next(line for line in told.flagged if line.rule == "overdue_next_step")
    assert line.aside == verdicts.Aside("Bo", "On leave", AT, date(2026, 2, 1))
    assert before == "We had planned to speak by now; what has changed on your side?"
    assert told.ask != before


@pytest.mark.case("A01")
def test_who_does_not_see_a_deal_gets_no_verdicts_of_it(company: Workspace, deal: Deal) -> None:
    assert verdicts.of_deal(company.actor(company.dana), deal.pk) is None
    assert verdicts.overrides(company.actor(company.dana), deal.pk, None, 10) == []


def test_an_ended_deal_has_no_verdicts(company: Workspace, deal: Deal) -> None:
    services.end_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, outcome="won", closed_on=TODAY)
    assert verdicts.of_deal(company.actor(company.bo), deal.pk) is None


def test_before_the_first_judgement_nothing_is_said(company: Workspace) -> None:
    made = services.open_deal(by=company.by(company.bo), title="Early")
    assert verdicts.of_deal(company.actor(company.bo), made.pk) is None


def test_a_small_book_is_judged_when_the_day_has_turned_and_only_then(
    company: Workspace, deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime(2026, 1, 8, 9, tzinfo=UTC)
    monkeypatch.setattr(verdicts, "JUDGED_AT_ONCE", 1)
    assert verdicts.judged_day(as_of=date(2026, 1, 8), at=later) == TODAY
    monkeypatch.setattr(verdicts, "JUDGED_AT_ONCE", 2)
    assert verdicts.judged_day(as_of=date(2026, 1, 8), at=later) == date(2026, 1, 8)
    assert verdicts.judged_day(as_of=TODAY, at=later) == date(2026, 1, 8)
    assert Marks.objects.unscoped(reason="a test looks").count() == 2
    assert found(company, deal).on == date(2026, 1, 8)
