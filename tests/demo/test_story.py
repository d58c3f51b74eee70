"""The story as it stands in the database: who may log in, what was written, by whom and when."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import check_password

from earnest.demo import story
from earnest.demo.story import Loaded
from earnest.demo.tarnholt import company
from earnest.people import actors, audit, visibility
from earnest.people import reads as people_reads
from earnest.people.actors import Actor
from earnest.people.models import AuditEvent, User
from earnest.people.services.entries import EntryRefused
from earnest.pipeline.models import Flag, Standing
from earnest.records.models import Account, Activity, Change, Contact, Deal, Lead, Quota, Stage, Stakeholder
from tests.demo.conftest import LOADED_AT, PASSWORD

pytestmark = pytest.mark.django_db
K = company.THOUSAND_MINOR


@pytest.fixture
def admin(tarnholt: Loaded) -> Actor:
    return actor(tarnholt, "IV")


def actor(loaded: Loaded, key: str) -> Actor:
    return actors.actor_of(User.objects.get(pk=loaded.user_ids[key]), today=company.AS_OF)


def deal(admin: Actor, loaded: Loaded, key: str) -> Deal:
    return visibility.visible(admin, Deal).get(pk=loaded.deal_ids[key])


def history(admin: Actor, loaded: Loaded, key: str, field: str) -> list[Change]:
    rows = visibility.visible(admin, Change).filter(kind="records.deal", record_id=loaded.deal_ids[key], field=field)
    return list(rows.select_related("changed_by").order_by("id"))


def test_everybody_may_log_in_with_the_one_password(tarnholt: Loaded) -> None:
    users = User.objects.filter(pk__in=tarnholt.user_ids.values()).order_by("id")
    assert [(user.email, user.role) for user in users] == [
        ("ivo@tarnholt.example", "admin"),
        ("grete@tarnholt.example", "manager"),
        ("hanne@tarnholt.example", "analyst"),
        ("amara@tarnholt.example", "rep"),
        ("bo@tarnholt.example", "rep"),
        ("chidi@tarnholt.example", "rep"),
        ("dana@tarnholt.example", "rep"),
        ("elif@tarnholt.example", "rep"),
        ("farid@tarnholt.example", "rep"),
    ]
    assert check_password(PASSWORD, users[0].password)
    assert {user.password for user in users} == {users[0].password}


def test_everybody_sees_what_their_role_lets_them(tarnholt: Loaded) -> None:
    seen = {key: visibility.visible(actor(tarnholt, key), Deal).count() for key in tarnholt.user_ids}
    assert seen == {"IV": 115, "GR": 115, "HA": 115, "AM": 24, "BO": 21, "CH": 23, "DA": 18, "EL": 21, "FA": 8}


def test_the_counts_of_the_year(tarnholt: Loaded, admin: Actor) -> None:
    deals = visibility.visible(admin, Deal)
    outcomes = Counter(deals.values_list("outcome", flat=True))
    # T5 is entered as won; that a gift is no win is for a rule to say (AT-07).
    assert outcomes == {"open": 30, "won": 22, "lost": 29, "no_decision": 28, "declined": 6}
    open_minor = sum(deals.filter(outcome="open").values_list("amount_minor", flat=True))
    won_minor = sum(deals.filter(outcome="won").values_list("amount_minor", flat=True))
    assert (open_minor, won_minor) == (3_465 * K, 2_662 * K)
    judged = deals.filter(outcome__in=("won", "lost", "no_decision")).exclude(pk=tarnholt.deal_ids["T5"])
    requests = Counter(judged.filter(source="Unsolicited RFP").values_list("outcome", flat=True))
    assert (judged.count(), requests) == (78, {"won": 2, "lost": 14, "no_decision": 3})
    assert deals.filter(lost_reason="their favoured supplier").count() == 8
    first, last = (deals.filter(outcome=end).order_by("closed_on") for end in ("lost", "no_decision"))
    assert first[0].closed_on == date(2025, 1, 8)
    assert last.reverse()[0].closed_on == date(2025, 12, 12)


def test_what_each_rep_booked_against_their_quota(tarnholt: Loaded, admin: Actor) -> None:
    booked: Counter[str] = Counter()
    for owner, minor in (
        visibility.visible(admin, Deal).filter(outcome="won").values_list("owner__name", "amount_minor")
    ):
        booked[owner] += minor // K
    asked = visibility.visible(admin, Quota).values_list("owner__name", "amount_minor", "starts_on")
    assert booked == {"Amara": 742, "Bo": 505, "Chidi": 388, "Dana": 402, "Elif": 561, "Farid": 64}
    assert {(name, minor // K, day) for name, minor, day in asked} == {
        ("Amara", 700, date(2025, 1, 1)),
        ("Bo", 600, date(2025, 1, 1)),
        ("Chidi", 600, date(2025, 1, 1)),
        ("Dana", 600, date(2025, 1, 1)),
        ("Elif", 600, date(2025, 1, 1)),
        ("Farid", 250, date(2025, 8, 4)),
    }


def test_six_stages_with_the_six_meanings(tarnholt: Loaded, admin: Actor) -> None:
    stages = visibility.visible(admin, Stage).order_by("position").values_list("position", "name", "meaning")
    assert list(stages) == [(place, *stage) for place, stage in enumerate(company.STAGES, start=1)]


def test_everything_happened_in_its_order_and_the_audit_holds(tarnholt: Loaded, admin: Actor) -> None:
    assert audit.first_broken() is None
    moments = list(
        visibility.visible(admin, AuditEvent).exclude(actor=None).order_by("number").values_list("at", flat=True)
    )
    assert moments == sorted(moments)
    assert moments[-3:] == [LOADED_AT] * 3
    assert moments[-4] < datetime(2025, 12, 15, tzinfo=UTC)
    changes = visibility.visible(admin, Change)
    assert changes.filter(at__gte=datetime(2025, 12, 15, tzinfo=UTC)).count() == 0
    assert visibility.visible(admin, Activity).filter(at__gte=datetime(2025, 12, 15, tzinfo=UTC)).count() == 0


def test_dunmoor_was_pushed_five_times(tarnholt: Loaded, admin: Actor) -> None:
    told = [
        (change.at.date(), change.old_on, change.new_on, change.changed_by.name)
        for change in history(admin, tarnholt, "T3", "seller_close_on")
        if change.at and change.changed_by
    ]
    assert told == [
        (date(2025, 6, 24), date(2025, 6, 30), date(2025, 7, 31), "Chidi"),
        (date(2025, 7, 29), date(2025, 7, 31), date(2025, 8, 29), "Chidi"),
        (date(2025, 8, 27), date(2025, 8, 29), date(2025, 9, 30), "Chidi"),
        (date(2025, 9, 26), date(2025, 9, 30), date(2025, 10, 31), "Chidi"),
        (date(2025, 10, 29), date(2025, 10, 31), date(2026, 1, 30), "Chidi"),
    ]


def test_everleigh_was_pulled_in_by_grete(tarnholt: Loaded, admin: Actor) -> None:
    (pull,) = history(admin, tarnholt, "T4", "seller_close_on")
    assert pull.changed_by is not None
    assert (pull.changed_by.name, pull.old_on, pull.new_on) == ("Grete", date(2026, 2, 27), date(2025, 12, 30))
    everleigh = deal(admin, tarnholt, "T4")
    assert everleigh.amount_minor == 265 * K
    assert everleigh.list_amount_minor is not None
    assert round(1 - everleigh.amount_minor / everleigh.list_amount_minor, 2) == 0.22


def test_grangeworth_went_to_farid_with_its_people(tarnholt: Loaded) -> None:
    farid = actor(tarnholt, "FA")
    row = visibility.visible(farid, Deal).get(pk=tarnholt.deal_ids["T6"])
    assert (row.outcome, row.closed_on, row.buyer_by_when_on) == ("no_decision", date(2025, 4, 29), date(2026, 6, 15))
    assert row.lost_reason == "Budget frozen until the new plant manager decides, by 15 June 2026"
    assert visibility.visible(farid, Account).filter(pk=row.account_id).count() == 1
    assert visibility.visible(farid, Contact).filter(account_id=row.account_id).count() == 2


def test_the_told_people_have_their_roles(tarnholt: Loaded, admin: Actor) -> None:
    people_of = visibility.visible(admin, Stakeholder).filter(deal_id=tarnholt.deal_ids["T1"]).order_by("id")
    assert list(people_of.values_list("contact__name", "role", "created_at__date")) == [
        ("Ines Falkenrath", "owner", date(2025, 9, 8)),
        ("Joost Terlaak", "user", date(2025, 9, 18)),
        ("Milan Brecht", "finance", date(2025, 11, 27)),
    ]


def test_hollin_was_declined_and_sent_a_sister_company(tarnholt: Loaded, admin: Actor) -> None:
    hollin = deal(admin, tarnholt, "T7")
    assert (hollin.outcome, hollin.opened_on, hollin.closed_on) == ("declined", date(2025, 10, 2), date(2025, 10, 14))
    lead = visibility.visible(admin, Lead).get(pk=tarnholt.lead_ids["L-104"])
    assert (lead.company, lead.source, lead.received_at and lead.received_at.date()) == (
        "Hollin Road Feeder",
        "Referral",
        date(2025, 11, 11),
    )


def test_a_lead_that_is_not_ready_keeps_its_day(tarnholt: Loaded, admin: Actor) -> None:
    lead = visibility.visible(admin, Lead).get(pk=tarnholt.lead_ids["L-117"])
    assert (lead.state, lead.ready_on, lead.owner_id) == ("not_yet", date(2026, 6, 15), tarnholt.user_ids["FA"])


def test_a_second_loading_is_refused_and_changes_nothing(tarnholt: Loaded, admin: Actor) -> None:
    before = visibility.visible(admin, AuditEvent).count()
    with pytest.raises(story.WorkspaceInUse) as refusal:
        story.load(at=LOADED_AT, password=PASSWORD)
    assert refusal.value.what == "This workspace already has deals, so the demo was not loaded."
    assert visibility.visible(admin, AuditEvent).count() == before


def test_a_short_password_is_refused_before_anything_is_written(tarnholt: Loaded, admin: Actor) -> None:
    before = visibility.visible(admin, AuditEvent).count()
    with pytest.raises(EntryRefused) as refusal:
        story.load(at=LOADED_AT, password="nine-char")
    assert refusal.value.what == "This password is too easy to guess."
    assert visibility.visible(admin, AuditEvent).count() == before


def test_the_workspace_stands_still_on_the_day_of_the_story(tarnholt: Loaded) -> None:
    assert people_reads.demo_day() == company.AS_OF
    assert people_reads.setting("workspace_name") == "Tarnholt"


def test_the_book_is_judged_and_the_forced_date_stands_since_grete_moved_it(tarnholt: Loaded, admin: Actor) -> None:
    standings = visibility.visible(admin, Standing)
    assert (standings.count(), standings.filter(hard=True).count()) == (30, 10)
    assert set(standings.values_list("judged_on", flat=True)) == {company.AS_OF}
    forced = visibility.visible(admin, Flag).get(deal_id=tarnholt.deal_ids["T4"], rule="forced_timeline")
    assert (forced.since_on, forced.until_on) == (company.JUDGED_FIRST_ON, None)
