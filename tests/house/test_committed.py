"""Nothing of the machine on which a line was written ends up in the repository."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import source
from tests.house.source import ROOT

# Written in pieces, so that this file keeps its own law.
# «me» and «ann» are nobody's names: examples may stand in their homes.
MACHINE = re.compile(r"(?<![\w.~])/" + r"(work|root|home/(?!me\b|ann\b)\w+)\b|[A-Z]:\\" + r"Users\\")
REGISTRY = re.compile(r"(files\.python" + r"hosted\.org|py" + r"pi\.org/simple|registry\.npm" + r"js\.org)")
LARGEST_BYTES = 600_000
PICTURES = {".png", ".ico", ".woff2"}


def traces(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Paths of a machine and addresses of a package registry."""
    return [
        f"{name}:{number}"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE.search(line) or REGISTRY.search(line)
    ]


def committed() -> list[Path]:
    return [path for path in source.committed_files() if path.suffix not in PICTURES]


def test_no_file_names_a_machine_or_a_registry() -> None:
    texts = ((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace")) for path in committed())
    assert traces(texts) == []


def test_no_file_is_large() -> None:
    assert [str(path) for path in source.committed_files() if path.stat().st_size > LARGEST_BYTES] == []


def test_no_python_file_has_windows_line_ends_or_tabs() -> None:
    written = [path for path in committed() if path.suffix == ".py"]
    assert [str(path) for path in written if b"\r\n" in path.read_bytes() or b"\n\t" in path.read_bytes()] == []


@pytest.mark.parametrize(
    "line",
    [
        "cd /" + "work/main",
        'path = "/' + 'root/.cache"',
        "see /" + "home/ada/notes",
        "C:\\" + "Users\\Ada",
        "--index-url https://py" + "pi.org/simple",
    ],
)
def test_a_trace_is_found(line: str) -> None:
    assert traces([("notes.md", f"A line.\n{line}")]) == ["notes.md:2"]


@pytest.mark.parametrize("line", ["src/earnest/work/x.py", "~/work", "https://example.com/home/x", "the root/trunk"])
def test_an_ordinary_path_may_stand(line: str) -> None:
    assert traces([("notes.md", line)]) == []
