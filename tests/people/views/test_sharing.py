"""Sharing one record, ending it, and how far everybody reads."""

import pytest

from earnest.people import reads
from earnest.people.models import Grant
from earnest.records import services as records
from tests.people.views.browsers import logged_in
from tests.workspace import Workspace

UNTIL = "2099-01-31"


def form(company: Workspace, deal_id: int, **other: object) -> dict[str, object]:
    shared = {"with_user_id": company.bo.pk, "access": "read", "reason": "She is away.", "until_on": UNTIL}
    return {"kind": "records.deal", "record_id": deal_id, **shared, **other}


def grants() -> list[Grant]:
    return list(Grant.objects.unscoped(reason="a test looks").order_by("id"))


def test_a_deal_is_shared_seen_and_ended(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Brackenfold")
    dana, bo = logged_in(company.dana), logged_in(company.bo)
    assert "Share Brackenfold" in dana.get(f"/share?kind=records.deal&record_id={deal.pk}").content.decode()
    assert dana.post("/share", form(company, deal.pk)).status_code == 302
    assert "Brackenfold" in bo.get("/settings/sharing").content.decode()
    assert bo.get(f"/deals/{deal.pk}").status_code == 200
    (grant,) = grants()
    assert bo.post(f"/settings/sharing/{grant.pk}/end").status_code == 404
    dana.post(f"/settings/sharing/{grant.pk}/end")
    assert bo.get(f"/deals/{deal.pk}").status_code == 404
    assert "Brackenfold" not in bo.get("/settings/sharing").content.decode()


@pytest.mark.parametrize(
    ("field", "text"), [("reason", " "), ("until_on", "soon"), ("until_on", "2020-01-01"), ("until_on", "")]
)
def test_sharing_without_a_reason_or_a_day_is_told_at_the_field(company: Workspace, field: str, text: str) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Brackenfold")
    answer = logged_in(company.dana).post("/share", form(company, deal.pk, **{field: text}))
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()
    assert grants() == []


@pytest.mark.case("A03")
def test_what_one_cannot_write_one_cannot_share(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.dana), title="Brackenfold")
    bo = logged_in(company.bo)
    for kind, number in (
        ("records.deal", deal.pk),
        ("records.deal", 999_999),
        ("people.user", company.bo.pk),
        ("x", 1),
    ):
        assert bo.get(f"/share?kind={kind}&record_id={number}").status_code == 404
        assert bo.post("/share", form(company, number, kind=kind)).status_code == 404
    assert logged_in(company.ann).post("/share", form(company, deal.pk)).status_code == 404
    assert grants() == []


def test_an_admin_opens_reading_with_a_reason(company: Workspace) -> None:
    deal = records.open_deal(by=company.by(company.chidi), title="Brackenfold")
    admin, bo = logged_in(company.admin), logged_in(company.bo)
    assert bo.get(f"/deals/{deal.pk}").status_code == 404
    assert admin.post("/settings/reading", {"reading": "team", "reason": " "}).status_code == 422
    assert admin.post("/settings/reading", {"reading": "everything", "reason": "x"}).status_code == 422
    assert reads.setting("reading") is None
    admin.post("/settings/reading", {"reading": "team", "reason": "We sell together."})
    assert reads.setting("reading") == "team"
    assert bo.get(f"/deals/{deal.pk}").status_code == 200
    assert logged_in(company.dana).get(f"/deals/{deal.pk}").status_code == 404
