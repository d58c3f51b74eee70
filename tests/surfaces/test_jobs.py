"""What is done in the background: once a day each, and the book as soon as its verdicts are of another day."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.sessions.models import Session
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from earnest.people import services as people
from earnest.people import visibility
from earnest.people.models import Notification, User
from earnest.pipeline import services as pipeline
from earnest.records import services
from earnest.records.models import Account, IdempotencyKey, UndoStep
from earnest.surfaces import jobs
from tests.workspace import AT, TODAY, Workspace

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
LONG_AGO = AT - timedelta(days=200)


def queued() -> list[tuple[str, str]]:
    rows = DBTaskResult.objects.order_by("task_path")
    return [(row.task_path.rpartition(".")[2], row.args_kwargs["kwargs"]["day"]) for row in rows]


def test_each_job_of_a_day_is_queued_once(company: Workspace) -> None:
    services.open_deal(by=company.by(company.bo), title="Press line")
    assert jobs.enqueue_due(at=NOON) == ["judge_book_job", "empty_bin_job", "prune_job", "digest_job"]
    assert jobs.enqueue_due(at=NOON) == []
    assert jobs.enqueue_due(at=NOON + timedelta(days=1)) == [
        "judge_book_job",
        "empty_bin_job",
        "prune_job",
        "digest_job",
    ]


def test_a_workspace_without_deals_has_nothing_to_judge(company: Workspace) -> None:
    assert jobs.enqueue_due(at=NOON) == ["empty_bin_job", "prune_job", "digest_job"]


def test_no_letters_are_queued_before_a_mail_server_is_named(company: Workspace, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "digest_job" not in jobs.enqueue_due(at=NOON)


def test_a_demo_is_judged_for_its_own_day(company: Workspace) -> None:
    services.open_deal(by=company.by(company.bo), title="Press line")
    boss = company.actor(company.admin)
    people.set_setting(actor=boss, name="demo_day", value="2025-10-01", reason="a demo", at=AT)
    jobs.enqueue_due(at=NOON)
    assert ("judge_book_job", "2025-10-01") in queued()


def test_a_book_that_is_behind_is_judged(company: Workspace) -> None:
    services.open_deal(by=company.by(company.bo), title="Press line")
    assert pipeline.is_behind(TODAY)
    assert jobs.judge_book_job.call(day=TODAY.isoformat()) == 1
    assert not pipeline.is_behind(TODAY)
    assert pipeline.is_behind(TODAY + timedelta(days=1))


def test_a_changed_threshold_has_the_same_day_judged_again(company: Workspace) -> None:
    jobs.enqueue_once(jobs.judge_book_job, day=TODAY)
    jobs.judge_again(day=TODAY)
    assert len(queued()) == 1
    DBTaskResult.objects.update(status="SUCCESSFUL")
    jobs.judge_again(day=TODAY)
    assert len(queued()) == 2


def test_the_bin_is_emptied_of_what_is_older_than_ninety_days(company: Workspace) -> None:
    old = services.add_account(by=company.by(company.bo, at=LONG_AGO), name="Old")
    new = services.add_account(by=company.by(company.bo), name="New")
    services.discard(Account, by=company.by(company.bo, at=LONG_AGO), record_id=old.pk, version=1)
    services.discard(Account, by=company.by(company.bo, at=datetime.now(UTC)), record_id=new.pk, version=1)
    assert jobs.empty_bin_job.call(day=TODAY.isoformat()) == 1
    kept = visibility.in_bin(company.actor(company.bo), Account)
    assert list(kept.values_list("name", flat=True)) == ["New"]


def test_old_keys_steps_and_sessions_are_forgotten(company: Workspace) -> None:
    now = datetime.now(UTC)
    for at, name in ((LONG_AGO, "Old"), (now, "New")):
        services.add_account(by=company.by(company.bo, at=at), key=name, name=name)
        Session.objects.create(session_key=name, session_data="", expire_date=at + timedelta(days=1))
    jobs.prune_job.call(day=TODAY.isoformat())
    keys = IdempotencyKey.objects.unscoped(reason="what is left").filter(user_id=company.bo.pk)
    steps = UndoStep.objects.unscoped(reason="what is left").filter(user_id=company.bo.pk)
    assert list(keys.values_list("key", flat=True)) == ["New"]
    assert steps.count() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["New"]


def test_only_who_wants_a_letter_and_has_news_gets_one(company: Workspace, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://earnest.example"
    User.objects.filter(pk__in=(company.bo.pk, company.dana.pk)).update(wants_digest=True)
    for user in (company.bo, company.chidi):
        news = Notification(user=user, kind="mention", text="Hal named you in a note.", link="/deals/1", at=AT)
        news.save()
    assert jobs.digest_job.call(day=date(2026, 1, 6).isoformat()) == 1
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["bo@example.test"], "Earnest, 6 Jan 2026: 1 thing to know")
    ]
    assert "- Hal named you in a note.\n  https://earnest.example/deals/1" in mail.outbox[0].body
