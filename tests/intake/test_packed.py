"""Packed files are looked at before anything unpacks them."""

import struct
import zipfile
from pathlib import Path

import pytest

from earnest.intake import kinds, packed, unreadable
from earnest.intake.limits import Limits
from tests.intake import files

MANY = "0" * (40 << 20)


def test_an_ordinary_workbook_passes_with_its_real_size(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "book.xlsx", files.sheet("A1=Name", "A2=Acme"))
    contents = packed.workbook_contents(path, "book.xlsx", Limits())
    assert contents.byte_count == sum(entry.file_size for entry in contents.entries)


@pytest.mark.case("A54")
def test_a_part_that_unpacks_a_thousandfold_is_a_bomb(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "book.xlsx", files.sheet("A1=Name"), {"xl/media/image.xml": MANY})
    with pytest.raises(unreadable.PackedBomb) as caught:
        packed.workbook_contents(path, "book.xlsx", Limits())
    assert caught.value.what.startswith("book.xlsx packs 40 MB or more into")


@pytest.mark.case("A54")
def test_a_size_that_lies_does_not_help_a_bomb(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "book.xlsx", files.sheet("A1=Name"), {"xl/media/image.xml": MANY})
    content = bytearray(path.read_bytes())
    at = content.rindex(b"xl/media/image.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, at + 24, 1000)
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/media/image.xml").file_size == 1000
    with pytest.raises(unreadable.PackedBomb):
        packed.workbook_contents(path, "book.xlsx", Limits())


@pytest.mark.case("A54")
def test_a_workbook_beyond_the_limit_is_too_large(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "book.xlsx", files.sheet("A1=" + "x" * 5000))
    with pytest.raises(unreadable.TooLarge):
        packed.workbook_contents(path, "book.xlsx", Limits(unpacked_bytes=4000))


@pytest.mark.case("A54")
def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    inside = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = files.workbook(tmp_path / "book.xlsx", files.sheet("A1=&b;", inside=inside))
    with pytest.raises(unreadable.PackedBomb) as caught:
        packed.workbook_contents(path, "book.xlsx", Limits())
    assert caught.value.what == "book.xlsx declares its own XML entities in «xl/worksheets/sheet1.xml»."


@pytest.mark.case("A54")
@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused(tmp_path: Path, name: str) -> None:
    path = files.workbook(tmp_path / "book.xlsm", files.sheet("A1=Name"), {name: "x"})
    with pytest.raises(unreadable.HoldsMacros):
        packed.workbook_contents(path, "book.xlsm", Limits())


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, "a,b\n1,2\n")
    return path


@pytest.mark.case("A57")
@pytest.mark.parametrize(
    "name",
    ["../x.csv", "/etc/x.csv", "a/../../x.csv", "..\\x.csv", "C:/x.csv", "CON", "nul.csv", "x" * 300 + ".csv"],
)
def test_names_that_point_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(unreadable.UnsafeNames):
        packed.archive_contents(archive(tmp_path / "x.zip", "good.csv", name), "x.zip", Limits())


@pytest.mark.case("A57")
def test_links_and_names_that_occur_twice_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(unreadable.UnsafeNames) as caught:
        packed.archive_contents(tmp_path / "link.zip", "link.zip", Limits())
    assert caught.value.what == "link.zip holds «link.csv», which is a link."
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive(tmp_path / "twice.zip", "a.csv", "a.csv")
    with pytest.raises(unreadable.UnsafeNames):
        packed.archive_contents(tmp_path / "twice.zip", "twice.zip", Limits())


@pytest.mark.case("A57")
def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", *(f"{number}.csv" for number in range(11)))
    with pytest.raises(unreadable.PackedBomb):
        packed.archive_contents(path, "x.zip", Limits(entry_count=10))
    assert len(packed.archive_contents(path, "x.zip", Limits(entry_count=11)).entries) == 11


def test_an_encrypted_part_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", "a.csv")
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(unreadable.Encrypted) as caught:
        packed.archive_contents(path, "x.zip", Limits())
    assert caught.value.what == "x.zip needs a password for «a.csv»."


@pytest.mark.case("A57")
def test_a_table_of_contents_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(60_000):
            made.writestr(f"a-name-that-is-rather-long/{number:08}.csv", "")
    with pytest.raises(unreadable.PackedBomb) as caught:
        kinds.kind_of(path, "x.zip")
    assert caught.value.what == "x.zip has a table of contents of 4 MB."
