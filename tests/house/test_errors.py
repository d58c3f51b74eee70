"""One error tree: every class has a code of its own, and every error says what, why and what to do next."""

import ast
import re
from collections import Counter
from collections.abc import Iterable

from tests.house import source
from tests.house.source import Module

ROOT = "EarnestError"
# A child process raises these and its parent raises them again, so both know them without loading a parser.
SHARED_HOMES = {"earnest.intake.unreadable"}


def error_classes(modules: Iterable[Module]) -> dict[str, tuple[str, ast.ClassDef]]:
    """The classes of the error tree by name, with where they stand."""
    defined = {
        node.name: (module.at(node), node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {ROOT}
    while True:
        more = {name for name, (_at, node) in defined.items() if known & {_base(base) for base in node.bases}} - known
        if not more:
            return {name: found for name, found in defined.items() if name in known - {ROOT}}
        known |= more


def _base(node: ast.expr) -> str:
    return ast.unparse(node).rsplit(".", maxsplit=1)[-1]


def code_of(node: ast.ClassDef) -> str:
    """The code that a class states for itself; empty when it states none."""
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "code" for target in targets):
            value = getattr(statement, "value", None)
            return str(value.value) if isinstance(value, ast.Constant) else ""
    return ""


def codeless(modules: Iterable[Module]) -> list[str]:
    codes = {name: code_of(node) for name, (_at, node) in error_classes(modules).items()}
    twice = {code for code, count in Counter(codes.values()).items() if count > 1}
    return sorted(name for name, code in codes.items() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code) or code in twice)


def mute(modules: tuple[Module, ...]) -> list[str]:
    """Where an error is made without saying why it happened or what to do next."""
    classes = error_classes(modules)
    return [
        f"{module.at(node)} {_base(node.func)}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _base(node.func) in classes and not _says_all(node)
    ]


def _says_all(node: ast.Call) -> bool:
    given = {keyword.arg for keyword in node.keywords}
    return None in given or given >= {"why", "fix"}


def homeless(modules: tuple[Module, ...]) -> list[str]:
    """Error classes that no line of their own module raises: they belong where they are raised."""
    found: list[str] = []
    classes = error_classes(modules)
    parents = {_base(base) for _at, child in classes.values() for base in child.bases}
    for name, (at, _node) in classes.items():
        home = next(module for module in modules if module.name == at.split(":", maxsplit=1)[0])
        made = {_base(node.func) for node in ast.walk(home.tree) if isinstance(node, ast.Call)}
        if name not in made and name not in parents and home.name not in SHARED_HOMES:
            found.append(f"{at} {name}")
    return found


def test_every_error_has_a_code_of_its_own() -> None:
    assert codeless(source.modules()) == []


def test_every_error_says_why_and_what_to_do_next() -> None:
    assert mute(source.modules()) == []


def test_every_error_lives_where_it_is_raised() -> None:
    assert homeless(source.modules()) == []


SMALL = """
class Lost(EarnestError):
    code: ClassVar[str] = "lost"

class Late(Lost):
    {late}

def look() -> None:
    raise Late("It is late.", {says})
"""


def small(late: str = 'code = "late"', says: str = 'why="Night.", fix="Sleep."') -> tuple[Module, ...]:
    return (source.module("earnest.need.services", SMALL.format(late=late, says=says)),)


def test_a_small_tree_breaks_nothing() -> None:
    assert (codeless(small()), mute(small()), homeless(small())) == ([], [], [])


def test_an_error_without_or_with_a_borrowed_code_is_found() -> None:
    assert codeless(small(late="pass")) == ["Late"]
    assert codeless(small(late='code = "lost"')) == ["Late", "Lost"]
    assert codeless(small(late='code = "TooLate"')) == ["Late"]


def test_an_error_without_a_way_on_is_found() -> None:
    assert mute(small(says='why="Night."')) == ["earnest.need.services:9 Late"]


def test_an_error_that_is_raised_elsewhere_is_found() -> None:
    elsewhere = source.module("earnest.need.errors", 'class Away(EarnestError):\n    code = "away"')
    assert homeless((*small(), elsewhere)) == ["earnest.need.errors:1 Away"]
