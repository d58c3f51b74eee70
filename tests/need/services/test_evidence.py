"""What somebody said is kept word for word, chained, with who and when; and the deal is judged by it at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from earnest.need.models import Evidence, MustHave, Source, Standpoint
from earnest.need.services import add_evidence, add_must_have, add_source, add_standpoint, answer_must_have, evidence
from earnest.need.services.evidence import EvidenceRefused, Said, View
from earnest.people import visibility
from earnest.people.authority import NotFound
from earnest.people.models import AuditEvent
from earnest.pipeline import services as pipeline
from earnest.pipeline.models import Standing
from earnest.records import services
from earnest.records.models import Deal, Stakeholder
from earnest.records.services import KeyReused
from tests.workspace import AT, Workspace

TODAY = AT.date()
LINE = "If we walk into March like this, we lose the line."


@pytest.fixture
def deal(company: Workspace) -> Deal:
    return services.open_deal(by=company.by(company.bo), title="Docks", stage_id=company.second.pk)


@pytest.fixture
def ines(company: Workspace, deal: Deal) -> int:
    by = company.by(company.bo)
    contact = services.add_contact(by=by, name="Ines")
    services.add_stakeholder(by=by, deal_id=deal.pk, contact_id=contact.pk, role="owner")
    return contact.pk


def said(contact_id: int | None, **more: Any) -> Said:
    return Said(**{"element": "N6", "level": 2, "words": LINE, "said_on": TODAY, "contact_id": contact_id, **more})


def kept(company: Workspace) -> list[Evidence]:
    return list(visibility.visible(company.actor(company.bo), Evidence).order_by("number"))


@pytest.mark.duty("S1.4")
def test_words_are_kept_with_who_said_them_and_when(company: Workspace, deal: Deal, ines: int) -> None:
    row = add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=said(ines, channel="meeting"))
    (found,) = kept(company)
    assert (found.words, found.contact_id, found.said_on, found.channel) == (LINE, ines, TODAY, "meeting")
    assert (found.recorded_by_id, found.recorded_at, found.number, found.previous_hash) == (company.bo.pk, AT, 1, "")
    assert found.hash == row.hash == evidence.hash_of(found)
    event = visibility.visible(company.actor(company.admin), AuditEvent).get(action="add_evidence")
    assert (event.record_id, event.detail["hash"]) == (deal.pk, row.hash)


def test_each_entry_holds_the_hash_of_the_one_before(company: Workspace, deal: Deal, ines: int) -> None:
    for element in ("N1", "N2", "N3"):
        add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=said(ines, element=element))
    first, second, third = kept(company)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


def test_neither_database_lets_words_be_changed_or_taken_away(company: Workspace, deal: Deal, ines: int) -> None:
    row = add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=said(ines))
    for statement in ("UPDATE need_evidence SET words = 'We love it'", "DELETE FROM need_evidence"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert [each.words for each in kept(company)] == [row.words]


@pytest.mark.duty("S1.3")
def test_the_deal_is_judged_again_at_once(company: Workspace, deal: Deal, ines: int) -> None:
    pipeline.judge_book(as_of=TODAY, at=AT)
    standings = visibility.visible(company.actor(company.bo), Standing)
    assert standings.get(deal_id=deal.pk).need_score is None
    add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=said(ines))
    found = standings.get(deal_id=deal.pk)
    assert (found.need_score, found.need_band) == (pytest.approx(100 * 2 * 0.7 / 12, abs=1e-6), 0)
    assert found.hard
    assert "no_need" in found.flagged


@pytest.mark.duty("S1.6")
def test_a_buyers_own_day_becomes_the_deals(company: Workspace, deal: Deal, ines: int) -> None:
    day = TODAY + timedelta(days=90)
    words = said(ines, element="N8", level=3, words="From 2 March it costs double.", about_on=day, event="contract")
    add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=words)
    assert visibility.visible(company.actor(company.bo), Deal).get(pk=deal.pk).buyer_by_when_on == day


def test_a_correction_is_a_new_entry_and_the_old_one_no_longer_counts(
    company: Workspace, deal: Deal, ines: int
) -> None:
    by = company.by(company.bo)
    first = add_evidence(by=by, deal_id=deal.pk, said=said(ines, level=3))
    second = add_evidence(by=by, deal_id=deal.pk, said=said(ines, level=1, corrects_id=first.pk, words="Misheard."))
    old, new = kept(company)
    assert (old.words, old.corrected_on, new.corrects_id) == (LINE, TODAY, first.pk)
    assert evidence.hash_of(old) == old.hash
    assert second.number == 2


@pytest.mark.duty("S1.4")
def test_a_quote_stands_in_the_text_that_it_is_from(company: Workspace, deal: Deal, ines: int) -> None:
    by = company.by(company.bo)
    text = (
        "Dear Amara,\nyou asked. If we walk into\r\nMarch like this,  we lose the line.\nInes <script>alert(1)</script>"
    )
    source = add_source(by=by, deal_id=deal.pk, kind="email", text=text)
    add_evidence(by=by, deal_id=deal.pk, said=said(ines, source_id=source.pk))
    with pytest.raises(EvidenceRefused, match="not kept") as refusal:
        add_evidence(by=by, deal_id=deal.pk, said=said(ines, source_id=source.pk, words="We lose everything."))
    assert refusal.value.why == "These words do not stand in the text that they are said to be from."
    assert [each.words for each in kept(company)] == [LINE]
    assert visibility.visible(by.actor, Source).get().text == text.strip()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"element": "N10"}, "It supports nothing that is asked for."),
        ({"level": 4}, "It supports nothing that is asked for."),
        ({"words": " \0 "}, "There is not a word in it."),
        ({"words": "x" * 1_000_000}, "It holds 1,000,000 characters, and a quote is at most 5,000."),
        ({"said_on": TODAY + timedelta(days=1)}, "The day it was said is still to come."),
        ({"contact_id": None}, "Nobody is named who said it."),
        ({"element": "N8"}, "No day is given that it speaks of."),
        ({"element": "close_date"}, "No day is given that it speaks of."),
    ],
)
def test_what_could_be_no_evidence_is_refused_with_its_reason(
    company: Workspace, deal: Deal, ines: int, more: dict[str, Any], why: str
) -> None:
    asked = Said(**{**vars(said(ines)), **more})
    with pytest.raises(EvidenceRefused) as refusal:
        add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=asked)
    assert refusal.value.why == why
    assert kept(company) == []


def test_a_by_when_before_the_day_it_was_said_is_refused(company: Workspace, deal: Deal, ines: int) -> None:
    words = said(ines, element="N8", about_on=TODAY - timedelta(days=1))
    with pytest.raises(EvidenceRefused, match="not kept") as refusal:
        add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=words)
    assert "lies before the day it was said" in refusal.value.why


def test_a_source_that_nobody_could_search_is_refused(company: Workspace, deal: Deal) -> None:
    for text in ("", "x" * 200_001):
        with pytest.raises(EvidenceRefused):
            add_source(by=company.by(company.bo), deal_id=deal.pk, kind="email", text=text)


def test_the_same_key_keeps_it_once(company: Workspace, deal: Deal, ines: int) -> None:
    by = company.by(company.bo)
    first = add_evidence(by=by, deal_id=deal.pk, said=said(ines), key="k")
    assert add_evidence(by=by, deal_id=deal.pk, said=said(ines), key="k").pk == first.pk
    with pytest.raises(KeyReused):
        add_evidence(by=by, deal_id=deal.pk, said=said(ines, words="Something else."), key="k")
    assert len(kept(company)) == 1


def test_a_stranger_adds_nothing_and_reads_nothing(company: Workspace, deal: Deal, ines: int) -> None:
    add_evidence(by=company.by(company.bo), deal_id=deal.pk, said=said(ines))
    with pytest.raises(NotFound):
        add_evidence(by=company.by(company.chidi), deal_id=deal.pk, said=said(None, level=1))
    assert not visibility.visible(company.actor(company.chidi), Evidence).exists()


@pytest.mark.duty("S4.30")
def test_whoever_spoke_is_heard_from_the_first_day(company: Workspace, deal: Deal, ines: int) -> None:
    by = company.by(company.bo)
    stake = visibility.visible(by.actor, Stakeholder)
    add_evidence(by=by, deal_id=deal.pk, said=said(None, level=1))
    assert stake.get(contact_id=ines).heard_on is None
    add_standpoint(by=by, deal_id=deal.pk, view=View(ines, date(2025, 12, 20), version="Fewer waits."))
    add_evidence(by=by, deal_id=deal.pk, said=said(ines, said_on=date(2025, 12, 1)))
    assert stake.get(contact_id=ines).heard_on == date(2025, 12, 1)
    assert visibility.visible(by.actor, Standpoint).get().version == "Fewer waits."


@pytest.mark.duty("S0.3")
def test_a_must_have_is_answered_against_its_version(company: Workspace, deal: Deal) -> None:
    by = company.by(company.bo)
    row = add_must_have(by=by, deal_id=deal.pk, text=" Second-by-second data ")
    assert (row.text, row.answer, row.answered_on) == ("Second-by-second data", "unknown", None)
    answered = answer_must_have(by=by, must_have_id=row.pk, version=1, answer="no")
    assert (answered.answer, answered.answered_on, answered.version) == ("no", TODAY, 2)
    assert visibility.visible(by.actor, MustHave).count() == 1
