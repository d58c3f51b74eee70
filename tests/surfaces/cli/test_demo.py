"""The command `earnest demo` as a person types it, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from earnest.surfaces.cli import demo

PASSWORD = re.compile(r"([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "EARNEST_DATABASE_URL"}
    env["EARNEST_DATA_DIR"] = str(folder)
    command = [sys.executable, "-m", "earnest", "demo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=env)


def test_a_made_password_can_be_read_out_and_is_another_each_time() -> None:
    made = {demo.made_password() for _ in range(20)}
    assert len(made) == 20
    assert all(PASSWORD.fullmatch(each) for each in made)


def test_a_new_workspace_is_filled_once(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Tarnholt is loaded, as it stood on 15 December 2025. All of it is invented."
    assert "  grete@tarnholt.example  manager" in lines
    assert PASSWORD.search(done.stdout)
    assert lines[-1].endswith("Next: `earnest serve`.")
    again = run(tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.splitlines() == [
        "This workspace already has deals, so the demo was not loaded.",
        "The demo's invented deals would stand among yours, and count in every figure.",
        "Name an empty folder with EARNEST_DATA_DIR, or an empty database, then run `earnest demo` again.",
    ]
