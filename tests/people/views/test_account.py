"""One's own account and one's notices."""

import pytest

from earnest.people import services
from earnest.people.models import Notification, User
from tests.people.views.browsers import logged_in
from tests.workspace import AT, Workspace


def test_a_person_changes_what_is_theirs_and_finds_the_ways_in(company: Workspace) -> None:
    bo = logged_in(company.bo)
    page = bo.get("/account").content.decode()
    for path in ("password/change/", "2fa/", "2fa/webauthn/", "sessions/"):
        assert f'href="/login/{path}"' in page
    done = bo.post("/account", {"name": "Bo B", "time_zone": "Europe/Oslo", "hides_quota": "on"})
    assert (done.status_code, done.headers["Location"]) == (302, "/account")
    user = User.objects.get(pk=company.bo.pk)
    assert (user.name, user.time_zone, user.hides_quota, user.wants_digest) == ("Bo B", "Europe/Oslo", True, False)
    refused = bo.post("/account", {"name": "", "time_zone": "Europe/Oslo"})
    assert refused.status_code == 422
    assert 'aria-describedby="e-name"' in refused.content.decode()


def test_a_notice_is_opened_and_read(company: Workspace) -> None:
    bo = logged_in(company.bo)
    notice = services.notify(user_id=company.bo.pk, kind="test", text="Look at <b>this</b>", link="/account", at=AT)
    page = bo.get("/notifications").content.decode()
    assert "Look at &lt;b&gt;this&lt;/b&gt;" in page
    opened = bo.post(f"/notifications/{notice.pk}", {"open": ""})
    assert (opened.status_code, opened.headers["Location"]) == (302, "/account")
    rows = Notification.objects.unscoped(reason="a test looks")
    assert rows.get(pk=notice.pk).read_at is not None
    services.notify(user_id=company.bo.pk, kind="test", text="Another", at=AT)
    bo.post("/notifications/read")
    assert rows.filter(read_at=None).count() == 0


@pytest.mark.case("A43")
@pytest.mark.parametrize("link", ["https://evil.example", "//evil.example", "javascript:alert(1)", ""])
def test_a_notice_leads_to_this_site_only(company: Workspace, link: str) -> None:
    notice = services.notify(user_id=company.bo.pk, kind="test", text="Look", link=link, at=AT)
    opened = logged_in(company.bo).post(f"/notifications/{notice.pk}", {"open": ""})
    assert (opened.status_code, opened.headers["Location"]) == (302, "/notifications")


def test_many_notices_are_read_page_by_page(company: Workspace) -> None:
    for number in range(51):
        services.notify(user_id=company.bo.pk, kind="test", text=f"Notice {number}.", at=AT)
    bo = logged_in(company.bo)
    page = bo.get("/notifications").content.decode()
    assert "Notice 0." not in page
    assert 'rel="next"' in page
    last = Notification.objects.unscoped(reason="a test looks").get(text="Notice 1.")
    assert "Notice 0." in bo.get(f"/notifications?after={last.pk}").content.decode()
    assert bo.get("/notifications?after=%C2%B2").status_code == 200
