"""The import contracts hold, and each of them fails when somebody breaks it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}

# Contract, what is added to which file, and the import that the linter names.
BREACHES: list[tuple[str, dict[str, str], str]] = [
    ("rooms", {"measures/figures": "import earnest.pipeline.figures"}, "measures.figures -> earnest.pipeline.figures"),
    ("rooms", {"need/rules": "import earnest.promises.tables"}, "need.rules -> earnest.promises.tables"),
    ("rooms", {"people/scoping": "import earnest.records.tables"}, "people.scoping -> earnest.records.tables"),
    ("rooms", {"warehouse": ""}, "warehouse"),
    ("storeys", {"pipeline/rules": "import earnest.pipeline.frames"}, "pipeline.rules -> earnest.pipeline.frames"),
    ("storeys", {"need/tables": "import earnest.need.rules"}, "need.tables -> earnest.need.rules"),
    ("pure", {"need/tables": "import django.db"}, "need.tables -> django"),
    ("pure", {"need/openness": "import django.conf"}, "need.openness -> django"),
    ("pure", {"rulebook/words": "import sqlite3"}, "rulebook.words -> sqlite3"),
    ("pure", {"records/tables": "import earnest.people.models"}, "records.tables -> earnest.people.models"),
    ("pure", {"measures/figures": "import earnest.odd", "odd": "import subprocess"}, "odd -> subprocess"),
    ("engine", {"pipeline/frames": "import polars"}, "pipeline.frames -> polars"),
    ("check", {"surfaces/check/report": "import django.db"}, "surfaces.check.report -> django"),
    ("check", {"surfaces/check/report": "import earnest.odd", "odd": "import django.db"}, "odd -> django"),
    (
        "models",
        {"surfaces/check/report": "import earnest.people.models"},
        "surfaces.check.report -> earnest.people.models",
    ),
]


def kept(folder: Path, *options: str) -> tuple[bool, str]:
    """Whether the tree in a folder keeps its contracts, and what the linter says about it."""
    told = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.returncode == 0, " ".join(told.stdout.split())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source tree that a test may break."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract() -> None:
    holds, told = kept(ROOT)
    assert holds, told


@pytest.mark.parametrize(("contract", "added", "named"), BREACHES)
def test_contract_fails_when_it_is_broken(tree: Path, contract: str, added: dict[str, str], named: str) -> None:
    for file, line in added.items():
        with (tree / "src" / "earnest" / f"{file}.py").open("a") as module:
            module.write(f"\n{line}\n")
    holds, told = kept(tree, "--contract", contract)
    assert not holds
    assert f"{CONTRACTS[contract]} BROKEN" in told
    assert f"earnest.{named}" in told


def test_every_contract_is_broken_on_purpose() -> None:
    assert {contract for contract, _added, _named in BREACHES} == set(CONTRACTS)
