"""The excerpt in the README: the top of what the check of the sample prints."""

import re
import subprocess
import sys
import tempfile

_BLOCK = re.compile(r"(?<=^```text\n).*?(?=^```)", re.MULTILINE | re.DOTALL)


def excerpt() -> str:
    """From the finding to what to do next; the lines above it count the days since the sample, and change daily."""
    earnest = [sys.executable, "-m", "earnest"]
    with tempfile.TemporaryDirectory() as folder:
        written = subprocess.run([*earnest, "sample", folder], check=True, capture_output=True, text=True)  # noqa: S603  # our own program
        files = [line for line in written.stdout.splitlines() if line.endswith(".csv")]
        checked = subprocess.run([*earnest, "check", *files, "--forget"], check=True, capture_output=True, text=True)  # noqa: S603  # as above
    printed = checked.stdout
    return printed[printed.index("\n\n") + 2 : printed.index("\n\n1 · ")] + "\n"


def updated(readme: str) -> str:
    """The README with today's excerpt."""
    return _BLOCK.sub(lambda _found: excerpt(), readme, count=1)


def shown(readme: str) -> str:
    """The excerpt that the README shows."""
    found = _BLOCK.search(readme)
    return "" if found is None else found.group()
