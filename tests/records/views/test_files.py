"""Files beside a deal: kept under their hash, sent as downloads only, seen by whoever sees the deal."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from earnest.people import services as people
from earnest.records import services
from earnest.records.models import Attachment, Deal
from earnest.records.services import files
from tests.surfaces.web.desk import Desk
from tests.workspace import AT

PAGE = b"<script>alert(document.cookie)</script>"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the files, of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def add(desk: Desk, client: Client, name: str = "log.html", bytes_of: bytes = PAGE) -> int:
    sent = {"file": SimpleUploadedFile(name, bytes_of, content_type="text/html")}
    return client.post(f"/deals/{desk.deal.pk}/files", sent).status_code


def got(client: Client, number: int) -> int:
    """The status of a download that is read to its end, which closes its file."""
    answer = client.get(f"/files/{number}")
    body(answer)
    return answer.status_code


def body(answer: HttpResponseBase) -> bytes:
    """What an answer holds, sent at once or in parts."""
    return b"".join(answer.streaming_content) if isinstance(answer, FileResponse) else b""


def kept() -> list[Attachment]:
    return list(Attachment.objects.unscoped(reason="a test looks").order_by("id"))


def test_a_file_lies_under_its_hash_and_its_name_is_only_told(desk: Desk, folder: Path) -> None:
    client = desk.client(desk.company.bo)
    assert add(desk, client) == 302
    digest = hashlib.sha256(PAGE).hexdigest()
    assert [(each.name, each.byte_count, each.sha256) for each in kept()] == [("log.html", len(PAGE), digest)]
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()] == [
        f"{digest[:2]}/{digest}"
    ]
    assert (folder / digest[:2] / digest).read_bytes() == PAGE
    assert "«log.html» is kept beside this deal." in client.get(f"/deals/{desk.deal.pk}").content.decode()


def test_a_file_is_sent_as_a_download_and_never_run(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    add(desk, client)
    answer = client.get(f"/files/{kept()[0].pk}")
    assert body(answer) == PAGE
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="log.html"',
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.case("A29")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\offer.pdf", "offer.pdf"),
        ('a";\r\nSet-Cookie: x=1.txt', 'a";Set-Cookie: x=1.txt'),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\x00\x1b[31mred.txt", "[31mred.txt"),
        ("...", "file"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
        ("größe.csv", "größe.csv"),
    ],
)
def test_a_name_is_cleaned_of_folders_and_of_what_hides_letters(name: str, shown: str) -> None:
    assert files.clean_name(name) == shown


def test_a_name_can_write_no_header(desk: Desk) -> None:
    by = desk.company.by(desk.company.bo)
    name = 'a";\r\nSet-Cookie: x=1.txt'
    file = files.attach(by=by, name=name, chunks=[b"1"], deal_id=desk.deal.pk)
    answer = desk.client(desk.company.bo).get(f"/files/{file.pk}")
    assert answer["Content-Disposition"] == 'attachment; filename="a\\";Set-Cookie: x=1.txt"'
    assert "Set-Cookie" not in answer.headers
    assert body(answer) == b"1"


@pytest.mark.case("A01", "A02", "A03")
def test_a_file_is_not_there_for_whoever_does_not_see_its_deal(desk: Desk) -> None:
    add(desk, desk.client(desk.company.bo))
    number, dana = kept()[0].pk, desk.client(desk.company.dana)
    assert dana.get(f"/files/{number}").status_code == dana.get(f"/files/{number + 999}").status_code == 404
    assert dana.post(f"/files/{number}/discard", {"version": 1}).status_code == 404
    assert dana.post(f"/files/{number}/restore").status_code == 404
    assert add(desk, dana) == 404
    assert [(each.version, each.deleted_at) for each in kept()] == [(1, None)]
    ann = desk.client(desk.company.ann)
    assert got(ann, number) == 200
    assert add(desk, ann) == 403


def test_a_file_goes_into_the_bin_and_comes_back(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    add(desk, client)
    number = kept()[0].pk
    home = f"/deals/{desk.deal.pk}#files"
    answer = client.post(f"/files/{number}/discard", {"version": 1, "next": home})
    assert answer["Location"] == home
    assert client.get(f"/files/{number}").status_code == 404
    assert "In the bin: 1" in client.get(f"/deals/{desk.deal.pk}").content.decode()
    client.post(f"/files/{number}/restore", {"next": home})
    assert got(client, number) == 200


def test_a_file_goes_with_its_deal(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    add(desk, client)
    by = desk.company.by(desk.company.bo)
    services.discard(Deal, by=by, record_id=desk.deal.pk, version=desk.fresh().version)
    assert client.get(f"/files/{kept()[0].pk}").status_code == 404


@pytest.mark.case("A63")
def test_a_workspace_holds_no_more_files_than_it_chose(desk: Desk, folder: Path) -> None:
    boss = desk.company.actor(desk.company.admin)
    people.set_setting(actor=boss, name="most_files", value=1, reason="a small disk", at=AT)
    client = desk.client(desk.company.bo)
    assert (add(desk, client), add(desk, client, bytes_of=b"2")) == (302, 422)
    assert len(kept()) == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_what_is_too_large_or_empty_is_refused_and_leaves_nothing(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    client = desk.client(desk.company.bo)
    assert add(desk, client, bytes_of=b"x" * 11) == 422
    by = desk.company.by(desk.company.bo)
    with pytest.raises(files.FileRefused, match="This file holds nothing"):
        files.attach(by=by, name="a", chunks=[], deal_id=desk.deal.pk)
    assert kept() == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_bytes_that_no_file_holds_are_swept_once_they_are_old(desk: Desk, folder: Path) -> None:
    client = desk.client(desk.company.bo)
    add(desk, client)
    add(desk, client, bytes_of=b"2")
    held, gone = kept()
    by = desk.company.by(desk.company.bo)
    files.discard_file(by=by, file_id=held.pk, version=1)
    gone.delete()
    written_at = datetime.now(UTC)
    assert files.sweep(at=written_at + timedelta(hours=23)) == 0
    assert files.sweep(at=written_at + timedelta(hours=25)) == 1
    assert files.sweep(at=written_at + timedelta(hours=25)) == 0
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [held.sha256]


def test_without_a_file_nothing_happens(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    assert client.post(f"/deals/{desk.deal.pk}/files", {}).status_code == 302
    assert kept() == []
    assert "Choose a file first." in client.get(f"/deals/{desk.deal.pk}").content.decode()


@pytest.mark.parametrize("text", ["", "x" * 64, "../" * 21 + "a", "A" * 64, date.min.isoformat()])
def test_only_a_hash_is_a_place(text: str) -> None:
    assert files.place_of(text) is None
