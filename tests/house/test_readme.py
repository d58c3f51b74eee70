"""What the README shows is what a visitor sees."""

import re
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_excerpt_is_what_the_check_of_the_sample_prints(tmp_path: Path) -> None:
    excerpt = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[0]
    earnest = [sys.executable, "-m", "earnest"]
    written = subprocess.run([*earnest, "sample", str(tmp_path)], check=True, capture_output=True, text=True)
    files = [line for line in written.stdout.splitlines() if line.endswith(".csv")]
    checked = subprocess.run([*earnest, "check", *files, "--forget"], check=True, capture_output=True, text=True)
    assert excerpt in checked.stdout
