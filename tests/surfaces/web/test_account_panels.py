"""The accounts' pages with what the pipeline knows: worth, claimed and real, and verdicts, of what one may see."""

import re

import pytest

from earnest.pipeline import services as pipeline
from earnest.records import services
from tests.surfaces.web.desk import Desk
from tests.workspace import AT, TODAY


def text(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


def test_the_list_says_what_open_deals_are_worth_claimed_and_real(desk: Desk) -> None:
    page = text(desk.client(desk.company.bo).get("/accounts").content)
    assert "Brackenfold Foods — — 1 1 EUR 71 k real 71 k Bo" in page


def test_the_page_shows_open_and_ended_deals_people_and_what_happened(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo)
    old = services.open_deal(by=by, title="Pilot", account_id=desk.account.pk, amount_minor=900_000, currency_id="EUR")
    services.end_deal(by=by, deal_id=old.pk, version=1, outcome="lost", closed_on=TODAY)
    services.log_activity(by=by, deal_id=desk.deal.pk, channel="call", direction="both", at=AT, subject="By March")
    page = text(desk.client(desk.company.bo).get(f"/accounts/{desk.account.pk}").content)
    for words in (
        "Yard slots Talking EUR 71 k",
        "Pilot lost, 5 Jan 2026 EUR 9.0 k",
        "Ines Falkenrath Operations",
        "By March",
    ):
        assert words in page, words
    assert "claimed EUR 71 k" in page


@pytest.mark.case("A13", "A15")
def test_deals_of_others_count_in_no_figure(desk: Desk) -> None:
    hidden = services.open_deal(
        by=desk.company.by(desk.company.admin), title="Hidden", account_id=desk.account.pk, amount_minor=10**9,
        currency_id="EUR", stage_id=desk.company.first.pk,
    )  # fmt: skip
    pipeline.judge_book(as_of=TODAY, at=AT)
    bo, admin = desk.client(desk.company.bo), desk.client(desk.company.admin)
    assert "EUR 71 k real 71 k" in text(bo.get("/accounts").content)
    assert "Hidden" not in text(bo.get(f"/accounts/{desk.account.pk}").content)
    assert hidden.title in text(admin.get(f"/accounts/{desk.account.pk}").content)
    assert "EUR 10.1 m" in text(admin.get("/accounts").content)


@pytest.mark.case("A01")
def test_a_deal_of_mine_does_not_open_the_account_of_another(desk: Desk) -> None:
    assert desk.client(desk.company.dana).get(f"/accounts/{desk.account.pk}").status_code == 404
