"""Thresholds: everybody reads them, admins change them with a reason, and the book is judged by them."""

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from earnest.people.models import Setting, User
from earnest.pipeline import services as pipeline
from tests.surfaces.web.desk import LOGIN, Desk

ADDRESS = "/settings/thresholds/quiet_limit_days"


def client(user: User) -> Client:
    found = Client()
    found.force_login(user, backend=LOGIN)
    return found


def chosen() -> int:
    return Setting.objects.unscoped(reason="a test counts").filter(name__startswith="threshold.").count()


def test_a_change_has_a_reason_and_judges_the_book_again(desk: Desk) -> None:
    admin = client(desk.company.admin)
    admin.post(ADDRESS, {"value": "21", "reason": "Our buyers answer within three weeks."})
    assert pipeline.changed_thresholds() == {"quiet_limit_days": 21.0}
    assert DBTaskResult.objects.filter(task_path="earnest.surfaces.jobs.judge_book_job").count() == 1
    page = admin.get("/settings/thresholds").content.decode()
    assert "Our buyers answer within three weeks." in page
    assert "Set back to 30, as it comes" in page


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("quiet_limit_days", "0", "Never."),
        ("quiet_limit_days", "-3", "Never."),
        ("quiet_limit_days", "nan", "Never."),
        ("quiet_limit_days", "soon", "Never."),
        ("kept_rate_floor", "1.5", "More than all."),
        ("quiet_limit_days", "21", " "),
    ],
)
def test_what_is_no_limit_or_has_no_reason_changes_nothing(desk: Desk, name: str, value: str, reason: str) -> None:
    sent = client(desk.company.admin).post(
        f"/settings/thresholds/{name}", {"value": value, "reason": reason}, follow=True
    )
    assert 'class="strip error"' in sent.content.decode()
    assert chosen() == 0


def test_others_read_and_change_nothing(desk: Desk) -> None:
    rep = client(desk.company.bo)
    page = rep.get("/settings/thresholds")
    assert page.status_code == 200
    assert "Change it" not in page.content.decode()
    assert rep.post(ADDRESS, {"value": "21", "reason": "Mine."}).status_code == 403
    assert chosen() == 0


def test_a_threshold_that_is_not_there_is_not_found(desk: Desk) -> None:
    sent = client(desk.company.admin).post("/settings/thresholds/magic", {"value": "1", "reason": "Why not."})
    assert sent.status_code == 404
