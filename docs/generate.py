"""Write the reference pages and the README's excerpt from the code, or with --check say which pages are stale.

Usage: python docs/generate.py [--check] [--into FOLDER]
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE, README = ROOT / "docs" / "reference", ROOT / "README.md"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from docs.generators import commands, duties, errors, readme, report, rules  # noqa: E402  # after the path is set

NOTE = "<!-- Written by `make docs`; edit the code, not this page. -->\n\n"
PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules.rules_page,
    "columns.md": rules.columns_page,
    "thresholds.md": rules.thresholds_page,
    "errors.md": errors.errors_page,
    "commands.md": commands.commands_page,
    "report-schema.md": report.report_page,
    "report.schema.json": report.schema_text,
    "duties.md": duties.duties_page,
}


def written(name: str) -> str:
    """The text of one page."""
    return ("" if name.endswith(".json") else NOTE) + PAGES[name]()


def stale(folder: Path) -> list[str]:
    """The pages in a folder that are missing or not what the code says, and those that nothing writes."""
    old = [
        name
        for name in PAGES
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != written(name)
    ]
    return old + sorted(path.name for path in folder.iterdir() if path.name not in PAGES)


def main() -> int:
    """Write or check; exit code 1 when a page is stale."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    options.add_argument("--into", type=Path, default=REFERENCE)
    chosen = options.parse_args()
    if chosen.check:
        old = stale(chosen.into)
        sys.stdout.writelines(f"{name} is not what the code says; run make docs.\n" for name in old)
        return 1 if old else 0
    chosen.into.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (chosen.into / name).write_text(written(name), encoding="utf-8")
    if chosen.into == REFERENCE:
        README.write_text(readme.updated(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
