"""The commands of the Makefile on a machine that has little: what is missing is named in a sentence."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

SCRIPTS = sorted(path for path in (ROOT / ".ci").iterdir() if path.is_file())


def on_path(folder: Path, **programs: str) -> dict[str, str]:
    """An environment with these programs and no others but a few that every script uses."""
    programs = {"rm": '/bin/rm "$@"', "uname": "echo Linux", "dirname": '/usr/bin/dirname "$@"'} | programs
    for name, body in programs.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
    return {"PATH": str(folder), "HOME": str(folder)}


def run(*command: str, env: dict[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=cwd, timeout=60)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_is_executable_and_can_be_parsed(script: Path) -> None:
    assert os.access(script, os.X_OK)
    shell = script.read_text().splitlines()[0].removeprefix("#!/bin/")
    assert run("/bin/" + shell, "-n", str(script), env={}).stderr == ""


def test_help_names_every_command_for_people() -> None:
    # Below another make it would first say which folder it enters.
    told = run("make", "--no-print-directory", "help", env=dict(os.environ))
    assert [line.split()[1] for line in told.stdout.splitlines()] == [
        "help",
        "run",
        "sample",
        "test",
        "suite",
        "postgres",
        "walks",
        "check",
        "bench",
        "docs",
        "lock",
        "clean",
    ]


def test_a_machine_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    env = on_path(tmp_path, python3="exit 1", id="echo 1000")
    told = run(str(ROOT / ".ci" / "uv"), "--version", env=env, cwd=tmp_path)
    assert told.returncode == 1
    assert told.stderr == (
        "python3 cannot make a virtual environment here. "
        "On Debian: sudo apt-get install python3-venv; then run this again.\n"
    )


def test_root_gets_venv_installed(tmp_path: Path) -> None:
    env = on_path(tmp_path, python3="exit 1", id="echo 0", **{"apt-get": f'echo "$@" >> {tmp_path}/asked'})
    told = run(str(ROOT / ".ci" / "uv"), "--version", env=env, cwd=tmp_path)
    assert told.returncode == 1
    assert (tmp_path / "asked").read_text().splitlines() == ["update --quiet", "install --yes --quiet python3-venv"]


def test_uv_asks_the_index_that_pip_is_set_up_for(tmp_path: Path) -> None:
    env = on_path(tmp_path, uv='echo "index $UV_DEFAULT_INDEX"', python3="echo https://packages.example/simple")
    assert run(str(ROOT / ".ci" / "uv"), "sync", env=env).stdout == "index https://packages.example/simple\n"
    env["UV_DEFAULT_INDEX"] = "https://other.example/simple"
    assert run(str(ROOT / ".ci" / "uv"), "sync", env=env).stdout == "index https://other.example/simple\n"


def test_the_report_is_only_named_where_no_browser_is_wanted(tmp_path: Path) -> None:
    for wish in ("EARNEST_NO_BROWSER", "CI"):
        told = run(str(ROOT / ".ci" / "show"), "var/report/index.html", env={**on_path(tmp_path), wish: "1"})
        assert told.stdout == "The report is var/report/index.html\n"


def test_the_report_is_opened_on_a_display(tmp_path: Path) -> None:
    env = on_path(tmp_path, **{"xdg-open": 'echo "opened $1"'}) | {"DISPLAY": ":0"}
    assert run(str(ROOT / ".ci" / "show"), "var/report/index.html", env=env).stdout == "opened var/report/index.html\n"


def test_without_chromium_the_walks_are_skipped_in_a_sentence(tmp_path: Path) -> None:
    told = run("/bin/sh", str(ROOT / ".ci" / "with-browser"), "false", env=on_path(tmp_path))
    assert (told.stdout, told.returncode) == ("Chromium is not installed, so no walk was made.\n", 0)


def test_packages_that_cannot_be_installed_are_named(tmp_path: Path) -> None:
    env = on_path(tmp_path, id="echo 1000")
    told = run("/bin/sh", str(ROOT / ".ci" / "debian-packages"), env=env)
    assert told.returncode == 0
    assert told.stdout.startswith("Not installed, so the tests that need them are skipped: chromium")
