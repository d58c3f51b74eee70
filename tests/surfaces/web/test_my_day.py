"""My day: it starts from buyers, shows one question per deal, what others did, and who waits; no number of ours."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.people.models import User
from earnest.pipeline import services as pipeline
from earnest.records import services
from earnest.surfaces.web import my_day
from tests import workspace
from tests.surfaces.web.desk import LOGIN, Desk
from tests.workspace import AT, TODAY


def day_of(desk: Desk, user: User) -> str:
    return desk.client(user).get("/").content.decode()


@pytest.mark.duty("S1.1")
def test_the_day_begins_with_whom_at_the_buyer_something_is_due(desk: Desk) -> None:
    text = day_of(desk, desk.company.bo)
    first = text.split('<section class="panel"', 2)[1]
    assert "One person expects something." in text
    assert 'id="due"' in first
    assert "<bdi>Ines Falkenrath</bdi></a><small><bdi>Brackenfold Foods</bdi></small>" in first
    assert "18\u00a0Dec\u00a02025, overdue" in first
    assert "they need it by 2\u00a0Mar\u00a02026" in first


@pytest.mark.duty("S2.6")
def test_no_page_of_the_day_shows_a_quota(desk: Desk) -> None:
    services.set_quota(
        by=desk.company.by(desk.company.admin),
        owner_id=desk.company.bo.pk,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        amount_minor=98_765_400,
        currency="EUR",
    )
    for hides in (False, True):
        User.objects.filter(pk=desk.company.bo.pk).update(hides_quota=hides)
        for path in ("/", f"/deals/{desk.deal.pk}", "/more", "/capture"):
            text = desk.client(desk.company.bo).get(path).content.decode()
            assert "quota" not in text.lower()
            assert "987" not in text


def test_a_deal_whose_verdict_hangs_on_one_flag_brings_its_question(desk: Desk) -> None:
    text = day_of(desk, desk.company.bo).split('id="questions"', 1)[1].split("</section>", 1)[0]
    assert (
        "Ask <bdi>Ines Falkenrath</bdi>: <q>We had planned to speak by now; what has changed on your side?</q>" in text
    )
    assert 'href="/rules/overdue_next_step"' in text
    services.edit_deal(
        by=desk.company.by(desk.company.bo), deal_id=desk.deal.pk, version=1, next_step="", next_step_on=None
    )
    text = day_of(desk, desk.company.bo).split('id="questions"', 1)[1].split("</section>", 1)[0]
    assert "Ask <bdi>Ines Falkenrath</bdi>: <q>What would be a useful next step for you" in text
    assert 'href="/rules/no_next_step"' in text


def test_what_others_changed_since_yesterday_is_told_and_ones_own_is_not(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo, at=datetime(2026, 1, 5, 10, tzinfo=UTC))
    deal = services.edit_deal(by=by, deal_id=desk.deal.pk, version=1, segment="mid")
    assert "Nobody else changed anything" in day_of(desk, desk.company.bo)
    by = desk.company.by(desk.company.grete, at=datetime(2026, 1, 5, 11, tzinfo=UTC))
    services.edit_deal(by=by, deal_id=deal.pk, version=deal.version, seller_close_on=date(2025, 12, 30))
    text = day_of(desk, desk.company.bo).split('id="since"', 1)[1].split("</section>", 1)[0]
    assert "<bdi>Grete</bdi>: our close date" in text


def test_flags_that_are_new_today_are_told_but_not_on_the_first_day(desk: Desk) -> None:
    assert 'class="chip' not in day_of(desk, desk.company.bo).split('id="since"', 1)[1].split("</section>", 1)[0]
    pipeline.judge_book(as_of=date(2026, 1, 4), at=AT)
    services.edit_deal(
        by=desk.company.by(desk.company.bo), deal_id=desk.deal.pk, version=1, next_step="", next_step_on=None
    )
    text = day_of(desk, desk.company.bo).split('id="since"', 1)[1].split("</section>", 1)[0]
    assert 'href="/rules/no_next_step"' in text


def test_leads_that_wait_stand_there_the_longest_first(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo)
    services.add_lead(by=by, name="Late", received_at=datetime(2026, 1, 4, tzinfo=UTC), state="new")
    services.add_lead(by=by, name="Early", company="Hull", received_at=datetime(2026, 1, 2, tzinfo=UTC), state="new")
    services.add_lead(by=by, name="Ready", state="not_yet", ready_on=TODAY)
    services.add_lead(by=by, name="Not ready", state="not_yet", ready_on=date(2026, 6, 15))
    text = day_of(desk, desk.company.bo).split('id="leads"', 1)[1].split("</section>", 1)[0]
    assert [text.index(f"<bdi>{name}</bdi>") for name in ("Early", "Late", "Ready")] == sorted(
        text.index(f"<bdi>{name}</bdi>") for name in ("Early", "Late", "Ready")
    )
    assert "Not ready" not in text


def test_a_manager_sees_the_teams_day_and_another_rep_an_empty_one(desk: Desk) -> None:
    assert "Brackenfold Foods" in day_of(desk, desk.company.grete)
    assert "<bdi>Bo</bdi>" in day_of(desk, desk.company.grete)
    dana = day_of(desk, desk.company.dana)
    assert "Nobody expects anything today." in dana
    assert "Brackenfold" not in dana
    assert "A deal with a next step, a person and a day will stand here on its day." in dana


def test_the_book_is_judged_when_the_day_has_turned(desk: Desk) -> None:
    pipeline.judge_book(as_of=date(2025, 12, 10), at=AT)
    assert "overdue" in day_of(desk, desk.company.bo).split('id="due"', 1)[1].split("</section>", 1)[0]


def test_as_many_queries_for_thirty_deals_as_for_three(desk: Desk) -> None:
    def queries() -> int:
        client = desk.client(desk.company.bo)
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    def open_deals(count: int) -> None:
        by = desk.company.by(desk.company.bo)
        for number in range(count):
            services.open_deal(by=by, title=f"Deal {number}", next_step="They call", next_step_on=TODAY)

    open_deals(3)
    few = queries()
    open_deals(20)
    assert queries() == few
    assert few <= 22


@pytest.mark.django_db
def test_an_empty_workspace_teaches_where_to_begin() -> None:
    made = workspace.make()
    client = Client()
    client.force_login(made.bo, backend=LOGIN)
    text = client.get("/").content.decode()
    assert "Nobody expects anything today." in text
    assert "A deal with a next step, a person and a day will stand here on its day." in text
    assert "No verdict hangs on a single question." in text
    assert "Everybody who wrote has an answer." in text
    assert 'href="/deals/new"' in text


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Nobody expects anything today."),
        (1, "One person expects something."),
        (3, "Three people expect something."),
        (40, "40 people expect something."),
    ],
)
def test_who_expects_something_is_said_in_words(count: int, sentence: str) -> None:
    assert my_day.expects(count) == sentence


@pytest.mark.parametrize(("hour", "said"), [(5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")])
def test_the_greeting_is_that_of_the_hour(hour: int, said: str) -> None:
    assert my_day.greeting(datetime(2026, 1, 5, hour, tzinfo=UTC)) == said
