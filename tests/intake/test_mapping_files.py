"""Mappings as files, and the store that remembers them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.intake import mapping, mapping_files
from earnest.intake.mapping import FileMapping, Mapping, StageMeaning, WrongMapping
from earnest.intake.mapping_files import UnreadableMapping
from tests.intake import exports

FULL = Mapping(
    currency="EUR",
    deleted="keep",
    stages={'Closed "Won"': StageMeaning("won", 5), "Négociation": StageMeaning("open", 2)},
    lost_reasons={"Went dark": "no_decision"},
    repairs={"product": {"GTXPro": "GTX Pro", "=x\n": "\\"}},
    files=(
        FileMapping("abc", "deals.csv", "csv", "deals", "day first", ",", {"Name des Deals": "title", "": ""}),
        FileMapping("def", "teams.csv", "csv", "owners"),
    ),
)


@pytest.mark.parametrize("name", ["mapping.toml", "mapping.json"])
def test_a_mapping_survives_being_saved(tmp_path: Path, name: str) -> None:
    path = tmp_path / "deep" / name
    mapping_files.save(FULL, path)
    assert mapping_files.load(path) == FULL


@given(texts=st.dictionaries(st.text(), st.text(), max_size=5), stage=st.text())
def test_any_text_survives_toml(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str], stage: str) -> None:
    path = tmp_path_factory.mktemp("mapping") / "any.toml"
    readable = {key: value for key, value in texts.items() if _is_text(key) and _is_text(value)}
    chosen = Mapping(repairs={"owner": readable}, stages={stage: StageMeaning("won")} if _is_text(stage) else {})
    mapping_files.save(chosen, path)
    assert mapping_files.load(path) == chosen


def _is_text(text: str) -> bool:
    return "\x00" not in text and not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("m.toml", "= 3", "It is not TOML: "),
        ("m.json", "{", "It is not JSON: "),
        ("m.toml", 'colour = "red"', "It has a part that a mapping does not have: "),
        ("m.toml", "currency = 3", "It has a part that a mapping does not have: "),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, name: str, content: str, why: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(UnreadableMapping) as caught:
        mapping_files.load(path)
    assert caught.value.what == f"The mapping file {path} cannot be read."
    assert caught.value.why.startswith(why)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMapping, match="No such file"):
        mapping_files.load(tmp_path / "none.toml")


def test_a_file_of_other_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableMapping, match="not text in UTF-8"):
        mapping_files.load(path)


def test_a_mapping_that_says_the_impossible_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[[files]]\nname = "deals.csv"\nrole = "deals"\n[files.columns]\nSum = "amonut"\n')
    with pytest.raises(WrongMapping, match="Did you mean amount"):
        mapping_files.load(path)


def test_what_was_given_is_remembered_by_the_headers(tmp_path: Path) -> None:
    table = exports.table("mine.csv", ["Opportunity Name", "Stage", "Size"], [["A", "Won", "3"]])
    given = mapping.guess([table]).files[0]
    chosen = Mapping(currency="GBP", files=(given,))
    mapping_files.remember(chosen, tmp_path)
    again = exports.table("another name.csv", ["size", "STAGE", "opportunity_name"], [["3", "Won", "A"]])
    assert mapping_files.remembered([again], tmp_path) == chosen
    other = exports.table("other.csv", ["Opportunity Name", "Stage"], [["A", "Won"]])
    assert mapping_files.remembered([other], tmp_path) == Mapping()


def test_the_store_follows_the_xdg_rules() -> None:
    assert mapping_files.store({"XDG_DATA_HOME": "/data", "HOME": "/home/me"}) == Path("/data/earnest/mappings")
    home = Path("/home/me/.local/share/earnest/mappings")
    assert mapping_files.store({"HOME": "/home/me"}) == home
    assert mapping_files.store({"XDG_DATA_HOME": "relative", "HOME": "/home/me"}) == home
