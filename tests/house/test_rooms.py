"""Every line has one home: a new room, or a module that its room does not list, is a design question and fails here."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import source
from tests.house.rooms import FOLDERS, LISTED, PRACTICES, STANDARD, TOP_LEVEL

ROOT_FILES = {".gitignore", "LICENSE", "Makefile", "README.md", "pyproject.toml"}
ROOT_PAGES = {"CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md"}
ROOT_FOLDERS = {".ci", "bench", "changelog.d", "docs", "requirements", "src", "tests"}


def allowed(room: str) -> set[str]:
    """The modules that a room may have."""
    return set(LISTED.get(room, ())) | (set(STANDARD) if room in PRACTICES else set())


def homeless(names: Iterable[str]) -> list[str]:
    """Modules that no list names; `names` are dotted, below `earnest`."""
    found: list[str] = []
    for name in names:
        room, _, inside = name.partition(".")
        if not inside:
            found += [] if name in TOP_LEVEL or name in LISTED else [name]
        elif inside not in allowed(room) and not any(inside.startswith(f"{part}.") for part in FOLDERS.get(room, ())):
            found.append(name)
    return found


def names() -> list[str]:
    """Every module below `earnest`."""
    return [module.name.removeprefix("earnest.") for module in source.modules() if module.name != "earnest"]


def test_every_module_has_a_listed_home() -> None:
    assert homeless(names()) == []


def test_the_list_names_nothing_that_is_not_there() -> None:
    there = set(names())
    listed = {f"{room}.{name}" for room, modules in LISTED.items() for name in modules}
    assert sorted(listed - there) == []


def test_folders_of_a_room_hold_only_python_and_what_pages_need() -> None:
    known = {".css", ".csv", ".html", ".js", ".json", ".md", ".py", ".svg", ".toml", ".txt"}
    strange = [path for path in source.committed_files() if source.SOURCE in path.parents and path.suffix not in known]
    assert strange == []


def test_the_top_of_the_project_is_as_listed() -> None:
    top = {path.relative_to(source.ROOT).parts[0] for path in source.committed_files()}
    assert top == ROOT_FILES | ROOT_PAGES | ROOT_FOLDERS


def test_every_room_of_the_tests_is_a_room_of_the_house() -> None:
    folders = {path.name for path in Path(source.TESTS).iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - {room for room in LISTED if "." not in room} - set(PRACTICES) - {"house", "walks"} == set()


@pytest.mark.parametrize("name", ["warehouse", "need.scores", "records.utils", "surfaces.kiosk", "demo.story.data"])
def test_a_module_without_a_home_is_found(name: str) -> None:
    assert homeless([name]) == [name]


@pytest.mark.parametrize("name", ["errors", "need", "need.services", "need.views", "forecast.figures"])
def test_a_listed_module_may_stand(name: str) -> None:
    assert homeless([name]) == []
