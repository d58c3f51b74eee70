"""Imports behind the page: from an upload to the records and back, with every bad file said in words."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from earnest.intake import staging
from earnest.intake.models import ImportJob, ImportRun
from earnest.intake.services import jobs
from earnest.people.authority import NotAllowed
from earnest.pipeline.models import Standing
from earnest.records.models import Deal
from earnest.surfaces import import_jobs
from tests.workspace import AT, LATER, Workspace

WHY = "a test looks"
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
DEALS = (
    b"Deal ID,Deal Name,Account,Amount,Currency,Stage,Status,Close Date,Created\n"
    b"1,Yard slots,Brackenfold Foods,71000,EUR,Offer,open,2026-02-01,2025-11-03\n"
    b"2,Cold chain,Castellane,310000,EUR,Offer,open,2026-03-01,2025-10-03\n"
    b"3,Bins,Fenner,abc,EUR,Done,won,2025-12-01,2025-09-01\n"
)


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Uploads and remembered mappings lie in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path


def client(company: Workspace) -> Client:
    found = Client()
    found.force_login(company.admin, backend=LOGIN)
    return found


def uploaded(company: Workspace, content: bytes, name: str = "deals.csv") -> ImportJob:
    """The job after its files were uploaded and read."""
    file = SimpleUploadedFile(name, content)
    made = jobs.bring(actor=company.actor(company.admin), files=[file], at=AT)
    import_jobs.import_job.call(number=made.pk)
    return fresh(made)


def fresh(job: ImportJob) -> ImportJob:
    return ImportJob.objects.unscoped(reason=WHY).get(pk=job.pk)


def deal_count() -> int:
    return Deal.objects.unscoped(reason=WHY).count()


def test_an_import_is_looked_at_written_and_taken_back(company: Workspace) -> None:
    browser = client(company)
    sent = browser.post("/imports/upload", {"files": SimpleUploadedFile("deals.csv", DEALS)})
    address = sent["Location"]
    number = int(address.rsplit("/", 1)[1])
    assert "Waiting for its turn" in browser.get(address).content.decode()
    assert import_jobs.import_job.call(number=number) == "read"
    page = browser.get(address).content.decode()
    assert "What would be written" in page
    assert "EUR\u00a071,000.00" in page
    assert deal_count() == 0
    held = b"".join(browser.get(f"{address}/held.csv").streaming_content).decode("utf-8-sig")
    assert held.splitlines()[1].startswith("value,deals.csv,4,,")

    assert browser.post(f"{address}/write").status_code == 302
    assert import_jobs.import_job.call(number=number) == "write"
    run = ImportRun.objects.unscoped(reason=WHY).get()
    assert browser.get(address)["Location"] == f"/imports/{run.pk}"
    assert (deal_count(), Standing.objects.unscoped(reason=WHY).count()) == (3, 2)
    report = browser.get(f"/imports/{run.pk}").content.decode()
    assert "Take it back" in report
    assert not staging.path(fresh(ImportJob.objects.unscoped(reason=WHY).get()).folder).exists()

    assert "Take import" in browser.get(f"/imports/{run.pk}/take-back").content.decode()
    back = browser.post(f"/imports/{run.pk}/take-back")["Location"]
    assert import_jobs.import_job.call(number=int(back.rsplit("/", 1)[1])) == "revert"
    assert (deal_count(), Standing.objects.unscoped(reason=WHY).count()) == (0, 0)
    assert "records were deleted" in browser.get(f"/imports/{run.pk}").content.decode()


def test_what_a_person_says_of_the_columns_is_read_and_remembered(company: Workspace) -> None:
    job = uploaded(company, DEALS)
    stages = {stage["name"]: place for place, stage in enumerate(job.found["stages"])}
    answers = {f"stage-{stages['Offer']}": "declined", "currency": "usd", "system": "old crm"}
    assert client(company).post(f"/imports/under-way/{job.pk}/meaning", answers).status_code == 302
    import_jobs.import_job.call(number=job.pk)
    again = fresh(job)
    assert (again.state, again.system) == ("ready", "old crm")
    offer = next(stage for stage in again.found["stages"] if stage["name"] == "Offer")
    assert (offer["counts"], offer["given"]) == ({"declined": 2}, "declined")
    later = uploaded(company, DEALS, "deals of the next month.csv")
    assert next(s["given"] for s in later.found["stages"] if s["name"] == "Offer") == "declined"


def _workbook_that_breaks_off() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 500)
    return out.getvalue()[:300]


@pytest.mark.case("A54")
@pytest.mark.case("A55")
@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("deals.csv", b"", "deals.csv is empty."),
        ("deals.csv", b"%PDF-1.7 and more", "deals.csv is a PDF document, not a table."),
        ("deals.xlsx", _workbook_that_breaks_off(), "deals.xlsx breaks off"),
        ("deals.csv", b"Deal Name,Stage,Amount\n", "deals.csv has column names and no row below them."),
        ("numbers.csv", b"a,b\n1,2\n3,4\n", "None of these files holds deals: numbers.csv (unused)."),
    ],
)
def test_a_bad_file_is_said_on_the_page_and_nothing_is_written(
    company: Workspace, name: str, content: bytes, what: str
) -> None:
    job = uploaded(company, content, name)
    assert (job.state, job.refusal["what"].startswith(what)) == ("stopped", True), job.refusal
    page = client(company).get(f"/imports/under-way/{job.pk}").content.decode()
    assert what in page
    assert (deal_count(), ImportRun.objects.unscoped(reason=WHY).count()) == (0, 0)
    client(company).post(f"/imports/under-way/{job.pk}/drop")
    assert not staging.path(job.folder).exists()


def test_six_hundred_columns_are_a_page_of_bearable_weight(company: Workspace) -> None:
    extra = [f"Extra {number}" for number in range(600)]
    lines = DEALS.decode().splitlines()
    wide = [",".join([lines[0], *extra]), *(",".join([line, *("x" * 600)]) for line in lines[1:])]
    job = uploaded(company, "\n".join(wide).encode())
    assert job.state == "ready"
    page = client(company).get(f"/imports/under-way/{job.pk}").content
    assert len(page) < 120_000
    assert b"more columns mean nothing to Earnest" in page


@pytest.mark.case("A57")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/deals.csv", "deals.csv"),
        ("..", "file"),
        ("\u202egnp.csv\x00", "gnp.csv"),
        ("x" * 300 + ".csv", "x" * 108 + "….csv"),
    ],
)
def test_a_name_is_text_and_never_a_path(name: str, shown: str) -> None:
    assert staging.called(name) == shown


@pytest.mark.case("A31")
def test_markup_in_headers_and_cells_stays_text(company: Workspace) -> None:
    hostile = DEALS.replace(b"Account,", b"<script>alert(1)</script>,").replace(b"Fenner", b"<img src=x onerror=a()>")
    job = uploaded(company, hostile, "<script>.csv")
    page = client(company).get(f"/imports/under-way/{job.pk}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_only_admins_bring_files_in(company: Workspace) -> None:
    with pytest.raises(NotAllowed):
        jobs.bring(actor=company.actor(company.hal), files=[SimpleUploadedFile("a.csv", DEALS)], at=AT)
    assert not (staging.path("x").parent).exists()


def test_too_much_is_refused_before_a_byte_is_kept(company: Workspace) -> None:
    sent = client(company).post(
        "/imports/upload", {"files": SimpleUploadedFile("a.csv", DEALS)}, CONTENT_LENGTH=str(staging.MOST_BYTES + 1)
    )
    assert sent.status_code == 413
    assert "1,024\u00a0MB" in sent.content.decode() or "1,024 MB" in sent.content.decode()
    assert ImportJob.objects.unscoped(reason=WHY).count() == 0


def test_a_killed_worker_loses_its_job_to_the_next(company: Workspace) -> None:
    made = jobs.bring(actor=company.actor(company.admin), files=[SimpleUploadedFile("a.csv", DEALS)], at=AT)
    dead = jobs.claim(made.pk, at=AT)
    assert dead is not None
    assert import_jobs.import_job.call(number=made.pk) == "read"
    with pytest.raises(jobs.TakenOver):
        jobs.tell(dead, what="Reading", share=0.5, at=LATER)
    assert fresh(made).state == "ready"
    assert import_jobs.import_job.call(number=made.pk) == "nothing"


def test_writing_that_was_killed_after_the_rows_goes_on_to_the_verdicts(company: Workspace) -> None:
    job = uploaded(company, DEALS)
    jobs.write(actor=company.actor(company.admin), job_id=job.pk, at=LATER)
    assert import_jobs.import_job.call(number=job.pk) == "write"
    same = uploaded(company, DEALS)
    assert [count["new"] for count in same.found["plan"]["counts"]] == [0]
    jobs.write(actor=company.actor(company.admin), job_id=same.pk, at=LATER)
    assert import_jobs.import_job.call(number=same.pk) == "write"
    assert (deal_count(), ImportRun.objects.unscoped(reason=WHY).count()) == (3, 1)


def test_a_job_at_work_is_neither_dropped_nor_written(company: Workspace) -> None:
    actor = company.actor(company.admin)
    made = jobs.bring(actor=actor, files=[SimpleUploadedFile("a.csv", DEALS)], at=AT)
    for act in (jobs.drop, jobs.write):
        with pytest.raises(jobs.NotNow):
            act(actor=actor, job_id=made.pk, at=AT)
    assert staging.path(made.folder).exists()


@pytest.mark.case("A52")
def test_files_without_the_form_s_token_are_not_taken(company: Workspace) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.admin, backend=LOGIN)
    assert strict.post("/imports/upload", {"files": SimpleUploadedFile("a.csv", DEALS)}).status_code == 403
    assert ImportJob.objects.unscoped(reason=WHY).count() == 0


def test_a_field_of_many_megabytes_is_refused(company: Workspace) -> None:
    sent = client(company).post("/imports/upload", {"system": "x" * (26 << 20)})
    assert sent.status_code == 400
    assert ImportJob.objects.unscoped(reason=WHY).count() == 0


def test_pages_of_imports_ask_a_constant_number_of_questions(
    company: Workspace, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    boss, browser = company.actor(company.admin), client(company)
    for number in range(30):
        run = ImportRun(label=f"{number}.csv", system="crm", fingerprint=str(number), state="done")
        run.started_by_id, run.started_at = boss.user_id, AT
        run.save()
        jobs.bring(actor=boss, files=[SimpleUploadedFile("a.csv", DEALS)], at=AT)
    for page in ("/imports", f"/imports/{run.pk}"):
        with django_assert_max_num_queries(16):
            assert browser.get(page).status_code == 200
