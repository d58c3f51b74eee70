"""The reference is what the code says, links lead somewhere, and what a page tells to type can be typed."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import typer

from docs.generators import duties as duty_page
from earnest.surfaces.cli import main
from tests.house import source
from tests.house.source import ROOT

GENERATE = [sys.executable, str(ROOT / "docs" / "generate.py")]
PAGES = [path for path in source.committed_files() if path.suffix == ".md"]
DECISION_LINES = 45
# `earnest` and `make` as they stand in a page: the lines of a block of shell, or words between backquotes.
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:earnest|make) [^\n`]*)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def generated(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*GENERATE, *options], capture_output=True, text=True, check=False, cwd=ROOT)


def dead_links(pages: Iterable[Path]) -> list[str]:
    return [
        f"{page.name} {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]


def untypable(text: str) -> list[str]:
    """The commands in a text whose target, command or option does not exist."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    known = {f"make {target}" for target in targets} | _commands()
    lines = [line.removeprefix(".venv/bin/") for block in SHELL.findall(text) for line in block.splitlines()]
    found = [line for line in lines if line.startswith(("earnest ", "make "))] + INLINE.findall(text)
    return [line for line in found if " ".join(line.split()[:2]) not in known or not _options_exist(line)]


def _group() -> dict[str, typer.core.TyperCommand]:
    if not main.app.registered_commands:
        main._register()
    group = typer.main.get_command(main.app)
    assert isinstance(group, typer.core.TyperGroup)
    return {name: command for name, command in group.commands.items() if isinstance(command, typer.core.TyperCommand)}


def _commands() -> set[str]:
    return {f"earnest {name}" for name in _group()} | {"earnest --version", "earnest --help"}


def _options_exist(line: str) -> bool:
    words = line.split()
    if words[0] != "earnest" or words[1].startswith("--"):
        return True
    taken = {option for each in _group()[words[1]].params for option in each.opts}
    return {word.strip("[]") for word in words if word.strip("[]").startswith("--")} <= taken | {"--help"}


def test_reference_pages_are_what_the_code_says() -> None:
    told = generated("--check")
    assert (told.stdout, told.returncode) == ("", 0), told.stderr


def test_a_stale_a_missing_and_a_foreign_page_are_found(tmp_path: Path) -> None:
    assert generated("--into", str(tmp_path)).returncode == 0
    (tmp_path / "rules.md").write_text("# Rules, as they once were\n")
    (tmp_path / "errors.md").unlink()
    (tmp_path / "settings.md").write_text("Nobody writes this page.\n")
    told = generated("--check", "--into", str(tmp_path))
    names = [line.split()[0] for line in told.stdout.splitlines()]
    assert (names, told.returncode) == (["rules.md", "errors.md", "settings.md"], 1)


def test_links_lead_somewhere() -> None:
    assert dead_links(PAGES) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md), [there](gone.md), [away](https://example.com), [above](#top)")
    assert dead_links([page]) == ["page.md gone.md"]


def test_what_a_page_tells_to_type_can_be_typed() -> None:
    assert {page.name: found for page in PAGES if (found := untypable(page.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize("line", ["make coffee", "earnest guess x.csv", "earnest check x.csv --loud"])
def test_a_line_that_cannot_be_typed_is_found(line: str) -> None:
    assert untypable(f"Type `{line}` now.") == [line]
    assert untypable(f"```sh\n{line}\n```\n") == [line]


def test_decisions_are_under_a_page() -> None:
    pages = [page for page in PAGES if page.parent.name == "decisions"]
    assert [page.name for page in pages if page.read_text(encoding="utf-8").count("\n") > DECISION_LINES] == []


def test_duties_are_counted_from_decorators_classes_and_modules(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "need"
    folder.mkdir(parents=True)
    (folder / "test_dates.py").write_text(
        'import pytest\npytestmark = pytest.mark.duty("S0.2")\n'
        '@pytest.mark.at("AT-14")\ndef test_a(): ...\n'
        '@pytest.mark.duty("S1.6", "S1.7")\nclass TestB:\n    def test_b(self): ...\n    def helps(self): ...\n'
        "def helps(): ...\n"
    )
    shown = duty_page.marked(tmp_path / "tests")
    file = "tests/need/test_dates.py"
    assert {key: dict(counted) for key, counted in shown.items()} == {
        ("duty", "S0.2"): {file: 2},
        ("at", "AT-14"): {file: 1},
        ("duty", "S1.6"): {file: 1},
        ("duty", "S1.7"): {file: 1},
    }
