"""What a stranger, a colleague without rights and a careless set-up meet: headers, text as text, a line of audit."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import Client, override_settings

from earnest.people import services as people
from earnest.people import visibility
from earnest.people.models import AuditEvent, Notification
from earnest.records import services as records
from earnest.records.services.custom import CustomValueRefused
from earnest.surfaces import digest
from tests.house import source
from tests.surfaces.web.desk import Desk
from tests.workspace import AT, TODAY

WHY = "a test looks"
NONCE = "script-src 'self'"


def denials() -> list[dict[str, object]]:
    """What the audit holds of refused requests."""
    events = AuditEvent.objects.unscoped(reason=WHY).filter(action="denied").order_by("number")
    return list(events.values_list("detail", flat=True))


@pytest.mark.case("A01")
def test_asking_for_another_s_deal_is_written_into_the_audit(desk: Desk) -> None:
    path = f"/deals/{desk.deal.pk}"
    assert desk.client(desk.company.dana).get(path).status_code == 404
    assert denials() == [{"code": "not_found", "method": "GET", "path": path}]


@pytest.mark.case("A18")
def test_a_notice_and_the_letter_reach_their_reader_alone(desk: Desk) -> None:
    company = desk.company
    people.notify(user_id=company.bo.pk, kind="note", text="Ines wrote about the yard", at=AT, link="/deals/1")
    people.edit_own(
        actor=company.actor(company.dana), at=AT, name="Dana", time_zone="UTC", wants_digest=True, hides_quota=False
    )
    assert visibility.visible(company.actor(company.dana), Notification).count() == 0
    assert visibility.visible(company.actor(company.admin), Notification).filter(user_id=company.bo.pk).count() == 0
    assert digest.letters(on=TODAY, site="") == []
    page = desk.client(company.dana).get("/notifications").content.decode()
    assert "Ines wrote" not in page


@pytest.mark.case("A27")
def test_no_text_is_ever_run_as_code() -> None:
    forbidden = ("eval(", "exec(", "pickle.loads", "yaml.load(", "map_elements")
    found = [
        f"{module.name}: {word}"
        for module in source.modules()
        for word in forbidden
        if any(word in line and not line.lstrip().startswith(("#", '"')) for line in module.text.splitlines())
        and f".{word}" not in module.text
    ]
    assert found == []


@pytest.mark.case("A33")
@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "java\tscript:alert(1)", " https://a.example", "//a"],
)
def test_a_link_leads_to_a_page_or_nowhere(desk: Desk, link: str) -> None:
    by = desk.company.by(desk.company.admin)
    records.add_custom_field(by=by, kind="records.deal", key="site", label="Site", field_type="link", choices=[])
    same = {"by": desk.company.by(desk.company.bo), "deal_id": desk.deal.pk, "version": desk.fresh().version}
    with pytest.raises(CustomValueRefused):
        records.edit_deal(**same, custom={"site": link})
    assert desk.fresh().custom == {}


@pytest.mark.case("A36")
def test_a_mountain_of_tags_is_shown_as_text_and_quickly(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    begun = time.process_time()
    answer = client.post(f"/deals/{desk.deal.pk}/notes", {"text": "<div>" * 200_000})
    assert answer.status_code in (302, 413, 422)
    page = client.get(f"/deals/{desk.deal.pk}").content.decode()
    assert "<div><div><div>" not in page
    assert time.process_time() - begun < 5


@pytest.mark.case("A38")
@pytest.mark.parametrize("path", ["/", "/deals", "/nowhere", "/login/login/", "/api/v1/deals", "/set-up", "/files/999"])
def test_every_answer_carries_the_policy(desk: Desk, path: str) -> None:
    for client in (Client(), desk.client(desk.company.bo)):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert NONCE in policy
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


@pytest.mark.case("A38")
def test_an_unforeseen_failure_carries_the_policy_and_a_reference(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_values: object) -> object:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("earnest.pipeline.reads.deals.page", broken)
    client = desk.client(desk.company.bo)
    client.raise_request_exception = False
    answer = client.get("/deals")
    assert answer.status_code == 500
    assert "Content-Security-Policy" in answer.headers
    assert "a secret detail" not in answer.content.decode()


@pytest.mark.case("A64")
def test_nothing_unsafe_is_on_by_default(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s; import django; django.setup();"
        "print(s.DEBUG, '*' in s.ALLOWED_HOSTS, len(str(s.SECRET_KEY)) >= 50, s.SECURE_HSTS_SECONDS > 0,"
        " s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY)"
    )
    said = {}
    for site in ("", "https://earnest.example.com"):
        env = {
            "PATH": "/usr/bin:/bin",
            "DJANGO_SETTINGS_MODULE": "earnest.project.settings",
            "EARNEST_DATA_DIR": str(tmp_path),
            "EARNEST_SITE_ADDRESS": site,
        }
        told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        said[site] = told.stdout.split()
    assert said[""] == ["False", "False", "True", "False", "False", "True"]
    assert said["https://earnest.example.com"] == ["False", "False", "True", "True", "True", "True"]


@pytest.mark.case("A43")
@override_settings(ALLOWED_HOSTS=["localhost"])
def test_a_host_that_is_not_ours_is_not_answered(desk: Desk) -> None:
    assert Client(SERVER_NAME="evil.example").get("/login/login/").status_code == 400
