"""Files stay short enough to be read at one sitting, functions short enough to be read at a glance."""

import ast
from collections.abc import Iterable

import pytest

from tests.house import source
from tests.house.source import Module

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 500, 60, 120


def long_files(modules: Iterable[Module], limit: int) -> list[str]:
    counted = ((module.name, module.text.count("\n")) for module in modules)
    return [f"{name} has {count} lines" for name, count in counted if count > limit]


def long_functions(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node)} {node.name} has {length} lines"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]


def test_source_files_have_at_most_400_lines() -> None:
    assert long_files(source.modules(), FILE_LINES) == []


def test_test_files_have_at_most_500_lines() -> None:
    assert long_files(source.test_modules(), TEST_FILE_LINES) == []


def test_functions_have_at_most_60_lines() -> None:
    assert long_functions(source.modules()) == []


def test_templates_have_at_most_120_lines() -> None:
    templates = {path: path.read_text(encoding="utf-8") for path in source.SOURCE.rglob("*.html")}
    assert [path.name for path, text in templates.items() if text.count("\n") > TEMPLATE_LINES] == []


@pytest.mark.parametrize("limit", [FILE_LINES, TEST_FILE_LINES])
def test_one_line_more_is_found(limit: int) -> None:
    assert long_files([source.module("earnest.long", "\n" * limit)], limit) == []
    assert long_files([source.module("earnest.long", "\n" * (limit + 1))], limit) == [
        f"earnest.long has {limit + 1} lines"
    ]


def test_a_function_of_61_lines_is_found() -> None:
    body = "    ...\n" * 60
    assert long_functions([source.module("earnest.long", f"def walk():\n{body}")]) == [
        "earnest.long:1 walk has 61 lines"
    ]
