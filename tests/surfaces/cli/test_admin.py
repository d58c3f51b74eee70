"""The command `earnest admin` as somebody at the machine types it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "correct horse battery"


def run(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "EARNEST_DATABASE_URL"}
    env["EARNEST_DATA_DIR"] = str(folder)
    command = [sys.executable, "-m", "earnest", "admin", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, check=False, env=env)


def test_a_link_is_printed_then_a_password_is_taken_from_the_terminal(tmp_path: Path) -> None:
    done = run(tmp_path, "ada@example.test", "--name", "Ada")
    assert (done.returncode, done.stderr) == (0, "")
    first, link = done.stdout.splitlines()
    assert first == "Ada is an admin. This link sets their password, once, within an hour:"
    assert re.fullmatch(r"  http://127\.0\.0\.1:8000/invitation/[\w-]{43}", link)
    weak = run(tmp_path, "ada@example.test", "--password", typed="elevenchars\n")
    assert (weak.returncode, weak.stdout) == (2, "")
    assert weak.stderr.splitlines()[0] == "This password is too easy to guess."
    done = run(tmp_path, "ada@example.test", "--password", typed=f"{PASSWORD}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Ada is an admin and logs in as ada@example.test with this password.\n"


@pytest.mark.case("A50")
def test_a_password_is_no_word_of_the_command(tmp_path: Path) -> None:
    done = run(tmp_path, "ada@example.test", "--password", PASSWORD)
    assert done.returncode == 2
    assert "unexpected extra argument" in done.stderr


def test_what_is_no_address_makes_nobody(tmp_path: Path) -> None:
    done = run(tmp_path, "ada")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == "«ada» is not an e-mail address."
