"""The page about duties: what Earnest owes its users, and the rules and tests that show it."""

import ast
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.generators.markdown import codes, table
from earnest.pipeline import frames

ROOT = Path(__file__).parents[2]

INTRO = """# Duties

What Earnest owes its users, and what shows that it does it: the rules that serve a duty, and the tests that name it.
A duty with a test is not thereby done; a duty without one is not claimed.
Files stand with the number of tests in them that name the duty.
"""

# Marker and id, to the number of tests per file.
Shown = Mapping[tuple[str, str], Counter[str]]


def duties_page() -> str:
    """Every duty, acceptance test and attack case, with what shows it and what nothing shows."""
    shown = marked(ROOT / "tests")
    chapters = tomllib.loads((ROOT / "docs" / "duties.toml").read_text(encoding="utf-8"))
    accepted = tomllib.loads((ROOT / "docs" / "acceptance.toml").read_text(encoding="utf-8"))
    parts = [INTRO, _summary(chapters, accepted, shown)]
    for chapter, entries in chapters.items():
        rows = ((key, words) for key, words in entries.items() if key != "title")
        parts += [f'## <a id="{chapter.lower()}"></a>{chapter}: {entries["title"]}\n', _duties(rows, shown)]
    tests = ([key, words, _files(shown["at", key])] for key, words in accepted.items())
    parts += ["## Acceptance tests\n", table(["Test", "In a few words", "Shown by"], tests)]
    cases = ([key, _files(files)] for (marker, key), files in sorted(shown.items()) if marker == "case")
    parts += ["## Attack cases that are played\n", table(["Case", "Played by"], cases)]
    return "\n".join(parts)


def _duties(rows: Iterator[tuple[str, str]], shown: Shown) -> str:
    return table(
        ["Duty", "In a few words", "Rules", "Tests"],
        ([key, words, codes(_rules(key)), _files(shown["duty", key])] for key, words in rows),
    )


def _summary(chapters: Mapping[str, Mapping[str, str]], accepted: Mapping[str, str], shown: Shown) -> str:
    ids = [key for entries in chapters.values() for key in entries if key != "title"]
    without = [key for key in ids if not shown["duty", key]]
    missing = [key for key in accepted if not shown["at", key]]
    return (
        f"{len(ids) - len(without)} of {len(ids)} duties and {len(accepted) - len(missing)} of {len(accepted)} "
        f"acceptance tests are named by a test.\n\n"
        f"No test names yet: {', '.join(without) or 'none'}.\n\n"
        f"Acceptance tests to come: {', '.join(missing) or 'none'}.\n"
    )


def _rules(duty: str) -> list[str]:
    return [rule.name for rule in frames.RULES if rule.source == duty]


def _files(counted: Counter[str]) -> str:
    return ", ".join(f"`{file}` ({count})" for file, count in sorted(counted.items())) or "–"


# --- the markers in the test tree ------------------------------------------------------------------------------


def marked(folder: Path) -> Shown:
    """How many tests of each file carry each id."""
    shown: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.rglob("test_*.py")):
        for carried in _marked_tests(ast.parse(path.read_text(encoding="utf-8"))):
            for marker in carried:
                shown[marker][path.relative_to(folder.parent).as_posix()] += 1
    return shown


def _marked_tests(module: ast.Module) -> Iterator[set[tuple[str, str]]]:
    """The ids of each test, its own and those of its class and module."""
    whole = {found for node in module.body if _is_pytestmark(node) for found in _ids(node)}
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield whole | _of(node)
        if isinstance(node, ast.ClassDef):
            tests = (each for each in node.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test"))
            yield from (whole | _of(node) | _of(each) for each in tests)


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _of(node: ast.FunctionDef | ast.ClassDef) -> set[tuple[str, str]]:
    return {found for each in node.decorator_list for found in _ids(each)}


def _ids(node: ast.AST) -> Iterator[tuple[str, str]]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("pytest.mark."):
            marker = ast.unparse(call.func).removeprefix("pytest.mark.")
            if marker in {"duty", "at", "case"}:
                yield from ((marker, str(each.value)) for each in call.args if isinstance(each, ast.Constant))
