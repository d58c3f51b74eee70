"""The ids that tests and rules may name: duties of the mission, acceptance tests, attack cases."""

import re
import tomllib

from tests.house.source import ROOT

_WRITTEN = tomllib.loads((ROOT / "docs" / "duties.toml").read_text(encoding="utf-8"))
DUTIES = {key: words for chapter in _WRITTEN.values() for key, words in chapter.items() if key != "title"}

AT_ID = re.compile(r"AT-(0[1-9]|[1-4]\d)$")
CASE_ID = re.compile(r"A(0[1-9]|[1-6]\d|7[0-8])$")


def is_known(marker: str, value: object) -> bool:
    """Whether an id may stand in a `duty`, `at` or `case` marker."""
    if not isinstance(value, str):
        return False
    if marker == "duty":
        return value in DUTIES
    return bool({"at": AT_ID, "case": CASE_ID}[marker].match(value))
