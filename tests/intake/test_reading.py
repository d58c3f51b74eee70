"""Reading files end to end: a real child process each time, and hostile files among them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest

from earnest.intake import reading, unreadable
from earnest.intake.limits import Limits
from tests.intake import files

GOOD = b"Name,Amount\nAcme,1\nBolt,2\n"


def written(folder: Path, **contents: bytes) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place for temporary files, so that a test sees what is left behind."""
    place = tmp_path / "private"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_files_come_in_order_and_nothing_is_left_behind(tmp_path: Path, private: Path) -> None:
    pl.DataFrame({"Name": ["Acme"], "Amount": [1]}).write_parquet(tmp_path / "c.parquet")
    first, second = written(tmp_path, a_csv=GOOD, b_txt=b"x\ty\n1\t2\n")
    told: list[tuple[str, float]] = []
    found = reading.read_files([second, first, tmp_path / "c.parquet"], progress=lambda *said: told.append(said))
    assert [(table.name, table.path, table.rows.rows()) for table in found] == [
        ("b.txt", second, [("1", "2")]),
        ("a.csv", first, [("Acme", "1"), ("Bolt", "2")]),
        ("c.parquet", tmp_path / "c.parquet", [("Acme", "1")]),
    ]
    assert {name for name, share in told if share == 1.0} == {"a.csv", "b.txt", "c.parquet"}
    assert list(private.iterdir()) == []


def test_large_files_are_read_by_a_child_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SHARED_BYTES", 10)
    found = reading.read_files(written(tmp_path, a_csv=GOOD, b_csv=GOOD, c_csv=GOOD))
    assert [(table.name, table.row_count) for table in found] == [("a.csv", 2), ("b.csv", 2), ("c.csv", 2)]


def test_reading_may_begin_before_anybody_waits_for_it(tmp_path: Path, private: Path) -> None:
    with reading.begin(written(tmp_path, a_csv=GOOD)) as begun:
        assert len(list(private.iterdir())) == 1
        assert begun.tables()[0].row_count == 2
    assert list(private.iterdir()) == []


def test_what_began_is_ended_when_nobody_waits_for_it(tmp_path: Path, private: Path) -> None:
    with reading.begin(written(tmp_path, a_csv=GOOD)):
        pass
    assert list(private.iterdir()) == []


def test_no_files_give_no_tables() -> None:
    assert reading.read_files([]) == []


def test_a_module_beside_the_files_cannot_stand_in_for_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "polars.py").write_text("raise SystemExit('taken over')")
    assert reading.read_files(written(tmp_path, a_csv=GOOD))[0].row_count == 2


def test_a_relative_path_a_link_and_a_strange_name_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    strange = os.fsdecode(b"d\xe9als [*]\n\xe2\x80\xae.csv")
    Path(strange).write_bytes(GOOD)
    Path("link.csv").symlink_to(strange)
    found = reading.read_files([Path(strange), Path("link.csv")])
    assert [(table.name, table.row_count) for table in found] == [("d?als [*] .csv", 2), ("link.csv", 2)]


class TestRefusals:
    def test_a_missing_file_a_folder_and_a_device_are_told(self, tmp_path: Path) -> None:
        for path, what in (
            (tmp_path / "none.csv", f"There is no file {tmp_path}/none.csv."),
            (tmp_path, f"{tmp_path} is a folder, not a file."),
            (Path("/dev/zero"), "/dev/zero is not an ordinary file."),
            (Path("nul\0.csv"), "There is no file nul\0.csv."),
        ):
            with pytest.raises(unreadable.FileMissing) as caught:
                reading.read_files([path])
            assert caught.value.what == what

    @pytest.mark.skipif(os.geteuid() == 0, reason="Root may read everything.")
    def test_a_file_that_may_not_be_read_is_told(self, tmp_path: Path) -> None:
        (path,) = written(tmp_path, a_csv=GOOD)
        path.chmod(0)
        with pytest.raises(unreadable.NoPermission):
            reading.read_files([path])

    def test_a_file_beyond_the_limit_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(unreadable.TooLarge) as caught:
            reading.read_files(written(tmp_path, a_csv=GOOD * 50_000), limits=Limits(file_bytes=1 << 20))
        assert caught.value.what == "a.csv has 1 MB; up to 1 MB can be read."

    def test_rows_that_would_not_fit_this_process_are_told(self, tmp_path: Path) -> None:
        answer = b"Name,Amount\n" + b"Acme,1\n" * 20_000
        with pytest.raises(unreadable.OverMemory) as caught:
            reading.read_files(written(tmp_path, a_csv=answer), limits=Limits(memory_bytes=600_000))
        assert caught.value.code == "over_memory"

    def test_the_first_unreadable_file_is_told_and_nothing_is_left_behind(self, tmp_path: Path, private: Path) -> None:
        with pytest.raises(unreadable.NotATable) as caught:
            reading.read_files(written(tmp_path, a_csv=GOOD, b_csv=b"%PDF-1.7", c_csv=b""))
        assert caught.value.as_dict() == {
            "code": "not_a_table",
            "what": "b.csv is a PDF document, not a table.",
            "why": "Its first bytes say so, whatever its name ends with.",
            "fix": "Export the deals as CSV, XLSX or Parquet and give that file.",
            "data": {"file": "b.csv", "found": "a PDF document"},
        }
        assert list(private.iterdir()) == []


@pytest.mark.case("A54")
class TestBombs:
    """The parent lives, says why, and neither takes long nor much memory."""

    def refused(self, path: Path) -> unreadable.Unreadable:
        with pytest.raises(unreadable.Unreadable) as caught:
            reading.read_files([path])
        return caught.value

    def test_a_cell_at_the_far_corner_is_a_bomb(self, tmp_path: Path) -> None:
        error = self.refused(files.workbook(tmp_path / "a.xlsx", files.sheet("A1=1", "XFD1048576=1")))
        assert (error.code, error.what) == (
            "packed_bomb",
            "a.xlsx claims cells far beyond what it holds, and opening it would exhaust the memory.",
        )

    def test_a_count_of_texts_that_lies_is_a_bomb(self, tmp_path: Path) -> None:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        texts = f'<?xml version="1.0"?><sst xmlns="{space}" count="1" uniqueCount="4000000000"><si><t>a</t></si></sst>'
        path = files.workbook(tmp_path / "a.xlsx", files.sheet("A1=1"), {"xl/sharedStrings.xml": texts})
        assert self.refused(path).code == "packed_bomb"

    def test_after_a_bomb_killed_the_child_the_other_files_are_still_accounted_for(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "b.xlsx", files.sheet("A1=1", "XFD1048576=1"))
        (good,) = written(tmp_path, a_csv=GOOD)
        assert self.refused_of([good, tmp_path / "b.xlsx"]).data["file"] == "b.xlsx"
        assert reading.read_files([good])[0].row_count == 2

    def refused_of(self, paths: list[Path]) -> unreadable.Unreadable:
        with pytest.raises(unreadable.Unreadable) as caught:
            reading.read_files(paths)
        return caught.value


@pytest.mark.case("A55")
def test_a_line_of_300_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(GOOD + b"x,")
        for _ in range(300):
            file.write(b"y" * (1 << 20))
    with pytest.raises(unreadable.LineTooLong) as caught:
        reading.read_files([path])
    assert caught.value.what == "Line 4 of a.csv is longer than 16 MB."


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    (path,) = written(tmp_path, a_csv=GOOD)
    with pytest.raises(unreadable.OverTime) as caught:
        reading.read_files([path], limits=Limits(wall_seconds=0.01))
    assert caught.value.what == "Reading a.csv took more than 0 seconds, so it was stopped."


def test_a_child_that_computes_too_long_is_ended(tmp_path: Path) -> None:
    content = b"a,b\n" + b'1,"x,y"\n2,3,4\n' * 400_000
    with pytest.raises(unreadable.OverTime) as caught:
        reading.read_files(written(tmp_path, a_csv=content), limits=Limits(cpu_seconds=0))
    assert caught.value.what == "Reading a.csv took more than 0 seconds of computing, so it was stopped."


def test_a_child_that_holds_too_much_is_ended(tmp_path: Path) -> None:
    with pytest.raises(unreadable.OverMemory) as caught:
        reading.read_files(written(tmp_path, a_csv=GOOD), limits=Limits(memory_bytes=8 << 20))
    assert caught.value.what == "Reading a.csv took more than 8 MB of memory, so it was stopped."


def test_the_parent_loads_no_engine_before_its_children_run() -> None:
    script = "import sys; import earnest.intake.reading; print('polars' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
