"""The command `earnest check` as a person types it, in a process of its own."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from earnest.demo import sample
from earnest.surfaces.cli import check

TODAY = date.today()  # noqa: DTZ011  # the command reads the same clock


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "earnest", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sample.write_sample(tmp_path_factory.mktemp("export"))


@pytest.mark.parametrize(
    ("text", "days"), [("120", 120), ("120d", 120), ("17w", 119), ("4m", 122), ("4 months", 122), ("1.5y", 548)]
)
def test_a_length_of_time_reads_as_people_write_it(text: str, days: int) -> None:
    assert check.parsed_days(text) == days


@pytest.mark.parametrize("text", ["", "four", "0", "-3d", "4q", "4m2", "١٢"])
def test_another_length_of_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(check.UnreadableOption) as refusal:
        check.parsed_days(text)
    assert refusal.value.what == f"«{text}» is not a length of time that --believed-cycle can read."
    assert refusal.value.fix == "Write for example 4m for four months, 17w for weeks, 120d for days."


def test_a_day_must_be_year_month_day() -> None:
    assert check.parsed_day("2026-03-31") == date(2026, 3, 31)
    with pytest.raises(check.UnreadableOption) as refusal:
        check.parsed_day("31/03/2026")
    assert refusal.value.what == "«31/03/2026» is not a day that --as-of can read."


def test_a_place_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    done = run("check", "whatever.csv", "--html", tmp_path / "nowhere" / "report.html")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"«{tmp_path / 'nowhere' / 'report.html'}» cannot be written.",
        f"The folder {tmp_path / 'nowhere'} does not exist.",
        "Give the name of a file in a folder that exists.",
    ]


@pytest.mark.duty("S1.9")
@pytest.mark.duty("S4.13")
@pytest.mark.duty("S4.76")
def test_the_sample_is_checked_from_file_to_page_and_json(export: list[Path], tmp_path: Path) -> None:
    page, data, refused = tmp_path / "report.html", tmp_path / "report.json", tmp_path / "refused.csv"
    mapping = tmp_path / "mapping.toml"
    done = run(
        "check", *export, "--html", page, "--json", data, "--refused", refused,
        "--save-mapping", mapping, "--believed-cycle", "4m", "--forget",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(data.read_bytes())
    claimed = report["claimed"]
    assert claimed["open_count"] == sum(owner["open_count"] for owner in claimed["owners"]) > 100
    for value in claimed["values"]:
        assert value["claimed"]["minor"] == value["real"]["minor"] + value["not_real"]["minor"]
    assert claimed["hard_count"] > 0
    assert report["believed_cycle_days"] == 122
    assert report["headline"] in page.read_text().replace("\N{NO-BREAK SPACE}", " ")
    assert report["headline"] in " ".join(done.stdout.split())
    assert mapping.read_text()


def test_the_same_files_and_mapping_give_the_same_figures(export: list[Path], tmp_path: Path) -> None:
    first, second, mapping = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "mapping.toml"
    assert run("check", *export, "--json", first, "--save-mapping", mapping, "--quiet", "--forget").returncode == 0
    assert run("check", *export, "--json", second, "--mapping", mapping, "--quiet", "--forget").returncode == 0
    one, two = (json.loads(path.read_bytes()) for path in (first, second))
    one.pop("mapping"), two.pop("mapping")  # the second says «given» where the first says «known» or «guessed»
    assert one == two


def test_a_replay_of_a_past_day_knows_nothing_of_later_days(export: list[Path], tmp_path: Path) -> None:
    data = tmp_path / "report.json"
    assert run("check", *export, "--as-of", "2025-06-30", "--json", data, "--quiet", "--forget").returncode == 0
    report = json.loads(data.read_bytes())
    day = (date(2025, 6, 30) - date(1970, 1, 1)).days
    assert (report["as_of_day"], report["replayed"]) == (day, True)
    assert all(line["opened_day"] is None or line["opened_day"] <= day for line in report["deals"]["lines"])


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty.csv", b""),
        ("header.csv", b"Opportunity Name,Stage,Amount\n"),
        ("prose.csv", b"Dear all,\nplease find attached\nthe figures\n"),
        ("page.csv", b"<!doctype html><html><body>Sign in</body></html>"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("nul.csv", b"Stage,Amount\n" + b"\x00" * 5000),
    ],
)
def test_a_file_that_is_no_export_gets_sentences_and_exit_code_2(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    done = run("check", path, "--forget")
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert 2 <= len(done.stderr.splitlines()) <= 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("check", tmp_path / "gone.csv", "--forget")
    assert done.returncode == 2
    assert str(tmp_path / "gone.csv") in done.stderr
