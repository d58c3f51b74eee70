"""Everything leaves as it stands for machines, and safely for spreadsheets; who took it along is noted first."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps

from earnest.intake.services import downloads
from earnest.people.authority import NotAllowed
from earnest.people.models import AuditEvent
from earnest.records import services
from earnest.records.models import Deal
from earnest.records.services import exports
from earnest.surfaces import exporting
from tests.workspace import AT, LATER, Workspace

WHY = "a test counts"
HOSTILE = '=HYPERLINK("http://x.example","Ines")'


def archive(pieces: Iterable[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def taken(company: Workspace, profile: str) -> zipfile.ZipFile:
    actor = company.actor(company.admin)
    return archive(exporting.everything(actor=actor, profile=profile, at=LATER, origin="ui"))


def manifest(found: zipfile.ZipFile) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(found.read("manifest.json"))
    return told


@pytest.fixture
def deals(company: Workspace) -> list[Deal]:
    """Three deals of three people; one lies in the recycle bin."""
    titles = ((company.bo, HOSTILE), (company.dana, "Cold chain"), (company.chidi, "Bins"))
    made = [
        services.open_deal(by=company.by(user), title=title, amount_minor=123_456, currency_id="EUR")
        for user, title in titles
    ]
    services.discard(Deal, by=company.by(company.chidi), record_id=made[2].pk, version=1)
    return made


@pytest.mark.case("A15")
def test_the_machine_profile_has_every_row_with_its_hash(company: Workspace, deals: list[Deal]) -> None:
    found = taken(company, exporting.MACHINE)
    told = manifest(found)
    for table in told["tables"]:
        body = found.read(table["file"])
        model: Any = apps.get_model(table["table"])
        rows = model.objects.all() if table["table"] == "people.user" else model.objects.unscoped(reason=WHY)
        assert (table["table"], body.count(b"\n")) == (table["table"], rows.count())
        assert table["rows"] == rows.count() == told["rows_at_the_start"][table["table"]]
        assert hashlib.sha256(body).hexdigest() == table["sha256"]
    lines = [json.loads(line) for line in found.read("records.deal.jsonl").splitlines()]
    assert [line["title"] for line in lines] == [HOSTILE, "Cold chain", "Bins"]
    assert [line["deleted_at"] is not None for line in lines] == [False, False, True]


def test_no_secret_leaves(company: Workspace, deals: list[Deal]) -> None:
    found = taken(company, exporting.MACHINE)
    names = {table["table"]: table["columns"] for table in manifest(found)["tables"]}
    assert "password" not in names["people.user"]
    assert {"people.invitation", "people.apitoken", "records.undostep", "people.notification"} & set(names) == set()


def test_the_spreadsheet_profile_runs_nothing_and_gives_its_texts_back(company: Workspace, deals: list[Deal]) -> None:
    found = taken(company, exporting.SPREADSHEET)
    rows = list(csv.DictReader(io.StringIO(found.read("deals.csv").decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == [f"'{HOSTILE}", "Cold chain", "Bins"]
    assert (rows[0]["owner"], rows[0]["amount"], rows[0]["currency"]) == ("Bo", "1234.56", "EUR")
    assert downloads.as_it_was(rows[0]["title"]) == HOSTILE
    assert manifest(found)["formula_prefix"] == "'"


@pytest.mark.case("A37")
@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''+x", "'plain", "-5", "@a", "\tx", "|", "", "é"])
def test_taking_the_prefix_away_gives_the_text_as_it_was(text: str) -> None:
    assert downloads.as_it_was(downloads.safe(text)) == text
    assert not downloads.safe(text).startswith(("=", "@", "\t", "|"))


def test_it_is_noted_before_the_first_byte(company: Workspace, deals: list[Deal]) -> None:
    exporting.everything(actor=company.actor(company.admin), profile="machine", at=LATER, origin="ui")
    event = AuditEvent.objects.unscoped(reason=WHY).order_by("-number").first()
    assert event is not None
    assert (event.action, event.detail["profile"]) == ("export_everything", "machine")


def test_only_admins_take_everything_along(company: Workspace) -> None:
    before = AuditEvent.objects.unscoped(reason=WHY).count()
    for user in (company.hal, company.bo, company.ann):
        with pytest.raises(NotAllowed):
            exporting.everything(actor=company.actor(user), profile="machine", at=AT, origin="ui")
    with pytest.raises(exporting.UnknownProfile):
        exporting.everything(actor=company.actor(company.admin), profile="pdf", at=AT, origin="ui")
    assert AuditEvent.objects.unscoped(reason=WHY).count() == before


def test_every_table_leaves_or_is_named_as_staying(db: None) -> None:
    stored = {model._meta.label_lower for room in exports.ROOMS for model in _models(room)}
    leaving = {model._meta.label_lower for model in exports.tables()}
    private = {"people.apitoken", "people.notification", "records.undostep"}
    assert stored - leaving == private | (exports.WORKED_OUT & stored) | exports.SECRET


def _models(room: str) -> list[type[Any]]:
    return list(apps.get_app_config(room).get_models()) if apps.is_installed(f"earnest.{room}") else []
